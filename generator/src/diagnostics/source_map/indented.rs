//! A text with more indentation where YAML needs it, and the reader of descriptions does not.
//!
//! YAML wants what stands in brackets or quotes further in than the key before it (YAML 1.2.2, 7.4), and many do not write a
//! closing bracket so:
//!
//! ```yaml
//! example: {
//!   a: 1
//! }
//! ```

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashSet;

use super::lines::{Lines, Position, forward};

/// Further in than anything that is written.
const INDENTATION: usize = 256;

/// As many lines are indented one by one, each of which costs a reading of the whole text.
const MOST_LINES: usize = 64;

/// As many bytes are read again in all.
const MOST_BYTES: usize = 1 << 25;

/// A text of which some lines are indented.
pub(super) struct Indented<'t> {
    original: &'t str,
    lines: Lines,
    text: Cow<'t, str>,
    /// The numbers of the lines that are indented.
    indented: HashSet<usize>,
    /// How often lines were indented.
    tries: usize,
    /// The place that was asked for last, and its byte: a line may have megabytes, so places further on in it are counted
    /// from there.
    last: Cell<Option<(Position, usize)>>,
}

impl<'t> Indented<'t> {
    /// A text as it is.
    pub(super) fn new(original: &'t str) -> Self {
        let (lines, text) = (Lines::of(original), original.into());
        Self { original, lines, text, indented: HashSet::new(), tries: 0, last: Cell::new(None) }
    }

    pub(super) fn original(&self) -> &'t str {
        self.original
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The next line that is not indented.
    pub(super) fn next_line(&self, line: usize) -> usize {
        (line + 1..).find(|line| !self.indented.contains(line)).unwrap_or(line)
    }

    /// Indents a line, and at first all that begin with a closing bracket; `false` if that would be no help.
    pub(super) fn indent(&mut self, line: usize) -> bool {
        self.tries += 1;
        if self.tries > MOST_LINES || self.tries * self.original.len() > MOST_BYTES {
            return false;
        }
        let numbered = || self.lines.texts(self.original).zip(1..);
        let is_new = self.indented.insert(line);
        if self.tries == 1 {
            let closing = numbered().filter(|(text, _)| text.trim_start().starts_with(['}', ']']));
            self.indented.extend(closing.map(|(_, number)| number));
        }
        let indentation = " ".repeat(INDENTATION);
        let before =
            |number| if self.indented.contains(&number) { indentation.as_str() } else { "" };
        let indented = numbered().flat_map(|(text, number)| [before(number), text]);
        self.text = indented.collect::<String>().into();
        is_new
    }

    /// The byte in the original text of a place in the indented text.
    pub(super) fn byte(&self, Position { line, column }: Position) -> usize {
        let before = if self.indented.contains(&line) { INDENTATION } else { 0 };
        let at = Position { line, column: column.saturating_sub(before).max(1) };
        let last =
            self.last.get().filter(|(last, _)| last.line == line && last.column <= at.column);
        let byte = match last {
            Some((last, byte)) => forward(self.original, byte, at.column - last.column),
            None => self.lines.byte(self.original, at),
        };
        self.last.set(Some((at, byte)));
        byte
    }
}
