//! Places in JSON text, by JSON pointers (RFC 6901). Nothing else of the text is kept, and numbers keep every digit.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::decode::{Undecodable, from_slice, without_mark};
use super::json::Json;
use super::members::member;
use super::{Error, Received};

/// The text at a place; `None` if there is none, or the text is not JSON.
pub fn find<'t>(text: &'t [u8], pointer: &str) -> Option<&'t str> {
    let mut found: &RawValue = serde_json::from_slice(without_mark(text)).ok()?;
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        found = match found.get().starts_with('[') {
            true => item(found.get(), &step)?,
            false => member(found.get().as_bytes(), &step)?,
        };
    }
    Some(found.get())
}

fn item<'t>(text: &'t str, step: &str) -> Option<&'t RawValue> {
    let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
    match step {
        "-1" => items.last().copied(),
        index => items.get(index.parse::<usize>().ok()?).copied(),
    }
}

/// The value at a place as the text of a parameter; `None` if it is absent, null, `false` or empty.
pub fn text(body: &[u8], pointer: &str) -> Option<String> {
    let found = find(body, pointer)?;
    let text = match found.starts_with('"') {
        true => Cow::<str>::deserialize(&mut serde_json::Deserializer::from_str(found)).ok()?,
        false => Cow::Borrowed(found),
    };
    Some(text.into_owned()).filter(|text| !["", "null", "false"].contains(&text.as_str()))
}

/// How many items a list has; `None` if there is no list at the place.
pub fn count(body: &[u8], pointer: &str) -> Option<usize> {
    let items: Vec<&RawValue> = serde_json::from_str(find(body, pointer)?).ok()?;
    Some(items.len())
}

impl Received {
    /// The items of a page.
    pub(crate) fn items_at<T: Json>(&self, pointer: &str) -> Result<Vec<T>, Error> {
        let Some(text) = find(&self.body, pointer) else {
            return Err(self.undecodable(&Undecodable::new(format!("nothing is at `{pointer}`"))));
        };
        // A service may write null for no items.
        if text == "null" {
            return Ok(Vec::new());
        }
        from_slice(text.as_bytes()).map_err(|error| self.undecodable(&error))
    }
}

/// The reply to which this is a fault.
pub fn fault(received: &Received, why: String) -> Error {
    received.undecodable(&Undecodable::new(why))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_leads_to_the_text_of_a_value() {
        let text = br#"{"a": {"b/c": [1, {"d": 12345678901234567890.10}]}, "a~": "x", "e": null}"#;
        for (pointer, expected) in [
            ("/a/b~1c/0", Some("1")),
            ("/a/b~1c/-1/d", Some("12345678901234567890.10")),
            ("/a~0", Some("\"x\"")),
            ("/e", Some("null")),
            ("/f", None),
            ("/a/b~1c/2", None),
            ("/a/b~1c/x", None),
            ("/e/x", None),
        ] {
            assert_eq!(find(text, pointer), expected, "{pointer}");
        }
        assert_eq!(find(b"[1]", ""), Some("[1]"));
        assert_eq!(find(b"\xEF\xBB\xBF[1]", "/0"), Some("1"));
        assert_eq!(find(b"[1", ""), None);
    }

    #[test]
    fn a_value_is_the_text_of_a_parameter() {
        for (value, expected) in [
            ("\"a\\u00e9\"", Some("aé")),
            ("12345678901234567890", Some("12345678901234567890")),
            ("true", Some("true")),
            ("false", None),
            ("null", None),
            ("\"\"", None),
        ] {
            let body = format!("{{\"next\": {value}}}");
            assert_eq!(text(body.as_bytes(), "/next").as_deref(), expected, "{value}");
        }
    }
}
