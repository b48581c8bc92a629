//! The table as a JSON file.

use serde::de::Error as _;
use serde_json::{Map, Value};

use crate::Table;

/// The version of the format that this crate reads and writes.
pub const FORMAT: u32 = 1;

impl Table {
    /// Reads a table.
    ///
    /// # Errors
    /// If the text is not a table of this [`FORMAT`].
    pub fn from_json(json: &str) -> serde_json::Result<Self> {
        let table: Self = serde_json::from_str(json)?;
        match table.format {
            FORMAT => Ok(table),
            other => Err(serde_json::Error::custom(format!(
                "this is a table of format {other}, and this program reads format {FORMAT}: both have to be of one release"
            ))),
        }
    }

    /// Writes it as JSON with an operation, and a definition, a line, so that a change is a line in a diff.
    #[must_use]
    pub fn to_json(&self) -> String {
        let members = match serde_json::to_value(self) {
            Ok(Value::Object(members)) => members,
            // A table is a struct of values that all have a form in JSON.
            _ => Map::new(),
        };
        let members: Vec<_> = members.iter().map(|(name, value)| member(name, value)).collect();
        format!("{{\n{}\n}}\n", members.join(",\n"))
    }
}

/// A member of the table; what is a list or has names is written with a line for each.
fn member(name: &str, value: &Value) -> String {
    let (open, lines, close) = match (name, value) {
        ("$defs", Value::Object(items)) => {
            let lines = items.iter().map(|(name, value)| format!("{}:{value}", quoted(name)));
            ('{', lines.collect::<Vec<_>>(), '}')
        }
        (_, Value::Array(items)) => ('[', items.iter().map(Value::to_string).collect(), ']'),
        (_, other) => return format!("{}:{other}", quoted(name)),
    };
    format!("{}:{open}\n{}\n{close}", quoted(name), lines.join(",\n"))
}

fn quoted(text: &str) -> Value {
    Value::String(text.to_owned())
}
