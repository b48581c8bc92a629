//! Objects with fields.
//!
//! Each struct has a table of its fields. The loops that read and write objects are here, once. So
//! thousands of structs compile fast: a `?` or a match arm for each field costs the compiler several
//! times as much as a row of a table.

use serde::ser::Serializer;

use super::write::Shape;
use super::{Members, Tag, Written};

/// Defines how a struct reads and writes JSON.
///
/// ```text
/// json_object!(Book { title, pages: optional, type_: nullable = "type", ..extra });
/// ```
///
/// A field has a further name if it is called otherwise in JSON, and one of these words if it can have no value:
///
/// - `optional`: it may be absent; `None` is left out when it is written;
/// - `optional_or_null`: it may be absent or null, which mean the same; a null that was read is written as null;
/// - `nullable`: it may be null; `None` is written as null, and a service may leave it out;
/// - `optional_nullable`: it may be absent, and null means something else; `None` is left out,
///   `Some(None)` is written as null.
///
/// A last entry `..extra` names the field for all further members.
macro_rules! json_object {
    ($name:ident {
        $($field:ident $(: $presence:ident)? $(= $key:literal)?),* $(,)? $(..$extra:ident)?
    }) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::json::Object::write_members(self, None, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::json::read_object(deserializer)
            }
        }

        impl $crate::runtime::json::Json for $name {
            fn write<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::json::Object::write_members(self, None, serializer)
            }

            fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::json::read_object(deserializer)
            }

            fn write_tagged<S: serde::Serializer>(
                &self,
                tag: $crate::runtime::json::Tag,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                $crate::runtime::json::Object::write_members(self, Some(tag), serializer)
            }
        }

        impl $crate::runtime::json::Object for $name {
            const NAME: &'static str = stringify!($name);
            const FIELDS: &'static [&'static str] =
                &[$($crate::runtime::json::json_key!($field $(= $key)?),)*];
            const WRITTEN: &'static [$crate::runtime::json::Written] =
                &[$($crate::runtime::json::json_written!($($presence)?),)*];
            const KEEPS_REST: bool = $crate::runtime::json::json_keeps_rest!($($extra)?);

            fn write_members<S: serde::Serializer>(
                &self,
                tag: Option<$crate::runtime::json::Tag>,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                $crate::runtime::json::write_object(
                    serializer,
                    Self::shape(tag),
                    &[$(&self.$field,)*],
                    $crate::runtime::json::json_rest!($(&self.$extra)?),
                )
            }

            fn read_members<'de, A: $crate::runtime::json::Members<'de>>(
                members: A,
            ) -> Result<Self, A::Error> {
                $(let mut $field = None;)*
                $(let mut $extra = $crate::runtime::json::empty_like(|it: &Self| &it.$extra);)?
                $crate::runtime::json::read_members(
                    members,
                    Self::shape(None),
                    &mut [$(&mut $field,)*],
                    $crate::runtime::json::json_rest!($(&mut $extra)?),
                )?;
                Ok(Self {
                    $($field: $crate::runtime::json::json_take!(
                        $field $(: $presence)?, $crate::runtime::json::json_key!($field $(= $key)?)
                    ),)*
                    $($extra)?
                })
            }
        }
    };
}

/// The members without a field, if the struct keeps them.
macro_rules! json_rest {
    () => {
        None
    };
    ($extra:expr) => {
        Some($extra)
    };
}

/// The name of a field in JSON.
macro_rules! json_key {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident = $key:literal) => {
        $key
    };
}

/// When a field is written.
macro_rules! json_written {
    () => {
        $crate::runtime::json::Written::Always
    };
    (nullable) => {
        $crate::runtime::json::Written::Always
    };
    (optional) => {
        $crate::runtime::json::Written::IfPresent
    };
    (optional_or_null) => {
        $crate::runtime::json::Written::IfPresentOrNull
    };
    (optional_nullable) => {
        $crate::runtime::json::Written::IfPresent
    };
}

/// Whether the struct keeps members without a field.
macro_rules! json_keeps_rest {
    () => {
        false
    };
    ($extra:ident) => {
        true
    };
}

/// The value of a field after all members were read.
macro_rules! json_take {
    ($field:ident, $key:expr) => {
        match $crate::runtime::json::present($field, $key) {
            Ok(value) => value,
            Err(error) => return Err(error),
        }
    };
    // The slot is `None` if the member is absent, and `Some(None)` if it is null.
    ($field:ident: optional_nullable, $key:expr) => {
        $field
    };
    ($field:ident: $presence:ident, $key:expr) => {
        Option::flatten($field)
    };
}

/// Implements [`Json`] by the type's own implementations of serde's traits.
macro_rules! json_as_serde {
    ($name:ty) => {
        impl $crate::runtime::json::Json for $name {
            fn write<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(self, serializer)
            }

            fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                serde::Deserialize::deserialize(deserializer)
            }
        }
    };
}

pub(crate) use {json_as_serde, json_keeps_rest, json_key, json_object};
pub(crate) use {json_rest, json_take, json_written};

/// An object with fields.
pub(crate) trait Object: Sized {
    /// The name of the type, for formats and errors.
    const NAME: &'static str;
    /// The names of the fields in JSON.
    const FIELDS: &'static [&'static str];
    /// When each of them is written.
    const WRITTEN: &'static [Written];
    /// Whether members without a field are kept.
    const KEEPS_REST: bool;

    /// Writes the members, and the tag if the object is a variant of a union.
    fn write_members<S: Serializer>(
        &self,
        tag: Option<Tag>,
        serializer: S,
    ) -> Result<S::Ok, S::Error>;

    /// Reads the members.
    fn read_members<'de, A: Members<'de>>(members: A) -> Result<Self, A::Error>;

    /// Its names, without its values.
    fn shape(tag: Option<Tag>) -> Shape {
        Shape { name: Self::NAME, fields: Self::FIELDS, written: Self::WRITTEN, tag }
    }
}

/// An empty value of the type that a field has; the closure only names the field.
pub(crate) fn empty_like<S, T: Default>(_field: fn(&S) -> &T) -> T {
    T::default()
}
