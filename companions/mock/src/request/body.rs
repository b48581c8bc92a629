//! The body of a request.

use lantern_operations::{Body, Media};
use serde_json::Value;

use super::{Incoming, Problem, forms};
use crate::schemas::Schemas;

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
    let name = essence(&media.media_type);
    media.is_json()
        || matches!(name.as_str(), "application/x-www-form-urlencoded" | "multipart/form-data")
}

/// The value of a body.
pub async fn read(schemas: &Schemas, media: &Media, request: &Incoming) -> Result<Value, Problem> {
    if media.is_json() {
        return serde_json::from_slice(&request.body).map_err(|error| {
            let problem = Problem::new("json_invalid", "JSON decode error", Value::Null);
            problem.within(error.column())
        });
    }
    match essence(&media.media_type).as_str() {
        "application/x-www-form-urlencoded" => forms::urlencoded(schemas, media, &request.body),
        _ => {
            let content_type = request.header("content-type").unwrap_or_default();
            forms::multipart(schemas, media, &content_type, request.body.clone()).await
        }
    }
}
