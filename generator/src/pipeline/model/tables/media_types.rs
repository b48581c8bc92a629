//! What media types mean.

/// The media type of forms (OpenAPI 3.1.0, 4.8.14.3).
pub const FORM: &str = "application/x-www-form-urlencoded";

/// The media type whose parts are fields.
pub const FORM_DATA: &str = "multipart/form-data";

/// The media type of server-sent events.
pub const EVENTS: &str = "text/event-stream";

/// The media types of JSON in lines (OpenAPI 3.2.0, 4.14), also by the names that they had before
/// there was an agreement.
const LINES: &[&str] = &[
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

/// The media types of items; sequences have a suffix, too (RFC 8091): `application/geo+json-seq`.
pub fn is_stream(media_type: &str) -> bool {
    media_type == EVENTS || LINES.contains(&media_type) || media_type.ends_with("+json-seq")
}

/// JSON, or anything at all, for which JSON is the best guess.
pub fn is_json(media_type: &str) -> bool {
    matches!(media_type, "application/json" | "text/json" | "*/*" | "application/*")
        || (media_type.ends_with("+json") && !is_stream(media_type))
}

pub fn is_text(media_type: &str) -> bool {
    let written =
        ["application/xml", "application/yaml", "application/x-yaml", "application/javascript"];
    media_type.starts_with("text/") || is_xml(media_type) || written.contains(&media_type)
}

pub fn is_xml(media_type: &str) -> bool {
    matches!(media_type, "application/xml" | "text/xml") || media_type.ends_with("+xml")
}
