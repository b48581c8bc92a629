//! One schema of any OpenAPI 3 version in the words of JSON Schema 2020-12, plain enough to be read.
//!
//! What comes out is one type with only its own keywords, or `allOf`, `oneOf`, `anyOf` or `not` alone, or
//! an `enum` of several types, or nothing but annotations.

use serde_json::{Map, Value, json};

use super::diagnostic_sink::DiagnosticSink;
use super::members;
use super::object_kind::ObjectKind;
use super::pointer_rewrites::PointerRewrites;
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::Pointer;

mod combine;
mod enums;
mod infer;
mod integers;
mod json_schema_2020;
mod nullable;
mod numbers;
mod patterns;
mod rules;
mod structured_values;
mod types;
mod widest;

pub use integers::{BIG_INTEGER, is_wider_integer};

/// A schema's keywords.
type Schema = Map<String, Value>;

/// Where a schema stands, and what is noted while it is rewritten.
pub(super) struct Context<'a> {
    /// Its place.
    pub(super) at: &'a Pointer,
    /// What is said about it.
    pub(super) diagnostics: &'a mut DiagnosticSink,
    /// Where the schemas in it went.
    pub(super) moves: &'a mut PointerRewrites,
}

impl Context<'_> {
    /// Says something that does not stop the generator about a keyword.
    fn warn(&mut self, code: DiagnosticCode, keyword: &str, message: impl Into<String>) {
        self.diagnostics.warn(code, &self.at.at(keyword), message);
    }

    /// Notes that what stood at `from` in this schema now stands at `to` in it.
    fn moved(&mut self, from: &[&str], to: &[&str]) {
        let place = |steps: &[&str]| steps.iter().fold(self.at.clone(), |at, step| at.at(step));
        self.moves.moved(place(from), place(to));
    }

    /// Leaves a keyword out.
    fn set_aside(&mut self, schema: &mut Schema, code: DiagnosticCode, keyword: &str, why: &str) {
        if schema.shift_remove(keyword).is_some() {
            self.warn(code, keyword, format!("`{keyword}` was set aside: {why}"));
        }
    }
}

/// Rewrites one schema; the schemas in it come later.
pub(super) fn rewrite(value: &mut Value, context: &mut Context) {
    boolean(value);
    let Value::Object(schema) = value else {
        let message = "a schema must be an object, true or false";
        context.diagnostics.error(DiagnosticCode::InvalidDescription, context.at, message);
        *value = json!({});
        return;
    };
    if schema.len() == 1 && schema.contains_key("$ref") {
        return;
    }
    nullable::hoist(schema, context);
    widest::keep_widest(schema, context);
    rules::normalize(schema, context);
    patterns::normalize(schema, context);
    json_schema_2020::upgrade(schema, context);
    if schema.len() == 1 && schema.contains_key("$ref") {
        return;
    }
    members::normalize(ObjectKind::Schema, schema, context.at, context.diagnostics);
    types::normalize(schema, context);
    enums::normalize(schema, context);
    combine::fold(schema, context);
    structured_values::normalize(schema, context);
    infer::normalize(schema, context);
    numbers::normalize(schema, context);
}

/// `true` → `{}`, `false` → `{not: {}}` (JSON Schema 2020-12 Core, 4.3.2)
fn boolean(value: &mut Value) {
    match value {
        Value::Bool(true) => *value = json!({}),
        Value::Bool(false) => *value = json!({ "not": {} }),
        // `a:` without more, as YAML's writers leave it for a schema that says nothing.
        Value::Null => *value = json!({}),
        // PHP writes an empty map as an empty list.
        Value::Array(items) if items.is_empty() => *value = json!({}),
        Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {}
    }
}
