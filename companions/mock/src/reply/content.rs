//! Values in the form of a media type.

use axum::body::Bytes;
use lantern_operations::{Media, Table};
use serde_json::Value;

use super::tables;
use crate::parts::Parts;
use crate::request::essence;
use crate::xml;

/// The smallest picture: a transparent pixel as PNG.
const PICTURE: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0,
    1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0d, 0x49, 0x44, 0x41, 0x54,
    0x78, 0x9c, 0x63, 0, 1, 0, 0, 5, 0, 1, 0x0d, 0x0a, 0x2d, 0xb4, 0, 0, 0, 0, 0x49, 0x45, 0x4e,
    0x44, 0xae, 0x42, 0x60, 0x82,
];

/// How a form of a reply is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Json,
    /// Items, each with this before and after it.
    Items(&'static str, &'static str),
    UrlEncoded,
    Xml,
    Csv,
    Text,
    Bytes,
}

impl Form {
    pub fn of(media: &Media) -> Self {
        let name = essence(&media.media_type);
        match name.as_str() {
            _ if media.is_json() => Self::Json,
            "text/event-stream" => Self::Items("data: ", "\n\n"),
            "application/json-seq" | "application/geo+json-seq" => Self::Items("\u{1e}", "\n"),
            "application/jsonl"
            | "application/x-ndjson"
            | "application/ndjson"
            | "application/x-jsonlines"
            | "application/jsonlines" => Self::Items("", "\n"),
            "application/x-www-form-urlencoded" => Self::UrlEncoded,
            "text/csv" => Self::Csv,
            name if xml::is_xml(name) => Self::Xml,
            name if name.starts_with("text/") => Self::Text,
            _ => Self::Bytes,
        }
    }
}

/// The media type of a reply; of a range, one that is in it.
pub fn concrete(media_type: &str) -> String {
    match essence(media_type).as_str() {
        "*/*" | "application/*" => "application/octet-stream".to_owned(),
        "image/*" => "image/png".to_owned(),
        "text/*" => "text/plain".to_owned(),
        range => match range.strip_suffix("/*") {
            Some(kind) => format!("{kind}/octet-stream"),
            None => media_type.to_owned(),
        },
    }
}

/// The bytes of values: several if it is a form of items, one otherwise.
pub fn bytes(table: &Table, media: &Media, values: &[Value]) -> Bytes {
    let first = values.first().unwrap_or(&Value::Null);
    match Form::of(media) {
        Form::Json => first.to_string().into(),
        Form::Items(_, _) if is_text_of_items(media, values) => text(first).into(),
        Form::Items(before, after) => {
            let items =
                values.iter().map(|item| format!("{before}{}{after}", item_text(before, item)));
            items.collect::<String>().into()
        }
        Form::UrlEncoded => url_encoded(first).into(),
        Form::Xml if first.is_string() => text(first).into(),
        Form::Xml => {
            let parts = Parts::new(table, &media.schema);
            xml::document(&parts, root(media), first).into()
        }
        Form::Csv if first.is_array() => tables::csv_of(first).into(),
        Form::Csv | Form::Text => text(first).into(),
        Form::Bytes if essence(&media.media_type).starts_with("image/") => PICTURE.into(),
        Form::Bytes => text(first).into(),
    }
}

/// The name of the schema, for the root of XML.
fn root(media: &Media) -> &str {
    let reference = media.schema.as_ref().and_then(|schema| schema.get("$ref")?.as_str());
    reference.and_then(|it| it.rsplit('/').next()).unwrap_or("response")
}

/// Whether the example is the text of all items, as they are on the wire.
fn is_text_of_items(media: &Media, values: &[Value]) -> bool {
    media.examples.first().is_some_and(|example| [example.clone()] == values && example.is_string())
}

/// An event has no line break in its data, and text is not quoted there.
fn item_text(before: &str, item: &Value) -> String {
    match item {
        Value::String(text) if before == "data: " => text.replace('\n', "\ndata: "),
        other => other.to_string(),
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn url_encoded(value: &Value) -> String {
    let members = value.as_object().into_iter().flatten();
    let encode = |it: &str| {
        percent_encoding::utf8_percent_encode(it, percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    let pairs = members.map(|(name, value)| format!("{}={}", encode(name), encode(&text(value))));
    pairs.collect::<Vec<_>>().join("&")
}
