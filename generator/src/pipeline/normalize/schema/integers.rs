//! How wide integers are: all values that the description speaks of have room in their type.

use std::ops::RangeInclusive;

use serde_json::Value;

use super::super::members::number;
use super::{Context, Schema};
use crate::diagnostics::code::DiagnosticCode;

/// The format of integers that may have any size. It is ours: OpenAPI has none.
pub const BIG_INTEGER: &str = "big-integer";

/// Formats of integers, and what each has room for; the first one is that of integers without a format.
const WIDTHS: [(&str, RangeInclusive<i128>); 9] = [
    ("int64", i64::MIN as i128..=i64::MAX as i128),
    ("uint64", 0..=u64::MAX as i128),
    (BIG_INTEGER, i128::MIN..=i128::MAX),
    ("int8", i8::MIN as i128..=i8::MAX as i128),
    ("int16", i16::MIN as i128..=i16::MAX as i128),
    ("int32", i32::MIN as i128..=i32::MAX as i128),
    ("uint8", 0..=u8::MAX as i128),
    ("uint16", 0..=u16::MAX as i128),
    ("uint32", 0..=u32::MAX as i128),
];

/// Whether a format of integers has room for all that another one has, and for more.
pub fn is_wider_integer(one: &str, other: &str) -> bool {
    let room = |of: &str| WIDTHS.iter().find(|(format, _)| *format == of).map(|(_, room)| room);
    match (room(one), room(other)) {
        (Some(one), Some(other)) => {
            one != other && one.contains(other.start()) && one.contains(other.end())
        }
        _ => false,
    }
}

/// Gives an integer a format that has room for its limits, its default and its examples, if its own has not.
///
/// `default: 9223372036854775808` → `default: 9223372036854775808, format: uint64`,
/// `maximum: 1e30` → `maximum: 1e30, format: big-integer`, and
/// `maximum: 18446744073709552000` → `format: uint64`, where the type itself is the bound
pub(super) fn normalize(schema: &mut Schema, context: &mut Context) {
    let stated = schema.get("format").and_then(Value::as_str);
    let known = WIDTHS.iter().find(|(format, _)| stated == Some(format));
    let values = described(schema);
    let has_room = |room: &RangeInclusive<i128>| values.iter().all(|it| room.contains(it));
    let own = known.unwrap_or(&WIDTHS[0]);
    let wider = WIDTHS.iter().find(|(_, room)| has_room(room)).filter(|_| !has_room(&own.1));
    if let Some((wider, _)) = wider {
        if let Some((format, _)) = known {
            let message = format!(
                "`{format}` has no room for integers that are described here; `{wider}` is taken"
            );
            context.warn(DiagnosticCode::WidenedKeyword, "format", message);
        }
        schema.insert("format".to_owned(), (*wider).into());
    }
    let (_, room) = wider.unwrap_or(own);
    if schema.get("maximum").is_some_and(|most| is_rounded(most, *room.end())) {
        schema.shift_remove("maximum");
    }
}

/// The integers that a schema speaks of.
fn described(schema: &Schema) -> Vec<i128> {
    let stated = |keyword: &str| schema.get(keyword).and_then(number);
    let moved = |bound: Value, by: i128| integer(&bound).map(|bound| bound.saturating_add(by));
    let examples = schema.get("examples").and_then(Value::as_array);
    let least = stated("minimum").and_then(|bound| integer(&bound));
    let above = stated("exclusiveMinimum").and_then(|bound| moved(bound, 1));
    let below = stated("exclusiveMaximum").and_then(|bound| moved(bound, -1));
    let shown = schema.get("default").into_iter().chain(examples.into_iter().flatten());
    let others = [least, above, below].into_iter().flatten().chain(shown.filter_map(integer));
    let others: Vec<i128> = others.collect();
    let is_signed = schema.get("format").and_then(Value::as_str) == Some("int64")
        || others.iter().any(|it| *it < 0);
    let most = stated("maximum").and_then(|bound| end(&bound, is_signed));
    others.into_iter().chain(most).collect()
}

/// A maximum. What JavaScript makes of the largest integer of a type stands for it: `18446744073709552000`.
fn end(most: &Value, is_signed: bool) -> Option<i128> {
    match most.as_f64() {
        Some(rounded) if is_signed && rounded == i64::MAX as f64 => Some(i64::MAX.into()),
        Some(rounded) if !most.is_u64() && rounded == u64::MAX as f64 => Some(u64::MAX.into()),
        _ => integer(most),
    }
}

/// Whether a maximum is the end of a type, and larger than it only because it was rounded.
fn is_rounded(most: &Value, to: i128) -> bool {
    let Some(most) = number(most).filter(|most| !most.is_u64()) else { return false };
    end(&most, false) == Some(to) && integer(&most) != Some(to)
}

/// A number without a fraction. One that is beyond all integers is the last of them.
fn integer(number: &Value) -> Option<i128> {
    let exact = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    exact.or_else(|| {
        let float = number.as_f64().filter(|float| float.fract() == 0.0)?;
        Some(float as i128)
    })
}
