//! XML, as the `xml` objects of schemas say (OpenAPI 3.1.1, 4.8.26).

mod names;
mod read;
mod write;

pub use read::value;
pub use write::document;

/// Whether a media type is XML that has values. A picture is none.
pub fn is_xml(media_type: &str) -> bool {
    let is_other = media_type.ends_with("+xml") && media_type != "image/svg+xml";
    matches!(media_type, "application/xml" | "text/xml") || is_other
}
