//! The bounds of numbers.

use serde_json::Value;

use super::super::members::{number, whole};
use super::nullable::main_type;
use super::{Context, Schema, integers};
use crate::diagnostics::code::DiagnosticCode;

const LOWER: [&str; 2] = ["minimum", "exclusiveMinimum"];
const UPPER: [&str; 2] = ["maximum", "exclusiveMaximum"];

/// Puts the bounds of a number right once its type is known.
pub(super) fn normalize(schema: &mut Schema, context: &mut Context) {
    let integer = main_type(schema) == Some("integer");
    if !integer && !has_limit(schema) {
        return;
    }
    for ends in [LOWER, UPPER] {
        flag(schema, ends, context);
    }
    if integer {
        integers::normalize(schema, context);
    }
    if !has_limit(schema) {
        return;
    }
    for ends in [LOWER, UPPER] {
        ends.iter().for_each(|keyword| hold(schema, keyword, integer, context));
        keep_tighter(schema, ends);
        if integer {
            round_inwards(schema, ends);
        }
    }
    hold(schema, "multipleOf", integer, context);
}

/// Whether there is any of these keywords, which few schemas have.
fn has_limit(schema: &Schema) -> bool {
    let is_limit = |keyword: &str| {
        LOWER.contains(&keyword) || UPPER.contains(&keyword) || keyword == "multipleOf"
    };
    schema.keys().any(|keyword| is_limit(keyword))
}

/// `minimum: 0, exclusiveMinimum: true` → `exclusiveMinimum: 0` (OpenAPI 3.0.4, 4.7.24.1)
fn flag(schema: &mut Schema, [inclusive, exclusive]: [&str; 2], context: &mut Context) {
    match schema.get(exclusive) {
        Some(Value::Bool(false)) => drop(schema.shift_remove(exclusive)),
        Some(Value::Bool(true)) => match schema.shift_remove(inclusive) {
            Some(bound) => drop(schema.insert(exclusive.to_owned(), bound)),
            None => {
                let code = DiagnosticCode::MisplacedKeyword;
                context.set_aside(schema, code, exclusive, "there is no bound");
            }
        },
        _ => {}
    }
}

/// Leaves a number out that cannot be held, and reads one that is written as a text: `'5'` → `5`.
fn hold(schema: &mut Schema, keyword: &str, integer: bool, context: &mut Context) {
    let Some(stated) = schema.get(keyword) else { return };
    let is_step = keyword == "multipleOf";
    let held = number(stated).and_then(|number| match whole_number(&number) {
        Some(whole) => Some(whole),
        None => {
            (!integer || is_large(&number) || (!is_step && is_fraction(&number))).then_some(number)
        }
    });
    match held {
        Some(held) => drop(schema.insert(keyword.to_owned(), held)),
        None => {
            let code = DiagnosticCode::WidenedKeyword;
            context.set_aside(schema, code, keyword, "it cannot be held");
        }
    }
}

/// A bound of an integer that was rounded is allowed itself: `exclusiveMinimum: 0.5` → `minimum: 1`.
fn round_inwards(schema: &mut Schema, ends: [&str; 2]) {
    for keyword in ends {
        let Some(bound) = schema.get(keyword).filter(|bound| is_fraction(bound)) else { continue };
        let Some(bound) = bound.as_f64() else { continue };
        let rounded = if ends == LOWER { bound.ceil() } else { bound.floor() };
        schema.shift_remove(keyword);
        schema.insert(ends[0].to_owned(), whole(&rounded.into()).into());
    }
}

/// `minimum: 1, exclusiveMinimum: 0` → `minimum: 1` (JSON Schema 2020-12 Validation, 6.2.4 and 6.2.5)
fn keep_tighter(schema: &mut Schema, ends: [&str; 2]) {
    let [inclusive, exclusive] = ends.map(|keyword| schema.get(keyword).and_then(Value::as_f64));
    let (Some(inclusive), Some(exclusive)) = (inclusive, exclusive) else { return };
    let is_looser = if ends == LOWER { exclusive < inclusive } else { exclusive > inclusive };
    schema.shift_remove(ends[usize::from(is_looser)]);
}

/// `0.0` → `0`
fn whole_number(number: &Value) -> Option<Value> {
    if number.is_u64() { Some(number.clone()) } else { whole(number).map(Value::from) }
}

/// Whether a number is an integer beyond 64 bits, and not too large to be compared with others.
fn is_large(number: &Value) -> bool {
    // The first float beyond the integers of 128 bits.
    const BEYOND: f64 = 170_141_183_460_469_231_731_687_303_715_884_105_728.0;
    number.as_f64().is_some_and(|number| number.fract() == 0.0 && number.abs() < BEYOND)
}

fn is_fraction(number: &Value) -> bool {
    number.as_f64().is_some_and(|number| number.fract() != 0.0)
}
