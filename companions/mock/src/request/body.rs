//! The body of a request.

use lantern_operations::{Body, Media, Schema};
use serde_json::Value;

use super::{Incoming, Problem, forms};
use crate::schemas::Schemas;
use crate::xml;

/// The described form that a body has, by its media type. A body without one has the first form.
pub fn media_of<'a>(body: &'a Body, content_type: Option<&str>) -> Option<&'a Media> {
    let Some(content_type) = content_type else { return body.content.first() };
    let sent = essence(content_type);
    let exact = body.content.iter().find(|media| essence(&media.media_type) == sent);
    exact.or_else(|| body.content.iter().find(|media| includes(&media.media_type, &sent)))
}

/// Whether a media type is one of a range: `image/*`.
pub fn includes(range: &str, media_type: &str) -> bool {
    let range = essence(range);
    match range.split_once('/') {
        Some(("*", "*")) => true,
        Some((kind, "*")) => media_type.split_once('/').is_some_and(|(own, _)| own == kind),
        _ => range == media_type,
    }
}

/// A media type without its parameters, in lower case.
pub fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether there is something to read the members of.
pub fn is_read(media: &Media) -> bool {
    media.is_json() || media.is_form() || media.is_multipart() || is_xml(media)
}

/// Whether it is XML that is no file.
fn is_xml(media: &Media) -> bool {
    xml::is_xml(&essence(&media.media_type)) && !has_files(media.schema.as_ref())
}

/// Whether content may be bytes, of which a schema says nothing.
pub fn has_files(schema: Option<&Schema>) -> bool {
    let text = schema.map(Value::to_string).unwrap_or_default();
    text.contains("contentMediaType")
}

/// Whether a request has no body. Without a byte it has one all the same if it says that it is bytes, a text or a form.
pub fn is_absent(described: &Body, content_type: Option<&str>, request: &Incoming) -> bool {
    let media = content_type.and_then(|_| media_of(described, content_type));
    let may_be_empty = media.is_some_and(|media| media.is_form() || !is_read(media));
    request.body.is_empty() && !may_be_empty
}

/// The value of a body.
pub async fn read(schemas: &Schemas, media: &Media, request: &Incoming) -> Result<Value, Problem> {
    if media.is_json() {
        return serde_json::from_slice(&request.body).map_err(|error| {
            let problem = Problem::new("json_invalid", "JSON decode error", Value::Null);
            problem.within(error.column())
        });
    }
    match media {
        _ if media.is_form() => forms::urlencoded(schemas, media, &request.body),
        _ if is_xml(media) => {
            xml::value(schemas, media.schema.as_ref().unwrap_or(&Value::Bool(true)), &request.body)
        }
        _ => {
            let content_type = request.header("content-type").unwrap_or_default();
            forms::multipart(schemas, media, &content_type, request.body.clone()).await
        }
    }
}
