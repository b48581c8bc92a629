//! Texts that mean the same to everybody: words and punctuation that Markdown has no meaning for.
//!
//! Most texts of descriptions are of this kind, so they need not be parsed and written anew.

use super::wrap::{WIDTH, may_start_line};

/// The doc lines of such a text.
pub(super) fn lines(text: &str) -> Option<Vec<String>> {
    let mut lines = Vec::new();
    for paragraph in text.trim_matches('\n').split("\n\n").map(|it| it.trim_start_matches('\n')) {
        is_plain(paragraph).then_some(())?;
        if !lines.is_empty() {
            lines.push(String::new());
        }
        wrap(paragraph, &mut lines);
    }
    Some(lines)
}

/// Whether a text is one paragraph of such words.
pub(super) fn is_plain(text: &str) -> bool {
    // What begins with a letter is no mark of a block, and what ends with a space may be a line break.
    let is_of_paragraph = |line: &str| {
        line.starts_with(|it: char| it.is_ascii_alphabetic() || it == '`') && !line.ends_with(' ')
    };
    !text.is_empty()
        && text.lines().all(is_of_paragraph)
        && words(text).all(|word| prose_width(word).is_some())
        && !text.contains("://")
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '\n']).filter(|word| !word.is_empty())
}

/// How many columns a word needs; `None` if it has a meaning for Markdown beyond that of code: `` (`page_size`), ``
fn prose_width(word: &str) -> Option<usize> {
    if word.bytes().all(|byte| INERT[usize::from(byte)]) {
        return Some(word.len());
    }
    let mut width = 0;
    for (index, part) in word.split('`').enumerate() {
        let is_code = index % 2 == 1;
        let is_known = match is_code {
            true => !part.is_empty() && part.bytes().all(is_of_code),
            false => {
                // What follows code is looked at as the beginning of a line is.
                (index == 0 || part.is_empty() || part.starts_with(may_follow_code))
                    && (0..part.len()).all(|at| is_inert(part.as_bytes(), at))
            }
        };
        is_known.then_some(())?;
        // An underscore counts as one that is escaped.
        let escapes = if is_code { 2 } else { part.matches('_').count() };
        width += part.len() + escapes;
    }
    // Several backticks beside each other are another mark.
    let is_closed = word.matches('`').count().is_multiple_of(2);
    (is_closed && !word.contains("``")).then_some(width)
}

fn may_follow_code(letter: char) -> bool {
    letter.is_ascii_alphabetic() || ".,;:?)'\"/".contains(letter)
}

fn is_of_code(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-.:/".contains(&byte)
}

/// Whether a byte has no meaning for Markdown where it is.
const INERT: [bool; 256] = {
    let mut inert = [false; 256];
    let signs = b".,:;'\"()?/%=+-@";
    let mut at = 0;
    while at < 256 {
        inert[at] = (at as u8).is_ascii_alphanumeric();
        at += 1;
    }
    at = 0;
    while at < signs.len() {
        inert[signs[at] as usize] = true;
        at += 1;
    }
    inert
};

fn is_inert(text: &[u8], at: usize) -> bool {
    let is_in_word =
        |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(u8::is_ascii_alphanumeric);
    match text[at] {
        // Between letters it is no emphasis.
        b'_' => is_in_word(at.checked_sub(1)) && is_in_word(at.checked_add(1)),
        byte => INERT[usize::from(byte)],
    }
}

/// Adds the words in lines, broken as [`wrap`](super::wrap) breaks a paragraph.
fn wrap(paragraph: &str, lines: &mut Vec<String>) {
    lines.push(String::new());
    let mut column = 0;
    for word in words(paragraph) {
        let width = prose_width(word).unwrap_or(word.len());
        let is_full = column + 1 + width > WIDTH;
        let may_start_line = word.starts_with('`') || may_start_line(word);
        match lines.last_mut() {
            Some(line) if column == 0 => line.push_str(word),
            Some(line) if !is_full || !may_start_line => {
                line.push(' ');
                line.push_str(word);
                column += 1;
            }
            _ => {
                lines.push(word.to_owned());
                column = 0;
            }
        }
        column += width;
    }
}
