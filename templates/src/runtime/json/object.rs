//! Objects with fields.
//!
//! What a struct needs is a table of its fields; the loops that read and write objects stand
//! here once. That is what keeps thousands of structs quick to compile: a `?` or a match arm
//! for each field costs the compiler several times as much as a line of a table.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde_json::Value;

use super::{Extra, Json, Key, Owned, Ref, extra};

/// Says how a struct reads and writes JSON.
///
/// ```text
/// json_object!(Book { title, pages: optional, type_: nullable = "type", ..extra });
/// ```
///
/// A field has its name in JSON where that is another one, and a word where it may have no value:
///
/// - `optional`: it may be absent; `None` is left out when it is written;
/// - `nullable`: it may be null; `None` is written as null, and a service may leave it out;
/// - `optional_nullable`: it may be absent, and null means something else; `None` is left out,
///   `Some(None)` is written as null.
///
/// A last entry `..extra` names the field that keeps all further members.
macro_rules! json_object {
    ($name:ident {
        $($field:ident $(: $presence:ident)? $(= $key:literal)?),* $(,)? $(..$extra:ident)?
    }) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::json::write_object(
                    serializer,
                    &[$((
                        $crate::runtime::json::json_key!($field $(= $key)?),
                        $crate::runtime::json::json_written!($($presence)?),
                        &self.$field,
                    ),)*],
                    $crate::runtime::json::json_rest!($(&self.$extra)?),
                )
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::json::read_object(deserializer)
            }
        }

        impl $crate::runtime::json::Object for $name {
            const EXPECTED: &'static str = concat!("an object (", stringify!($name), ")");

            fn read_members<'de, A: serde::de::MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
                $(let mut $field = None;)*
                $(let mut $extra = $crate::runtime::json::empty_like(|it: &Self| &it.$extra);)?
                $crate::runtime::json::read_members(
                    map,
                    &mut [$((
                        $crate::runtime::json::json_key!($field $(= $key)?), &mut $field,
                    ),)*],
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

        $crate::runtime::json::json_as_serde!($name);
    };
}

/// Where members that are no fields are, if there is a place for them.
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
    (optional_nullable) => {
        $crate::runtime::json::Written::IfPresent
    };
}

/// The value of a field once all members were read.
macro_rules! json_take {
    ($field:ident, $key:expr) => {
        match $crate::runtime::json::present($field, $key) {
            Ok(value) => value,
            Err(error) => return Err(error),
        }
    };
    // What was read is `None` where the member is absent, and `Some(None)` where it is null.
    ($field:ident: optional_nullable, $key:expr) => {
        $field
    };
    ($field:ident: $presence:ident, $key:expr) => {
        Option::flatten($field)
    };
}

/// Gives a type that has serde's traits the same ones as [`Json`].
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

pub(crate) use {json_as_serde, json_key, json_object, json_rest, json_take, json_written};

/// An object with fields.
pub(crate) trait Object: Sized {
    /// What an error says was expected.
    const EXPECTED: &'static str;

    /// Reads the members.
    fn read_members<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;
}

/// Reads an object.
pub(crate) fn read_object<'de, D: Deserializer<'de>, T: Object>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_map(Members(PhantomData))
}

struct Members<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for Members<T> {
    type Value = T;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read_members(map)
    }
}

/// A place for the value of a member.
pub(crate) trait Slot<'de, A: MapAccess<'de>> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error>;
}

impl<'de, A: MapAccess<'de>, T: Json> Slot<'de, A> for Option<T> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        let Owned(value) = map.next_value()?;
        *self = Some(value);
        Ok(())
    }
}

/// A place for members that have no slot.
pub(crate) trait Rest<'de, A: MapAccess<'de>> {
    fn keep(&mut self, key: Key<'de>, map: &mut A) -> Result<(), A::Error>;
}

impl<'de, A: MapAccess<'de>> Rest<'de, A> for Extra {
    fn keep(&mut self, key: Key<'de>, map: &mut A) -> Result<(), A::Error> {
        let value: Value = map.next_value()?;
        extra::count(usize::from(!value.is_null()));
        self.insert(key.0.into_owned(), value);
        Ok(())
    }
}

impl<'de, A: MapAccess<'de>, T: Json> Rest<'de, A> for BTreeMap<String, T> {
    fn keep(&mut self, key: Key<'de>, map: &mut A) -> Result<(), A::Error> {
        let Owned(value) = map.next_value()?;
        self.insert(key.0.into_owned(), value);
        Ok(())
    }
}

/// Reads each member into its slot, those without one into the rest, where there is one.
pub(crate) fn read_members<'de, A: MapAccess<'de>>(
    mut map: A,
    slots: &mut [(&'static str, &mut dyn Slot<'de, A>)],
    mut rest: Option<&mut dyn Rest<'de, A>>,
) -> Result<(), A::Error> {
    // Members mostly come in the order of the description, so the search begins where the last
    // one ended.
    let mut next = 0;
    while let Some(key) = map.next_key::<Key<'de>>()? {
        let wanted = |(name, _): &(&str, _)| *name == key.0;
        let later = slots.iter().skip(next).position(wanted).map(|found| found + next);
        let found = later.or_else(|| slots.iter().take(next).position(wanted));
        match (found.and_then(|found| slots.get_mut(found)), &mut rest) {
            (Some((_, slot)), _) => slot.fill(&mut map)?,
            (None, Some(rest)) => rest.keep(key, &mut map)?,
            (None, None) => {
                let lost = map.next_value::<Option<IgnoredAny>>()?;
                extra::count(usize::from(lost.is_some()));
            }
        }
        next = found.map_or(next, |found| found + 1);
    }
    Ok(())
}

/// The value of a field that has to be there.
pub(crate) fn present<T, E: Error>(read: Option<T>, name: &'static str) -> Result<T, E> {
    read.ok_or_else(|| E::missing_field(name))
}

/// A value of a member.
pub(crate) trait Entry<M: SerializeMap> {
    fn is_absent(&self) -> bool;
    fn write(&self, key: &str, map: &mut M) -> Result<(), M::Error>;
}

impl<M: SerializeMap, T: Json> Entry<M> for T {
    fn is_absent(&self) -> bool {
        Json::is_absent(self)
    }

    fn write(&self, key: &str, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry(key, &Ref(self))
    }
}

/// Members that have no field.
pub(crate) trait Entries<M: SerializeMap> {
    fn write(&self, map: &mut M) -> Result<(), M::Error>;
}

impl<M: SerializeMap> Entries<M> for Extra {
    fn write(&self, map: &mut M) -> Result<(), M::Error> {
        self.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))
    }
}

impl<M: SerializeMap, T: Json> Entries<M> for BTreeMap<String, T> {
    fn write(&self, map: &mut M) -> Result<(), M::Error> {
        self.iter().try_for_each(|(key, value)| map.serialize_entry(key, &Ref(value)))
    }
}

/// When a field is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    Always,
    /// Only where it is not `None`.
    IfPresent,
}

/// Writes an object.
pub(crate) fn write_object<S: Serializer>(
    serializer: S,
    fields: &[(&'static str, Written, &dyn Entry<S::SerializeMap>)],
    rest: Option<&dyn Entries<S::SerializeMap>>,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    for (key, written, value) in fields {
        if *written == Written::Always || !value.is_absent() {
            value.write(key, &mut map)?;
        }
    }
    if let Some(rest) = rest {
        rest.write(&mut map)?;
    }
    map.end()
}

/// An empty value of the type that a field has; the closure only names the field.
pub(crate) fn empty_like<S, T: Default>(_field: fn(&S) -> &T) -> T {
    T::default()
}
