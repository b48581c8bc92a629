//! How values read and write JSON.
//!
//! Generated types do not derive serde's traits: the macros here implement them with a
//! fraction of the code, so that a client of a thousand types compiles fast. They are compatible
//! with serde, and more lenient where real services need it: null counts as absent, date-times
//! can lack a zone, and unknown values are kept.

mod any;
mod depth;
mod r#enum;
mod exact;
mod extra;
mod format;
mod misfit;
mod object;
mod read;
mod scalar;
mod r#union;
mod variants;
mod write;

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::{Serialize, Serializer};

pub(crate) use exact::Source;
pub use extra::{AnyMember, Extra};
pub(crate) use format::Format;
pub(crate) use misfit::count_loose;

pub(crate) use r#enum::{json_enum, json_integer_enum, json_parameter, json_value_enum};
pub(crate) use r#enum::{read_integer, read_text, read_value};
pub(crate) use object::{Object, empty_like};
pub(crate) use object::{json_as_serde, json_keeps_rest, json_key, json_object};
pub(crate) use object::{json_rest, json_take, json_written};
pub(crate) use read::{Members, present, read_members, read_object};
pub(crate) use scalar::Text;
pub(crate) use r#union::{Union, json_read_union, json_union, read_captured, read_uncaptured};
pub(crate) use variants::{Kind, Listed, read_matching, read_tagged, read_union, read_variant};
pub(crate) use write::{Scalar, Tag, Written, write_object};

/// A value that reads and writes JSON.
///
/// A trait besides serde's, so that types of other crates can be read more leniently than by their
/// own implementations.
pub trait Json: Sized {
    /// Writes the value.
    ///
    /// # Errors
    /// Those of the serializer.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// Reads a value.
    ///
    /// # Errors
    /// If the JSON has another shape.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// Reads the value that JSON text is as a whole. A union is read faster by it than within a text.
    ///
    /// # Errors
    /// If the text has another shape, or is no JSON.
    fn read_whole(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text).map(|Owned(value)| value)
    }

    /// Writes the value as a variant of a union: an object with a member that names the variant,
    /// whatever the value itself has there.
    ///
    /// # Errors
    /// Those of [`write`](Self::write).
    fn write_tagged<S: Serializer>(&self, tag: Tag, serializer: S) -> Result<S::Ok, S::Error> {
        write::write_tagged_value(self, tag, serializer)
    }

    /// Whether the value is a union of which no variant fits.
    fn is_unrecognized(&self) -> bool {
        false
    }

    /// How many undescribed members it has, if its type is any object.
    fn undescribed_members(&self) -> usize {
        0
    }

    /// Whether the value stands for an absent member.
    fn is_absent(&self) -> bool {
        false
    }
}

/// Lets serde read a [`Json`] value.
pub(crate) struct Owned<T>(pub T);

impl<'de, T: Json> Deserialize<'de> for Owned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self)
    }
}

/// Lets serde write a [`Json`] value.
pub(crate) struct Ref<'a, T>(pub &'a T);

impl<T: Json> Serialize for Ref<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

/// A string, such as the key of an object. It is copied only if it has escapes.
pub(crate) struct Key<'de>(pub Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // `deserialize_str` would refuse long texts in CBOR, as they do not fit its buffer.
        deserializer.deserialize_string(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Borrowed(key)))
    }

    fn visit_str<E>(self, key: &str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(key.to_owned())))
    }

    fn visit_string<E>(self, key: String) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(key)))
    }

    fn visit_borrowed_bytes<E: Error>(self, key: &'de [u8]) -> Result<Key<'de>, E> {
        any::text_of(key, &self).map(|key| Key(Cow::Borrowed(key)))
    }

    fn visit_bytes<E: Error>(self, key: &[u8]) -> Result<Key<'de>, E> {
        any::text_of(key, &self).and_then(|key| self.visit_str(key))
    }
}

#[cfg(test)]
mod tests;
