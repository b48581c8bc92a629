//! Bodies of requests and responses.

use serde_json::Value;

use super::{Header, Kind, MediaClass, MediaType, Resolved};
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

impl Media {
    /// Whether it is described as more than a string or bytes.
    #[must_use]
    pub fn is_structured(&self, resolved: &Resolved) -> bool {
        let end = self.schema.as_ref().and_then(|at| resolved.follow_aliases(at));
        end.is_some_and(|end| !end.kind.is_string() && end.kind != Kind::Any)
    }

    /// Whether a client has less of it than what is described: a text or bytes of a format that it does not read, such
    /// as XML.
    #[must_use]
    pub fn is_opaque(&self, resolved: &Resolved) -> bool {
        let is_raw = matches!(
            self.media_type.class(),
            MediaClass::Xml | MediaClass::Text | MediaClass::Bytes | MediaClass::Multipart
        );
        is_raw && self.is_structured(resolved)
    }
}

/// How a field of a form is written (OpenAPI 3.1.0, 4.8.15).
#[derive(Clone, Debug)]
pub struct Encoding {
    /// The field.
    pub name: String,
    /// The media type of its part.
    pub content_type: Option<String>,
    /// How it is written if its style is stated.
    pub style: Option<EncodingStyle>,
    /// Whether reserved characters are sent as they are.
    pub allow_reserved: bool,
    /// The headers of its part.
    pub headers: Vec<Header>,
}

/// A stated style of a field (OpenAPI 3.1.1, 4.8.15.1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EncodingStyle {
    /// `a[b]=1`
    Deep,
    /// A pair for each item of a list, or for each member of an object.
    Exploded,
    /// All in one pair, with this between the items.
    Joined(&'static str),
}

impl Encoding {
    /// What separates the items if they are in one pair.
    #[must_use]
    pub fn joined_by(&self) -> Option<&'static str> {
        match self.style {
            Some(EncodingStyle::Joined(by)) => Some(by),
            Some(EncodingStyle::Deep | EncodingStyle::Exploded) | None => None,
        }
    }
}
