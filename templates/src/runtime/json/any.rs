//! Values of any type, from any data format.

use std::fmt;

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde_json::{Map, Number, Value};

use super::{Format, Key};

/// The name of the only member that a date-time of TOML has.
const TOML_DATETIME: &str = "$__toml_private_datetime";

/// Reads any value.
///
/// A cell of CSV is a number or a truth value only if it is exactly its text: `5` is a number, and
/// `007`, `+1`, `1.10` and `NaN` stay strings, as a number would not keep how they are written.
pub(super) fn read_any<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    match Format::of::<D::Error>() {
        Format::Json => Value::deserialize(deserializer),
        Format::Csv => String::deserialize(deserializer).map(|text| inferred(&text)),
        _ => deserializer.deserialize_any(AnyVisitor),
    }
}

/// The value whose only spelling this text is, or else the text as a string.
pub(super) fn inferred(text: &str) -> Value {
    let scalar: Option<Value> = serde_json::from_str(text).ok();
    let is_exact = |value: &Value| {
        let written = value.to_string();
        matches!(value, Value::Bool(_) | Value::Number(_)) && written == text
    };
    scalar.filter(is_exact).unwrap_or_else(|| text.into())
}

/// Lets serde read any value.
struct Any(Value);

impl<'de> Deserialize<'de> for Any {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_any(deserializer).map(Self)
    }
}

pub(super) struct AnyVisitor;

impl<'de> Visitor<'de> for AnyVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i128<E>(self, value: i128) -> Result<Value, E> {
        Ok(Number::from_i128(value).map_or_else(|| (value as f64).into(), Value::Number))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Value, E> {
        Ok(Number::from_u128(value).map_or_else(|| (value as f64).into(), Value::Number))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Value, E> {
        text_of(bytes, &self).map(Value::from)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        read_any(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, held: D) -> Result<Value, D::Error> {
        read_any(held)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut read = Vec::new();
        while let Some(Any(item)) = items.next_element()? {
            read.push(item);
        }
        Ok(read.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let first = map.next_key()?;
        self.members(first, map)
    }
}

impl AnyVisitor {
    /// An object whose first key was read.
    pub(super) fn members<'de, A: MapAccess<'de>>(
        self,
        first: Option<Key<'de>>,
        mut map: A,
    ) -> Result<Value, A::Error> {
        let mut read = Map::new();
        let mut next = first;
        while let Some(Key(key)) = next {
            let Any(value) = map.next_value()?;
            if key == TOML_DATETIME && read.is_empty() {
                return Ok(value);
            }
            read.insert(key.into_owned(), value);
            next = map.next_key()?;
        }
        Ok(read.into())
    }
}

/// Bytes as a string: some formats do not distinguish the two.
pub(super) fn text_of<'a, E: Error>(
    bytes: &'a [u8],
    expected: &dyn serde::de::Expected,
) -> Result<&'a str, E> {
    let invalid = |_| E::invalid_value(Unexpected::Bytes(bytes), expected);
    std::str::from_utf8(bytes).map_err(invalid)
}

/// The text of a date-time of TOML, which is read as a map.
pub(super) fn toml_datetime<'de, A: MapAccess<'de>>(
    mut map: A,
    expected: &dyn serde::de::Expected,
) -> Result<Key<'de>, A::Error> {
    match map.next_key()? {
        Some(Key(key)) if key == TOML_DATETIME => map.next_value(),
        _ => Err(A::Error::invalid_type(Unexpected::Map, expected)),
    }
}

/// Writes any value.
pub(super) fn write_any<S: Serializer>(value: &Value, serializer: S) -> Result<S::Ok, S::Error> {
    match Format::of::<S::Error>() {
        Format::Json => value.serialize(serializer),
        _ => Plain(value).serialize(serializer),
    }
}

/// A value whose numbers are numbers in every format: if another crate enables the feature
/// `arbitrary_precision` of serde_json, those of serde_json are written as maps with a string.
struct Plain<'a>(&'a Value);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Number(number) => write_number(number, serializer),
            Value::Array(items) => serializer.collect_seq(items.iter().map(Plain)),
            Value::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, value) in members {
                    map.serialize_entry(key, &Plain(value))?;
                }
                map.end()
            }
            other => other.serialize(serializer),
        }
    }
}

fn write_number<S: Serializer>(number: &Number, serializer: S) -> Result<S::Ok, S::Error> {
    match (number.as_u64(), number.as_i64(), number.as_f64()) {
        (Some(value), ..) => serializer.serialize_u64(value),
        (_, Some(value), _) => serializer.serialize_i64(value),
        (_, _, Some(value)) => serializer.serialize_f64(value),
        _ => number.serialize(serializer),
    }
}
