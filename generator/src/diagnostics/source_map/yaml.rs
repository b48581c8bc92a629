//! The spans of YAML, by `saphyr-parser`, whose events have them.

use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};

use super::lines::{Lines, Position};
use super::spans::{Builder, Spans};

/// The spans of a text's first document, as far as it can be read.
pub(super) fn spans(text: &str) -> Spans {
    let mut reader =
        Reader { text, lines: Lines::of(text), builder: Builder::new(), anchors: HashMap::new() };
    let events = Parser::new_from_str(text.trim_start_matches('\u{feff}'));
    for (event, span) in events.map_while(Result::ok) {
        if matches!(event, Event::DocumentEnd) {
            break;
        }
        reader.take(&event, &span);
    }
    reader.builder.finish()
}

/// Where the second document of a text begins.
pub(crate) fn second_document(text: &str) -> Option<usize> {
    let events = Parser::new_from_str(text.trim_start_matches('\u{feff}')).map_while(Result::ok);
    let mut starts = events.filter(|(event, _)| matches!(event, Event::DocumentStart(_)));
    starts.nth(1).map(|(_, span)| byte(text, &Lines::of(text), &span.start))
}

struct Reader<'t> {
    text: &'t str,
    lines: Lines,
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
        let start = byte(self.text, &self.lines, &span.start);
        start..byte(self.text, &self.lines, &span.end).max(start)
    }

    /// A plain scalar's span may reach over the space behind it.
    fn without_space(&self, range: Range<usize>, style: ScalarStyle) -> Range<usize> {
        let value = self.text.get(range.clone()).unwrap_or_default();
        match style {
            ScalarStyle::Plain => range.start..range.start + value.trim_end().len(),
            _ => range,
        }
    }
}

fn byte(text: &str, lines: &Lines, marker: &Marker) -> usize {
    lines.byte(text, Position { line: marker.line(), column: marker.col() + 1 })
}
