//! Whether a request may be sent again after the service may have received it.

use serde_json::Value;

use crate::runtime::RetrySafety;
use crate::runtime::members::Members;

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
    let key = Members::of(body).find(|(known, _)| **known == *name.as_bytes());
    let value = key.and_then(|(_, value)| serde_json::from_slice(value).ok());
    value.is_some_and(|value| identifies(&value))
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
