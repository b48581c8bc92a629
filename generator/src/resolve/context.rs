//! What the parts of this stage share: the file's name and the complaints found so far.

use openapiv3::ReferenceOr;

use crate::catalogue::Code;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::pointer::Pointer;

/// The file's name and the complaints found so far.
#[derive(Debug)]
pub struct Context {
    pub file: String,
    pub found: Diagnostics,
}

impl Context {
    pub fn new(file: String) -> Self {
        Self { file, found: Diagnostics::default() }
    }

    pub fn error(&mut self, code: Code, at: &Pointer, message: impl Into<String>) {
        let place = Place::new(&self.file, at.clone());
        self.found.push(Diagnostic::new(code, place, message));
    }

    pub fn warning(&mut self, code: Code, at: &Pointer, message: impl Into<String>) {
        let place = Place::new(&self.file, at.clone());
        self.found.push(Diagnostic::new(code, place, message));
    }

    pub fn dangling(&mut self, at: &Pointer, reference: &str) {
        self.error(Code::DanglingReference, at, format!("nothing is at `{reference}`"));
    }
}

/// Where the schema stands that fills a place; after normalization there is a reference in
/// every place of a schema.
pub fn target<T>(place: &ReferenceOr<T>) -> Option<Pointer> {
    match place {
        ReferenceOr::Reference { reference } => Pointer::parse(reference),
        ReferenceOr::Item(_) => None,
    }
}
