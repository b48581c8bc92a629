//! The data format that is written or read.
//!
//! Serde's traits do not tell it, and some formats differ: CSV has the fields of a struct by position
//! and not by name, and JSON has no NaN. They are recognized by the crate that defines their error
//! type, since wrappers (`serde_path_to_error`, `#[serde(flatten)]`) keep that type. In an unknown
//! format everything is written and any value is read, as serde's derive does.

use std::any::type_name;

use serde::Serializer;

/// A data format, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// `serde_json`, as text or as [`Value`](serde_json::Value).
    Json,
    /// CSV: cells are strings, and a row has a cell for each field.
    Csv,
    /// `application/x-www-form-urlencoded`: values are strings.
    Form,
    /// Another format that names the fields of a struct, so that a field can be left out.
    Named,
    /// MessagePack: a struct is a list of its fields, unless its writer is set to name them.
    MessagePack,
    /// Any other format.
    Other,
}

/// Parts of crates' names, and the formats that these crates write.
const CRATES: &[(&str, Format)] = &[
    ("csv", Format::Csv),
    ("urlencoded", Format::Form),
    ("serde_qs", Format::Form),
    ("rmp", Format::MessagePack),
    ("json", Format::Named),
    ("sonic", Format::Named),
    ("yaml", Format::Named),
    ("toml", Format::Named),
    ("ciborium", Format::Named),
    ("cbor", Format::Named),
    ("bson", Format::Named),
    ("ron", Format::Named),
];

impl Format {
    /// The format whose errors have this type.
    pub(crate) fn of<E>() -> Self {
        let name = type_name::<E>();
        if name == type_name::<serde_json::Error>() {
            return Self::Json;
        }
        // A form is read without an error type of its own.
        if name == type_name::<serde::de::value::Error>() {
            return Self::Form;
        }
        let of_crate = name.split("::").next().unwrap_or(name);
        let is_part = |(part, _): &&(&str, Self)| of_crate.contains(part);
        CRATES.iter().find(is_part).map_or(Self::Other, |(_, format)| *format)
    }

    /// Whether a serializer writes JSON as text, which can have any digits; a value cannot.
    pub(crate) fn is_text_of<S: Serializer>() -> bool {
        Self::of::<S::Error>() == Self::Json && type_name::<S::Ok>() == type_name::<()>()
    }

    /// Whether a field without a value can be left out.
    pub(crate) fn names_fields(self) -> bool {
        matches!(self, Self::Json | Self::Form | Self::Named)
    }

    /// Whether all values are strings.
    pub(crate) fn has_texts_only(self) -> bool {
        matches!(self, Self::Csv | Self::Form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_known_by_its_errors() {
        let table = [
            (Format::of::<serde_json::Error>(), Format::Json),
            (Format::of::<csv::Error>(), Format::Csv),
            (Format::of::<csv::DeserializeError>(), Format::Csv),
            (Format::of::<serde_urlencoded::de::Error>(), Format::Form),
            (Format::of::<serde_urlencoded::ser::Error>(), Format::Form),
            (Format::of::<serde_yaml::Error>(), Format::Named),
            (Format::of::<toml::ser::Error>(), Format::Named),
            (Format::of::<toml::de::Error>(), Format::Named),
            (Format::of::<ciborium::ser::Error<std::io::Error>>(), Format::Named),
            (Format::of::<ciborium::de::Error<std::io::Error>>(), Format::Named),
            (Format::of::<rmp_serde::encode::Error>(), Format::MessagePack),
            (Format::of::<rmp_serde::decode::Error>(), Format::MessagePack),
            (Format::of::<std::fmt::Error>(), Format::Other),
        ];
        for (index, (found, expected)) in table.into_iter().enumerate() {
            assert_eq!(found, expected, "of row {index}");
        }
        let omits = [Format::Json, Format::Form, Format::Named].map(Format::names_fields);
        assert_eq!(omits, [true; 3]);
        let counts = [Format::Csv, Format::MessagePack, Format::Other].map(Format::names_fields);
        assert_eq!(counts, [false; 3]);
    }
}
