//! Open enums: an unknown value survives a round trip.

use serde::de::{Deserialize, Deserializer};
use serde_json::Value;

use super::any::{inferred, read_any};
use super::{Format, Json, Key, misfit};

/// Maps the variants of an enum to JSON strings.
///
/// The enum has one further variant, `Unrecognized(String)`, for all other strings.
///
/// ```text
/// json_enum!(Binding { Hardcover = "hardcover", Paperback = "paper-back" });
/// ```
macro_rules! json_enum {
    ($name:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        impl $name {
            /// The value in JSON.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unrecognized(value) => value,
                }
            }
        }

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::Unrecognized(other.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        /// It never fails: an unknown string is `Unrecognized`.
        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(value: &str) -> Result<Self, std::convert::Infallible> {
                Ok(Self::from(value))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::json::read_text(deserializer, |it| matches!(it, Self::Unrecognized(_)))
            }
        }

        $crate::runtime::json::json_as_serde!($name);
        $crate::runtime::json::json_parameter!($name);
    };
}

/// As `json_enum!`, for integers: `json_integer_enum!(Priority { Low = 0, High = 9 });`
macro_rules! json_integer_enum {
    ($name:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        impl $name {
            /// The value in JSON.
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unrecognized(value) => *value,
                }
            }
        }

        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::Unrecognized(other),
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(value: &str) -> Result<Self, std::num::ParseIntError> {
                value.parse::<i64>().map(Self::from)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::json::read_integer(deserializer, |it| matches!(it, Self::Unrecognized(_)))
            }
        }

        $crate::runtime::json::json_as_serde!($name);
        $crate::runtime::json::json_parameter!($name);
    };
}

/// As `json_enum!`, for values of several types: `json_value_enum!(Limit { None = "none", N10 = 10i64 });`
macro_rules! json_value_enum {
    ($name:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        impl $name {
            /// The value in JSON.
            pub fn to_value(&self) -> serde_json::Value {
                match self {
                    $(Self::$variant => serde_json::Value::from($value),)*
                    Self::Unrecognized(value) => value.clone(),
                }
            }
        }

        impl From<serde_json::Value> for $name {
            fn from(value: serde_json::Value) -> Self {
                $(if value == $value {
                    return Self::$variant;
                })*
                Self::Unrecognized(value)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self.to_value() {
                    serde_json::Value::String(text) => f.write_str(&text),
                    other => std::fmt::Display::fmt(&other, f),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::json::Json::write(&self.to_value(), serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::json::read_value(deserializer, |it| matches!(it, Self::Unrecognized(_)))
            }
        }

        $crate::runtime::json::json_as_serde!($name);
        $crate::runtime::json::json_parameter!($name);
    };
}

/// Writes a type with `Display` as a path, query or header parameter.
macro_rules! json_parameter {
    ($name:ident) => {
        impl $crate::runtime::Parameter for $name {
            fn each(&self, give: &mut dyn FnMut(String)) {
                give(self.to_string());
            }
        }
    };
}

pub(crate) use {json_enum, json_integer_enum, json_parameter, json_value_enum};

/// Reads a type that is made of a string.
pub(crate) fn read_text<'de, D: Deserializer<'de>, T: for<'a> From<&'a str>>(
    deserializer: D,
    is_unrecognized: fn(&T) -> bool,
) -> Result<T, D::Error> {
    let Key(text) = Key::deserialize(deserializer)?;
    Ok(counted(T::from(text.as_ref()), is_unrecognized))
}

/// Reads a type that is made of an integer.
pub(crate) fn read_integer<'de, D: Deserializer<'de>, T: From<i64>>(
    deserializer: D,
    is_unrecognized: fn(&T) -> bool,
) -> Result<T, D::Error> {
    let integer = <i64 as Json>::read(deserializer)?;
    Ok(counted(T::from(integer), is_unrecognized))
}

/// Reads a type that is made of any value. In formats whose values are all strings, `10` is also the number.
pub(crate) fn read_value<'de, D: Deserializer<'de>, T: From<Value>>(
    deserializer: D,
    is_unrecognized: fn(&T) -> bool,
) -> Result<T, D::Error> {
    let value = read_any(deserializer)?;
    let text = value.as_str().filter(|_| Format::of::<D::Error>().has_texts_only());
    let as_number = text.map(|text| T::from(inferred(text))).filter(|it| !is_unrecognized(it));
    let read = T::from(value);
    let read = if is_unrecognized(&read) { as_number.unwrap_or(read) } else { read };
    Ok(counted(read, is_unrecognized))
}

/// Returns the value. An unknown one is counted as a worse fit, for the selection of a union's variant.
fn counted<T>(read: T, is_unrecognized: fn(&T) -> bool) -> T {
    if is_unrecognized(&read) {
        misfit::count_loose();
    }
    read
}
