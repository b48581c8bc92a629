//! What it means that a field is absent, in three words.

use serde::de::Error;
use serde::ser::SerializeMap;

use super::{Json, Ref};

/// A field that is always there.
pub(crate) mod required {
    use super::{Error, Json, Ref, SerializeMap};

    pub(crate) fn write<M: SerializeMap, T: Json>(
        map: &mut M,
        name: &'static str,
        value: &T,
    ) -> Result<(), M::Error> {
        map.serialize_entry(name, &Ref(value))
    }

    pub(crate) fn take<T, E: Error>(read: Option<T>, name: &'static str) -> Result<T, E> {
        read.ok_or_else(|| E::missing_field(name))
    }
}

/// A field that may be absent: `None` is left out when it is written.
pub(crate) mod optional {
    use super::{Error, Json, Ref, SerializeMap};

    pub(crate) fn write<M: SerializeMap, T: Json>(
        map: &mut M,
        name: &'static str,
        value: &Option<T>,
    ) -> Result<(), M::Error> {
        match value {
            Some(value) => map.serialize_entry(name, &Ref(value)),
            None => Ok(()),
        }
    }

    pub(crate) fn take<T, E: Error>(
        read: Option<Option<T>>,
        _name: &'static str,
    ) -> Result<Option<T>, E> {
        Ok(read.flatten())
    }
}

/// A field that is always there and may be null: `None` is written as null.
///
/// Services that leave nulls out are forgiven.
pub(crate) mod nullable {
    use super::{Json, Ref, SerializeMap};

    pub(crate) use super::optional::take;

    pub(crate) fn write<M: SerializeMap, T: Json>(
        map: &mut M,
        name: &'static str,
        value: &Option<T>,
    ) -> Result<(), M::Error> {
        map.serialize_entry(name, &Ref(value))
    }
}
