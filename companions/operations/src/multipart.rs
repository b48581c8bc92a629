//! Bodies of `multipart/form-data` (RFC 7578): a part for each field, and the content of files.

use serde_json::{Map, Value};

use crate::shape::Shape;
use crate::{Media, Table};

/// Media types with boundaries. The first one is taken that no part has in it.
pub const FORM_TYPES: [&str; 4] = [
    "multipart/form-data; boundary=part-6b1f0c8e4d2a97535e1c",
    "multipart/form-data; boundary=part-e07d4b92c5f8316aa94f",
    "multipart/form-data; boundary=part-29c3a81f7e6b0d54f2b8",
    "multipart/form-data; boundary=part-d5f19e60ab3c7482c07d",
];

/// A file that is a part of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilePart {
    /// Its name.
    pub name: Option<String>,
    /// Its media type, if it is another one than the description says.
    pub media_type: Option<String>,
    /// What is in it.
    pub content: Vec<u8>,
}

/// A part of a form.
struct Part<'a> {
    name: &'a str,
    /// The name of its file, if it is one.
    file: Option<String>,
    media_type: Option<String>,
    content: Vec<u8>,
}

impl Media {
    /// The media type and the bytes of a form (RFC 7578) with these members. Those that are bytes are read by `file`, unless it
    /// returns `None`.
    ///
    /// # Errors
    /// Why a file cannot be read, or sent.
    pub fn encode_multipart(
        &self,
        table: &Table,
        members: &Map<String, Value>,
        file: impl Fn(&Value) -> Result<Option<FilePart>, String>,
    ) -> Result<(&'static str, Vec<u8>), String> {
        let schema = self.schema.as_ref();
        let shape = schema.map(|schema| Shape::new(table, schema)).unwrap_or_default();
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
                let file = if is_bytes { file(item)? } else { None };
                parts.push(part(self, name, item, file));
            }
        }
        let is_free = |media_type: &&&str| parts.iter().all(|it| !has(it, boundary(media_type)));
        let media_type = FORM_TYPES.iter().find(is_free);
        let media_type = media_type.ok_or("a file has all boundaries in it")?;
        Ok((media_type, written(&parts, boundary(media_type))))
    }
}

fn boundary(media_type: &str) -> &str {
    media_type.split_once('=').map_or("", |(_, boundary)| boundary)
}

fn part<'a>(media: &Media, name: &'a str, value: &Value, file: Option<FilePart>) -> Part<'a> {
    let stated = media.encodings.iter().find(|encoding| encoding.name == name);
    // A list of media types, or a range, says only what is allowed.
    let stated = stated.and_then(|encoding| encoding.content_type.clone());
    let stated = stated.filter(|it| !it.contains([',', '*']));
    match (file, value) {
        (Some(file), _) => Part {
            name,
            // What has no name is no file for many services.
            file: Some(file.name.unwrap_or_else(|| name.to_owned())),
            media_type: file.media_type.or(stated).or(Some("application/octet-stream".to_owned())),
            content: file.content,
        },
        (None, Value::Object(_) | Value::Array(_)) => Part {
            name,
            file: None,
            media_type: stated.or(Some("application/json".to_owned())),
            content: value.to_string().into_bytes(),
        },
        (None, scalar) => {
            let content = crate::cell(Some(scalar)).into_bytes();
            Part { name, file: None, media_type: stated, content }
        }
    }
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

    use serde_json::{Value, json};

    use super::{FORM_TYPES, FilePart};
    use crate::{Media, Table};

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
        let contents: HashMap<&str, Vec<u8>> = HashMap::from([
            ("a \"b\".png", vec![0, 255, 13, 10]),
            ("c.png", FORM_TYPES[0].as_bytes().to_vec()),
        ]);
        let file = |value: &Value| {
            let Some(name) = value.as_str() else { return Ok(None) };
            let content = contents.get(name).ok_or_else(|| format!("no {name}"))?.clone();
            let media_type = name.starts_with('c').then(|| "image/x".to_owned());
            Ok(Some(FilePart { name: Some(name.to_owned()), media_type, content }))
        };
        let members = json!({
            "photo": "a \"b\".png", "pages": ["c.png", {"a": 1}], "title": "é",
            "size": {"w": 1}, "none": null, "count": 2,
        });
        let table = Table::new("T", "1");
        let members = members.as_object().expect("an object");
        let (media_type, body) = media().encode_multipart(&table, members, file).expect("a form");
        assert_ne!(media_type, FORM_TYPES[0], "a file has this boundary in it");
        let parts = parts(media_type, &body);
        let form = |rest: &str| format!("content-disposition: form-data; {rest}");
        let expected = [
            (
                form("name=\"photo\"; filename=\"a %22b%22.png\"\r\ncontent-type: image/png"),
                contents["a \"b\".png"].clone(),
            ),
            (
                form("name=\"pages\"; filename=\"c.png\"\r\ncontent-type: image/x"),
                contents["c.png"].clone(),
            ),
            (form("name=\"pages\"\r\ncontent-type: application/json"), b"{\"a\":1}".to_vec()),
            (form("name=\"title\""), "é".as_bytes().to_vec()),
            (form("name=\"size\"\r\ncontent-type: application/json"), b"{\"w\":1}".to_vec()),
            (form("name=\"count\""), b"2".to_vec()),
        ];
        assert_eq!(parts, expected);
        let missing = json!({"photo": "none.png"});
        let missing = missing.as_object().expect("an object");
        let failed = media().encode_multipart(&table, missing, file);
        assert_eq!(failed, Err("no none.png".to_owned()));
    }
}
