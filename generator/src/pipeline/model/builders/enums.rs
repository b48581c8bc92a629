//! Enums: a variant for each value.

use serde_json::Value;

use super::documentation;
use crate::pipeline::model::{IntegerVariant, ScalarVariant, Variant};
use crate::pipeline::resolve::Schema;
use crate::rust::names::{Case, Scope};

/// The variants of an enum of strings.
pub fn of_texts(texts: &[String], schema: &Schema) -> Vec<Variant> {
    let mut scope = Scope::reserving(&["Unrecognized"]);
    texts
        .iter()
        .map(|text| Variant {
            name: scope.name_as(text, word(schema, text), Case::Type),
            description: documentation::of_enum_value(schema.value_docs.get(text)),
            deprecated: is_deprecated(schema, text),
        })
        .collect()
}

/// The word that a value is named after.
fn word<'a>(schema: &'a Schema, value: &'a str) -> &'a str {
    schema.value_docs.get(value).and_then(|meaning| meaning.word.as_deref()).unwrap_or(value)
}

fn is_deprecated(schema: &Schema, value: &str) -> bool {
    schema.value_docs.get(value).is_some_and(|meaning| meaning.deprecated)
}

/// The variants of an enum of integers.
pub fn of_integers(integers: &[i64], schema: &Schema) -> Vec<IntegerVariant> {
    let mut scope = Scope::reserving(&["Unrecognized"]);
    let variant = |value: &i64| {
        let text = value.to_string();
        IntegerVariant {
            name: scope.name_as(&text, word(schema, &text), Case::Type),
            description: documentation::of_enum_value(schema.value_docs.get(&text)),
            deprecated: is_deprecated(schema, &text),
            value: *value,
        }
    };
    integers.iter().map(variant).collect()
}

/// The variants of an enum of values of several types.
pub fn of_scalars(values: &[Value]) -> Vec<ScalarVariant> {
    let mut scope = Scope::reserving(&["Unrecognized"]);
    let variant = |value: &Value| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        ScalarVariant { name: scope.name(&text, Case::Type), value: value.clone() }
    };
    values.iter().map(variant).collect()
}
