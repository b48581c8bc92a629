//! Whether a request may be sent again after the service may have received it.

use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use crate::runtime::RetrySafety;
use crate::runtime::decode::KeyBytes;

/// Whether a request with this body may be sent twice: if that depends on a key, only if the body has one.
pub(super) fn is_repeatable(repeat: RetrySafety, body: &[u8]) -> bool {
    match repeat {
        RetrySafety::Safe | RetrySafety::SafeByHeader(_) => true,
        RetrySafety::SafeByKey(key) => has_key(body, key),
        RetrySafety::Unsafe => false,
    }
}

/// Looks for the first member of this name, and reads no further: the client writes each name once.
fn has_key(body: &[u8], name: &str) -> bool {
    let mut search = KeySearch { name, is_key: false };
    // An error only says that the rest was not read, or that the body is not a JSON object.
    let _ = serde_json::Deserializer::from_slice(body).deserialize_map(&mut search);
    search.is_key
}

struct KeySearch<'a> {
    name: &'a str,
    is_key: bool,
}

impl<'de> Visitor<'de> for &mut KeySearch<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(KeyBytes(name)) = members.next_key()? {
            if *name == *self.name.as_bytes() {
                self.is_key = identifies(&members.next_value()?);
                break;
            }
            members.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

/// Whether a value distinguishes one record from another: an empty one does not.
fn identifies(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_key_with_content_makes_a_request_repeatable() {
        for (body, expected) in [
            (r#"{"other": {"key": "a"}, "key": "a"}"#, true),
            (r#"{"key": 0}"#, true),
            (r#"{"key": false}"#, true),
            (r#"{"key": [""]}"#, true),
            (r#"{"key": {"id": null}}"#, true),
            (r#"{"key": null}"#, false),
            (r#"{"key": ""}"#, false),
            (r#"{"key": " \t"}"#, false),
            (r#"{"key": []}"#, false),
            (r#"{"key": {}}"#, false),
            (r#"{"other": {"key": "a"}}"#, false),
            (r#"["key"]"#, false),
            ("key=a", false),
            ("", false),
        ] {
            assert_eq!(
                is_repeatable(RetrySafety::SafeByKey("key"), body.as_bytes()),
                expected,
                "{body}"
            );
        }
    }

    #[test]
    fn without_a_key_the_body_does_not_matter() {
        for body in [r#"{"key": "a"}"#, ""] {
            assert!(is_repeatable(RetrySafety::Safe, body.as_bytes()));
            assert!(!is_repeatable(RetrySafety::Unsafe, body.as_bytes()));
        }
    }
}
