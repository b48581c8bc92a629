//! The `type` of a schema: one of the six that values other than null have, perhaps with null, or null alone.

use serde_json::{Value, json};

use super::super::json_schema::marks::OR_NULL;
use super::super::keywords;
use super::nullable::{set_null, set_type};
use super::{Context, Schema, infer};
use crate::diagnostics::code::DiagnosticCode;

const TYPES: [&str; 6] = ["string", "number", "integer", "boolean", "object", "array"];

/// Puts `type` right, and a schema of several types into one schema for each.
///
/// `type: string, nullable: true` → `type: [string, 'null']`
pub(super) fn normalize(schema: &mut Schema, context: &mut Context) {
    if schema.shift_remove("nullable") == Some(Value::Bool(true)) {
        schema.insert(OR_NULL.to_owned(), true.into());
    }
    let Some(written) = schema.shift_remove("type") else { return };
    let words = match written {
        Value::Array(words) => words,
        word => vec![word],
    };
    let mut types = Vec::new();
    let mut is_known = true;
    for word in &words {
        match word.as_str().map(known).unwrap_or(Word::Unknown) {
            Word::Type(name) if types.contains(&name) => {}
            Word::Type(name) => types.push(name),
            Word::Null => drop(schema.insert(OR_NULL.to_owned(), true.into())),
            Word::Alias(name, format) => {
                alias(schema, word, name, format, context);
                types.push(name);
            }
            Word::Unknown => {
                let message = format!("the type {word} does not exist; any value is taken");
                let written = word.as_str().unwrap_or_default();
                let help = context.diagnostics.like(written, || TYPES);
                let at = context.at.at("type");
                context.diagnostics.warn_with_help(DiagnosticCode::UnknownType, &at, message, help);
                is_known = false;
            }
        }
    }
    // Every integer is a number.
    if types.contains(&"number") {
        types.retain(|name| *name != "integer");
    }
    match types.is_empty() && is_known && is_null_alone(schema) {
        true => set_null(schema),
        false => place(schema, &types, context),
    }
}

fn place(schema: &mut Schema, types: &[&str], context: &mut Context) {
    match types {
        [] => {}
        [one] => set_type(schema, one),
        // The values say the types; and a schema of all types says nothing.
        _ if schema.contains_key("enum") => {}
        many if many.len() == TYPES.len() - 1 && !has_own_keywords(schema) => {}
        many => split(schema, many, context),
    }
}

enum Word {
    Type(&'static str),
    Null,
    Alias(&'static str, Option<&'static str>),
    Unknown,
}

fn known(word: &str) -> Word {
    if let Some(name) = TYPES.into_iter().find(|name| *name == word) {
        return Word::Type(name);
    }
    match word.to_ascii_lowercase().as_str() {
        "null" => Word::Null,
        "file" => Word::Alias("string", Some("binary")),
        "str" | "string" | "text" => Word::Alias("string", None),
        "date" => Word::Alias("string", Some("date")),
        "datetime" | "date-time" => Word::Alias("string", Some("date-time")),
        "uuid" => Word::Alias("string", Some("uuid")),
        "int" | "integer" => Word::Alias("integer", None),
        "long" => Word::Alias("integer", Some("int64")),
        "number" | "decimal" => Word::Alias("number", None),
        "float" => Word::Alias("number", Some("float")),
        "double" => Word::Alias("number", Some("double")),
        "bool" | "boolean" => Word::Alias("boolean", None),
        "object" | "dict" | "map" => Word::Alias("object", None),
        "array" | "list" => Word::Alias("array", None),
        _ => Word::Unknown,
    }
}

/// `type: file` → `type: string, format: binary`
fn alias(
    schema: &mut Schema,
    word: &Value,
    name: &str,
    format: Option<&str>,
    context: &mut Context,
) {
    context.warn(
        DiagnosticCode::Corrected,
        "type",
        format!("the type {word} was read as `{name}`"),
    );
    if let Some(format) = format {
        schema.entry("format").or_insert(format.into());
    }
}

fn is_null_alone(schema: &Schema) -> bool {
    schema.contains_key(OR_NULL) && !has_own_keywords(schema)
}

fn has_own_keywords(schema: &Schema) -> bool {
    schema.keys().any(|keyword| !keywords::is_annotation(keyword))
}

/// `type: [string, integer], minLength: 1` → `oneOf: [{type: string, minLength: 1}, {type: integer}]`
fn split(schema: &mut Schema, types: &[&str], context: &mut Context) {
    let combined = schema.keys().any(|keyword| keywords::is_combinator(keyword));
    let own: Vec<String> =
        schema.keys().filter(|keyword| !keywords::types(keyword).is_empty()).cloned().collect();
    let mut variants: Vec<Schema> =
        types.iter().map(|name| Schema::from_iter([("type".to_owned(), json!(name))])).collect();
    for keyword in own {
        let Some(value) = schema.shift_remove(&keyword) else { continue };
        let takers = types.iter().zip(&mut variants).enumerate();
        for (index, (name, variant)) in takers {
            if infer::applies(&keyword, &value, name) {
                context.moved(&[&keyword], &["oneOf", &index.to_string(), &keyword]);
                variant.insert(keyword.clone(), value.clone());
            }
        }
    }
    if combined {
        let split = json!({ "oneOf": variants });
        if let Value::Array(members) = schema.entry("allOf").or_insert(json!([])) {
            members.push(split);
        }
    } else {
        schema.insert("oneOf".to_owned(), json!(variants));
    }
}
