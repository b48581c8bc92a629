//! The operations of OpenAPI 3.2 that `openapiv3` has no place for: `query` and `additionalOperations`.

use openapiv3::Operation;
use serde_json::Value;

use super::operation;
use crate::diagnostics::code::DiagnosticCode;
use crate::pipeline::normalize::diagnostic_sink::DiagnosticSink;
use crate::pipeline::normalize::methods::{ADDITIONAL, QUERY};
use crate::pipeline::normalize::object_kind::ObjectKind;
use crate::pipeline::normalize::object_schema::walk;
use crate::pointer::Pointer;

/// An operation whose method OpenAPI 3.0 does not know.
#[derive(Clone, Debug)]
pub struct FurtherOperation {
    /// The path that it is of, or the name of a webhook, or the expression of a callback.
    pub path: String,
    /// `query`, or another method as requests have it.
    pub method: String,
    /// Its place.
    pub at: Pointer,
    /// The operation.
    pub operation: Operation,
}

/// Takes such operations out of all path items of a description, those of webhooks and callbacks included.
pub(super) fn read(
    description: &mut Value,
    diagnostics: &mut DiagnosticSink,
) -> Vec<FurtherOperation> {
    let mut found = Vec::new();
    walk(ObjectKind::Description, description, &Pointer::root(), &mut |object, item, at| {
        if object != ObjectKind::PathItem {
            return;
        }
        let path = at.steps().next_back().unwrap_or_default();
        for (method, at, value) in taken(item, at) {
            if !is_method(&method) {
                let message = format!("no code is made of the method `{method}`: it is not a word");
                diagnostics.warn(DiagnosticCode::NotGenerated, &at, message);
                continue;
            }
            if let Some(operation) = operation(value, at.clone(), diagnostics) {
                found.push(FurtherOperation { path: path.clone(), method, at, operation });
            }
        }
    });
    found
}

fn taken(item: &mut Value, at: &Pointer) -> Vec<(String, Pointer, Value)> {
    let Value::Object(item) = item else { return Vec::new() };
    let query = item.shift_remove(QUERY).filter(Value::is_object);
    let query = query.map(|operation| (QUERY.to_owned(), at.at(QUERY), operation));
    let at = at.at(ADDITIONAL);
    let further = match item.shift_remove(ADDITIONAL) {
        Some(Value::Object(operations)) => operations,
        _ => serde_json::Map::new(),
    };
    let further = further.into_iter().map(|(method, one)| (method.clone(), at.at(&method), one));
    query.into_iter().chain(further).collect()
}

/// Whether a text is a method that is also a plain word (RFC 9110, 9.1 allows more signs).
fn is_method(text: &str) -> bool {
    let is_of_word = |sign: char| sign.is_ascii_alphanumeric() || "-_".contains(sign);
    (1..=40).contains(&text.len()) && text.chars().all(is_of_word)
}
