//! Replies of which nothing is said: callers get any JSON.

use super::{Finding, Subject};
use crate::diagnostics::code::DiagnosticCode;
use crate::pipeline::model::{Reply, ReplyForm, Ty};

pub(super) fn find(subject: &Subject) -> Vec<Finding> {
    let mut findings = Vec::new();
    for tag in &subject.api.tags {
        for operation in &tag.operations {
            let forms: Vec<_> = match &operation.success {
                Reply::One(form) => vec![form],
                Reply::Several { cases, .. } => cases.iter().map(|case| &case.form).collect(),
            };
            if forms.contains(&&ReplyForm::Json(Ty::Json)) {
                let message = format!(
                    "the reply of `{}().{}` has no schema, so callers get any JSON",
                    tag.name.rust(),
                    operation.name.rust()
                );
                let at = operation.at.at("responses");
                let mut finding = subject.finding(DiagnosticCode::UntypedReply, &at, message);
                finding.diagnostic = finding.diagnostic.help("say what comes back by a schema");
                findings.push(finding);
            }
        }
    }
    findings
}
