//! Operations of which nothing says which credentials they need: the client sends none.

use serde_json::{Map, Value, json};

use super::Action;
use super::{Finding, Subject};
use crate::diagnostics::code::DiagnosticCode;
use crate::pipeline::resolve::Operation;
use crate::pointer::Pointer;

pub(super) fn find(subject: &Subject) -> Vec<Finding> {
    if subject.document.get("security").is_some() {
        return Vec::new();
    }
    let operations = &subject.resolved.operations;
    let silent: Vec<_> =
        operations.iter().filter(|operation| says_nothing(operation, subject)).collect();
    let schemes = schemes(&subject.document);
    match silent.as_slice() {
        [] => Vec::new(),
        all if all.len() == operations.len() => vec![of_all(&schemes, subject)],
        some if !schemes.is_empty() => some.iter().map(|one| of_one(one, subject)).collect(),
        _ => Vec::new(),
    }
}

fn says_nothing(operation: &Operation, subject: &Subject) -> bool {
    subject.at(&operation.at).is_some_and(|there| there.get("security").is_none())
}

/// The names of the security schemes, in Swagger 2.0, too.
fn schemes(document: &Value) -> Vec<&str> {
    let schemes = document.pointer("/components/securitySchemes");
    let schemes = schemes.or_else(|| document.get("securityDefinitions"));
    let schemes = schemes.and_then(Value::as_object);
    schemes.into_iter().flat_map(Map::keys).map(String::as_str).collect()
}

/// No operation says anything, which is told once.
fn of_all(schemes: &[&str], subject: &Subject) -> Finding {
    let (message, action) = match schemes {
        [] => ("nothing says which credentials the service needs".to_owned(), None),
        [only] => {
            let message = format!("`{only}` is described, and no operation says that it needs it");
            (message, whole(only, subject))
        }
        several => {
            let count = several.len();
            let message = format!(
                "{count} security schemes are described, and no operation says which it needs"
            );
            (message, None)
        }
    };
    let paths = Pointer::root().at("paths");
    let finding = subject.finding(DiagnosticCode::UndescribedSecurity, &paths, message);
    let help = "say `security` at the root; `security: []` if no credentials are needed";
    Finding { diagnostic: finding.diagnostic.help(help), action }
}

fn whole(scheme: &str, subject: &Subject) -> Option<Action> {
    let why = "Not documented. Make sure that all operations need it.";
    let update = json!({ "security": [{ scheme: [] }] });
    Action::update(&Pointer::root(), &subject.document, why, update)
}

/// An operation that says nothing beside others that do.
fn of_one(operation: &Operation, subject: &Subject) -> Finding {
    let Operation { method, path, at, .. } = operation;
    let message = format!("`{method} {path}` does not say which credentials it needs");
    let finding = subject.finding(DiagnosticCode::UndescribedSecurity, at, message);
    let why = "Open, as nothing is said. Name the security scheme if it needs one.";
    let action = Action::update(at, &subject.document, why, json!({ "security": [] }));
    Finding { action, ..finding }
}
