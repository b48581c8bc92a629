//! Places in texts: which bytes a JSON pointer stands for, and in which line and column they are.
//!
//! The stages speak of places by [`Pointer`](crate::pointer::Pointer). Only when there is something
//! to show is a text read once more, by readers that keep the span of every key and value.

use std::cell::OnceCell;
use std::ops::Range;

use crate::Source;
use crate::diagnostics::{Location, SpanKind};

mod found;
mod indented;
mod json;
mod lines;
mod spans;
mod yaml;

#[cfg(test)]
mod tests;

use found::Found;
use lines::Lines;
pub use lines::Position;
use spans::Spans;
pub(crate) use yaml::second_document;

/// The texts that diagnostics are about.
#[derive(Debug, Default)]
pub struct Sources {
    sheets: Vec<SourceFile>,
}

/// A text, and what is known of its lines and its places once somebody asked.
#[derive(Debug)]
struct SourceFile {
    source: Source,
    lines: OnceCell<Lines>,
    reading: OnceCell<Reading>,
}

/// The places of a text, by its syntax.
#[derive(Debug)]
enum Reading {
    Json(json::Document),
    Yaml(Spans),
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
        let sheet =
            |source| SourceFile { source, lines: OnceCell::new(), reading: OnceCell::new() };
        Self { sheets: sources.into_iter().flat_map(texts).map(sheet).collect() }
    }

    /// The texts of a description and its overlays.
    #[must_use]
    pub fn of_description(description: &Source, overlays: &[Source]) -> Self {
        Self::new([description].into_iter().chain(overlays).cloned())
    }

    /// The bytes of a whole value, if it is known where it ends; the end of a block of YAML may be that of what follows.
    #[must_use]
    pub fn whole(&self, place: &Location) -> Option<Range<usize>> {
        let sheet = self.sheets.iter().find(|sheet| sheet.source.file == place.file)?;
        match sheet.reading() {
            Reading::Json(document) => document.exact(&sheet.source.text, &place.pointer),
            Reading::Yaml(spans) => spans.exact(&place.pointer),
        }
    }

    /// The piece of text that a place means; `None` where its file is none of these.
    ///
    /// A pointer that leads to nothing in the text, because it was made later, stands for the nearest place around it.
    #[must_use]
    pub fn find(&self, place: &Location) -> Option<Excerpt<'_>> {
        let sheet = self.sheets.iter().find(|sheet| sheet.source.file == place.file)?;
        let text = &*sheet.source.text;
        let Range { start, end } = sheet.range(place);
        let lines = sheet.lines.get_or_init(|| Lines::of(text));
        let (from, to) = (lines.position(text, start), lines.position(text, end));
        Some(Excerpt { text, start, end, from, to })
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

impl SourceFile {
    fn range(&self, place: &Location) -> Range<usize> {
        let text = &*self.source.text;
        if let SpanKind::Byte(byte) = place.spot {
            return one_character(text, byte);
        }
        let found = match self.reading() {
            Reading::Json(document) => document.find(text, &place.pointer),
            Reading::Yaml(spans) => spans.find(&place.pointer),
        };
        let start = found.value.start;
        match place.spot {
            SpanKind::Key => found.key,
            SpanKind::Again(times) => found.key_again(times),
            SpanKind::Byte(_) | SpanKind::Value => value(text, found),
        }
        .unwrap_or_else(|| one_character(text, start))
    }

    fn reading(&self) -> &Reading {
        let text = &*self.source.text;
        self.reading.get_or_init(|| {
            let json = looks_like_json(text).then(|| json::Document::new(text)).flatten();
            json.map_or_else(|| Reading::Yaml(yaml::spans(text)), Reading::Json)
        })
    }
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
