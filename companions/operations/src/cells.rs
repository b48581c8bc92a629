//! Values as the cells of tables.

use serde_json::{Map, Value};

/// The names of the columns of objects, in the order in which they appear first.
#[must_use]
pub fn columns<'a>(items: &[&'a Value]) -> Vec<&'a str> {
    let mut columns: Vec<&str> = Vec::new();
    for name in items.iter().filter_map(|item| item.as_object()).flat_map(Map::keys) {
        if !columns.contains(&name.as_str()) {
            columns.push(name);
        }
    }
    columns
}

/// The text of a cell: a text as it is, nothing for null, and any other value as JSON.
#[must_use]
pub fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
