//! Operations that reply with 202 and say where their status is, without a word about how it is waited for.

use serde_json::json;

use super::Action;
use super::{Finding, Subject};
use crate::diagnostics::code::DiagnosticCode;
use crate::pipeline::resolve::{Operation, Status};

/// The headers that say where a status is, the first of which is meant if there are several.
const HEADERS: [&str; 3] = ["Operation-Location", "Azure-AsyncOperation", "Location"];

pub(super) fn find(subject: &Subject) -> Vec<Finding> {
    let is_open = |operation: &&Operation| {
        let mut known = subject.api.operations().filter(|known| known.at == operation.at);
        known.any(|known| known.polling.is_none() && known.batch.is_none())
    };
    let operations = subject.resolved.operations.iter().filter(is_open);
    operations.filter_map(|operation| finding(subject, operation)).collect()
}

fn finding(subject: &Subject, operation: &Operation) -> Option<Finding> {
    let accepted = operation.responses.iter().find(|one| one.status == Status::Code(202))?;
    let has =
        |name: &&str| accepted.headers.iter().any(|header| header.name.eq_ignore_ascii_case(name));
    let header = HEADERS.into_iter().find(has)?;
    let message = format!(
        "`{} {}` replies with 202, and nothing says how to wait for the result",
        operation.method, operation.path
    );
    let description = "Its result comes later; check what its status says, and what the result is.";
    let update = json!({ "x-poll": { "header": header } });
    let action = Action::update(&operation.at, &subject.document, description, update);
    let code = DiagnosticCode::UndescribedPolling;
    Some(Finding { action, ..subject.finding(code, &operation.at, message) })
}
