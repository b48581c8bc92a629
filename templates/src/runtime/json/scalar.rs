//! The types of generated fields.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::net::Ipv4Addr;

use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Error as _, SerializeMap, SerializeSeq, Serializer};
use serde_json::{Map, Value};

use super::any::{read_any, text_of, toml_datetime, write_any};
use super::{Format, Json, Key, Owned, Ref, Tag, json_as_serde};

json_as_serde!(bool);
json_as_serde!(String);

/// Any value, in every format.
impl Json for Value {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_any(self, serializer)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_any(deserializer)
    }

    fn undescribed_members(&self) -> usize {
        self.as_object().map_or(0, Json::undescribed_members)
    }
}

/// An object of any values.
impl Json for Map<String, Value> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for (key, value) in self {
            map.serialize_entry(key, &Ref(value))?;
        }
        map.end()
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members(PhantomData))
    }

    fn undescribed_members(&self) -> usize {
        self.values().filter(|value| !value.is_null()).count()
    }
}

/// JSON has no NaN and no infinities (RFC 8259, 6), and serde_json would write null instead: they are
/// an error in JSON. Other formats can write them.
macro_rules! floats {
    ($($type:ty)*) => {
        $(impl Json for $type {
            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if !self.is_finite() && Format::of::<S::Error>() == Format::Json {
                    return Err(S::Error::custom(format!("JSON has no number for {self}")));
                }
                serde::Serialize::serialize(self, serializer)
            }

            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                serde::Deserialize::deserialize(deserializer)
            }
        })*
    };
}

floats!(f32 f64);

/// Integers are also read from numbers such as `3.0`, as services written in JavaScript or Python
/// send them.
macro_rules! integers {
    ($($type:ty: $method:ident,)*) => {
        $(impl Json for $type {
            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(self, serializer)
            }

            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let wide = deserializer.$method(Integer)?;
                Self::try_from(wide).map_err(|_| {
                    D::Error::custom(format!("{wide} does not fit {}", stringify!($type)))
                })
            }
        })*
    };
}

integers! {
    i8: deserialize_i8,
    i16: deserialize_i16,
    i32: deserialize_i32,
    i64: deserialize_i64,
    u8: deserialize_u8,
    u16: deserialize_u16,
    u32: deserialize_u32,
    u64: deserialize_u64,
}

struct Integer;

impl Visitor<'_> for Integer {
    type Value = i128;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<i128, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<i128, E> {
        Ok(value.into())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<i128, E> {
        Ok(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<i128, E> {
        // Up to 2^53 a float is the integer that was meant (RFC 8259, 6).
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if value.fract() == 0.0 && value.abs() <= EXACT {
            return Ok(value as i128);
        }
        Err(E::invalid_value(serde::de::Unexpected::Float(value), &self))
    }
}

/// `192.0.2.1`, which has no other spelling.
impl Json for Ipv4Addr {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_string(Text("an IPv4 address", |text| text.parse()))
    }
}

/// Reads a value from a string: the name of the type, and how to read it.
pub(crate) struct Text<T, E>(pub &'static str, pub fn(&str) -> Result<T, E>);

impl<'de, T, F: fmt::Display> Visitor<'de> for Text<T, F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.1)(text).map_err(|error| E::custom(format!("{text:?} is not {}: {error}", self.0)))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<T, E> {
        text_of(bytes, &self).and_then(|text| self.visit_str(text))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        toml_datetime(map, &self).and_then(|Key(text)| self.visit_str(&text))
    }
}

impl<T: Json> Json for Box<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).write(serializer)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self::new)
    }

    fn read_whole(text: &str) -> Result<Self, serde_json::Error> {
        T::read_whole(text).map(Self::new)
    }

    fn write_tagged<S: Serializer>(&self, tag: Tag, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).write_tagged(tag, serializer)
    }

    fn is_unrecognized(&self) -> bool {
        (**self).is_unrecognized()
    }

    fn undescribed_members(&self) -> usize {
        (**self).undescribed_members()
    }
}

/// `None` is null.
impl<T: Json> Json for Option<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(&self.as_ref().map(Ref), serializer)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read: Option<Owned<T>> = serde::Deserialize::deserialize(deserializer)?;
        Ok(read.map(|Owned(value)| value))
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Json> Json for Vec<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut items = serializer.serialize_seq(Some(self.len()))?;
        for item in self {
            items.serialize_element(&Ref(item))?;
        }
        items.end()
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Items(PhantomData))
    }
}

struct Items<T>(PhantomData<T>);

impl<'de, T: Json> Visitor<'de> for Items<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let mut read = Vec::new();
        while let Some(Owned(item)) = items.next_element()? {
            read.push(item);
        }
        Ok(read)
    }
}

impl<T: Json> Json for BTreeMap<String, T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for (key, value) in self {
            map.serialize_entry(key, &Ref(value))?;
        }
        map.end()
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members(PhantomData))
    }
}

struct Members<M, T>(PhantomData<(M, T)>);

impl<'de, M: Default + Extend<(String, T)>, T: Json> Visitor<'de> for Members<M, T> {
    type Value = M;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<M, A::Error> {
        let mut read = M::default();
        while let Some((Key(key), Owned(value))) = map.next_entry()? {
            read.extend([(key.into_owned(), value)]);
        }
        Ok(read)
    }
}
