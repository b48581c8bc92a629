//! Unions: a value that has one of several shapes.

use serde::ser::{Error, Serialize, Serializer};
use serde_json::Value;

use super::{Json, Owned, Ref};

/// Says how a union finds its variant.
///
/// The enum has one further variant, `Unrecognized(Value)`, for everything else. Without a
/// tag, the first variant that has the value's kind and reads it is taken:
///
/// ```text
/// json_union!(Price { Amount(Number), Range(Object), });
/// ```
///
/// With a tag, a member of the object names the variant:
///
/// ```text
/// json_union!(Event by "type" { Opened = "opened", Closed = "closed", });
/// ```
macro_rules! json_union {
    ($name:ident { $($variant:ident($kind:ident),)* }) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(held) => $crate::runtime::json::Json::write(held, serializer),)*
                    Self::Unrecognized(held) => serde::Serialize::serialize(held, serializer),
                }
            }
        }

        $crate::runtime::json::json_union!(@read $name value => {
            $(if $crate::runtime::json::Kind::$kind.holds(&value)
                && let Some(read) = $crate::runtime::json::read_variant(&value)
            {
                return Ok(Self::$variant(read));
            })*
        });
    };
    ($name:ident by $tag:literal { $($variant:ident = $value:literal,)* }) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(held) => {
                        $crate::runtime::json::write_tagged(held, $tag, $value, serializer)
                    })*
                    Self::Unrecognized(held) => serde::Serialize::serialize(held, serializer),
                }
            }
        }

        $crate::runtime::json::json_union!(@read $name value => {
            let tag = value.get($tag).and_then(serde_json::Value::as_str);
            match tag {
                $(Some($value) => {
                    let read = $crate::runtime::json::Json::read(value);
                    return read.map(Self::$variant).map_err(serde::de::Error::custom);
                })*
                _ => {}
            }
        });
    };
    (@read $name:ident $value:ident => $find:block) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let $value: serde_json::Value = serde::Deserialize::deserialize(deserializer)?;
                $find
                Ok(Self::Unrecognized($value))
            }
        }

        $crate::runtime::json::json_as_serde!($name);
    };
}

pub(crate) use json_union;

/// Writes a variant with the tag's value that stands for it, whatever the variant itself has
/// there.
pub(crate) fn write_tagged<T: Json, S: Serializer>(
    variant: &T,
    tag: &str,
    value: &str,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut written = serde_json::to_value(Ref(variant)).map_err(Error::custom)?;
    if let Value::Object(members) = &mut written {
        members.insert(tag.to_owned(), value.into());
    }
    written.serialize(serializer)
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

/// The value as a variant, if it is one.
pub(crate) fn read_variant<T: Json>(value: &Value) -> Option<T> {
    let Owned(read) = serde::Deserialize::deserialize(value).ok()?;
    Some(read)
}
