//! The members of a JSON object, without reading their values.
//!
//! What a request or a reply states is read for each call, before or beside its content, so it must cost next to nothing.

use std::borrow::Cow;

use memchr::memchr2;
use serde::Deserialize;

use super::decode::without_mark;

/// The members of the object that a text is, up to the first fault; none if it is no object.
///
/// Each is its name and the text of its value. Values are not checked: a caller reads the one that it needs.
#[derive(Debug)]
pub struct Members<'t>(&'t [u8]);

impl<'t> Members<'t> {
    pub fn of(text: &'t [u8]) -> Self {
        let text = without_mark(text).trim_ascii_start();
        Self(text.strip_prefix(b"{").unwrap_or_default())
    }
}

impl<'t> Iterator for Members<'t> {
    type Item = (Cow<'t, [u8]>, &'t [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let name = self.0.trim_ascii_start().strip_prefix(b"\"")?;
        let (name, rest) = name.split_at_checked(string_end(name)?)?;
        let value = rest.trim_ascii_start().strip_prefix(b":")?;
        let (value, rest) = value.split_at_checked(value_end(value)?)?;
        self.0 = rest.strip_prefix(b",").unwrap_or_default();
        Some((unescaped(name.strip_suffix(b"\"")?)?, value))
    }
}

/// A member of the object that a text is.
///
/// A name that stands there twice means the last one, as it does where objects are read into fields.
pub fn member<'t, T: Deserialize<'t>>(text: &'t [u8], name: &str) -> Option<T> {
    let (_, value) = Members::of(text).filter(|(known, _)| **known == *name.as_bytes()).last()?;
    serde_json::from_slice(value).ok()
}

/// A name as it is meant: `\u0061` is `a` (RFC 8259, 7).
fn unescaped(name: &[u8]) -> Option<Cow<'_, [u8]>> {
    if !name.contains(&b'\\') {
        return Some(Cow::Borrowed(name));
    }
    let quoted = [b"\"", name, b"\""].concat();
    let name: String = serde_json::from_slice(&quoted).ok()?;
    Some(Cow::Owned(name.into_bytes()))
}

/// Where a string ends, behind its last quote, after the first one.
fn string_end(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr2(b'"', b'\\', text.get(at..)?)?;
        if text[at] == b'"' {
            return Some(at + 1);
        }
        // What is escaped is no quote.
        at += 2;
    }
}

/// Where a value ends: before the comma or the brace that belongs to the object around it.
fn value_end(text: &[u8]) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, 0);
    loop {
        match text.get(at)? {
            b',' | b'}' if depth == 0 => return Some(at),
            b'"' => at += string_end(&text[at + 1..])?,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn read(text: &str) -> Vec<(String, Option<Value>)> {
        let members = Members::of(text.as_bytes());
        let read = |value| serde_json::from_slice(value).ok();
        let name = |name: Cow<[u8]>| String::from_utf8(name.into_owned()).expect("Unicode");
        members.map(|(key, value)| (name(key), read(value))).collect()
    }

    /// The same as a parser, for texts that are objects.
    #[test]
    fn all_members_of_an_object_are_found() {
        for text in [
            "{}",
            " { } ",
            "\u{feff}{\"a\": 1}",
            r#"{"a":null,"b":true,"c":-1.5e3,"d":"","e":[],"f":{}}"#,
            "{\n\t\"a\" : 1 ,\r\n \"b\" : \"x\" }\n",
            r#"{"a":"}","b":"],","c":"\"","d":"\\","e":"\\\"}"}"#,
            r#"{"a":{"b":[{"c":"]}"},{"d":{}}],"e":"{"},"f":[[[]]]}"#,
            r#"{"\u0061\n\"":1,"ü":"ü","":2}"#,
        ] {
            let expected: serde_json::Map<String, Value> =
                serde_json::from_str(text.trim_start_matches('\u{feff}')).expect("an object");
            let mut found = read(text);
            found.sort_by(|(one, _), (other, _)| one.cmp(other));
            let mut expected: Vec<_> =
                expected.into_iter().map(|(name, value)| (name, Some(value))).collect();
            expected.sort_by(|(one, _), (other, _)| one.cmp(other));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn what_is_before_a_fault_is_found() {
        for (text, names) in [
            ("", ""),
            ("null", ""),
            ("[1]", ""),
            ("\"{\"", ""),
            ("<html>", ""),
            ("{a: 1}", ""),
            (r#"{"a""#, ""),
            (r#"{"a": 1"#, ""),
            (r#"{"a": 1, "b": "x"#, "a"),
            (r#"{"a": 1, "b": [1, 2"#, "a"),
            (r#"{"a": 1, "b": {"c": 2}"#, "a"),
            (r#"{"a": 1, "b": ], "c": 2}"#, "a"),
            (r#"{"a": 1, b}"#, "a"),
            (r#"{"a": 1} {"b": 2}"#, "a"),
            ("{\"a\": 1, \"\u{7f}\\x\": 2}", "a"),
        ] {
            let found: String = read(text).into_iter().map(|(name, _)| name).collect();
            assert_eq!(found, names, "{text}");
        }
        // Names are only compared, so they need not be Unicode.
        let not_unicode = [b"{\"a\": 1, \"".as_slice(), &[0xff], b"\": 2}"].concat();
        assert_eq!(Members::of(&not_unicode).count(), 2);
    }

    #[test]
    fn the_last_member_of_a_name_counts() {
        let text = br#"{"a": 1, "b": {"a": 2}, "\u0061": 3}"#;
        assert_eq!(member(text, "a"), Some(3));
        assert_eq!(member(text, "b"), Some(serde_json::json!({"a": 2})));
        assert_eq!(member::<Value>(text, "c"), None);
        assert_eq!(member::<bool>(text, "a"), None);
        assert_eq!(member(br#"{"a": "x"}"#, "a"), Some("x"));
    }
}
