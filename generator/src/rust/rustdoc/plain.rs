//! Texts that mean the same to everybody: words and punctuation that Markdown has no meaning for.
//!
//! Most texts of descriptions are of this kind, so they need not be parsed and written anew.

use super::wrap::{WIDTH, may_start_line};

/// The doc lines of such a text.
pub(super) fn lines(text: &str) -> Option<Vec<String>> {
    is_plain(text).then(|| wrapped(text))
}

/// Whether a text is one paragraph of such words.
pub(super) fn is_plain(text: &str) -> bool {
    // What begins with a letter is no mark of a block, and what ends with a space may be a line break.
    let is_of_paragraph =
        |line: &str| line.starts_with(|it: char| it.is_ascii_alphabetic()) && !line.ends_with(' ');
    !text.is_empty()
        && text.lines().all(is_of_paragraph)
        && (0..text.len()).all(|at| is_inert(text.as_bytes(), at))
        && !text.contains("://")
}

fn is_inert(text: &[u8], at: usize) -> bool {
    let is_in_word =
        |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(u8::is_ascii_alphanumeric);
    match text[at] {
        // Between letters it is no emphasis.
        b'_' => is_in_word(at.checked_sub(1)) && is_in_word(at.checked_add(1)),
        byte => byte.is_ascii_alphanumeric() || b" \n.,:;'\"()?/%=+-@".contains(&byte),
    }
}

/// The words in lines, broken as [`wrap`](super::wrap) breaks a paragraph.
fn wrapped(text: &str) -> Vec<String> {
    let (mut lines, mut column) = (vec![String::new()], 0);
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        // An underscore counts as one that is escaped.
        let width = word.len() + word.matches('_').count();
        let is_full = column + 1 + width > WIDTH;
        match lines.last_mut() {
            Some(line) if column == 0 => line.push_str(word),
            Some(line) if !is_full || !may_start_line(word) => {
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
    lines
}
