//! Percent-encoding of paths, queries and cookies (RFC 3986, 2.1).

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// All characters but the unreserved ones (RFC 3986, 2.3).
pub const RESERVED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The characters that the value of a cookie cannot have (RFC 6265, 4.1.1).
const NOT_IN_COOKIES: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b',').add(b';').add(b'\\');

/// Encodes a segment of a path, or a name or a value of a query: `a/b c` → `a%2Fb%20c`.
pub fn component(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// The characters of a value that would change a query around it, or cannot be in one (RFC 3986, 3.4).
const NOT_IN_QUERIES: &AsciiSet = &RESERVED
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b'/')
    .remove(b':')
    .remove(b';')
    .remove(b'=')
    .remove(b'?')
    .remove(b'@');

/// Encodes a value of a query but for the reserved characters that can be in one, and for what separates items.
pub fn reserved(text: &str, by: &str) -> String {
    let parts: Vec<String> = match by {
        "" => vec![utf8_percent_encode(text, NOT_IN_QUERIES).to_string()],
        by => text.split(by).map(|part| reserved(part, "")).collect(),
    };
    parts.join(&component(by))
}

/// Encodes a value of a cookie. What can be in a cookie is not changed: `a=b c` → `a=b%20c`.
pub fn cookie(text: &str) -> String {
    utf8_percent_encode(text, NOT_IN_COOKIES).to_string()
}
