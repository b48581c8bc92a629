//! Operations that do not say what comes with an error: callers get a status and a text.

use serde_json::{Value, json};

use super::Action;
use super::{Finding, Subject};
use crate::diagnostics::code::DiagnosticCode;
use crate::pipeline::resolve::Operation;
use crate::pointer::Pointer;

pub(super) fn find(subject: &Subject) -> Vec<Finding> {
    let usual = usual(subject);
    let operations = subject.resolved.operations.iter();
    let silent = operations.filter(|operation| bodies(operation).next().is_none());
    let finding = |operation: &Operation| {
        let message =
            format!("no error of `{} {}` has a documented body", operation.method, operation.path);
        let at = operation.at.at("responses");
        Finding {
            action: usual.as_ref().and_then(|usual| action(operation, usual, subject)),
            ..subject.finding(DiagnosticCode::MissingErrorBody, &at, message)
        }
    };
    silent.map(finding).collect()
}

/// The places of the bodies that come with errors.
fn bodies(operation: &Operation) -> impl Iterator<Item = &Pointer> {
    let failed = operation.responses.iter().filter(|response| response.status.is_error());
    failed.flat_map(|response| &response.content).filter_map(|media| media.schema.as_ref())
}

/// The component that most errors of the description have as their body.
fn usual(subject: &Subject) -> Option<String> {
    let places = subject.resolved.operations.iter().flat_map(bodies);
    let components = places.filter(|at| at.as_str().starts_with("/components/schemas/"));
    let mut counted: Vec<(&Pointer, usize)> = Vec::new();
    for component in components {
        match counted.iter_mut().find(|(known, _)| *known == component) {
            Some((_, count)) => *count += 1,
            None => counted.push((component, 1)),
        }
    }
    // The first of those that are used most, so that the answer does not depend on anything else.
    counted
        .into_iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map(|(at, _)| format!("#{}", at.as_str()))
}

fn action(operation: &Operation, usual: &str, subject: &Subject) -> Option<Action> {
    let at = operation.at.at("responses");
    let responses = subject.at(&at)?.as_object()?;
    // Where no status says what success is, `default` does; what a reference leads to may be used elsewhere too.
    let succeeds = operation.responses.iter().any(|response| !response.status.is_error());
    if !succeeds || responses.get("default").is_some_and(|found| found.get("$ref").is_some()) {
        return None;
    }
    let why = "Not documented: taken from the other operations. Make sure that it is so.";
    let content = json!({ "application/json": { "schema": { "$ref": usual } } });
    let default = match responses.get("default") {
        Some(Value::Object(_)) => json!({ "content": content }),
        _ => json!({ "description": "Any error", "content": content }),
    };
    Action::update(&at, &subject.document, why, json!({ "default": default }))
}
