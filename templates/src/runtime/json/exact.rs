//! Numbers that are written as they were read, digit by digit.
//!
//! A [`Value`] holds integers of 64 bits and floats, so it changes `1.10`, `-0` and `1E400`. JSON is
//! therefore read as text first, and the text is kept if the value is not exactly the same.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Number, Value};

use super::any::{AnyVisitor, read_any};
use super::{Format, Key};

/// The name by which serde_json returns the text of a value. Other formats return the value.
const RAW: &str = "$serde_json::private::RawValue";

/// A value as it was read: JSON text, or the value in another format.
pub(crate) enum Source<'de> {
    Text(Cow<'de, str>),
    Value(Value),
}

impl<'de> Source<'de> {
    /// The value as JSON text.
    pub(crate) fn into_text(self) -> Cow<'de, str> {
        match self {
            Self::Text(text) => text,
            Self::Value(value) => value.to_string().into(),
        }
    }
}

impl<'de> Deserialize<'de> for Source<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Format::of::<D::Error>() {
            Format::Json => deserializer.deserialize_newtype_struct(RAW, SourceVisitor),
            _ => read_any(deserializer).map(Self::Value),
        }
    }
}

struct SourceVisitor;

/// The value of a format that has serde_json's errors and no text.
macro_rules! without_text {
    ($($method:ident: $type:ty,)*) => {
        $(fn $method<E: Error>(self, value: $type) -> Result<Source<'de>, E> {
            AnyVisitor.$method(value).map(Source::Value)
        })*
    };
}

impl<'de> Visitor<'de> for SourceVisitor {
    type Value = Source<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    without_text! {
        visit_bool: bool,
        visit_i64: i64,
        visit_u64: u64,
        visit_f64: f64,
        visit_str: &str,
        visit_string: String,
    }

    fn visit_unit<E>(self) -> Result<Source<'de>, E> {
        Ok(Source::Value(Value::Null))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, held: D) -> Result<Self::Value, D::Error> {
        read_any(held).map(Source::Value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Source<'de>, A::Error> {
        AnyVisitor.visit_seq(items).map(Source::Value)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Source<'de>, A::Error> {
        let first: Option<Key<'_>> = map.next_key()?;
        if first.as_ref().is_some_and(|Key(name)| name == RAW) {
            return map.next_value().map(|Key(text)| Source::Text(text));
        }
        AnyVisitor.members(first, map).map(Source::Value)
    }
}

/// The value of a text, and the text if the value does not have all of its digits.
///
/// A number that is too large for a float becomes the largest float.
pub(super) fn parse(text: &str) -> serde_json::Result<(Value, Option<Box<RawValue>>)> {
    if numbers(text).all(|(_, number)| is_held(number)) {
        return serde_json::from_str(text).map(|value| (value, None));
    }
    let value = serde_json::from_str(text);
    let value = value.or_else(|error| serde_json::from_str(&within_floats(text)).or(Err(error)))?;
    Ok((value, Some(RawValue::from_string(without_spaces(text))?)))
}

/// Whether a [`Value`] keeps a number as it is written.
fn is_held(number: &str) -> bool {
    let is_short = number.len() <= 18 && number.bytes().all(|byte| byte.is_ascii_digit());
    let written = || number.parse::<Number>().map(|number| number.to_string());
    is_short || written().is_ok_and(|written| written == number)
}

/// The text with the largest float in place of each larger number.
fn within_floats(text: &str) -> String {
    let mut bounded = String::with_capacity(text.len());
    let mut done = 0;
    for (start, number) in numbers(text).filter(|(_, number)| number.parse::<Number>().is_err()) {
        let largest = if number.starts_with('-') { f64::MIN } else { f64::MAX };
        bounded.push_str(text.get(done..start).unwrap_or_default());
        bounded.push_str(&Value::from(largest).to_string());
        done = start + number.len();
    }
    bounded.push_str(text.get(done..).unwrap_or_default());
    bounded
}

/// The numbers in JSON text, and where they begin.
fn numbers(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    let mut place = outside_texts(text).peekable();
    std::iter::from_fn(move || {
        let (start, _) = place.find(|(_, byte)| byte.is_ascii_digit() || *byte == b'-')?;
        let mut end = start + 1;
        while place.next_if(|(_, byte)| is_part(*byte)).is_some() {
            end += 1;
        }
        Some((start, text.get(start..end)?))
    })
}

/// The bytes of JSON text that are outside of strings, and their positions.
fn outside_texts(text: &str) -> impl Iterator<Item = (usize, u8)> {
    let (mut is_inside, mut is_escaped) = (false, false);
    text.bytes().enumerate().filter(move |(_, byte)| {
        let was_inside = is_inside;
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_inside => is_escaped = true,
            b'"' => is_inside = !is_inside,
            _ => {}
        }
        !was_inside && !is_inside
    })
}

/// The same JSON on one line, as everything is written.
fn without_spaces(text: &str) -> String {
    let is_space = |(_, byte): &(usize, u8)| byte.is_ascii_whitespace();
    let mut compact = String::with_capacity(text.len());
    let mut done = 0;
    for (space, _) in outside_texts(text).filter(is_space) {
        compact.push_str(text.get(done..space).unwrap_or_default());
        done = space + 1;
    }
    compact.push_str(text.get(done..).unwrap_or_default());
    compact
}
