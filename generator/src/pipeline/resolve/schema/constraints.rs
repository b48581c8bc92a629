//! The constraints of a schema of `openapiv3`.

use indexmap::IndexMap;
use openapiv3::{ArrayType, IntegerType, NumberType, ObjectType, SchemaKind, StringType, Type};
use serde_json::Value;

use super::super::{Bound, Constraint, Count, Extension, Figure};
use crate::member_rule::MemberRule;

/// The constraints of a schema, in a fixed order.
pub fn constraints(kind: &SchemaKind, extensions: &IndexMap<String, Value>) -> Vec<Constraint> {
    match kind {
        SchemaKind::Type(Type::String(string)) => text(string),
        SchemaKind::Type(Type::Number(number)) => self::number(number),
        SchemaKind::Type(Type::Integer(integer)) => self::integer(integer),
        SchemaKind::Type(Type::Array(array)) => items(array),
        SchemaKind::Type(Type::Object(object)) => {
            members(object).into_iter().chain(rules(extensions)).collect()
        }
        _ => Vec::new(),
    }
}

fn text(string: &StringType) -> Vec<Constraint> {
    let length = count(string.min_length, string.max_length).map(Constraint::Length);
    length.into_iter().chain(string.pattern.clone().map(Constraint::Pattern)).collect()
}

fn items(array: &ArrayType) -> Vec<Constraint> {
    let count = count(array.min_items, array.max_items).map(Constraint::Items);
    count.into_iter().chain(array.unique_items.then_some(Constraint::Unique)).collect()
}

fn members(object: &ObjectType) -> Vec<Constraint> {
    let count = count(object.min_properties, object.max_properties);
    count.map(Constraint::Members).into_iter().collect()
}

/// The rules about members, which normalization carries.
fn rules(extensions: &IndexMap<String, Value>) -> impl Iterator<Item = Constraint> {
    let carried = Extension::MemberRules.find_in(extensions).and_then(Value::as_array);
    carried.into_iter().flatten().filter_map(MemberRule::read).map(Constraint::Rule)
}

fn count(least: Option<usize>, most: Option<usize>) -> Option<Count> {
    (least.is_some() || most.is_some()).then_some(Count { least, most })
}

fn number(number: &NumberType) -> Vec<Constraint> {
    let bound = |bound: Option<f64>, excluded| {
        bound.map(|bound| Bound { figure: Figure::Float(bound), excluded })
    };
    let least = bound(number.minimum, number.exclusive_minimum);
    let most = bound(number.maximum, number.exclusive_maximum);
    range(least, most, number.multiple_of.map(Figure::Float))
}

fn integer(integer: &IntegerType) -> Vec<Constraint> {
    let bound = |bound: Option<i64>, excluded| {
        bound.map(|bound| Bound { figure: Figure::Integer(bound.into()), excluded })
    };
    let least = bound(integer.minimum, integer.exclusive_minimum);
    let most = bound(integer.maximum, integer.exclusive_maximum);
    range(least, most, integer.multiple_of.map(|step| Figure::Integer(step.into())))
}

fn range(least: Option<Bound>, most: Option<Bound>, step: Option<Figure>) -> Vec<Constraint> {
    let is_there = least.is_some() || most.is_some();
    let range = is_there.then_some(Constraint::Range(least, most));
    range.into_iter().chain(step.map(Constraint::Step)).collect()
}
