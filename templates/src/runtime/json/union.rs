//! Unions: a value that has one of several shapes.

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error as _};
use serde_json::Value;

use super::any::{inferred, read_any};
use super::{Format, Json, Owned, extra};

/// Says how a union finds its variant.
///
/// The enum has one further variant, `Unrecognized(Value)`, for everything else. Without a
/// tag, the first variant is taken that has the value's kind and a field for each of its members,
/// or else the one with fields for the most:
///
/// ```text
/// json_union!(Price { Amount(Number), Range(Object) });
/// ```
///
/// With a tag, a member of the object names the variant:
///
/// ```text
/// json_union!(Event by "type" { Opened = "opened", Closed = "closed" });
/// ```
macro_rules! json_union {
    ($name:ident { $($variant:ident($kind:ident)),* $(,)? }) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(held) => $crate::runtime::json::Json::write(held, serializer),)*
                    Self::Unrecognized(held) => $crate::runtime::json::Json::write(held, serializer),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::json::read_union(
                    deserializer,
                    &[$((
                        $crate::runtime::json::Kind::$kind,
                        |value| $crate::runtime::json::read_variant(value, Self::$variant),
                    ),)*],
                    Self::Unrecognized,
                )
            }
        }

        $crate::runtime::json::json_as_serde!($name);
    };
    ($name:ident by $tag:literal { $($variant:ident = $value:literal),* $(,)? }) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(held) => {
                        $crate::runtime::json::Json::write_tagged(held, ($tag, $value), serializer)
                    })*
                    Self::Unrecognized(held) => $crate::runtime::json::Json::write(held, serializer),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::json::read_tagged(
                    deserializer,
                    $tag,
                    &[$((
                        $value,
                        |value| $crate::runtime::json::read_variant(value, Self::$variant),
                    ),)*],
                    Self::Unrecognized,
                )
            }
        }

        $crate::runtime::json::json_as_serde!($name);
    };
}

pub(crate) use json_union;

/// How a variant of a union is read.
type Read<T> = fn(&Value) -> Result<T, serde_json::Error>;

/// The value as a variant, if it is one.
pub(crate) fn read_variant<H: Json, T>(
    value: &Value,
    variant: fn(H) -> T,
) -> Result<T, serde_json::Error> {
    Owned::deserialize(value).map(|Owned(held)| variant(held))
}

/// Reads the variant that fits a value best.
pub(crate) fn read_union<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    variants: &[(Kind, Read<T>)],
    unrecognized: fn(Value) -> T,
) -> Result<T, D::Error> {
    let value = read_any(deserializer)?;
    let mut best = best_variant(&value, variants);
    // Where all values are texts, `10` is also the number.
    if let (None, Value::String(text), true) =
        (&best, &value, Format::of::<D::Error>().has_texts_only())
    {
        best = best_variant(&inferred(text), variants);
    }
    let Some((best, unnamed)) = best else { return Ok(unrecognized(value)) };
    extra::count(unnamed);
    Ok(best)
}

/// The variant that fits a value best, and how many members it has no field for.
fn best_variant<T>(value: &Value, variants: &[(Kind, Read<T>)]) -> Option<(T, usize)> {
    let mut best: Option<(T, usize)> = None;
    for (_, read) in variants.iter().filter(|(kind, _)| kind.holds(value)) {
        let (read, unnamed) = extra::counted(|| read(value));
        let is_better = best.as_ref().is_none_or(|(_, least)| unnamed < *least);
        best = read.ok().filter(|_| is_better).map(|read| (read, unnamed)).or(best);
        if matches!(best, Some((_, 0))) {
            break;
        }
    }
    best
}

/// Reads the variant that a member of the object names.
pub(crate) fn read_tagged<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    deserializer: D,
    tag: &str,
    variants: &[(&str, Read<T>)],
    unrecognized: fn(Value) -> T,
) -> Result<T, D::Error> {
    let value = read_any(deserializer)?;
    let stated = value.get(tag).and_then(Value::as_str);
    match variants.iter().find(|(known, _)| stated == Some(*known)) {
        Some((_, read)) => read(&value).map_err(D::Error::custom),
        None => Ok(unrecognized(value)),
    }
}

/// The kinds of JSON values (RFC 8259, 3).
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Any,
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    pub(crate) fn holds(self, value: &Value) -> bool {
        match self {
            Self::Any => true,
            Self::Null => value.is_null(),
            Self::Boolean => value.is_boolean(),
            Self::Integer => value.is_i64() || value.is_u64(),
            Self::Number => value.is_number(),
            Self::String => value.is_string(),
            Self::Array => value.is_array(),
            Self::Object => value.is_object(),
        }
    }
}
