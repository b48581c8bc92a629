//! `patternProperties`: members whose names follow a pattern (JSON Schema 2020-12 Core, 10.3.2.2).
//!
//! A client has no types that depend on the name of a member. So members of any name are taken, with the type of those
//! that are allowed, if that is one.

use serde_json::{Value, json};

use super::{Context, Schema};
use crate::diagnostics::code::DiagnosticCode;

const KEYWORD: &str = "patternProperties";
const REST: &str = "additionalProperties";

/// `patternProperties: {'^x-': S}, additionalProperties: false` → `additionalProperties: S`
pub(super) fn normalize(schema: &mut Schema, context: &mut Context) {
    let Some(Value::Object(patterns)) = schema.get(KEYWORD) else { return };
    let allowed: Vec<_> = patterns.iter().filter(|(_, schema)| **schema != json!(false)).collect();
    let Some((_, first)) = allowed.first() else { return };
    let are_same = allowed.iter().all(|(_, schema)| schema == first);
    match schema.get(REST) {
        Some(Value::Bool(false)) if are_same => {
            let first = (*first).clone();
            let patterns: Vec<_> = allowed.into_iter().map(|(name, _)| name.clone()).collect();
            close(schema, first, &patterns, context);
        }
        Some(Value::Bool(false)) => {
            schema.insert(REST.to_owned(), true.into());
        }
        Some(rest) if rest.is_object() && !(are_same && rest == *first) => {
            schema.insert(REST.to_owned(), true.into());
        }
        _ => {}
    }
}

fn close(schema: &mut Schema, members: Value, patterns: &[String], context: &mut Context) {
    for pattern in patterns {
        context.moved(&[KEYWORD, pattern], &[REST]);
    }
    let message = "members of any name are taken, whatever `patternProperties` says of names";
    context.warn(DiagnosticCode::WidenedKeyword, KEYWORD, message);
    schema.shift_remove(KEYWORD);
    schema.insert(REST.to_owned(), members);
}
