//! Operations that are called for each of many requests: what an overlay says of them in `x-bulk`.

use super::messages::Messages;
use super::{Api, Body, BodyForm, Bulk, Operation, RequestBody, Tag};
use crate::pipeline::resolve::Resolved;
use crate::rust::names::{Case, Scope};

/// Settles which operations have a method for many requests, and what it is called.
///
/// It is named after all others, so that none of them is called otherwise because of it.
pub fn add_bulk(api: &mut Api, resolved: &Resolved, messages: &mut Messages) {
    for tag in &mut api.tags {
        let mut methods = methods(tag);
        for operation in &mut tag.operations {
            if is_marked(operation, resolved, messages) {
                operation.bulk = bulk(operation, &mut methods, messages);
            }
        }
    }
}

fn methods(tag: &Tag) -> Scope {
    let mut scope = Scope::reserving(&["clone", "new"]);
    for operation in &tag.operations {
        scope.name(operation.name.rust(), Case::Value);
    }
    scope
}

/// `x-bulk: true`
fn is_marked(operation: &Operation, resolved: &Resolved, messages: &mut Messages) -> bool {
    let described = resolved.operations.iter().find(|described| described.at == operation.at);
    let stated = described.and_then(|described| described.extensions.get("x-bulk"));
    let Some(stated) = stated else { return false };
    stated.as_bool().unwrap_or_else(|| {
        let at = operation.at.at("x-bulk");
        messages.not_generated(&at, "`x-bulk` is neither true nor false");
        false
    })
}

fn bulk(operation: &Operation, methods: &mut Scope, messages: &mut Messages) -> Option<Bulk> {
    if let Some(reason) = hindrance(operation) {
        let message = format!("no method takes many requests of this operation: {reason}");
        messages.not_generated(&operation.at.at("x-bulk"), message);
        return None;
    }
    let mut arguments = Scope::default();
    for argument in &operation.arguments {
        arguments.name(argument.name.rust(), Case::Value);
    }
    Some(Bulk {
        name: methods.name(&format!("{} all", operation.name.rust()), Case::Value),
        requests: arguments.name("requests", Case::Value),
    })
}

/// Why a run of an operation cannot be: each of its requests is a body, and each result is whole.
fn hindrance(operation: &Operation) -> Option<&'static str> {
    match &operation.body {
        None => Some("it has no body that each of them would be"),
        Some(body) if !body.required => Some("its body may be left out"),
        Some(body) if !has_type(body) => Some("its body has no type"),
        Some(_) if operation.success.streams() => Some("its reply comes piece by piece"),
        Some(_) => None,
    }
}

fn has_type(body: &Body) -> bool {
    match &body.sent {
        RequestBody::One(
            BodyForm::Json(..) | BodyForm::Form(..) | BodyForm::Multipart(Some(_)),
        ) => true,
        RequestBody::One(
            BodyForm::Multipart(None)
            | BodyForm::Text(_)
            | BodyForm::Bytes(_)
            | BodyForm::Content(_),
        ) => false,
        RequestBody::Several { .. } => true,
    }
}
