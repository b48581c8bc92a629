//! The words of OpenAPI 3.1 (JSON Schema 2020-12) that 3.0 has others for.

use serde_json::{Value, json};

use super::super::keywords::carry_word;
use super::{Context, Schema, numbers};
use crate::diagnostics::code::DiagnosticCode;

/// Puts each word of 3.1 into its 3.0 form.
pub(super) fn translate(schema: &mut Schema, context: &mut Context) {
    names(schema, context);
    dynamic_reference(schema, context);
    reference_with_siblings(schema);
    constant(schema);
    examples(schema);
    content(schema);
    tuple(schema);
    closed_tuple(schema);
    list_of_one_kind(schema, context);
    discriminator(schema, context);
    numbers::exclusive_bounds(schema);
    note_carried_schemas(schema, context);
}

/// Notes a schema's `$id` and `$anchor`, so that references by name are found (JSON Schema 2020-12 Core, 8.2).
fn names(schema: &Schema, context: &mut Context) {
    let id = schema.get("$id").and_then(Value::as_str);
    if let Some(id) = id.filter(|id| !id.is_empty()) {
        context.moves.named(id.to_owned(), context.at);
    }
    for keyword in ["$anchor", "$dynamicAnchor"] {
        if let Some(anchor) = schema.get(keyword).and_then(Value::as_str) {
            context.moves.named(format!("#{anchor}"), context.at);
        }
    }
}

/// `$dynamicRef: '#node'` → `$ref: '#node'`; what a use of it means was put in its place before
fn dynamic_reference(schema: &mut Schema, context: &mut Context) {
    if schema.contains_key("$ref") {
        return;
    }
    if let Some(reference) = schema.shift_remove("$dynamicRef") {
        context.moved(&["$dynamicRef"], &["$ref"]);
        schema.insert("$ref".to_owned(), reference);
    }
}

/// `$ref: …, description: …` → `allOf: [{$ref: …}], description: …`
fn reference_with_siblings(schema: &mut Schema) {
    if schema.len() < 2 {
        return;
    }
    let Some(reference) = schema.shift_remove("$ref") else { return };
    if let Value::Array(members) = schema.entry("allOf").or_insert(json!([])) {
        members.push(json!({ "$ref": reference }));
    }
}

/// `const: a` → `enum: [a], x-openapi-const: true`
fn constant(schema: &mut Schema) {
    if let Some(value) = schema.shift_remove("const") {
        schema.insert("enum".to_owned(), vec![value].into());
        schema.insert("x-openapi-const".to_owned(), true.into());
    }
}

/// `examples: [a, b]` → `example: a, x-openapi-examples: [a, b]`
fn examples(schema: &mut Schema) {
    let first = schema.get("examples").and_then(|examples| examples.get(0)).cloned();
    if let Some(first) = first {
        schema.entry("example").or_insert(first);
    }
}

/// `contentEncoding: base64` → `format: byte`, `base64url` → `format: base64url`,
/// `contentMediaType: application/octet-stream` → `format: binary`
///
/// (OpenAPI 3.1.0, 4.8.14.1)
fn content(schema: &mut Schema) {
    let word = |keyword| schema.get(keyword).and_then(Value::as_str);
    let format = match (word("contentEncoding"), word("contentMediaType")) {
        (Some("base64"), _) => "byte",
        (Some("base64url"), _) => "base64url",
        (None, Some("application/octet-stream")) => "binary",
        _ => return,
    };
    schema.entry("format").or_insert(format.into());
}

/// `items: [a, b], additionalItems: c` → `prefixItems: [a, b], items: c` (JSON Schema 2020-12 Core, 10.3.1)
fn tuple(schema: &mut Schema) {
    if schema.get("items").is_some_and(Value::is_array) {
        let tuple = schema.shift_remove("items").unwrap_or_default();
        schema.insert("prefixItems".to_owned(), tuple);
        if let Some(rest) = schema.shift_remove("additionalItems") {
            schema.insert("items".to_owned(), rest);
        }
    }
}

/// `prefixItems: [a, b], items: false` → `prefixItems: [a, b], maxItems: 2`
///
/// There may be fewer items (JSON Schema 2020-12 Core, 10.3.1.1).
fn closed_tuple(schema: &mut Schema) {
    let Some(count) = schema.get("prefixItems").and_then(Value::as_array).map(Vec::len) else {
        return;
    };
    if schema.get("items") == Some(&Value::Bool(false)) {
        schema.shift_remove("items");
        let most = schema.get("maxItems").and_then(Value::as_u64).unwrap_or(u64::MAX);
        schema.insert("maxItems".to_owned(), most.min(count as u64).into());
    }
}

/// `prefixItems: [a, a], maxItems: 2` → `items: a, maxItems: 2`, where there may be fewer
fn list_of_one_kind(schema: &mut Schema, context: &mut Context) {
    let Some(prefix) = schema.get("prefixItems").and_then(Value::as_array) else { return };
    let (Some(first), count) = (prefix.first().cloned(), prefix.len()) else { return };
    let number = |keyword| schema.get(keyword).and_then(Value::as_u64);
    let is_settled = number("minItems").is_some_and(|least| least >= count as u64);
    let ends = number("maxItems").is_some_and(|most| most <= count as u64);
    if is_settled || !ends || prefix.iter().any(|item| *item != first) {
        return;
    }
    for index in 0..count {
        context.moved(&["prefixItems", &index.to_string()], &["items"]);
    }
    schema.shift_remove("prefixItems");
    schema.insert("items".to_owned(), first);
    schema.entry("type").or_insert("array".into());
}

/// `discriminator: kind` → `discriminator: {propertyName: kind}`
fn discriminator(schema: &mut Schema, context: &mut Context) {
    let Some(mut discriminator) = schema.shift_remove("discriminator") else { return };
    if discriminator.is_string() {
        discriminator = json!({ "propertyName": discriminator });
    }
    if discriminator.get("propertyName").is_some_and(Value::is_string) {
        schema.insert("discriminator".to_owned(), discriminator);
    } else {
        context.warn(
            DiagnosticCode::Corrected,
            "discriminator",
            "`discriminator` was set aside: it names no property",
        );
        schema.insert(carry_word("discriminator"), discriminator);
    }
}

/// The two carried keywords whose schemas are schemas of the document like all others.
fn note_carried_schemas(schema: &Schema, context: &mut Context) {
    for keyword in ["prefixItems", "patternProperties"] {
        if schema.contains_key(keyword) {
            context.moved(&[keyword], &[&carry_word(keyword)]);
        }
    }
}
