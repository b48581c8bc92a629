//! Texts in a URL, a header or a cookie, encoded.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

/// All but the unreserved characters (RFC 3986, 2.3).
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// What stays if reserved characters stay, without those that would end the value.
const RESERVED: &AsciiSet = &COMPONENT
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');
/// What a cookie cannot have (RFC 6265, 4.1.1).
const COOKIE: &AsciiSet =
    &percent_encoding::CONTROLS.add(b' ').add(b'"').add(b',').add(b';').add(b'\\');

/// A text as it is, and any other value as JSON text.
pub fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A segment of a path, or a name or a value of a query.
pub fn component(text: &str) -> String {
    utf8_percent_encode(text, COMPONENT).to_string()
}

/// A value of a query with its reserved characters.
pub fn reserved(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// The value of a cookie. What can be in a cookie is not changed.
pub fn cookie(text: &str) -> String {
    utf8_percent_encode(text, COOKIE).to_string()
}

/// A name without a value has no `=` (RFC 6570, 3.2.7).
pub fn prefixed(prefix: &str, item: &str) -> String {
    match item {
        "" => prefix.trim_end_matches('=').to_owned(),
        item => format!("{prefix}{item}"),
    }
}

/// A pair for each member, or for each item of a member that is a list.
pub fn fields(members: &Map<String, Value>) -> Vec<String> {
    let mut pairs = Vec::new();
    for (name, value) in members {
        let name = component(name);
        match value {
            Value::Null => {}
            Value::Array(items) => {
                pairs.extend(items.iter().map(|item| format!("{name}={}", component(&text(item)))));
            }
            other => pairs.push(format!("{name}={}", component(&text(other)))),
        }
    }
    pairs
}

/// `a: {b: 1, c: [2, 3]}` → `a[b]=1`, `a[c][]=2`, `a[c][]=3`; items that are objects are numbered, so that their members
/// stay together.
pub fn deep(name: &str, value: &Value, pairs: &mut Vec<String>) {
    match value {
        Value::Null => {}
        Value::Object(members) => {
            members.iter().for_each(|(key, value)| deep(&format!("{name}[{key}]"), value, pairs));
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let name = match item {
                    Value::Object(_) | Value::Array(_) => format!("{name}[{index}]"),
                    _ => format!("{name}[]"),
                };
                deep(&name, item, pairs);
            }
        }
        scalar => pairs.push(format!("{}={}", component(name), component(&text(scalar)))),
    }
}

/// Whether a text has a comma outside of quotes.
pub fn has_bare_comma(text: &str) -> bool {
    text.split('"').step_by(2).any(|part| part.contains(','))
}
