//! Enums whose values are objects or lists: the type is what all of the values are.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::nullable::{main_type, set_type};
use super::{Context, Schema};
use crate::diagnostics::code::DiagnosticCode;

/// Makes the type of such an enum.
///
/// `enum: [{a: 1, b: x}, {a: 2}]` →
/// `type: object, properties: {a: {enum: [1, 2]}, b: {enum: [x]}}, required: [a]`
///
/// `enum: [[a], [a, b]]` → `type: array, items: {enum: [a, b]}, minItems: 1, maxItems: 2`
pub(super) fn normalize(schema: &mut Schema, context: &mut Context) {
    let is_structured = |value: &Value| value.is_object() || value.is_array();
    let values = schema.get("enum").and_then(Value::as_array);
    let Some(values) = values.filter(|values| values.iter().any(is_structured)).cloned() else {
        return;
    };
    schema.shift_remove("enum");
    let kind = main_type(schema).map(str::to_owned);
    match kind.as_deref() {
        None | Some("object") if values.iter().all(Value::is_object) => {
            of_objects(schema, &values, context);
        }
        None | Some("array") if values.iter().all(Value::is_array) => {
            of_lists(schema, &values, context);
        }
        Some(kind) => widened(context, &format!("any value of the type `{kind}` is taken")),
        None => widened(context, "they are of several types, so any value is taken"),
    }
}

fn widened(context: &mut Context, what: &str) {
    let message = format!("values of an enum are objects or lists: {what}");
    context.warn(DiagnosticCode::WidenedKeyword, "enum", message);
}

fn of_objects(schema: &mut Schema, values: &[Value], context: &mut Context) {
    if has_any(schema, &["properties", "additionalProperties", "patternProperties"]) {
        return widened(context, "any object of the type is taken");
    }
    let objects: Vec<&Map<String, Value>> = values.iter().filter_map(Value::as_object).collect();
    let mut properties: Map<String, Value> = Map::new();
    for (name, value) in objects.iter().copied().flatten() {
        let property = properties.entry(name).or_insert_with(|| json!({ "enum": [] }));
        if let Some(Value::Array(values)) = property.get_mut("enum") {
            values.push(value.clone());
        }
    }
    let is_in_all = |name: &&String| objects.iter().all(|object| object.contains_key(*name));
    let required: Vec<&String> = properties.keys().filter(is_in_all).collect();
    schema.insert("required".to_owned(), json!(required));
    schema.insert("properties".to_owned(), properties.into());
    set_type(schema, "object");
    if values.len() > 1 {
        widened(context, "which of their members go together is not checked");
    }
}

fn of_lists(schema: &mut Schema, values: &[Value], context: &mut Context) {
    if has_any(schema, &["items", "prefixItems"]) {
        return widened(context, "any list of the type is taken");
    }
    let lists: Vec<&Vec<Value>> = values.iter().filter_map(Value::as_array).collect();
    let mut met = HashSet::new();
    let items: Vec<&Value> =
        lists.iter().copied().flatten().filter(|item| met.insert(item.to_string())).collect();
    let lengths = || lists.iter().map(|list| list.len());
    schema.entry("minItems").or_insert(lengths().min().into());
    schema.entry("maxItems").or_insert(lengths().max().into());
    schema.insert(
        "items".to_owned(),
        if items.is_empty() { json!({}) } else { json!({ "enum": items }) },
    );
    set_type(schema, "array");
    widened(context, "any list of their items is taken");
}

fn has_any(schema: &Schema, keywords: &[&str]) -> bool {
    keywords.iter().any(|keyword| schema.contains_key(*keyword))
}
