//! A text, and what is known of its places once somebody asked.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::found::Found;
use super::lines::Lines;
use super::spans::Spans;
use super::{json, looks_like_json, yaml};
use crate::pointer::Pointer;

/// The text of a [`Source`](crate::Source). All copies share its lines and its spans, so that it is read for its places once.
#[derive(Clone, Debug)]
pub(crate) struct SourceText(Arc<Known>);

#[derive(Debug)]
struct Known {
    text: String,
    lines: OnceLock<Lines>,
    reading: OnceLock<Reading>,
}

/// The places of a text, by its syntax.
#[derive(Debug)]
enum Reading {
    Json(json::Document),
    Yaml(Spans),
}

impl PartialEq for SourceText {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for SourceText {}

impl SourceText {
    pub(crate) fn new(text: String) -> Self {
        Self(Arc::new(Known { text, lines: OnceLock::new(), reading: OnceLock::new() }))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0.text
    }

    /// Its lines.
    pub(super) fn lines(&self) -> &Lines {
        self.0.lines.get_or_init(|| Lines::of(self.as_str()))
    }

    /// What stands at a pointer, or around it.
    pub(super) fn find(&self, pointer: &Pointer) -> Found {
        match self.reading() {
            Reading::Json(document) => document.find(self.as_str(), pointer),
            Reading::Yaml(spans) => spans.find(pointer),
        }
    }

    /// The span of the value at a pointer; `None` if there is none.
    pub(crate) fn exact(&self, pointer: &Pointer) -> Option<Range<usize>> {
        match self.reading() {
            Reading::Json(document) => document.exact(self.as_str(), pointer),
            Reading::Yaml(spans) => spans.exact(pointer),
        }
    }

    /// Reads it for its places before somebody asks.
    pub(crate) fn prepare(&self) {
        self.reading();
    }

    fn reading(&self) -> &Reading {
        let text = self.as_str();
        self.0.reading.get_or_init(|| {
            let json = looks_like_json(text).then(|| json::Document::new(text)).flatten();
            json.map_or_else(|| Reading::Yaml(yaml::spans(text)), Reading::Json)
        })
    }
}
