//! The values of an `enum`: all of its schema's type, and null said by the type.

use serde_json::Value;

use super::super::members::{text, whole};
use super::nullable::{allow_null, is_only_null, main_type, set_null, take_type};
use super::{Context, Schema};
use crate::diagnostics::code::DiagnosticCode;
use crate::pipeline::load::MOST_VALUES;

/// Puts `enum` right.
pub(super) fn normalize(schema: &mut Schema, context: &mut Context) {
    let Some(written) = schema.shift_remove("enum") else { return };
    let mut values = match written {
        Value::Array(values) => values,
        value => vec![value],
    };
    // One text has no more; a description and its overlay together may.
    if values.len() > MOST_VALUES {
        let message =
            format!("this `enum` has {} values; at most {MOST_VALUES} are read", values.len());
        context.diagnostics.error(DiagnosticCode::TooLarge, &context.at.at("enum"), message);
        return;
    }
    nulls(schema, &mut values);
    if is_only_null(schema) {
        return;
    }
    without_repetition(&mut values);
    if values.is_empty() {
        context.warn(
            DiagnosticCode::Corrected,
            "enum",
            "an empty `enum` allows nothing; it is left out",
        );
        return;
    }
    let kind = main_type(schema).unwrap_or_default().to_owned();
    fit(schema, &mut values, &kind, context);
    schema.insert("enum".to_owned(), values.into());
}

/// `type: string, enum: [a, null]` → `type: [string, 'null'], enum: [a]`, and `enum: [null]` → `type: 'null'`
fn nulls(schema: &mut Schema, values: &mut Vec<Value>) {
    if !values.iter().any(Value::is_null) {
        return;
    }
    values.retain(|value| !value.is_null());
    match values.is_empty() {
        true => set_null(schema),
        false => allow_null(schema),
    }
}

fn without_repetition(values: &mut Vec<Value>) {
    let mut met = std::collections::HashSet::new();
    values.retain(|value| met.insert(value.to_string()));
}

fn fit(schema: &mut Schema, values: &mut Vec<Value>, kind: &str, context: &mut Context) {
    if !["string", "number", "integer", "boolean"].contains(&kind) {
        return;
    }
    if values.iter().all(|value| is_of_type(value, kind)) {
        integers(values, kind);
        return;
    }
    let texts: Option<Vec<Value>> = values.iter().map(text).collect();
    match texts {
        Some(texts) if kind == "string" => {
            context.warn(
                DiagnosticCode::Corrected,
                "enum",
                "values that are not strings were read as strings",
            );
            *values = texts;
        }
        _ => {
            let message = format!("the values of `enum` are not of the type `{kind}`");
            context.warn(DiagnosticCode::Corrected, "enum", message);
            take_type(schema);
        }
    }
}

/// Whether a scalar is of a type.
pub(super) fn is_of_type(value: &Value, kind: &str) -> bool {
    match kind {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => whole(value).is_some(),
        "boolean" => value.is_boolean(),
        _ => false,
    }
}

/// `[1.0, 2.0]` → `[1, 2]` where the type is `integer`
fn integers(values: &mut [Value], kind: &str) {
    if kind == "integer" {
        for value in values {
            *value = whole(value).map_or_else(|| value.take(), Value::from);
        }
    }
}
