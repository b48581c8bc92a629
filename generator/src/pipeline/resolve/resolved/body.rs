//! Bodies of requests and responses.

use serde_json::Value;

use super::MediaType;
use crate::pointer::Pointer;

/// A request body (OpenAPI 3.1.0, 4.8.13).
#[derive(Clone, Debug)]
pub struct Body {
    /// Its location.
    pub at: Pointer,
    /// Its description, as Markdown.
    pub description: Option<String>,
    /// Whether it is required.
    pub required: bool,
    /// The forms it may have.
    pub content: Vec<Media>,
}

/// A form that a body may have: a media type and the schema it has there.
#[derive(Clone, Debug)]
pub struct Media {
    /// Its location.
    pub at: Pointer,
    /// The media type.
    pub media_type: MediaType,
    /// Its schema.
    pub schema: Option<Pointer>,
    /// The schema of each item, if it is a sequence of items (OpenAPI 3.2.0, 4.14).
    pub item: Option<Pointer>,
    /// Examples of it.
    pub examples: Vec<Value>,
    /// How the fields of a form are written.
    pub encodings: Vec<Encoding>,
}

/// How a field of a form is written (OpenAPI 3.1.0, 4.8.15).
#[derive(Clone, Debug)]
pub struct Encoding {
    /// The field.
    pub name: String,
    /// The media type of its part.
    pub content_type: Option<String>,
    /// Whether it is written as `a[b]=1`.
    pub is_deep: bool,
    /// What separates the items of a list that is written in one pair.
    pub joined_by: Option<&'static str>,
    /// Whether its part has headers of its own.
    pub has_headers: bool,
}
