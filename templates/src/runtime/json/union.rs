//! Unions: a value that has one of several shapes.

use std::borrow::Cow;

use serde::de::{self, Deserialize, DeserializeOwned, Deserializer, Error as _};
use serde_json::Value;

use super::any::inferred;
use super::depth::{self, Level};
use super::exact::Source;
use super::misfit::{self, Misfit};
use super::{Format, Json, Owned, Scalar};
use crate::runtime::members::member;

/// Defines how a union finds its variant.
///
/// The enum has one further variant, `Unrecognized(Value)`, for all other values. Without a tag, the
/// first variant is used that has the value's kind and a field for each of its members, or else the
/// one with fields for most of them. A value that an enum lists belongs to this enum:
///
/// ```text
/// json_union!(Price { Amount(Number), Range(Object) });
/// ```
///
/// Members that have other values in other variants are listed with a variant. The variant is not used if a
/// member with one listed value has another one. If several values are listed and the member has none of
/// them, it is used only if no other variant fits better:
///
/// ```text
/// json_union!(Result { Good(Object, "ok" = true), Bad(Object, "ok" = false, "code" = 1 | 2) });
/// ```
///
/// Values of a variant whose type does not list them are listed with its kind:
///
/// ```text
/// json_union!(Length { Unlimited(String = "none"), Days(String) });
/// ```
///
/// With a tag, a member of the object names the variant. If the member is absent, the variants are tried as
/// without a tag, also by the members that are listed with them; but none is used if two fit equally well:
///
/// ```text
/// json_union!(Event by "type" { Opened = "opened", Closed("code" = 1 | 2) = "closed" });
/// ```
///
/// A variant without a tag can stand for all other tags, and for none:
///
/// ```text
/// json_union!(Event by "type" or Other { Opened = "opened" });
/// ```
macro_rules! json_union {
    ($name:ident { $(
        $variant:ident($kind:ident $(= $($own:literal)|+)? $(, $member:literal = $($value:literal)|+)*)
    ),* $(,)? }) => {
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
                        &[$($($crate::runtime::json::Scalar::from($own)),+)?],
                        &[$(($member, &[$($crate::runtime::json::Scalar::from($value)),+])),*],
                        |value| $crate::runtime::json::read_matching(value, Self::$variant),
                    ),)*],
                    Self::Unrecognized,
                )
            }
        }

        $crate::runtime::json::json_as_serde!($name, unrecognized: Self::Unrecognized(_));
    };
    ($name:ident by $tag:literal $(or $other:ident)? { $(
        $variant:ident $(($($member:literal = $($listed:literal)|+),+))? = $value:literal
    ),* $(,)? }) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(held) => {
                        $crate::runtime::json::Json::write_tagged(
                            held,
                            ($tag, $crate::runtime::json::Scalar::from($value)),
                            serializer,
                        )
                    })*
                    $(Self::$other(held) => $crate::runtime::json::Json::write(held, serializer),)?
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
                        $crate::runtime::json::Scalar::from($value),
                        &[$($(
                            ($member, &[$($crate::runtime::json::Scalar::from($listed)),+])
                        ),+)?],
                        |value| $crate::runtime::json::read_variant(value, Self::$variant),
                    ),)*],
                    &[$(|value| $crate::runtime::json::read_matching(value, Self::$other))?],
                    Self::Unrecognized,
                )
            }
        }

        $crate::runtime::json::json_as_serde!($name, unrecognized: Self::Unrecognized(_));
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
    serde_json::from_str(text).map(|Owned(held)| variant(with_members_counted(held)))
}

/// The text as a variant. A union matches only if one of its own variants does.
pub(crate) fn read_matching<H: Json, T>(
    text: &str,
    variant: fn(H) -> T,
) -> Result<T, serde_json::Error> {
    let Owned(held) = serde_json::from_str::<Owned<H>>(text)?;
    match held.is_unrecognized() {
        true => Err(serde_json::Error::custom("no variant fits")),
        false => Ok(variant(with_members_counted(held))),
    }
}

/// Returns the value. Any object is a worse fit than a type that has a field for a member, and a better one than a
/// type that has none.
fn with_members_counted<H: Json>(held: H) -> H {
    misfit::count(held.undescribed_members().saturating_sub(1));
    held
}

/// A value as JSON text, which can be read more than once.
fn text_of<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Cow<'de, str>, D::Error> {
    let text = Source::deserialize(deserializer)?.into_text();
    match depth::is_too_deep(&text) {
        true => Err(D::Error::custom("recursion limit exceeded")),
        false => Ok(text),
    }
}

/// The values of members that distinguish a variant.
type Telling<'a> = &'a [(&'a str, &'a [Scalar])];

/// The kind of a variant, its values if they are listed, the members that distinguish it, and how it is read.
type Candidate<'a, T> = (Kind, &'a [Scalar], Telling<'a>, Read<T>);

/// The tag of a variant, the other members that distinguish it, and how it is read.
type Tagged<'a, T> = (Scalar, Telling<'a>, Read<T>);

/// Reads the variant that fits a value best.
pub(crate) fn read_union<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    variants: &[Candidate<'_, T>],
    unrecognized: fn(Value) -> T,
) -> Result<T, D::Error> {
    let text = text_of(deserializer)?;
    let _level = Level::enter();
    let mut best = best_variant(&text, variants);
    // In formats whose values are all strings, `10` is also the number.
    if best.is_none() && Format::of::<D::Error>().has_texts_only() {
        let value = serde_json::from_str::<String>(&text).map(|text| inferred(&text));
        best = best_variant(&value.unwrap_or_default().to_string(), variants);
    }
    let Some(Best { read, misfit, .. }) = best else {
        return unknown(&text).map(unrecognized);
    };
    misfit::count_misfit(misfit);
    Ok(read)
}

/// The variant that fits a value best.
struct Best<T> {
    read: T,
    misfit: Misfit,
    /// Whether no other one fits equally well.
    is_alone: bool,
}

/// The variant that fits a value best, the first one of several.
fn best_variant<T>(text: &str, variants: &[Candidate<'_, T>]) -> Option<Best<T>> {
    let mut best: Option<Best<T>> = None;
    for (_, own, members, read) in variants.iter().filter(|(kind, ..)| kind.holds(text)) {
        best = better(best, text, members, || {
            let read = read(text);
            if !own.is_empty() && !is_listed(text, own) {
                misfit::count_loose();
            }
            read
        });
        if best.as_ref().is_some_and(|best| best.misfit == Misfit::default()) {
            break;
        }
    }
    best
}

fn is_listed(text: &str, values: &[Scalar]) -> bool {
    serde_json::from_str::<Value>(text).is_ok_and(|found| values.iter().any(|it| it.is(&found)))
}

/// The best variant so far, or the next one if it fits better.
fn better<T>(
    best: Option<Best<T>>,
    text: &str,
    members: Telling<'_>,
    read: impl FnOnce() -> Result<T, serde_json::Error>,
) -> Option<Best<T>> {
    let Some(telling) = unlisted(text, members) else { return best };
    let (Ok(read), misfit) = misfit::counted(read) else { return best };
    let misfit = Misfit { telling, ..misfit };
    match best {
        Some(best) if best.misfit < misfit => Some(best),
        Some(best) if best.misfit == misfit => Some(Best { is_alone: false, ..best }),
        _ => Some(Best { read, misfit, is_alone: true }),
    }
}

/// How many members have none of the values that are listed for them; `None` if a member with one listed value
/// has another one. Absent members do not count.
fn unlisted(text: &str, members: Telling<'_>) -> Option<usize> {
    let mut unlisted = 0;
    for (name, values) in members {
        let Some(found) = member::<Value>(text.as_bytes(), name).filter(|it| !it.is_null()) else {
            continue;
        };
        if !values.iter().any(|value| value.is(&found)) {
            unlisted += 1;
            if values.len() == 1 {
                return None;
            }
        }
    }
    Some(unlisted)
}

/// Reads the variant that a member of the object names, or one of `others`. If there are none and the member is absent,
/// the only variant that fits best is read.
pub(crate) fn read_tagged<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    deserializer: D,
    tag: &str,
    variants: &[Tagged<'_, T>],
    others: &[Read<T>],
    unrecognized: fn(Value) -> T,
) -> Result<T, D::Error> {
    let text = text_of(deserializer)?;
    let _level = Level::enter();
    let stated = member::<Value>(text.as_bytes(), tag).filter(|stated| !stated.is_null());
    let is_named = |(known, ..): &&Tagged<'_, T>| stated.as_ref().is_some_and(|tag| known.is(tag));
    if let Some((_, _, read)) = variants.iter().find(is_named) {
        return read(&text).map_err(without_place);
    }
    let read = match others {
        [] if stated.is_none() => untagged(&text, variants),
        others => others.iter().find_map(|read| read(&text).ok()),
    };
    match read {
        Some(read) => Ok(read),
        None => unknown(&text).map(unrecognized),
    }
}

/// The only variant that fits best, if nothing names one.
fn untagged<T>(text: &str, variants: &[Tagged<'_, T>]) -> Option<T> {
    let mut best: Option<Best<T>> = None;
    for (_, members, read) in variants {
        best = better(best, text, members, || read(text));
    }
    let Best { read, .. } = best.filter(|best| best.is_alone)?;
    // In a union of unions, one whose tag is present fits better: no text has more members than bytes.
    misfit::count(text.len());
    Some(read)
}

/// A value that fits no variant. It is counted, as it can be a member of an object that is a variant itself.
fn unknown<E: de::Error>(text: &str) -> Result<Value, E> {
    misfit::count(1);
    serde_json::from_str(text).map_err(without_place)
}

/// The same error without its line and column, as they are relative to a part of the text.
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
    /// Whether JSON text is of this kind, by its first byte.
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

/// Whether a number is an integer, of any size.
fn is_integer(text: &str) -> bool {
    text.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit())
}
