//! The constraints of a schema.

use serde_json::Number;

use super::super::{Bound, Constraint, Count, Figure};
use crate::pipeline::normalize::{JsonSchema, SchemaType};

/// The constraints of a schema, in a fixed order.
pub fn constraints(stated: &JsonSchema) -> Vec<Constraint> {
    match stated.only_type() {
        Some(SchemaType::String) => text(stated),
        Some(SchemaType::Number) => numbers(stated, float),
        Some(SchemaType::Integer) => numbers(stated, integer),
        Some(SchemaType::Array) => items(stated),
        Some(SchemaType::Object) => members(stated),
        Some(SchemaType::Boolean | SchemaType::Null) | None => Vec::new(),
    }
}

fn text(stated: &JsonSchema) -> Vec<Constraint> {
    let length = count(stated.min_length, stated.max_length).map(Constraint::Length);
    length.into_iter().chain(stated.pattern.clone().map(Constraint::Pattern)).collect()
}

fn items(stated: &JsonSchema) -> Vec<Constraint> {
    let count = count(stated.min_items, stated.max_items).map(Constraint::Items);
    count.into_iter().chain(stated.unique_items.then_some(Constraint::Unique)).collect()
}

fn members(stated: &JsonSchema) -> Vec<Constraint> {
    let count = count(stated.min_properties, stated.max_properties).map(Constraint::Members);
    let rules = stated.member_rules.iter().cloned().map(Constraint::Rule);
    count.into_iter().chain(rules).collect()
}

fn count(least: Option<usize>, most: Option<usize>) -> Option<Count> {
    (least.is_some() || most.is_some()).then_some(Count { least, most })
}

fn numbers(stated: &JsonSchema, read: fn(&Number) -> Option<Figure>) -> Vec<Constraint> {
    let bound = |inclusive: &Option<Number>, exclusive: &Option<Number>| {
        let (number, excluded) = match (inclusive, exclusive) {
            (_, Some(number)) => (number, true),
            (Some(number), None) => (number, false),
            (None, None) => return None,
        };
        read(number).map(|figure| Bound { figure, excluded })
    };
    let least = bound(&stated.minimum, &stated.exclusive_minimum);
    let most = bound(&stated.maximum, &stated.exclusive_maximum);
    let is_there = least.is_some() || most.is_some();
    let range = is_there.then_some(Constraint::Range(least, most));
    let step = stated.multiple_of.as_ref().and_then(read).map(Constraint::Step);
    range.into_iter().chain(step).collect()
}

fn float(number: &Number) -> Option<Figure> {
    number.as_f64().map(Figure::Float)
}

fn integer(number: &Number) -> Option<Figure> {
    // Beyond 64 bits it is a float, whose whole value is exact.
    let large = || number.as_f64().filter(|float| float.fract() == 0.0).map(|float| float as i128);
    number.as_i128().or_else(large).map(Figure::Integer)
}
