//! Media types (RFC 6838), and how a client reads and writes them.

use std::fmt;

/// A media type or a range of them, in lower case and without parameters: `application/json`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MediaType {
    name: String,
    class: MediaClass,
}

/// How a client reads and writes a media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MediaClass {
    /// `application/json` and `text/json`.
    Json,
    /// JSON to which a specification gives a further meaning: `application/merge-patch+json`.
    JsonSuffix,
    /// A range for which JSON is the best guess: `*/*`, `application/*` and `application/*+json`.
    JsonRange,
    /// JSON in lines, or in the texts of a sequence.
    JsonSequence,
    /// Server-sent events.
    Events,
    /// `application/x-www-form-urlencoded`
    Form,
    /// `multipart/form-data`, whose parts are fields.
    FormData,
    /// Any other `multipart/…`.
    Multipart,
    /// `application/xml`, and all that are written as it.
    Xml,
    /// Any other text.
    Text,
    /// Anything else.
    Bytes,
}

/// The media types of JSON in lines (OpenAPI 3.2.0, 4.14), also by the names that they had before
/// there was an agreement.
const SEQUENCES: &[&str] = &[
    "application/json-seq",
    "application/jsonl",
    "application/jsonlines",
    "application/ndjson",
    "application/stream+json",
    "application/x-json-stream",
    "application/x-jsonl",
    "application/x-jsonlines",
    "application/x-ndjson",
];

/// Texts whose names do not say so.
const TEXTS: &[&str] = &["application/yaml", "application/x-yaml", "application/javascript"];

impl MediaType {
    /// The media type of JSON.
    pub const JSON: &'static str = "application/json";
    /// The media type of forms (OpenAPI 3.1.0, 4.8.14.3).
    pub const FORM: &'static str = "application/x-www-form-urlencoded";
    /// The media type whose parts are fields.
    pub const FORM_DATA: &'static str = "multipart/form-data";
    const EVENTS: &'static str = "text/event-stream";
    const XML: &'static str = "application/xml";

    /// Reads a media type as descriptions write it: `Application/JSON; v=2` → `application/json`.
    #[must_use]
    pub fn new(written: &str) -> Self {
        let name = written.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        Self { class: class(&name), name }
    }

    /// How a client reads and writes it.
    #[must_use]
    pub fn class(&self) -> MediaClass {
        self.class
    }

    /// Its name: `application/json`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// Whether it is JSON, or may be.
    #[must_use]
    pub fn is_json(&self) -> bool {
        self.is_plain_json() || self.class == MediaClass::JsonSuffix
    }

    /// Whether it is JSON to which no specification gives a further meaning.
    #[must_use]
    pub fn is_plain_json(&self) -> bool {
        matches!(self.class, MediaClass::Json | MediaClass::JsonRange)
    }

    /// Whether it is a sequence of items that are streamed.
    #[must_use]
    pub fn is_stream(&self) -> bool {
        matches!(self.class, MediaClass::Events | MediaClass::JsonSequence)
    }

    /// Whether it can be read as a text. JSON can be, too, if its name says so.
    #[must_use]
    pub fn is_text(&self) -> bool {
        matches!(self.class, MediaClass::Text | MediaClass::Xml) || self.name.starts_with("text/")
    }

    /// Whether it has parts.
    #[must_use]
    pub fn is_multipart(&self) -> bool {
        self.name.starts_with("multipart/")
    }

    /// Whether it is one that can be sent: `image/png`, and neither a range nor any other text (RFC 6838, 4.2).
    #[must_use]
    pub fn is_exact(&self) -> bool {
        is_exact(&self.name)
    }

    /// The name that stands for all names of the same: of JSON without a further meaning, and of XML, which has two
    /// (RFC 7303, 9.2).
    #[must_use]
    pub fn canonical(&self) -> &str {
        match self.class {
            MediaClass::Json | MediaClass::JsonRange => Self::JSON,
            MediaClass::Xml if self.name == "text/xml" => Self::XML,
            _ => &self.name,
        }
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

fn class(name: &str) -> MediaClass {
    match name {
        MediaType::JSON | "text/json" => MediaClass::Json,
        "*/*" | "application/*" => MediaClass::JsonRange,
        MediaType::EVENTS => MediaClass::Events,
        // Sequences have a suffix, too (RFC 8091): `application/geo+json-seq`.
        _ if SEQUENCES.contains(&name) || name.ends_with("+json-seq") => MediaClass::JsonSequence,
        _ if name.ends_with("+json") && is_exact(name) => MediaClass::JsonSuffix,
        _ if name.ends_with("+json") => MediaClass::JsonRange,
        MediaType::FORM => MediaClass::Form,
        MediaType::FORM_DATA => MediaClass::FormData,
        _ if name.starts_with("multipart/") => MediaClass::Multipart,
        MediaType::XML | "text/xml" => MediaClass::Xml,
        _ if name.ends_with("+xml") => MediaClass::Xml,
        _ if name.starts_with("text/") || TEXTS.contains(&name) => MediaClass::Text,
        _ => MediaClass::Bytes,
    }
}

fn is_exact(name: &str) -> bool {
    let is_token = |text: &str| {
        let may_stand = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte);
        !text.is_empty() && text.bytes().all(may_stand)
    };
    name.split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

#[cfg(test)]
mod tests {
    use super::{MediaClass, MediaType};

    #[test]
    fn a_class_says_how_a_client_reads_a_media_type() {
        let rules = [
            ("application/json", MediaClass::Json),
            ("Application/JSON; charset=utf-8", MediaClass::Json),
            ("text/json", MediaClass::Json),
            ("*/*", MediaClass::JsonRange),
            ("application/*", MediaClass::JsonRange),
            ("application/*+json", MediaClass::JsonRange),
            ("application/merge-patch+json", MediaClass::JsonSuffix),
            ("application/stream+json", MediaClass::JsonSequence),
            ("application/x-ndjson", MediaClass::JsonSequence),
            ("application/geo+json-seq", MediaClass::JsonSequence),
            ("text/event-stream", MediaClass::Events),
            ("application/x-www-form-urlencoded", MediaClass::Form),
            ("multipart/form-data", MediaClass::FormData),
            ("multipart/mixed", MediaClass::Multipart),
            ("multipart/*", MediaClass::Multipart),
            ("application/xml", MediaClass::Xml),
            ("text/xml", MediaClass::Xml),
            ("image/svg+xml", MediaClass::Xml),
            ("text/plain", MediaClass::Text),
            ("text/*", MediaClass::Text),
            ("application/yaml", MediaClass::Text),
            ("image/*", MediaClass::Bytes),
            ("application/pdf", MediaClass::Bytes),
            ("json", MediaClass::Bytes),
            ("", MediaClass::Bytes),
        ];
        for (written, expected) in rules {
            assert_eq!(MediaType::new(written).class(), expected, "{written}");
        }
    }

    #[test]
    fn a_range_cannot_be_sent() {
        let rules = [
            ("image/png", true),
            ("application/vnd.api+json", true),
            ("image/*", false),
            ("*/*", false),
            ("a b/c", false),
            ("json", false),
        ];
        for (written, expected) in rules {
            assert_eq!(MediaType::new(written).is_exact(), expected, "{written}");
        }
    }

    #[test]
    fn names_of_the_same_have_one_that_stands_for_all() {
        let rules = [
            ("text/json", "application/json"),
            ("*/*", "application/json"),
            ("text/xml", "application/xml"),
            ("image/svg+xml", "image/svg+xml"),
            ("application/merge-patch+json", "application/merge-patch+json"),
            ("text/plain", "text/plain"),
        ];
        for (written, expected) in rules {
            assert_eq!(MediaType::new(written).canonical(), expected, "{written}");
        }
    }
}
