//! Media types (RFC 6838), and how a client reads and writes them.

use std::fmt;

/// A media type or a range of them, in lower case, and its parameters: `application/json; version=2`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MediaType {
    name: String,
    /// As they are written, without spaces around them.
    parameters: Vec<String>,
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

    /// Reads a media type as descriptions write it: `Application/JSON; v=2` is called `application/json`.
    #[must_use]
    pub fn new(written: &str) -> Self {
        let mut parts = split(written).into_iter();
        let name = parts.next().unwrap_or_default().to_ascii_lowercase();
        let is_sent = |text: &&str| {
            text.contains('=') && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
        };
        let parameters = parts.filter(is_sent).map(str::to_owned).collect();
        Self { class: class(&name), name, parameters }
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

    /// Its name with the parameters that tell it from others of the same name: `application/json; version=2`. What a
    /// caller gets does not depend on the charset.
    #[must_use]
    pub fn with_parameters(&self) -> String {
        self.with(self.told_by())
    }

    /// The same as a body states it. A text is sent in UTF-8, and may say so.
    #[must_use]
    pub fn sent(&self) -> String {
        let is_true =
            |text: &&str| !is_charset(text) || text.to_ascii_lowercase().contains("utf-8");
        self.with(self.parameters.iter().map(String::as_str).filter(is_true))
    }

    /// The parameters that tell it from others of the same name.
    pub fn told_by(&self) -> impl Iterator<Item = &str> {
        self.parameters.iter().map(String::as_str).filter(|text| !is_charset(text))
    }

    fn with<'a>(&'a self, parameters: impl Iterator<Item = &'a str>) -> String {
        [self.as_str()].into_iter().chain(parameters).collect::<Vec<_>>().join("; ")
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

    /// How much it says: a range less than a media type, and that less than one with parameters.
    #[must_use]
    pub fn precision(&self) -> (usize, usize) {
        let name = match (self.name.as_str(), self.is_exact()) {
            ("*/*", _) => 0,
            (range, false) => range.len(),
            (_, true) => usize::MAX,
        };
        (name, self.told_by().count())
    }

    /// Whether something of another media type, which says as much or more, may be of this one.
    #[must_use]
    pub fn may_be(&self, other: &Self) -> bool {
        self.name == other.name || !self.is_exact()
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

    /// The same with the parameters that tell it from others.
    #[must_use]
    pub fn canonical_with_parameters(&self) -> String {
        let name = [self.canonical()].into_iter();
        name.chain(self.told_by()).collect::<Vec<_>>().join("; ")
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

fn is_charset(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default();
    name.trim().eq_ignore_ascii_case("charset")
}

/// The name and the parameters. A `;` in quotes separates nothing (RFC 9110, 5.6.6).
fn split(written: &str) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    let separates = |sign: char| {
        quoted ^= sign == '"' && !escaped;
        escaped = quoted && sign == '\\' && !escaped;
        sign == ';' && !quoted
    };
    written.split(separates).map(str::trim).collect()
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
    fn parameters_are_kept_unless_they_say_the_charset() {
        let rules = [
            (
                "application/json; version=2",
                "application/json; version=2",
                "application/json; version=2",
            ),
            ("Text/Plain;charset=UTF-8", "text/plain", "text/plain; charset=UTF-8"),
            ("text/plain; charset=latin1;a=b", "text/plain; a=b", "text/plain; a=b"),
            (
                "a/b; c=\"d;e\\\";f\" ; g=h;",
                "a/b; c=\"d;e\\\";f\"; g=h",
                "a/b; c=\"d;e\\\";f\"; g=h",
            ),
            ("a/b; c=ä", "a/b", "a/b"),
        ];
        for (written, told, sent) in rules {
            let media_type = MediaType::new(written);
            assert_eq!(
                (media_type.with_parameters(), media_type.sent()),
                (told.to_owned(), sent.to_owned())
            );
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
