//! A row of CSV as serde reads it: a map from columns to texts that may stand for more.

use std::borrow::Cow;

use serde::de::value::{Error, MapDeserializer};
use serde::de::{Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

use crate::runtime::json::{Json, Owned};

/// Reads the cells of a row; an error names the column.
pub fn read<'a, Row: Json>(
    columns: &'a [String],
    cells: impl Iterator<Item = Cow<'a, str>>,
) -> Result<Row, String> {
    let row = columns.iter().map(|column| Cow::Borrowed(column.as_str()));
    let row = MapDeserializer::<_, Error>::new(row.zip(cells.map(Cell)));
    let read: Result<Owned<Row>, _> = serde_path_to_error::deserialize(row);
    read.map(|Owned(row)| row).map_err(|error| match error.path().to_string().as_str() {
        "." => error.inner().to_string(),
        path => format!("at `{path}`: {}", error.inner()),
    })
}

/// The text of a cell.
///
/// CSV has no types, so a cell is what is asked for: an empty one is absent where that may be,
/// `1` is a number where a number is due and a text where a text is due, and an object or a
/// list is JSON text.
struct Cell<'de>(Cow<'de, str>);

impl<'de> IntoDeserializer<'de> for Cell<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Cell<'de> {
    fn number<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let text = self.0.trim();
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

    /// JSON text, read in full first: what the visitor borrows has to outlive the cell.
    fn json<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let value: Value = serde_json::from_str(&self.0).map_err(Error::custom)?;
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
        match self.0 {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.is_empty() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        // Python writes them with a capital.
        match self.0.as_ref() {
            "true" | "True" | "TRUE" => visitor.visit_bool(true),
            "false" | "False" | "FALSE" => visitor.visit_bool(false),
            _ => self.deserialize_any(visitor),
        }
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
        i128 u128 char str string bytes byte_buf unit unit_struct newtype_struct tuple_struct enum identifier ignored_any
    }
}
