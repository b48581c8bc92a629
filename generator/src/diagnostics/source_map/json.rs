//! The spans of JSON (RFC 8259).

use std::borrow::Cow;
use std::ops::Range;

use super::spans::{Builder, Spans};

/// The spans of a text; `None` where it is not JSON.
pub(super) fn spans(text: &str) -> Option<Spans> {
    let mut builder = Builder::new();
    let mut rest = Rest { text, at: text.len() - text.trim_start_matches('\u{feff}').len() };
    while let Some((start, character)) = rest.token() {
        match character {
            b'{' => drop(builder.object(start)),
            b'[' => drop(builder.list(start)),
            b'}' | b']' => builder.close(rest.at),
            b':' | b',' => {}
            b'"' => {
                let span = rest.string(start)?;
                // Only a key is looked up, so only a key is decoded.
                let key = builder.wants_key().then(|| decoded(text.get(span.clone())?));
                builder.scalar(&key.unwrap_or(Some(Cow::Borrowed("")))?, span);
            }
            _ if builder.wants_key() => return None,
            _ => builder.scalar("", rest.word(start)?),
        }
    }
    Some(builder.finish())
}

/// The text of a string, which is copied only if it has escapes.
fn decoded(string: &str) -> Option<Cow<'_, str>> {
    let is_plain = string.bytes().all(|byte| byte >= b' ' && byte != b'\\');
    match is_plain {
        true => string.get(1..string.len() - 1).map(Cow::Borrowed),
        false => serde_json::from_str(string).map(Cow::Owned).ok(),
    }
}

/// What was not read yet.
struct Rest<'t> {
    text: &'t str,
    at: usize,
}

impl Rest<'_> {
    /// The next byte that is no space, and where it stands.
    fn token(&mut self) -> Option<(usize, u8)> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let skipped = rest.iter().position(|byte| !b" \t\r\n".contains(byte))?;
        let start = self.at + skipped;
        self.at = start + 1;
        Some((start, *rest.get(skipped)?))
    }

    /// The rest of a string whose first quote was read.
    fn string(&mut self, start: usize) -> Option<Range<usize>> {
        let bytes = self.text.as_bytes();
        loop {
            self.at += memchr::memchr2(b'"', b'\\', bytes.get(self.at..)?)?;
            match bytes.get(self.at)? {
                b'\\' => self.at += 2,
                _ => {
                    self.at += 1;
                    return Some(start..self.at);
                }
            }
        }
    }

    /// The rest of a number, `true`, `false` or `null`.
    fn word(&mut self, start: usize) -> Option<Range<usize>> {
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
        let rest = self.text.as_bytes().get(start..)?;
        let length = rest.iter().position(|byte| !is_word(byte)).unwrap_or(rest.len());
        self.at = start + length;
        (length > 0).then_some(start..self.at)
    }
}
