//! The source mapping and the diagnostics that the parts of this stage share.

use openapiv3::ReferenceOr;

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::pipeline::normalize::SourceMapping;
use crate::pointer::Pointer;

/// The source mapping, and the diagnostics found so far.
#[derive(Debug)]
pub struct Context {
    pub origins: SourceMapping,
    /// Whether the stage before left nothing out.
    pub is_whole: bool,
    pub found: Diagnostics,
    /// How many variants were made for unions within an `allOf`.
    pub joined: usize,
    /// Whether unions within an `allOf` are not distributed any further.
    pub last_round: bool,
}

impl Context {
    pub fn new(origins: SourceMapping, is_whole: bool) -> Self {
        Self { origins, is_whole, found: Diagnostics::default(), joined: 0, last_round: false }
    }

    pub fn report(&mut self, code: DiagnosticCode, at: &Pointer, message: impl Into<String>) {
        self.found.push(Diagnostic::new(code, self.origins.place(at), message));
    }

    pub fn report_with_help(
        &mut self,
        code: DiagnosticCode,
        at: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.found.push(Diagnostic::new(code, self.origins.place(at), message).help(help));
    }

    /// Normalization has checked that every reference leads somewhere, and reported what it could not read.
    pub fn dangling(&mut self, at: &Pointer, reference: &str) {
        if self.is_whole {
            self.report(
                DiagnosticCode::DanglingReference,
                at,
                format!("nothing is at `{reference}`"),
            );
        }
    }
}

/// The location of the schema in a place; after normalization there is a reference in every
/// place of a schema.
pub fn target<T>(place: &ReferenceOr<T>) -> Option<Pointer> {
    match place {
        ReferenceOr::Reference { reference } => Pointer::parse(reference),
        ReferenceOr::Item(_) => None,
    }
}
