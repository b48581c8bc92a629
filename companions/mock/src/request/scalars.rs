//! Values of texts in paths, queries, headers and forms, by the types of their schemas.

use lantern_operations::Schema;
use serde_json::Value;

use super::Problem;
use crate::schemas::Schemas;
use crate::values::{Types, types_of};

/// The value that a text is, or why it is none.
pub fn read(schemas: &Schemas, schema: &Schema, text: &str) -> Result<Value, Problem> {
    let types = types_of(schemas.table(), schema);
    let candidates = candidates(types, text);
    let fitting = candidates.iter().find(|value| schemas.fits(schema, value));
    match fitting.or(candidates.first()) {
        Some(value) => Ok(value.clone()),
        None => Err(unreadable(types, text)),
    }
}

fn candidates(types: Types, text: &str) -> Vec<Value> {
    let number = || text.parse::<f64>().ok().filter(|it| it.is_finite()).map(Value::from);
    let integer = || {
        let exact = text.parse::<i64>().map(Value::from);
        let exact = exact.or_else(|_| text.parse::<u64>().map(Value::from));
        // An integer may have more digits than that.
        let is_integer = text.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit());
        exact.ok().or_else(|| number().filter(|_| is_integer))
    };
    let boolean = || match text {
        "true" | "True" | "1" => Some(Value::Bool(true)),
        "false" | "False" | "0" => Some(Value::Bool(false)),
        _ => None,
    };
    let json =
        || serde_json::from_str(text).ok().filter(|it: &Value| it.is_object() || it.is_array());
    let all = [
        integer().filter(|_| types.has(Types::INTEGER)),
        number().filter(|_| types.has(Types::NUMBER)),
        boolean().filter(|_| types.has(Types::BOOLEAN)),
        Some(Value::from(text)).filter(|_| types.has(Types::STRING)),
        Some(Value::Null).filter(|_| types.has(Types::NULL) && text == "null"),
        json().filter(|value| types.has(Types::of(value))),
    ];
    all.into_iter().flatten().collect()
}

fn unreadable(types: Types, text: &str) -> Problem {
    let (kind, msg) = if types.has(Types::NUMBER) {
        ("float_parsing", "Input should be a valid number, unable to parse string as a number")
    } else if types.has(Types::INTEGER) {
        ("int_parsing", "Input should be a valid integer, unable to parse string as an integer")
    } else if types.has(Types::BOOLEAN) {
        ("bool_parsing", "Input should be a valid boolean, unable to interpret input")
    } else if types.has(Types::ARRAY) {
        ("list_type", "Input should be a valid list")
    } else if types.has(Types::OBJECT) {
        ("dict_type", "Input should be a valid dictionary")
    } else {
        ("value_error", "Input is not allowed here")
    };
    Problem::new(kind, msg, text.into())
}
