//! What is known of the places of one text, once somebody asked.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::found::Found;
use super::lines::Lines;
use super::spans::Spans;
use super::{json, looks_like_json, yaml};
use crate::pointer::Pointer;

/// The lines and the spans of a text. All copies of its [`Source`](crate::Source) share them, so that it is read for its
/// places once.
#[derive(Clone, Debug, Default)]
pub(crate) struct TextSpans(Arc<Known>);

#[derive(Debug, Default)]
struct Known {
    lines: OnceLock<Lines>,
    reading: OnceLock<Reading>,
}

/// The places of a text, by its syntax.
#[derive(Debug)]
enum Reading {
    Json(json::Document),
    Yaml(Spans),
}

/// They say nothing that their text does not.
impl PartialEq for TextSpans {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for TextSpans {}

impl TextSpans {
    /// The lines of the text.
    pub(super) fn lines(&self, text: &str) -> &Lines {
        self.0.lines.get_or_init(|| Lines::of(text))
    }

    /// What stands at a pointer of the text, or around it.
    pub(super) fn find(&self, text: &str, pointer: &Pointer) -> Found {
        match self.reading(text) {
            Reading::Json(document) => document.find(text, pointer),
            Reading::Yaml(spans) => spans.find(pointer),
        }
    }

    /// The span of the value at a pointer of the text; `None` if there is none.
    pub(crate) fn exact(&self, text: &str, pointer: &Pointer) -> Option<Range<usize>> {
        match self.reading(text) {
            Reading::Json(document) => document.exact(text, pointer),
            Reading::Yaml(spans) => spans.exact(pointer),
        }
    }

    /// Reads the text for its places before somebody asks.
    pub(crate) fn prepare(&self, text: &str) {
        self.reading(text);
    }

    fn reading(&self, text: &str) -> &Reading {
        self.0.reading.get_or_init(|| {
            let json = looks_like_json(text).then(|| json::Document::new(text)).flatten();
            json.map_or_else(|| Reading::Yaml(yaml::spans(text)), Reading::Json)
        })
    }
}
