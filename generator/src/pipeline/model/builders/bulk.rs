//! Methods that call an operation for each of many requests, by the extension `x-bulk`.

use super::methods::ClientMethod;
use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::{Body, BodyForm, Bulk, Reply, RequestBody};
use crate::pipeline::resolve::{Extension, Operation};
use crate::rust::names::{Case, Scope};

/// The method of an operation for many requests.
///
/// All other methods of its tag are named before it, so that it changes none of their names.
pub fn bulk(
    method: &ClientMethod<'_>,
    success: &Reply,
    body: &Option<Body>,
    method_names: &mut Scope,
    diagnostics: &mut DiagnosticSink,
) -> Option<Bulk> {
    if !is_marked(method.described, diagnostics) {
        return None;
    }
    if let Some(reason) = hindrance(success, body) {
        let message = format!("no method takes many requests of this operation: {reason}");
        diagnostics.not_generated(&method.described.at.at(Extension::Bulk.word()), message);
        return None;
    }
    let mut arguments = Scope::default();
    for argument in &method.arguments {
        arguments.name(argument.name.rust(), Case::Value);
    }
    Some(Bulk {
        name: method_names.name(&format!("{} all", method.path.name.rust()), Case::Value),
        requests: arguments.name("requests", Case::Value),
    })
}

/// `x-bulk: true`
fn is_marked(operation: &Operation, diagnostics: &mut DiagnosticSink) -> bool {
    let Some(stated) = operation.extensions.get(Extension::Bulk) else { return false };
    stated.as_bool().unwrap_or_else(|| {
        let at = operation.at.at(Extension::Bulk.word());
        diagnostics.not_generated(&at, "`x-bulk` is neither true nor false");
        false
    })
}

/// Why an operation cannot have a bulk run: each request is a body, and each result is a whole reply.
fn hindrance(success: &Reply, body: &Option<Body>) -> Option<&'static str> {
    match body {
        None => Some("it has no body that each of them would be"),
        Some(body) if !body.required => Some("its body may be left out"),
        Some(body) if !has_type(body) => Some("its body has no type"),
        Some(_) if success.streams() => Some("its reply comes piece by piece"),
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
