//! From the text of a body to its value.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use super::json::{Json, Owned};

/// Reads a value from JSON text; an error names the place within it: `items[3].age: …`.
///
/// Keeping track of the place costs an allocation for each key, so that is done only for a text
/// that has turned out to be faulty.
pub fn from_slice<T: Json>(text: &[u8]) -> Result<T, Undecodable> {
    let text = without_mark(text);
    serde_json::from_slice(text).map(|Owned(value)| value).or_else(|_| with_place(text))
}

/// Without the mark of byte order that some services begin a text with.
pub fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text)
}

/// Whether a text that may be JSON is an object.
pub fn is_object(text: &[u8]) -> bool {
    without_mark(text).trim_ascii_start().starts_with(b"{")
}

/// A member of the object that a text is. No other member is kept.
///
/// A name that stands there twice means the last one, as it does where objects are read into fields.
pub fn member<'t, T: Deserialize<'t>>(text: &'t [u8], name: &str) -> Option<T> {
    let mut deserializer = serde_json::Deserializer::from_slice(without_mark(text));
    deserializer.deserialize_map(Member { name, value: PhantomData }).ok()?
}

struct Member<'a, T> {
    name: &'a str,
    value: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Member<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Option<T>, A::Error> {
        let mut found = None;
        while let Some(KeyBytes(name)) = members.next_key()? {
            if *name == *self.name.as_bytes() {
                found = Some(members.next_value()?);
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

/// A key of an object as bytes. Keys are only compared here, so checking that they are UTF-8 would be
/// work for nothing.
pub struct KeyBytes<'de>(pub Cow<'de, [u8]>);

impl<'de> Deserialize<'de> for KeyBytes<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = KeyBytes<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_bytes<E>(self, key: &'de [u8]) -> Result<KeyBytes<'de>, E> {
        Ok(KeyBytes(Cow::Borrowed(key)))
    }

    fn visit_bytes<E>(self, key: &[u8]) -> Result<KeyBytes<'de>, E> {
        Ok(KeyBytes(Cow::Owned(key.to_owned())))
    }
}

fn with_place<T: Json>(text: &[u8]) -> Result<T, Undecodable> {
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let value: Owned<T> = serde_path_to_error::deserialize(&mut deserializer)?;
    deserializer.end().map_err(|error| Undecodable(error.to_string()))?;
    Ok(value.0)
}

/// Why a text is not the JSON that was expected.
#[derive(Debug)]
pub struct Undecodable(String);

impl Undecodable {
    pub(super) fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }
}

impl From<serde_path_to_error::Error<serde_json::Error>> for Undecodable {
    fn from(error: serde_path_to_error::Error<serde_json::Error>) -> Self {
        let path = error.path().to_string();
        match path.as_str() {
            "." => Self(error.into_inner().to_string()),
            _ => Self(format!("at `{path}`: {}", error.into_inner())),
        }
    }
}

impl fmt::Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Undecodable {}
