//! Alternatives that allow nothing which another one does not allow, too.

use serde_json::Value;

use super::super::keywords::is_annotation;
use super::nullable::keep_only;
use super::{Context, Schema};

/// What may stand in an alternative that only limits a type: limits, and words about them.
const LIMITS: [&str; 10] = [
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "description",
    "example",
    "examples",
];

const SCALARS: [&str; 4] = ["boolean", "integer", "number", "string"];

/// Keeps the alternative that allows all values of a scalar type, if the others only allow some of them: no type could
/// tell these apart.
///
/// `anyOf: [{type: string}, {type: string, pattern: ^a}]` → `type: string`
pub(super) fn keep_widest(schema: &mut Schema, context: &mut Context) {
    if schema.contains_key("discriminator") {
        return;
    }
    for keyword in ["oneOf", "anyOf"] {
        let alternatives = schema.get_mut(keyword).and_then(Value::as_array_mut);
        let widest = alternatives.as_deref().and_then(|alternatives| widest(alternatives));
        let (Some(at), Some(alternatives)) = (widest, alternatives) else { continue };
        let (count, kept) = (alternatives.len(), alternatives.swap_remove(at));
        schema.shift_remove(keyword);
        for dropped in (0..count).filter(|index| *index != at) {
            context.moved(&[keyword, &dropped.to_string()], &[]);
        }
        keep_only(schema, kept, &[keyword, &at.to_string()], context);
    }
}

/// The place of the alternative that allows all that the others allow.
fn widest(alternatives: &[Value]) -> Option<usize> {
    let at = alternatives.iter().position(is_whole_type)?;
    let kind = &alternatives[at]["type"];
    let is_narrower = |(index, other): (usize, &Value)| index == at || only_limits(other, kind);
    let is_widest = alternatives.len() > 1 && alternatives.iter().enumerate().all(is_narrower);
    is_widest.then_some(at)
}

/// Whether a schema allows all values of a scalar type.
fn is_whole_type(schema: &Value) -> bool {
    let kind = schema.get("type").and_then(Value::as_str);
    let is_plain =
        |schema: &Schema| schema.keys().all(|keyword| keyword == "type" || is_annotation(keyword));
    kind.is_some_and(|kind| SCALARS.contains(&kind)) && schema.as_object().is_some_and(is_plain)
}

/// Whether a schema says nothing but which values of a type it allows.
fn only_limits(schema: &Value, kind: &Value) -> bool {
    let is_limit = |keyword: &str| keyword == "type" || LIMITS.contains(&keyword);
    let only = |schema: &Schema| schema.keys().all(|keyword| is_limit(keyword));
    schema.get("type") == Some(kind) && schema.as_object().is_some_and(only)
}
