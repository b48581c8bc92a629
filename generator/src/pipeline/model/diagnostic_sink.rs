//! The diagnostics of this stage.

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::suggest::closest;
use crate::diagnostics::{Diagnostic, Diagnostics, Location};
use crate::pipeline::normalize::SourceMapping;
use crate::pointer::Pointer;
use crate::rust::names;

/// The diagnostics found so far.
#[derive(Debug)]
pub struct DiagnosticSink {
    origins: SourceMapping,
    pub found: Diagnostics,
}

impl DiagnosticSink {
    pub fn new(origins: &SourceMapping) -> Self {
        Self { origins: origins.clone(), found: Diagnostics::default() }
    }

    pub fn widened(&mut self, at: &Pointer, message: impl Into<String>) {
        let diagnostic = Diagnostic::new(DiagnosticCode::WidenedKeyword, self.place(at), message);
        self.found.push(diagnostic);
    }

    pub fn alike_variants(&mut self, at: &Pointer, message: String) {
        let diagnostic = Diagnostic::new(DiagnosticCode::AlikeVariants, self.place(at), message);
        self.found.push(diagnostic);
    }

    pub fn not_generated(&mut self, at: &Pointer, message: impl Into<String>) {
        let diagnostic = Diagnostic::new(DiagnosticCode::NotGenerated, self.place(at), message);
        self.found.push(diagnostic);
    }

    pub fn repeated_id(&mut self, at: &Pointer, message: impl Into<String>) {
        let diagnostic =
            Diagnostic::new(DiagnosticCode::UnstableOperationId, self.place(at), message);
        self.found.push(diagnostic);
    }

    pub fn invalid_extension(&mut self, at: &Pointer, message: impl Into<String>) {
        let diagnostic = Diagnostic::new(DiagnosticCode::InvalidExtension, self.place(at), message);
        self.found.push(diagnostic);
    }

    pub fn check_crate_name(&mut self, name: &str) {
        if names::is_crate_name(name) {
            return;
        }
        let message = format!("{name:?} cannot be the name of a crate");
        let place = self.place(&Pointer::root());
        let diagnostic = Diagnostic::new(DiagnosticCode::InvalidName, place, message);
        self.found.push(diagnostic.help("letters, digits, `-` and `_`, a letter first"));
    }

    /// `what` is `tag` or `operation`.
    pub fn unmatched_selection<'n>(
        &mut self,
        what: &str,
        name: &str,
        known: impl Iterator<Item = &'n str>,
    ) {
        let place = self.place(&Pointer::root());
        let message = format!("no {what} is called `{name}`");
        let diagnostic = Diagnostic::new(DiagnosticCode::UnmatchedSelection, place, message);
        let like = closest(name, known).map(|like| format!("did you mean `{like}`?"));
        self.found.push(Diagnostic { help: like, ..diagnostic });
    }

    fn place(&self, at: &Pointer) -> Location {
        self.origins.place(at)
    }
}
