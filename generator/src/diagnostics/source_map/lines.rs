//! Lines and columns of a text.

use std::fmt;

/// A place as people count: from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// `12:5`
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// The bytes at which lines begin; a line ends with LF, CR LF or CR (YAML 1.2.2, 5.4).
#[derive(Debug)]
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let is_end = |at: &usize| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
        let starts = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(is_end).map(|at| at + 1);
        Self(std::iter::once(0).chain(starts).collect())
    }

    /// The line and column of a byte.
    pub(super) fn position(&self, text: &str, byte: usize) -> Position {
        let line = self.0.partition_point(|start| *start <= byte);
        let start = self.start(line);
        let before = text.get(start..byte).unwrap_or_default().trim_start_matches('\u{feff}');
        Position { line, column: before.chars().count() + 1 }
    }

    /// The byte of a line's column; the text's end where there is no such line.
    pub(super) fn byte(&self, text: &str, Position { line, column }: Position) -> usize {
        let start = self.0.get(line.wrapping_sub(1)).copied().unwrap_or(text.len());
        let rest = text.get(start..).unwrap_or_default();
        let mark = if rest.starts_with('\u{feff}') { 1 } else { 0 };
        forward(text, start, column.saturating_sub(1) + mark)
    }

    /// The texts of the lines, with their ends.
    pub(super) fn texts<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        let ends = self.0.iter().skip(1).copied().chain([text.len()]);
        self.0.iter().zip(ends).map(|(start, end)| text.get(*start..end).unwrap_or_default())
    }

    fn start(&self, line: usize) -> usize {
        self.0.get(line.wrapping_sub(1)).copied().unwrap_or_default()
    }
}

/// The byte that is so many characters behind another one; the text's end where there are not as many.
pub(super) fn forward(text: &str, byte: usize, characters: usize) -> usize {
    let rest = text.get(byte..).unwrap_or_default();
    // ASCII, the common case, needs no decoding.
    match rest.as_bytes().get(..characters) {
        Some(between) if between.is_ascii() => byte + characters,
        _ => rest.char_indices().nth(characters).map_or(text.len(), |(at, _)| byte + at),
    }
}
