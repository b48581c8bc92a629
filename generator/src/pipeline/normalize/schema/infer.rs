//! A schema's type where it is not said, and the keywords that say nothing about that type.

use serde_json::Value;

use super::super::keywords::{self, is_annotation, is_combinator};
use super::super::members::whole;
use super::nullable::{is_only_null, main_type, set_type};
use super::{Context, Schema};
use crate::diagnostics::code::DiagnosticCode;

/// Gives a schema the type that its keywords speak of, and sets aside those that speak of others.
pub(super) fn normalize(schema: &mut Schema, context: &mut Context) {
    if schema.keys().any(|keyword| is_combinator(keyword) || keyword == "not") {
        return;
    }
    let mut kind = main_type(schema).map(str::to_owned);
    if kind.is_none() && !is_only_null(schema) {
        kind = infer(schema).map(str::to_owned);
        kind.iter().for_each(|kind| set_type(schema, kind));
    }
    misplaced(schema, kind.as_deref().unwrap_or_default(), context);
}

/// `properties: …` → `object`, `prefixItems: …` → `array`, `enum: [a]` → `string`, `minLength: 1` → `string`
fn infer(schema: &Schema) -> Option<&'static str> {
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        return of_values(values);
    }
    ["object", "array", "string", "integer", "number"].into_iter().find(|kind| {
        schema.iter().any(|(keyword, value)| match (keyword.as_str(), *kind) {
            // What is shown may be something else: `items` says nothing of other values (JSON Schema 2020-12 Core,
            // 10.3.1.2).
            ("items" | "minItems" | "maxItems" | "uniqueItems", "array") => {
                shown(schema).all(Value::is_array)
                    && (shown(schema).next().is_some() || !has_alternatives(schema))
            }
            // Beside an example of a text, `required` may list the texts.
            ("required", "object") => shown(schema).all(Value::is_object),
            // A bound on numbers does not make them integers; only a format does.
            ("multipleOf" | "minimum" | "maximum", "integer") => false,
            ("exclusiveMinimum" | "exclusiveMaximum", "integer") => false,
            (keyword, kind) => applies(keyword, value, kind),
        })
    })
}

/// Whether `items` is nothing but a choice. Tools that convert older descriptions write one in the place of a list of
/// schemas, and its alternatives are as often those of the value itself.
fn has_alternatives(schema: &Schema) -> bool {
    let items = schema.get("items").and_then(Value::as_object);
    items.is_some_and(|items| items.contains_key("anyOf") || items.contains_key("oneOf"))
}

/// The values that a schema shows.
fn shown(schema: &Schema) -> impl Iterator<Item = &Value> {
    let examples = schema.get("examples").and_then(Value::as_array);
    let all = schema.get("default").into_iter().chain(examples.into_iter().flatten());
    all.filter(|value| !value.is_null())
}

/// The one type of all values.
fn of_values(values: &[Value]) -> Option<&'static str> {
    let all = |is: fn(&Value) -> bool| values.iter().all(is);
    match () {
        () if all(Value::is_string) => Some("string"),
        () if all(Value::is_i64) => Some("integer"),
        () if all(Value::is_number) => Some("number"),
        () if all(Value::is_boolean) => Some("boolean"),
        () => None,
    }
}

/// Whether a keyword says something about a type.
pub(super) fn applies(keyword: &str, value: &Value, kind: &str) -> bool {
    match keyword {
        "format" => format_applies(value.as_str().unwrap_or_default(), kind),
        _ => keywords::types(keyword).contains(&kind),
    }
}

/// Formats of numbers (OpenAPI Format Registry) are known; any other is one of strings.
fn format_applies(format: &str, kind: &str) -> bool {
    let integers = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"];
    let numbers = ["float", "double", "decimal", "single-int", "double-int"];
    match kind {
        "integer" => integers.contains(&format),
        "number" => numbers.contains(&format),
        "string" => !integers.contains(&format) && !numbers.contains(&format),
        _ => false,
    }
}

fn misplaced(schema: &mut Schema, kind: &str, context: &mut Context) {
    let fits = |keyword: &String| match keyword.as_str() {
        "type" => true,
        "enum" if kind.is_empty() => true,
        // A format is a hint: any text is allowed where there is one at all.
        "format" => ["string", "number", "integer"].contains(&kind),
        _ => is_annotation(keyword) || keywords::types(keyword).contains(&kind),
    };
    let misplaced: Vec<String> = schema.keys().filter(|keyword| !fits(keyword)).cloned().collect();
    for keyword in misplaced {
        let why = match kind {
            "" => match keywords::types(&keyword) {
                [only] => format!("without `type: {only}` it says nothing, and any value is taken"),
                _ => "it says nothing without a type".to_owned(),
            },
            _ => format!("it says nothing about the type `{kind}`"),
        };
        context.set_aside(schema, DiagnosticCode::MisplacedKeyword, &keyword, &why);
    }
    if kind == "integer" && !values_are_integers(schema) {
        context.set_aside(
            schema,
            DiagnosticCode::WidenedKeyword,
            "enum",
            "its values are too large",
        );
    }
}

fn values_are_integers(schema: &Schema) -> bool {
    let values = schema.get("enum").and_then(Value::as_array);
    values.is_none_or(|values| values.iter().all(|value| whole(value).is_some()))
}
