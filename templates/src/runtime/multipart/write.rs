//! Parts as the body of a request, in memory, so that a repeated call can send it again.

use super::super::Call;
use super::super::Upload;
use super::super::header::header;
use super::{Multipart, Part, Parts};

impl<Op> Call<Op> {
    /// `multipart/form-data` (RFC 7578).
    pub(crate) fn multipart(self, body: &impl Multipart) -> Self {
        let mut parts = Parts::default();
        body.fill(&mut parts);
        let mut request = self.into_request();
        match parts.encode() {
            Ok((boundary, body)) => {
                request.upload(format!("multipart/form-data; boundary={boundary}"), body);
            }
            Err(fault) => request.refuse(fault),
        }
        Self::of(request)
    }
}

impl Parts<'_> {
    /// The boundary and the body, or why there is none.
    fn encode(mut self) -> Result<(String, Upload), String> {
        let faulty = self.parts.iter().filter_map(|part| part.content_type);
        if let Some(faulty) = faulty.into_iter().find(|stated| !is_visible(stated)) {
            self.refuse(&format!("{faulty:?} is not a valid media type"));
        }
        let headers = self.parts.iter().flat_map(|part| &part.headers);
        let faulty = headers.into_iter().find(|(name, value)| header(name, value).is_err());
        if let Some((name, _)) = faulty {
            self.refuse(&format!("{name:?} is no header, or its value cannot be sent"));
        }
        match self.fault {
            Some(fault) => Err(fault),
            None => {
                let boundary = self.boundary();
                let body = self.between(&boundary);
                Ok((boundary, body))
            }
        }
    }

    /// A text that no part contains. It is random: if it could be predicted, a file could contain it and
    /// so begin another part.
    fn boundary(&self) -> String {
        loop {
            let drawn = format!("{:032x}", fastrand::u128(..));
            if !self.parts.iter().any(|part| holds(&part.content, drawn.as_bytes())) {
                return drawn;
            }
        }
    }

    /// One piece of bytes, unless there are files that are not in memory.
    fn between(&self, boundary: &str) -> Upload {
        let around = 256 + boundary.len();
        let size: usize = self.parts.iter().map(|part| part.content.len() + around).sum();
        let (mut uploads, mut bytes) = (Vec::new(), Vec::with_capacity(size + around));
        for part in &self.parts {
            bytes.extend_from_slice(format!("--{boundary}\r\n{}\r\n", part.head()).as_bytes());
            match part.upload {
                Some(upload) => {
                    uploads.push(std::mem::take(&mut bytes).into());
                    uploads.push(upload.clone());
                }
                None => bytes.extend_from_slice(&part.content),
            }
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        uploads.push(bytes.into());
        match uploads.len() {
            1 => uploads.remove(0),
            _ => Upload::joined(uploads),
        }
    }
}

impl Part<'_> {
    fn head(&self) -> String {
        let mut head = format!("Content-Disposition: form-data; name=\"{}\"", quoted(&self.name));
        if let Some(file_name) = &self.file_name {
            head += &format!("; filename=\"{}\"", quoted(file_name));
        }
        if let Some(content_type) = self.content_type {
            head += &format!("\r\nContent-Type: {content_type}");
        }
        for (name, value) in &self.headers {
            head += &format!("\r\n{name}: {value}");
        }
        head + "\r\n"
    }
}

/// Escapes as browsers do: HTML Standard, "multipart form data".
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

fn is_visible(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Most positions are skipped by comparing one byte.
fn holds(content: &[u8], text: &[u8]) -> bool {
    let mut windows = content.windows(text.len());
    windows.any(|window| window.first() == text.first() && window == text)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::super::{FilePart, Multipart, MultipartForm, Parts};

    fn encoded(body: &impl Multipart) -> Result<String, String> {
        let mut parts = Parts::default();
        body.fill(&mut parts);
        let (boundary, body) = parts.encode()?;
        let body = body.bytes().unwrap_or_default();
        Ok(String::from_utf8_lossy(&body).replace(&boundary, "X").replace("\r\n", "\n"))
    }

    struct Upload {
        files: Vec<FilePart>,
        maps: BTreeMap<String, Vec<FilePart>>,
        tags: Vec<String>,
        kept: Vec<String>,
        color: serde_json::Value,
        count: Option<i64>,
        none: Option<i64>,
        sizes: Vec<i64>,
        place: serde_json::Value,
        plain: String,
        rest: BTreeMap<String, FilePart>,
    }

    multipart_object!(Upload {
        files: files "files" "image/png" [("X-Kind", "cover")],
        maps: files "maps",
        tags: value "tags" [("X-A", "b"), ("X-C", "d")],
        kept: joined(",") "kept" { "X-Sizes" = sizes, "X-None" = none },
        color: fields "color",
        count: value "count",
        none: value "none",
        place: deep "place",
        plain: value "plain" "application/json",
        ..(rest)
    });

    use super::super::multipart_object;

    #[test]
    fn fields_become_parts() {
        let body = Upload {
            files: vec![FilePart::new("a.png", "A"), b"B".to_vec().into()],
            maps: BTreeMap::from([(
                "a".to_owned(),
                vec![b"".to_vec().into(), b"M".to_vec().into()],
            )]),
            tags: vec!["one".to_owned(), "two".to_owned()],
            kept: vec!["one".to_owned(), "two".to_owned()],
            color: json!({"R": 100, "G": "200"}),
            count: Some(3),
            none: None,
            sizes: vec![1, 2],
            place: json!({"row": {"x": 1}}),
            plain: "text".to_owned(),
            rest: BTreeMap::from([("b".to_owned(), FilePart::new("c", "C").header("X-E", "f"))]),
        };
        let file = |part: &str, name: &str, head: &str, content: &str| {
            format!(
                "--X\nContent-Disposition: form-data; name=\"{part}\"; filename=\"{name}\"\n\
                 Content-Type: {head}\n\n{content}\n"
            )
        };
        let png = "image/png\nX-Kind: cover";
        let bytes = "application/octet-stream";
        let text = |name: &str, content: &str| {
            format!("--X\nContent-Disposition: form-data; name=\"{name}\"\n{content}\n")
        };
        let json = "--X\nContent-Disposition: form-data; name=\"plain\"\n\
                    Content-Type: application/json\n\n\"text\"\n";
        let expected = [
            file("files", "a.png", png, "A"),
            file("files", "files", png, "B"),
            file("maps[a]", "maps[a]", bytes, ""),
            file("maps[a]", "maps[a]", bytes, "M"),
            text("tags", "X-A: b\nX-C: d\n\none"),
            text("tags", "X-A: b\nX-C: d\n\ntwo"),
            text("kept", "X-Sizes: 1,2\n\none,two"),
            text("G", "\n200"),
            text("R", "\n100"),
            text("count", "\n3"),
            text("place[row][x]", "\n1"),
            json.to_owned(),
            file("b", "c", "application/octet-stream\nX-E: f", "C"),
            "--X--\n".to_owned(),
        ];
        assert_eq!(encoded(&body).expect("a body"), expected.concat());
    }

    #[test]
    fn objects_and_lists_in_lists_are_json() {
        let mut parts = Parts::default();
        parts.value("a", None, &[], &json!([{"b": 1}, [2], "c", null]));
        let types: Vec<_> = parts.parts.iter().map(|part| part.content_type).collect();
        let json = Some("application/json");
        assert_eq!(types, [json, json, None]);
    }

    #[test]
    fn names_cannot_break_out() {
        let body = MultipartForm::new().file("a\"\r\nb", FilePart::new("\"; x=\"\n", ""));
        let text = encoded(&body).expect("a body");
        assert!(text.contains("name=\"a%22%0D%0Ab\"; filename=\"%22; x=%22%0A\"\n"), "{text}");
    }

    #[test]
    fn media_types_cannot_break_out() {
        let file = FilePart::new("a", "").content_type("text/plain\r\nX: y");
        assert!(encoded(&MultipartForm::new().file("a", file)).is_err());
        for (name, value) in [("X\r\nY", "a"), ("X", "a\r\nb"), ("", "a"), ("X Y", "a")] {
            let file = FilePart::new("a", "").header(name, value);
            assert!(encoded(&MultipartForm::new().file("a", file)).is_err(), "{name}");
        }
    }

    #[test]
    fn an_item_with_what_separates_items_is_refused() {
        let mut parts = Parts::default();
        parts.joined(",", "a", None, &[], &json!(["b,c", "d"]));
        assert!(parts.encode().is_err_and(|why| why.contains("`a`")));
        let mut one = Parts::default();
        one.joined("|", "a", None, &[], &json!(["b|c"]));
        one.joined(" ", "d", None, &[], &json!({"e": 1}));
        one.joined(",", "f", None, &[], &json!([]));
        let contents: Vec<_> = one.parts.iter().map(|part| part.content.to_vec()).collect();
        assert_eq!(contents, [b"b|c".to_vec(), b"e 1".to_vec()]);
    }

    #[test]
    fn the_boundary_is_in_no_part() {
        assert!(super::holds(b"ab--1234cd", b"1234"));
        assert!(!super::holds(b"ab--123", b"1234"));
        let body = MultipartForm::new().text("a", "b");
        let boundary = || {
            let mut parts = Parts::default();
            body.fill(&mut parts);
            parts.encode().expect("a body").0
        };
        assert_ne!(boundary(), boundary());
    }
}
