//! Schemas of which null is one value among others: it stands in `type`, or in a mark if there is no type.

use serde_json::{Value, json};

use super::super::json_schema::marks::OR_NULL;
use super::super::keywords::is_annotation;
use super::{Context, Schema};

const NULL: &str = "null";

/// The type of a schema, null apart.
pub(super) fn main_type(schema: &Schema) -> Option<&str> {
    let words = match schema.get("type")? {
        Value::Array(words) => words.as_slice(),
        word => std::slice::from_ref(word),
    };
    words.iter().filter_map(Value::as_str).find(|word| *word != NULL)
}

/// Gives a schema a type, with null if that is a value.
///
/// `OR_NULL: true` and `string` → `type: [string, 'null']`
pub(super) fn set_type(schema: &mut Schema, kind: &str) {
    let is_nullable = schema.shift_remove(OR_NULL).is_some();
    let word = if is_nullable { json!([kind, NULL]) } else { kind.into() };
    schema.insert("type".to_owned(), word);
}

/// Makes null a value of a schema.
pub(super) fn allow_null(schema: &mut Schema) {
    let kind = main_type(schema).map(str::to_owned);
    schema.insert(OR_NULL.to_owned(), true.into());
    if let Some(kind) = kind {
        set_type(schema, &kind);
    }
}

/// Makes null the only value of a schema.
pub(super) fn set_null(schema: &mut Schema) {
    schema.shift_remove(OR_NULL);
    schema.insert("type".to_owned(), NULL.into());
}

/// Whether null is the only value of a schema that is put right.
pub(super) fn is_only_null(schema: &Schema) -> bool {
    schema.get("type").is_some_and(|kind| kind == NULL)
}

/// Takes the type off a schema; null stays one of its values.
pub(super) fn take_type(schema: &mut Schema) -> Option<String> {
    let kind = main_type(schema)?.to_owned();
    if schema.shift_remove("type").is_some_and(|word| word.is_array()) {
        schema.insert(OR_NULL.to_owned(), true.into());
    }
    Some(kind)
}

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
    value.is_null() || value == NULL
}

/// Puts the only alternative left in the schema's place; the schema's own annotations win.
pub(super) fn keep_only(schema: &mut Schema, only: Value, from: &[&str], context: &mut Context) {
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
