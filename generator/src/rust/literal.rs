//! Strings as literals.

use proc_macro2::Literal;

/// The literal of a string, as [`Literal::string`] makes it, which looks up what Unicode says of each character. Most texts
/// are ASCII, where a few characters are escaped.
pub fn string(text: &str) -> Literal {
    ascii(text).unwrap_or_else(|| Literal::string(text))
}

fn ascii(text: &str) -> Option<Literal> {
    let is_known = |byte: u8| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t');
    text.bytes().all(is_known).then_some(())?;
    let mut written = String::with_capacity(text.len() + text.len() / 8 + 2);
    written.push('"');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| escaped(byte).is_some()) {
        let (plain, special) = rest.split_at(at);
        written.push_str(plain);
        written.push_str(escaped(special.as_bytes()[0])?);
        rest = &special[1..];
    }
    written.push_str(rest);
    written.push('"');
    written.parse().ok()
}

fn escaped(byte: u8) -> Option<&'static str> {
    Some(match byte {
        b'"' => r#"\""#,
        b'\\' => r"\\",
        b'\n' => r"\n",
        b'\r' => r"\r",
        b'\t' => r"\t",
        _ => return None,
    })
}

/// The text that a literal in quotes stands for; `None` if it has escapes other than those that are written here.
pub fn text(literal: &str) -> Option<String> {
    let mut rest = literal.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::with_capacity(rest.len());
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        text.push(match rest.as_bytes().get(at + 1)? {
            b'"' => '"',
            b'\\' => '\\',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            _ => return None,
        });
        rest = &rest[at + 2..];
    }
    text.push_str(rest);
    Some(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert_eq, proptest};

    use super::*;

    #[test]
    fn all_ascii_characters_are_written_as_proc_macro2_does() {
        for text in (0..=127).map(|byte: u8| format!("a{}7", char::from(byte))) {
            assert_eq!(string(&text).to_string(), Literal::string(&text).to_string());
        }
    }

    proptest! {
        #[test]
        fn any_text_is_written_as_proc_macro2_does(text in "[ -~\n\t\r]*|.*") {
            let literal = string(&text).to_string();
            prop_assert_eq!(&literal, &Literal::string(&text).to_string());
            if let Some(read) = super::text(&literal) {
                prop_assert_eq!(read, text);
            }
        }
    }
}
