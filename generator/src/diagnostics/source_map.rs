//! Places in texts: which bytes a JSON pointer stands for, and in which line and column they are.
//!
//! The stages speak of places by [`Pointer`](crate::pointer::Pointer). Where they are in a text is found by readers of
//! their own, which keep the span of every key and value.

use std::ops::Range;

use crate::Source;
use crate::diagnostics::{Location, SpanKind};

mod found;
mod indented;
mod json;
mod lines;
mod source_text;
mod spans;
mod yaml;

#[cfg(test)]
mod tests;

use found::Found;
use lines::Lines;
pub use lines::Position;
pub(crate) use source_text::SourceText;
pub(crate) use yaml::second_document;

/// The texts that diagnostics are about.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

/// A piece of a text.
#[derive(Clone, Copy, Debug)]
pub struct Excerpt<'s> {
    /// The whole text.
    pub text: &'s str,
    /// Where the piece begins, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
    /// Where it begins, for people.
    pub from: Position,
    /// Where it ends, for people: just behind its last character.
    pub to: Position,
}

impl Sources {
    /// These texts; nothing is looked for yet.
    pub fn new(sources: impl IntoIterator<Item = Source>) -> Self {
        Self { files: sources.into_iter().flat_map(texts).collect() }
    }

    /// The texts of a description and its overlays.
    #[must_use]
    pub fn of_description(description: &Source, overlays: &[Source]) -> Self {
        Self::new([description].into_iter().chain(overlays).cloned())
    }

    /// The bytes of a whole value, if it is known where it ends; the end of a block of YAML may be that of what follows.
    #[must_use]
    pub fn whole(&self, place: &Location) -> Option<Range<usize>> {
        let source = self.file(place)?;
        source.text.exact(&place.pointer)
    }

    /// The piece of text that a place means; `None` where its file is none of these.
    ///
    /// A pointer that leads to nothing in the text, because it was made later, stands for the nearest place around it.
    #[must_use]
    pub fn find(&self, place: &Location) -> Option<Excerpt<'_>> {
        let source = self.file(place)?;
        let text = source.text();
        let Range { start, end } = range(source, place);
        let lines = source.text.lines();
        let (from, to) = (lines.position(text, start), lines.position(text, end));
        Some(Excerpt { text, start, end, from, to })
    }

    fn file(&self, place: &Location) -> Option<&Source> {
        self.files.iter().find(|source| source.file == place.file)
    }
}

/// The texts that were written: those of the files of which a text was made, or the text itself.
fn texts(source: Source) -> Vec<Source> {
    let parts = source.parts.texts(&source.file);
    if parts.is_empty() { vec![source] } else { parts }
}

/// Whether a text begins like JSON.
pub(crate) fn looks_like_json(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '['])
}

/// The byte at which a line's column begins, both counted from 1.
pub(crate) fn byte(text: &str, line: usize, column: usize) -> usize {
    Lines::of(text).byte(text, Position { line, column })
}

fn range(source: &Source, place: &Location) -> Range<usize> {
    let text = source.text();
    if let SpanKind::Byte(byte) = place.spot {
        return one_character(text, byte);
    }
    let found = source.text.find(&place.pointer);
    let start = found.value.start;
    match place.spot {
        SpanKind::Key => found.key,
        SpanKind::Again(times) => found.key_again(times),
        SpanKind::Byte(_) | SpanKind::Value => value(text, found),
    }
    .unwrap_or_else(|| one_character(text, start))
}

/// A value that fits in a line, else its key.
fn value(text: &str, found: Found) -> Option<Range<usize>> {
    let fits = |range: &Range<usize>| {
        let value = text.get(range.clone()).unwrap_or_default();
        !value.is_empty() && !value.contains(['\n', '\r'])
    };
    found.scalar().filter(fits).or(found.key)
}

/// The character at a byte; nothing at the text's end.
fn one_character(text: &str, byte: usize) -> Range<usize> {
    let mut start = byte.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let next = text.get(start..).and_then(|rest| rest.chars().next());
    start..start + next.filter(|next| *next != '\n').map_or(0, char::len_utf8)
}
