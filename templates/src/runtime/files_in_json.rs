//! Files in JSON and in forms, which have no word for them: a file that is a text is that text.

use std::fmt;

use serde::de::{Deserializer, Visitor};
use serde::ser::{Error, Serializer};

use super::FilePart;
use super::json::Json;

impl Json for FilePart {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = match self.is_streamed() {
            true => None,
            false => std::str::from_utf8(&self.bytes).ok(),
        };
        let text = text.ok_or_else(|| {
            S::Error::custom("a file that is not text can only be sent as a part")
        })?;
        serializer.serialize_str(text)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_string(FileVisitor)
    }
}

struct FileVisitor;

impl Visitor<'_> for FileVisitor {
    type Value = FilePart;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E>(self, text: &str) -> Result<FilePart, E> {
        Ok(FilePart::from(text.as_bytes().to_vec()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::json::{Owned, Ref};

    #[test]
    fn a_file_is_a_text_where_it_is_one() {
        let read: Owned<FilePart> = serde_json::from_str("\"röd\"").expect("a text");
        assert_eq!(read.0, FilePart::from("röd".as_bytes().to_vec()));
        assert_eq!(serde_json::to_string(&Ref(&read.0)).expect("a text"), "\"röd\"");
        let file = FilePart::new("a", b"\xFF".to_vec());
        let error = serde_json::to_string(&Ref(&file)).expect_err("no text");
        assert!(error.to_string().contains("as a part"));
    }
}
