//! Names and values of headers.

use reqwest::header::{HeaderName, HeaderValue};

/// A header from its strings, or the reason why it is not valid.
pub fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let parsed = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| format!("{name:?} is not a valid header name"))?;
    let value = HeaderValue::from_str(value)
        .map_err(|_| format!("the value of the header `{name}` cannot be sent"))?;
    Ok((parsed, value))
}

/// The parts of a field's value, trimmed. A separator within a quoted string does not separate (RFC 9110, 5.6.4).
pub fn split_unquoted(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    let separates = move |sign: char| {
        quoted ^= sign == '"' && !escaped;
        escaped = quoted && sign == '\\' && !escaped;
        sign == separator && !quoted
    };
    text.split(separates).map(str::trim)
}
