//! What the steps of `normalize` have to say, gathered while they rewrite one document.

use std::collections::HashSet;

use super::faulty_operation::FaultyOperation;
use super::pointer_rewrites::PointerRewrites;
use super::source_mapping::{Overlaid, SourceMapping};
use crate::Source;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::suggest::closest;
use crate::diagnostics::{Diagnostic, Diagnostics, Location, Severity, WithDiagnostics};
use crate::pointer::Pointer;

/// The diagnostics about one file.
pub(super) struct DiagnosticSink {
    file: String,
    found: Diagnostics,
    proposals: usize,
}

/// For so many words a like one is looked for: enough for a person, and no feast for a hostile text.
const MOST_PROPOSALS: usize = 100;

impl DiagnosticSink {
    /// None so far.
    pub(super) fn about(file: &str) -> Self {
        Self { file: file.to_owned(), found: Diagnostics::default(), proposals: 0 }
    }

    /// None so far, about the same file: for work that is done at the same time.
    pub(super) fn beside(&self) -> Self {
        Self::about(&self.file)
    }

    /// Adds the diagnostics of such work.
    pub(super) fn append(&mut self, other: Self) {
        self.found.extend(other.found);
    }

    /// The place in this file that a pointer names.
    pub(super) fn place(&self, at: &Pointer) -> Location {
        Location::new(&self.file, at.clone())
    }

    /// Adds a diagnostic that stops the generator.
    pub(super) fn error(&mut self, code: DiagnosticCode, at: &Pointer, message: impl Into<String>) {
        self.found.push(Diagnostic::new(code, self.place(at), message));
    }

    /// Adds a diagnostic that stops the generator, with what would help.
    pub(super) fn error_with_help(
        &mut self,
        code: DiagnosticCode,
        at: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.found.push(Diagnostic::new(code, self.place(at), message).help(help));
    }

    /// Adds a diagnostic that does not stop the generator.
    pub(super) fn warn(&mut self, code: DiagnosticCode, at: &Pointer, message: impl Into<String>) {
        self.found.push(Diagnostic::new(code, self.place(at), message));
    }

    /// Adds a diagnostic that does not stop the generator, with what would help if that is known.
    pub(super) fn warn_with_help(
        &mut self,
        code: DiagnosticCode,
        at: &Pointer,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        self.found.push(Diagnostic { help, ..Diagnostic::new(code, self.place(at), message) });
    }

    /// Whether one more proposal may be looked for.
    pub(super) fn may_propose(&mut self) -> bool {
        self.proposals += 1;
        self.proposals <= MOST_PROPOSALS
    }

    /// The word that may have been meant, as a question.
    pub(super) fn like<I: IntoIterator<Item = &'static str>>(
        &mut self,
        word: &str,
        known: impl FnOnce() -> I,
    ) -> Option<String> {
        let like = self.may_propose().then(|| closest(word, known())).flatten();
        like.map(|like| format!("did you mean `{like}`?"))
    }

    /// Adds a diagnostic that was made with care.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Whether something was left out because it is wrong.
    pub(super) fn has_left_out(&self) -> bool {
        let left_out =
            |code: DiagnosticCode| code.is_tolerated() || code.severity() == Severity::Error;
        self.found.iter().any(|found| left_out(found.code))
    }

    /// Makes warnings of the errors within operations, and returns those operations: they are to be left out.
    pub(super) fn tolerate_operations(&mut self) -> HashSet<FaultyOperation> {
        let operation = |found: &Diagnostic| match found.code {
            DiagnosticCode::InvalidDescription => FaultyOperation::around(&found.place.pointer),
            _ => None,
        };
        let faulty = self.found.iter().filter_map(operation).collect();
        self.found.tolerate(|found| operation(found).is_some());
        faulty
    }

    /// Puts the diagnostics where what they speak of was written, given what was moved since.
    pub(super) fn relocate(
        &mut self,
        source: Source,
        overlays: Vec<Overlaid>,
        moves: PointerRewrites,
    ) -> SourceMapping {
        let origins = SourceMapping::new(source, moves.into_origins(), overlays);
        self.found.relocate(|place| origins.of(place));
        origins
    }

    /// Ends the work on this file.
    pub(super) fn finish<T>(self, value: T) -> WithDiagnostics<T> {
        WithDiagnostics::new(value, self.found)
    }

    /// Ends the work on this file without a value.
    pub(super) fn give_up(self) -> Diagnostics {
        self.found
    }
}
