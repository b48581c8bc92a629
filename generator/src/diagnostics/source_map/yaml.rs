//! The spans of YAML, by `saphyr-parser`, whose events have them.

use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};

use super::indented::Indented;
use super::lines::{Lines, Position};
use super::spans::{Builder, Spans};

/// The spans of a text's first document, as far as it can be read.
pub(super) fn spans(text: &str) -> Spans {
    let mut indented = Indented::new(text);
    loop {
        let (spans, fault) = read(&indented);
        if !fault.is_some_and(|line| indented.indent(line)) {
            return spans;
        }
    }
}

/// The spans of a text's first document up to the first fault, and the line that is at fault.
fn read(indented: &Indented) -> (Spans, Option<usize>) {
    let mut reader = Reader { indented, builder: Builder::new(), anchors: HashMap::new() };
    for event in Parser::new_from_str(indented.text().trim_start_matches('\u{feff}')) {
        match event {
            Ok((Event::DocumentEnd, _)) => break,
            Ok((event, span)) => reader.take(&event, &span),
            Err(why) => {
                let line = why.marker().line();
                // Of a text in quotes, the marker is at its beginning.
                let is_behind = why.info() == "invalid indentation in quoted scalar";
                let line = if is_behind { indented.next_line(line) } else { line };
                return (reader.builder.finish(), Some(line));
            }
        }
    }
    (reader.builder.finish(), None)
}

/// Where the second document of a text begins.
pub(crate) fn second_document(text: &str) -> Option<usize> {
    let events = Parser::new_from_str(text.trim_start_matches('\u{feff}')).map_while(Result::ok);
    let mut starts = events.filter(|(event, _)| matches!(event, Event::DocumentStart(_)));
    starts.nth(1).map(|(_, span)| Lines::of(text).byte(text, position(&span.start)))
}

struct Reader<'t> {
    indented: &'t Indented<'t>,
    builder: Builder,
    /// The numbers of the objects and lists that have anchors.
    anchors: HashMap<usize, u32>,
}

impl Reader<'_> {
    fn take(&mut self, event: &Event, span: &Span) {
        let range = self.range(span);
        match event {
            Event::Scalar(value, style, ..) => {
                let range = self.without_space(range, *style);
                self.builder.scalar(value, range);
            }
            Event::MappingStart(anchor, _) => {
                let node = self.builder.object(range.start);
                self.anchors.insert(*anchor, node);
            }
            Event::SequenceStart(anchor, _) => {
                let node = self.builder.list(range.start);
                self.anchors.insert(*anchor, node);
            }
            Event::MappingEnd | Event::SequenceEnd => self.builder.close(range.end),
            Event::Alias(anchor) => {
                let node = self.anchors.get(anchor).copied();
                self.builder.alias(range, node);
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd => {}
            Event::DocumentStart(_) | Event::DocumentEnd => {}
        }
    }

    fn range(&self, span: &Span) -> Range<usize> {
        let start = self.indented.byte(position(&span.start));
        start..self.indented.byte(position(&span.end)).max(start)
    }

    /// A plain scalar's span may reach over the space behind it.
    fn without_space(&self, range: Range<usize>, style: ScalarStyle) -> Range<usize> {
        let value = self.indented.original().get(range.clone()).unwrap_or_default();
        match style {
            ScalarStyle::Plain => range.start..range.start + value.trim_end().len(),
            _ => range,
        }
    }
}

fn position(marker: &Marker) -> Position {
    Position { line: marker.line(), column: marker.col() + 1 }
}
