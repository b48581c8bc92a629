//! From the text of a body to its value.

use std::fmt;

use super::json::{Json, Owned};

/// Reads a value from JSON text; an error names the place within it: `items[3].age: …`.
///
/// Keeping track of the place costs an allocation for each key, so that is done only for a text
/// that has turned out to be faulty.
pub fn from_slice<T: Json>(text: &[u8]) -> Result<T, Undecodable> {
    let text = without_mark(text);
    let read = std::str::from_utf8(text).ok().and_then(|text| T::read_whole(text).ok());
    read.map_or_else(|| with_place(text), Ok)
}

/// Without the mark of byte order that some services begin a text with.
pub fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text)
}

/// Whether a text that may be JSON is an object.
pub fn is_object(text: &[u8]) -> bool {
    without_mark(text).trim_ascii_start().starts_with(b"{")
}

fn with_place<T: Json>(text: &[u8]) -> Result<T, Undecodable> {
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let value: Owned<T> = serde_path_to_error::deserialize(&mut deserializer)?;
    deserializer.end().map_err(|error| Undecodable(error.to_string()))?;
    Ok(value.0)
}

/// Why a text is not the JSON that was expected.
#[derive(Debug)]
pub struct Undecodable(String);

impl Undecodable {
    pub(super) fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }
}

impl From<serde_path_to_error::Error<serde_json::Error>> for Undecodable {
    fn from(error: serde_path_to_error::Error<serde_json::Error>) -> Self {
        let path = error.path().to_string();
        match path.as_str() {
            "." => Self(error.into_inner().to_string()),
            _ => Self(format!("at `{path}`: {}", error.into_inner())),
        }
    }
}

impl fmt::Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Undecodable {}
