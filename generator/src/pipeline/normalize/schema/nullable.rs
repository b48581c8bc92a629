//! Schemas of which null is one alternative.

use serde_json::{Value, json};

use super::super::keywords::is_annotation;
use super::{Context, Schema};

/// Takes null out of the alternatives.
///
/// `anyOf: [{type: string}, {type: null}]` → `type: string, nullable: true`
///
/// `anyOf: [{$ref: …}, {type: null}]` → `allOf: [{$ref: …}], nullable: true`
pub(super) fn hoist(schema: &mut Schema, context: &mut Context) {
    while ["oneOf", "anyOf"].into_iter().any(|keyword| take_null(schema, keyword, context)) {}
}

/// Whether null was there.
fn take_null(schema: &mut Schema, keyword: &str, context: &mut Context) -> bool {
    let Some(Value::Array(members)) = schema.get_mut(keyword) else { return false };
    let before = members.len();
    let survivor = members.iter().position(|member| !is_null(member)).unwrap_or_default();
    members.retain(|member| !is_null(member));
    if members.len() == before {
        return false;
    }
    let only = (members.len() == 1).then(|| members.pop()).flatten();
    let emptied = members.is_empty();
    schema.insert("nullable".to_owned(), true.into());
    if emptied {
        schema.shift_remove(keyword);
    }
    match only {
        Some(only) => keep_only(schema, only, &[keyword, &survivor.to_string()], context),
        None if emptied => drop(schema.entry("enum").or_insert(json!([null]))),
        None => {}
    }
    true
}

/// Whether a schema allows null and nothing else.
pub(super) fn is_null(schema: &Value) -> bool {
    let Value::Object(schema) = schema else { return false };
    let null = |value: &Value| match value {
        Value::Array(items) => items.len() == 1 && items.iter().all(is_null_word),
        value => is_null_word(value),
    };
    ["type", "enum", "const"].iter().any(|keyword| schema.get(*keyword).is_some_and(null))
}

fn is_null_word(value: &Value) -> bool {
    value.is_null() || value == "null"
}

/// Puts the only alternative left in the schema's place; the schema's own annotations win.
fn keep_only(schema: &mut Schema, only: Value, from: &[&str], context: &mut Context) {
    let bare = schema.keys().all(|keyword| is_annotation(keyword));
    match only {
        Value::Object(inner) if bare && !inner.contains_key("$ref") => {
            for (keyword, value) in inner {
                schema.entry(keyword).or_insert(value);
            }
            context.moved(from, &[]);
        }
        only => {
            if let Value::Array(members) = schema.entry("allOf").or_insert(json!([])) {
                context.moved(from, &["allOf", &members.len().to_string()]);
                members.push(only);
            }
        }
    }
}
