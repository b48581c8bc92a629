//! Unions: a value that has one of several shapes.

use std::borrow::Cow;

use serde::de::{self, Deserialize, DeserializeOwned, Deserializer, Error as _};
use serde_json::{Number, Value};

use super::any::inferred;
use super::exact::{Source, is_too_deep};
use super::{Format, Json, Owned, extra};
use crate::runtime::decode;

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

/// How a variant of a union is read from JSON text.
type Read<T> = fn(&str) -> Result<T, serde_json::Error>;

/// The text as a variant, if it is one.
pub(crate) fn read_variant<H: Json, T>(
    text: &str,
    variant: fn(H) -> T,
) -> Result<T, serde_json::Error> {
    serde_json::from_str(text).map(|Owned(held)| variant(held))
}

/// A value as JSON text, which can be read more than once.
fn text_of<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Cow<'de, str>, D::Error> {
    let text = Source::deserialize(deserializer)?.into_text();
    match is_too_deep(&text) {
        true => Err(D::Error::custom("recursion limit exceeded")),
        false => Ok(text),
    }
}

/// Reads the variant that fits a value best.
pub(crate) fn read_union<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    variants: &[(Kind, Read<T>)],
    unrecognized: fn(Value) -> T,
) -> Result<T, D::Error> {
    let text = text_of(deserializer)?;
    let mut best = best_variant(&text, variants);
    // Where all values are texts, `10` is also the number.
    if best.is_none() && Format::of::<D::Error>().has_texts_only() {
        let value = serde_json::from_str::<String>(&text).map(|text| inferred(&text));
        best = best_variant(&value.unwrap_or_default().to_string(), variants);
    }
    let Some((best, unnamed)) = best else { return unknown(&text).map(unrecognized) };
    extra::count(unnamed);
    Ok(best)
}

/// The variant that fits a value best, and how many members it has no field for.
fn best_variant<T>(text: &str, variants: &[(Kind, Read<T>)]) -> Option<(T, usize)> {
    let mut best: Option<(T, usize)> = None;
    for (_, read) in variants.iter().filter(|(kind, _)| kind.holds(text)) {
        let (read, unnamed) = extra::counted(|| read(text));
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
    let text = text_of(deserializer)?;
    let stated = decode::member(text.as_bytes(), tag);
    let stated = stated.as_ref().and_then(Value::as_str);
    match variants.iter().find(|(known, _)| stated == Some(*known)) {
        Some((_, read)) => read(&text).map_err(without_place),
        None => unknown(&text).map(unrecognized),
    }
}

fn unknown<E: de::Error>(text: &str) -> Result<Value, E> {
    serde_json::from_str(text).map_err(without_place)
}

/// The same error without its line and column, which are those within a part of the text.
fn without_place<E: de::Error>(error: serde_json::Error) -> E {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    E::custom(message.strip_suffix(&place).unwrap_or(&message))
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
    /// Whether a JSON text is of this kind, which its first byte says.
    pub(crate) fn holds(self, text: &str) -> bool {
        let first = text.bytes().next().unwrap_or_default();
        let is_number = first == b'-' || first.is_ascii_digit();
        match self {
            Self::Any => true,
            Self::Null => first == b'n',
            Self::Boolean => matches!(first, b't' | b'f'),
            Self::Integer => is_number && is_integer(text),
            Self::Number => is_number,
            Self::String => first == b'"',
            Self::Array => first == b'[',
            Self::Object => first == b'{',
        }
    }
}

fn is_integer(text: &str) -> bool {
    text.parse::<Number>().is_ok_and(|number| number.is_i64() || number.is_u64())
}
