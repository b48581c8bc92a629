//! A row of which no column is known beforehand.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::Serializer;

use crate::runtime::json::Json;

/// A row as it stands in the table: the text of each cell by its column.
///
/// What is no text in JSON is its JSON text: `12`, `true`, `{"a": 1}`; null is an empty text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    cells: Vec<(String, String)>,
}

impl Record {
    /// The text of a cell; `None` where there is no such column. An empty cell is an empty text.
    pub fn get(&self, column: &str) -> Option<&str> {
        let cell = self.cells.iter().find(|(name, _)| name == column);
        cell.map(|(_, text)| text.as_str())
    }

    /// The columns and their cells, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.cells.iter().map(|(column, text)| (column.as_str(), text.as_str()))
    }
}

impl Json for Record {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Cells)
    }
}

struct Cells;

impl<'de> Visitor<'de> for Cells {
    type Value = Record;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a row of texts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut row: A) -> Result<Record, A::Error> {
        let mut cells = Vec::new();
        while let Some((column, Cell(text))) = row.next_entry()? {
            cells.push((column, text));
        }
        Ok(Record { cells })
    }
}

/// A text; nothing is an empty one.
struct Cell(String);

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_string(Text).map(Self)
    }
}

struct Text;

impl Visitor<'_> for Text {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<String, E> {
        Ok(text)
    }

    fn visit_unit<E: Error>(self) -> Result<String, E> {
        Ok(String::new())
    }
}
