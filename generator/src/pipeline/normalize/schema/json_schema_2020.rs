//! Older words that JSON Schema 2020-12 has others for, and one way of saying what can be said in several.

use serde_json::{Value, json};

use super::{Context, Schema};
use crate::diagnostics::code::DiagnosticCode;

/// Puts each keyword into its usual form.
pub(super) fn upgrade(schema: &mut Schema, context: &mut Context) {
    if !schema.keys().any(|keyword| is_upgraded(keyword)) {
        return;
    }
    names(schema, context);
    dynamic_reference(schema, context);
    reference_with_siblings(schema);
    constant(schema);
    examples(schema);
    tuple(schema);
    closed_tuple(schema);
    list_of_one_kind(schema, context);
    discriminator(schema, context);
}

/// Whether a keyword is one of those that are looked for here.
fn is_upgraded(keyword: &str) -> bool {
    keyword.starts_with('$')
        || matches!(
            keyword,
            "const" | "discriminator" | "example" | "examples" | "items" | "prefixItems"
        )
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

/// `const: a` → `enum: [a]`, which says the same (JSON Schema 2020-12 Validation, 6.1.3)
fn constant(schema: &mut Schema) {
    if let Some(value) = schema.shift_remove("const") {
        schema.insert("enum".to_owned(), vec![value].into());
    }
}

/// `example: a, examples: [b]` → `examples: [a, b]`
fn examples(schema: &mut Schema) {
    let single = schema.shift_remove("example");
    let mut examples = match schema.shift_remove("examples") {
        Some(Value::Array(examples)) => examples,
        _ => Vec::new(),
    };
    if let Some(single) = single.filter(|single| !examples.contains(single)) {
        examples.insert(0, single);
    }
    if !examples.is_empty() {
        schema.insert("examples".to_owned(), examples.into());
    }
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
    let is_complete = number("minItems").is_some_and(|least| least >= count as u64);
    let ends = number("maxItems").is_some_and(|most| most <= count as u64);
    if is_complete || !ends || prefix.iter().any(|item| *item != first) {
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
    }
}
