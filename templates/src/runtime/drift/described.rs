//! What is described of each reply: a table that the generator writes as JSON, because only who compares pays for it.
//!
//! ```text
//! "operations": {"GET /v1/books": {"id": "listBooks", "replies": {"200": {"application/json": "BookPage"}}}}
//! "types": {"BookPage": {"at": "/components/schemas/BookPage", "members": {"items": "![Book", "next": "?s"}}}
//! ```
//!
//! A type is a text. `!` is before that of a required member, `?` before one that may be null, `[` before that of the
//! items of a list, and `{` before that of the values of a map. The rest is `b` (true or false), `i` (an integer), `n` (a
//! number), `s` (a string), `a` (a list), `o` (an object), `*` (anything), or the name of a type.

use std::sync::OnceLock;

use serde_json::Value;

use crate::runtime::media_type::is_one_of;

const TEXT: &str = include_str!("../../drift.json");

/// What is described of all replies, read when it is needed first.
pub fn table() -> &'static Value {
    static TABLE: OnceLock<Value> = OnceLock::new();
    TABLE.get_or_init(|| serde_json::from_str(TEXT).unwrap_or_default())
}

/// What is described of a reply.
pub enum Described<'t> {
    /// Its status is not.
    NoStatus,
    /// Its media type is not.
    NoMediaType,
    /// The type of its JSON.
    Json(&'t str),
    /// Its body is no JSON, or nothing is said of it.
    Anything,
}

impl<'t> Described<'t> {
    /// What the replies of an operation say of a status and a media type. A body without a media type has that of the
    /// description.
    pub fn of(replies: &'t Value, status: u16, media_type: &str) -> Self {
        let words = [status.to_string(), format!("{}XX", status / 100), "default".to_owned()];
        let Some(content) = words.iter().find_map(|word| replies.get(word)) else {
            return Self::NoStatus;
        };
        let mut forms = content.as_object().into_iter().flatten();
        let form = forms.find(|(range, _)| media_type.is_empty() || is_one_of(media_type, range));
        match form {
            Some((_, ty)) => ty.as_str().map_or(Self::Anything, Self::Json),
            None if media_type.is_empty() => Self::Anything,
            None => Self::NoMediaType,
        }
    }
}

/// The kind of a value.
pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.as_f64().is_some_and(|number| number.fract() == 0.0) => {
            "integer"
        }
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// The kind that is described by a type without a name.
pub fn kind_of(ty: &str) -> Option<&'static str> {
    Some(match ty {
        "b" => "boolean",
        "i" => "integer",
        "n" => "number",
        "s" => "string",
        "a" => "array",
        "o" => "object",
        _ if ty.starts_with('[') => "array",
        _ if ty.starts_with('{') => "object",
        _ => return None,
    })
}
