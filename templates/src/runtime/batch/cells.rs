//! A row as serde reads it: a map from columns to cells, which are what is asked for.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::{Error, MapDeserializer};
use serde::de::{Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

use crate::runtime::json::{Json, Owned};

/// Reads the cells of a row; an error names the column.
pub fn read<'a, Row: Json>(
    cells: impl Iterator<Item = (Cow<'a, str>, Cell<'a>)>,
) -> Result<Row, String> {
    let row = MapDeserializer::<_, Error>::new(cells);
    let read: Result<Owned<Row>, _> = serde_path_to_error::deserialize(row);
    read.map(|Owned(row)| row).map_err(|error| match error.path().to_string().as_str() {
        "." => error.inner().to_string(),
        path => format!("at `{path}`: {}", error.inner()),
    })
}

/// The first column that a row cannot do without.
pub fn required<Row: Json>() -> Option<&'static str> {
    let nothing = std::iter::empty::<(&str, &str)>();
    match Row::read(MapDeserializer::<_, Missing>::new(nothing)) {
        Err(Missing(column)) => column,
        Ok(_) => None,
    }
}

/// What a row misses that has no cells.
#[derive(Debug)]
struct Missing(Option<&'static str>);

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a column is missing")
    }
}

impl std::error::Error for Missing {}

impl serde::de::Error for Missing {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(None)
    }

    fn missing_field(field: &'static str) -> Self {
        Self(Some(field))
    }
}

/// A cell, which is what is asked for: `1` is a number where a number is due and a text where a
/// text is due, and an object or a list is JSON text.
pub enum Cell<'de> {
    /// Of CSV, which has no types. An empty one is absent where that may be.
    Text(Cow<'de, str>),
    /// Of JSON, as it stands there. Null is absent.
    Json(&'de str),
}

impl<'de> IntoDeserializer<'de> for Cell<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Cell<'de> {
    /// The text of a string.
    fn text(&self) -> Option<Cow<'de, str>> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Json(json) => serde_json::from_str(json).ok().map(Cow::Owned),
        }
    }

    fn number<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Some(text) = self.text() else { return self.deserialize_any(visitor) };
        let text = text.trim();
        if let Ok(number) = text.parse::<i64>() {
            return visitor.visit_i64(number);
        }
        if let Ok(number) = text.parse::<u64>() {
            return visitor.visit_u64(number);
        }
        match text.parse::<f64>() {
            Ok(number) => visitor.visit_f64(number),
            Err(_) => self.deserialize_any(visitor),
        }
    }

    /// Its text, whatever it is.
    fn visit_text<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Text(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            Self::Text(Cow::Owned(text)) => visitor.visit_string(text),
            Self::Json("null") => visitor.visit_unit(),
            Self::Json(json) => match self.text() {
                Some(text) => visitor.visit_string(text.into_owned()),
                None => visitor.visit_borrowed_str(json),
            },
        }
    }

    /// JSON text, read in full first: what the visitor borrows has to outlive the cell.
    fn json<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Some(text) = self.text() else { return self.deserialize_any(visitor) };
        let value: Value = serde_json::from_str(&text).map_err(Error::custom)?;
        value.deserialize_any(visitor).map_err(Error::custom)
    }
}

macro_rules! as_number {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.number(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for Cell<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Text(_) => self.visit_text(visitor),
            Self::Json(json) => {
                let mut value = serde_json::Deserializer::from_str(json);
                value.deserialize_any(visitor).map_err(Error::custom)
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let is_absent = match &self {
            Self::Text(text) => text.is_empty(),
            Self::Json(json) => *json == "null",
        };
        if is_absent { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        // Python writes them with a capital.
        match self.text().as_deref() {
            Some("true" | "True" | "TRUE") => visitor.visit_bool(true),
            Some("false" | "False" | "FALSE") => visitor.visit_bool(false),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.visit_text(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.visit_text(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.json(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.json(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _length: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.json(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.json(visitor)
    }

    as_number!(
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8
        deserialize_u16 deserialize_u32 deserialize_u64 deserialize_f32 deserialize_f64
    );

    forward_to_deserialize_any! {
        i128 u128 char bytes byte_buf unit unit_struct newtype_struct tuple_struct enum identifier
        ignored_any
    }
}

#[cfg(test)]
mod tests;
