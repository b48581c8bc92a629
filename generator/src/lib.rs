#![doc = include_str!("../README.md")]
//! # The library
//!
//! [`Generator`] runs all stages: bytes in, bytes out, and the disk is not touched.

pub mod analysis;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diagnostics;
mod generator;
pub mod kept_names;
pub mod member_rule;
mod parallel;
pub mod pipeline;
pub mod pointer;
pub mod rust;
pub mod selection;

pub use generator::{Generator, Options, TagFeatures, write_crate};

use diagnostics::source_map::SourceText;
use pipeline::load;
use pointer::Pointer;

/// A text and the name under which diagnostics speak of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file's path, as the caller wrote it.
    pub file: String,
    text: SourceText,
    /// The files of which the text was made, where it was made of several.
    pub parts: load::SourceFiles,
}

impl Source {
    /// The text of a single file.
    pub fn new(file: impl Into<String>, text: impl Into<String>) -> Self {
        let text = SourceText::new(text.into());
        Self { file: file.into(), text, parts: load::SourceFiles::default() }
    }

    /// The file's text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.text.as_str()
    }

    /// Whether something stands at a place of the text.
    fn has(&self, at: &Pointer) -> bool {
        self.text.exact(at).is_some()
    }
}

/// A generated crate: its files in the order in which a reader would open them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crate {
    /// The files.
    pub files: Vec<File>,
}

/// A generated file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path below the crate's folder, with `/` between the parts.
    pub path: String,
    /// Its whole text.
    pub text: String,
}
