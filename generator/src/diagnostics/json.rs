//! Diagnostics for editors and CI: one JSON object a line.

use serde::Serialize;

use super::draw::{Style, draw};
use super::{Diagnostic, Location};
use crate::diagnostics::source_map::{Position, Sources};

/// A diagnostic as a machine reads it.
#[derive(Serialize)]
struct Message<'d> {
    severity: &'static str,
    code: &'static str,
    message: &'d str,
    #[serde(flatten)]
    place: LocationJson<'d>,
    #[serde(skip_serializing_if = "Option::is_none")]
    related: Option<Related<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'d str>,
    /// As [`draw`] shows it to people.
    rendered: String,
}

/// A further place, and what it has to do with the diagnostic.
#[derive(Serialize)]
struct Related<'d> {
    message: &'d str,
    #[serde(flatten)]
    place: LocationJson<'d>,
}

/// A file, a JSON pointer, and where that is: lines and columns from 1 in characters, bytes from 0.
#[derive(Serialize)]
struct LocationJson<'d> {
    file: &'d str,
    pointer: &'d str,
    #[serde(flatten)]
    span: Option<Span>,
}

#[derive(Serialize)]
struct Span {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    byte_start: usize,
    byte_end: usize,
}

/// ```json
/// {"severity":"error","code":"syntax","message":"…","file":"a.yaml","pointer":"/a","line":1,"column":4,…}
/// ```
#[must_use]
pub fn line(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let related = diagnostic.related.as_ref();
    let message = Message {
        severity: diagnostic.severity().as_str(),
        code: diagnostic.code.as_str(),
        message: &diagnostic.message,
        place: location(&diagnostic.place, sources),
        related: related
            .map(|(place, how)| Related { message: how, place: location(place, sources) }),
        help: diagnostic.help.as_deref(),
        rendered: draw(diagnostic, sources, Style::Plain),
    };
    // Texts and numbers only: serde_json can write all of them.
    serde_json::to_string(&message).unwrap_or_default()
}

fn location<'d>(place: &'d Location, sources: &Sources) -> LocationJson<'d> {
    let span = sources.find(place).map(|excerpt| {
        let Position { line, column } = excerpt.from;
        let Position { line: end_line, column: end_column } = excerpt.to;
        let (byte_start, byte_end) = (excerpt.start, excerpt.end);
        Span { line, column, end_line, end_column, byte_start, byte_end }
    });
    LocationJson { file: &place.file, pointer: place.pointer.as_str(), span }
}
