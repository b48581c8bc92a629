//! Texts, numbers and truth values.

use serde_json::Value;

use super::extent::{Extent, LONGEST};
use super::patterns;
use crate::pipeline::resolve::{Bound, Constraint, Count, Figure, Kind, Schema};

/// A value of a schema that is no list, no object and no union.
pub fn value(schema: &Schema, extent: Extent) -> Option<Value> {
    match &schema.kind {
        Kind::Any => Some("any".into()),
        Kind::Boolean(only) => Some(only.unwrap_or(extent == Extent::All).into()),
        Kind::Integer(_) => integer(schema).map(Value::from),
        // It is an integer then.
        Kind::Number(Some(format)) if format.contains("int") => integer(schema).map(Value::from),
        Kind::Number(_) => number(schema).map(Value::from),
        Kind::String(format) => text(schema, format.as_deref()).map(Value::from),
        Kind::StringEnum(texts) => listed(texts, extent).map(|text| text.as_str().into()),
        Kind::IntegerEnum(integers) => listed(integers, extent).map(|integer| (*integer).into()),
        Kind::MixedEnum(values) => listed(values, extent).cloned(),
        _ => None,
    }
}

fn listed<T>(values: &[T], extent: Extent) -> Option<&T> {
    if extent == Extent::All { values.last() } else { values.first() }
}

/// The text that a format states.
pub fn known_text(schema: &Schema) -> Option<Value> {
    match &schema.kind {
        Kind::String(Some(format)) => of_format(format).map(Value::from),
        _ => None,
    }
}

/// The example of a schema, if any value of its kind can be read as its type.
pub fn example(schema: &Schema) -> Option<Value> {
    let example = schema.example.as_ref()?;
    let fits = match &schema.kind {
        Kind::Boolean(None) => example.is_boolean(),
        Kind::Integer(_) => example.as_i64().is_some_and(|it| i32::try_from(it).is_ok()),
        Kind::Number(None) => example.is_number(),
        Kind::String(None) => example.is_string(),
        Kind::StringEnum(texts) => {
            example.as_str().is_some_and(|text| texts.iter().any(|known| known == text))
        }
        _ => false,
    };
    fits.then(|| example.clone())
}

/// The ends of a range, those that are excluded themselves one step inside of it.
fn range(schema: &Schema, step: f64) -> (Option<f64>, Option<f64>) {
    let figure = |bound: Bound, step: f64| {
        let figure = match bound.figure {
            Figure::Integer(integer) => integer as f64,
            Figure::Float(float) => float,
        };
        if bound.excluded { figure + step } else { figure }
    };
    let stated = schema.constraints.iter().find_map(|constraint| match constraint {
        Constraint::Range(least, most) => Some((*least, *most)),
        _ => None,
    });
    let (least, most) = stated.unwrap_or_default();
    (least.map(|bound| figure(bound, step)), most.map(|bound| figure(bound, -step)))
}

fn step(schema: &Schema) -> Option<f64> {
    schema.constraints.iter().find_map(|constraint| match constraint {
        Constraint::Step(Figure::Integer(step)) => Some(*step as f64),
        Constraint::Step(Figure::Float(step)) => Some(*step),
        _ => None,
    })
}

fn integer(schema: &Schema) -> Option<i64> {
    let step = step(schema).unwrap_or(1.0);
    let (least, most) = range(schema, 1.0);
    let number = within(step.max(1.0), least, most, step)?;
    (number.fract() == 0.0).then_some(number as i64)
}

/// One that is no integer, if the limits allow it.
fn number(schema: &Schema) -> Option<f64> {
    let (least, most) = range(schema, 0.25);
    match step(schema) {
        Some(step) => within(step, least, most, step),
        None => {
            let least_or = least.or(most.map(|most| most - 1.0)).unwrap_or(1.0);
            let middle = most.map_or(least_or + 0.5, |most| f64::midpoint(least_or, most));
            Some(if middle.fract() == 0.0 { f64::midpoint(least_or, middle) } else { middle })
        }
    }
}

/// A multiple of a step within a range.
fn within(wanted: f64, least: Option<f64>, most: Option<f64>, step: f64) -> Option<f64> {
    let least = least.unwrap_or(f64::MIN);
    let most = most.unwrap_or(f64::MAX);
    let number = if wanted < least { (least / step).ceil() * step } else { wanted };
    let number = if number > most { (most / step).floor() * step } else { number };
    (number >= least && number <= most).then_some(number)
}

fn text(schema: &Schema, format: Option<&str>) -> Option<String> {
    let length = schema.constraints.iter().find_map(|constraint| match constraint {
        Constraint::Length(count) => Some(*count),
        _ => None,
    });
    let Count { least, most } = length.unwrap_or(Count { least: None, most: None });
    let (least, most) = (least.unwrap_or_default(), most.unwrap_or(usize::MAX));
    let pattern = schema.constraints.iter().find_map(|constraint| match constraint {
        Constraint::Pattern(pattern) => Some(pattern.as_str()),
        _ => None,
    });
    match (format.and_then(of_format), pattern) {
        (Some(text), _) => Some(text.to_owned()),
        (None, Some(pattern)) => patterns::text(pattern, least, most),
        (None, None) if least > LONGEST => None,
        (None, None) => Some("text".chars().cycle().take(least.max(most.min(4))).collect()),
    }
}

fn of_format(format: &str) -> Option<&'static str> {
    Some(match format {
        "date-time" => "2024-01-02T03:04:05Z",
        "date" => "2024-01-02",
        "time" => "03:04:05Z",
        "duration" => "P1DT2H",
        "uuid" => "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        "uri" | "url" | "iri" | "uri-reference" => "https://example.com/a",
        "email" | "idn-email" => "a@example.com",
        "hostname" | "idn-hostname" => "example.com",
        "ip" | "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" => "YQ==",
        "decimal" => "1.5",
        "json-pointer" => "/a",
        _ => return None,
    })
}
