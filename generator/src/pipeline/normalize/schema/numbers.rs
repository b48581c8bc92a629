//! The bounds of numbers.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::super::keywords::carry_word;
use super::super::members::whole;
use super::{Context, Schema};
use crate::diagnostics::code::DiagnosticCode;

/// `exclusiveMinimum: 0` → `minimum: 0, exclusiveMinimum: true`, or the tighter one where there are two.
///
/// (JSON Schema 2020-12 Validation, 6.2.3 and 6.2.5)
pub(super) fn exclusive_bounds(schema: &mut Schema) {
    exclusive_bound(schema, "exclusiveMinimum", "minimum", Ordering::Less);
    exclusive_bound(schema, "exclusiveMaximum", "maximum", Ordering::Greater);
}

fn exclusive_bound(schema: &mut Schema, exclusive: &str, inclusive: &str, looser: Ordering) {
    let Some(bound) = schema.get(exclusive).filter(|bound| bound.is_number()).cloned() else {
        return;
    };
    let other = schema.get(inclusive).and_then(Value::as_f64);
    let compared = other.and_then(|other| bound.as_f64()?.partial_cmp(&other));
    if compared == Some(looser) {
        schema.shift_remove(exclusive);
        return;
    }
    schema.insert(inclusive.to_owned(), bound);
    schema.insert(exclusive.to_owned(), true.into());
}

/// Puts the bounds of a number right once its type is known.
pub(super) fn normalize(schema: &mut Schema, context: &mut Context) {
    let integer = schema.get("type").is_some_and(|kind| kind == "integer");
    if integer && !schema.contains_key("format") {
        unsigned(schema);
    }
    for keyword in ["minimum", "maximum", "multipleOf"] {
        let Some(value) = schema.get(keyword).cloned() else { continue };
        match number(&value).and_then(|number| settled(&number, keyword, integer)) {
            Some(settled) => replace(schema, keyword, settled),
            None => context.set_aside(
                schema,
                DiagnosticCode::WidenedKeyword,
                keyword,
                "it cannot be held",
            ),
        }
    }
    for (keyword, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        let flag = schema.get(keyword).is_none_or(Value::is_boolean);
        if !flag || !schema.contains_key(bound) {
            context.set_aside(
                schema,
                DiagnosticCode::MisplacedKeyword,
                keyword,
                "there is no bound",
            );
        }
    }
}

/// Takes an integer as unsigned that is said or shown to be beyond what is signed in 64 bits, and never negative.
///
/// `default: 9223372036854775808` → `default: 9223372036854775808, format: uint64`, and
/// `maximum: 18446744073709551615` → `format: uint64`, where the type itself is the bound
fn unsigned(schema: &mut Schema) {
    let several = schema.get("x-openapi-examples").and_then(Value::as_array);
    let single = ["minimum", "maximum", "default", "example"];
    let single = single.into_iter().filter_map(|keyword| schema.get(keyword));
    let told: Vec<&Value> = single.chain(several.into_iter().flatten()).collect();
    let is_negative = |value: &&Value| value.as_f64().is_some_and(|value| value < 0.0);
    if told.iter().any(is_negative) || !told.iter().any(|value| is_beyond(value)) {
        return;
    }
    schema.insert("format".to_owned(), "uint64".into());
    if schema.get("maximum").is_some_and(is_beyond)
        && let Some(maximum) = schema.shift_remove("maximum")
    {
        schema.insert(carry_word("maximum"), maximum);
    }
}

fn is_beyond(value: &Value) -> bool {
    value.as_i64().is_none() && value.as_f64().is_some_and(|value| value > 9e18)
}

/// A bound that was rounded inwards is allowed itself: `minimum: 0.5, exclusiveMinimum: true` → `minimum: 1`.
fn replace(schema: &mut Schema, keyword: &str, settled: Value) {
    let rounded = schema.get(keyword).and_then(Value::as_f64) != settled.as_f64();
    schema.insert(keyword.to_owned(), settled);
    match keyword {
        "minimum" if rounded => drop(schema.shift_remove("exclusiveMinimum")),
        "maximum" if rounded => drop(schema.shift_remove("exclusiveMaximum")),
        _ => {}
    }
}

/// `"5"` → `5`
fn number(value: &Value) -> Option<Value> {
    match value {
        Value::Number(_) => Some(value.clone()),
        Value::String(text) => text.trim().parse::<Number>().ok().map(Value::Number),
        _ => None,
    }
}

/// `0.0` → `0`; what an integer's bound cannot be is rounded inwards or not held.
fn settled(number: &Value, keyword: &str, integer: bool) -> Option<Value> {
    if let Some(whole) = whole(number) {
        return Some(whole.into());
    }
    match keyword {
        _ if !integer => Some(number.clone()),
        "minimum" => whole(&number.as_f64()?.ceil().into()).map(Value::from),
        "maximum" => whole(&number.as_f64()?.floor().into()).map(Value::from),
        _ => None,
    }
}
