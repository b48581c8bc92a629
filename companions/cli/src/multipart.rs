//! Bodies of `multipart/form-data` (RFC 7578): a part for each field, and the content of files.

use std::path::Path;

use lantern_operations::{Media, Table};
use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::request::bytes;
use crate::shape::Shape;

/// Media types with boundaries. The first one is taken that no part has in it.
const MEDIA_TYPES: [&str; 4] = [
    "multipart/form-data; boundary=part-6b1f0c8e4d2a97535e1c",
    "multipart/form-data; boundary=part-e07d4b92c5f8316aa94f",
    "multipart/form-data; boundary=part-29c3a81f7e6b0d54f2b8",
    "multipart/form-data; boundary=part-d5f19e60ab3c7482c07d",
];

/// A part of a form.
struct Part<'a> {
    name: &'a str,
    /// The name of its file, if it is one.
    file: Option<String>,
    media_type: Option<String>,
    content: Vec<u8>,
}

/// The media type and the bytes of a form with these members. Those of files are their paths.
pub fn encode(
    table: &Table,
    media: &Media,
    members: &Map<String, Value>,
) -> Result<(&'static str, Vec<u8>), Failure> {
    let shape = media.schema.as_ref().map(|schema| Shape::new(table, schema)).unwrap_or_default();
    let mut parts = Vec::new();
    for (name, value) in members {
        let known = shape.members.iter().find(|(known, ..)| known == name);
        let is_bytes = known.is_some_and(|(_, schema, _)| Shape::new(table, schema).is_bytes);
        let items = match value {
            Value::Array(items) => items.iter().collect(),
            Value::Null => Vec::new(),
            one => vec![one],
        };
        for item in items {
            parts.push(part(media, name, item, is_bytes)?);
        }
    }
    let is_free = |media_type: &&&str| parts.iter().all(|part| !has(part, boundary(media_type)));
    let media_type = MEDIA_TYPES.iter().find(is_free);
    let media_type = media_type.ok_or_else(|| Failure::other("a file has all boundaries in it"))?;
    Ok((media_type, written(&parts, boundary(media_type))))
}

fn boundary(media_type: &str) -> &str {
    media_type.split_once('=').map_or("", |(_, boundary)| boundary)
}

fn part<'a>(
    media: &Media,
    name: &'a str,
    value: &Value,
    is_bytes: bool,
) -> Result<Part<'a>, Failure> {
    let stated = media.encodings.iter().find(|encoding| encoding.name == name);
    // A list of media types, or a range, says only what is allowed.
    let stated = stated.and_then(|encoding| encoding.content_type.clone());
    let stated = stated.filter(|it| !it.contains([',', '*']));
    Ok(match value {
        Value::String(path) if is_bytes => Part {
            name,
            file: Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned()),
            media_type: stated.or(Some("application/octet-stream".to_owned())),
            content: bytes(path)?,
        },
        Value::Object(_) | Value::Array(_) => Part {
            name,
            file: None,
            media_type: stated.or(Some("application/json".to_owned())),
            content: value.to_string().into_bytes(),
        },
        scalar => {
            let content = lantern_operations::cell(Some(scalar)).into_bytes();
            Part { name, file: None, media_type: stated, content }
        }
    })
}

fn has(part: &Part<'_>, boundary: &str) -> bool {
    part.content.windows(boundary.len()).any(|bytes| bytes == boundary.as_bytes())
}

fn written(parts: &[Part<'_>], boundary: &str) -> Vec<u8> {
    let mut body = Vec::new();
    for part in parts {
        let mut head = format!(
            "--{boundary}\r\ncontent-disposition: form-data; name=\"{}\"",
            quoted(part.name)
        );
        if let Some(file) = &part.file {
            head += &format!("; filename=\"{}\"", quoted(file));
        }
        if let Some(media_type) = &part.media_type {
            head += &format!("\r\ncontent-type: {media_type}");
        }
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(b"\r\n\r\n");
        body.extend_from_slice(&part.content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    body
}

/// A name within quotes, as browsers write it (WHATWG, "multipart form data").
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use lantern_operations::{Media, Table};
    use serde_json::json;

    use super::{MEDIA_TYPES, encode};

    fn media() -> Media {
        let media = json!({
            "mediaType": "multipart/form-data",
            "schema": {"type": "object", "properties": {
                "photo": {"type": "string", "format": "binary"},
                "pages": {"type": "array", "items": {"type": "string", "contentMediaType": "image/png"}},
                "title": {"type": "string"}, "size": {"type": "object"},
            }},
            "encodings": [{"name": "photo", "contentType": "image/png"}],
        });
        serde_json::from_value(media).expect("a form of a body")
    }

    /// The parts of a form by its boundary: their heads and contents.
    fn parts(media_type: &str, body: &[u8]) -> Vec<(String, Vec<u8>)> {
        let (_, boundary) = media_type.split_once("boundary=").expect("a boundary");
        let text: String = body.iter().map(|byte| char::from(*byte)).collect();
        let line = format!("--{boundary}");
        let parts = text.split(&line).skip(1);
        let parts = parts.take_while(|part| !part.starts_with("--"));
        let split = |part: &str| {
            let (head, content) = part.split_once("\r\n\r\n").expect("a head");
            let content = content.strip_suffix("\r\n").expect("an end");
            (head.trim().to_owned(), content.chars().map(|char| char as u8).collect())
        };
        parts.map(split).collect()
    }

    #[test]
    fn each_field_is_a_part_and_each_file_its_bytes() {
        let folder = tempfile::tempdir().expect("a folder");
        let contents: HashMap<&str, Vec<u8>> = HashMap::from([
            ("a \"b\".png", vec![0, 255, 13, 10]),
            ("c.png", MEDIA_TYPES[0].as_bytes().to_vec()),
        ]);
        let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        for (name, content) in &contents {
            std::fs::write(path(name), content).expect("a file");
        }
        let members = json!({
            "photo": path("a \"b\".png"), "pages": [path("c.png"), path("c.png")], "title": "é",
            "size": {"w": 1}, "none": null, "count": 2,
        });
        let table = Table::new("T", "1");
        let members = members.as_object().expect("an object");
        let (media_type, body) = encode(&table, &media(), members).expect("a form");
        assert_ne!(media_type, MEDIA_TYPES[0], "a file has this boundary in it");
        let parts = parts(media_type, &body);
        let form = |rest: &str| format!("content-disposition: form-data; {rest}");
        let octets = "\r\ncontent-type: application/octet-stream";
        let expected = [
            (
                form("name=\"photo\"; filename=\"a %22b%22.png\"\r\ncontent-type: image/png"),
                contents["a \"b\".png"].clone(),
            ),
            (
                form(&format!("name=\"pages\"; filename=\"c.png\"{octets}")),
                contents["c.png"].clone(),
            ),
            (
                form(&format!("name=\"pages\"; filename=\"c.png\"{octets}")),
                contents["c.png"].clone(),
            ),
            (form("name=\"title\""), "é".as_bytes().to_vec()),
            (form("name=\"size\"\r\ncontent-type: application/json"), b"{\"w\":1}".to_vec()),
            (form("name=\"count\""), b"2".to_vec()),
        ];
        assert_eq!(parts, expected);
        let missing = json!({"photo": path("none.png")});
        let missing = missing.as_object().expect("an object");
        assert!(
            encode(&table, &media(), missing).is_err_and(|why| why.message.contains("none.png"))
        );
    }
}
