//! What the stages before the validation boundary report: diagnostics with a location, a reason and what would help.

use std::fmt;

use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::Pointer;

pub mod code;
pub mod draw;
pub mod json;
pub mod source_map;
pub mod suggest;
mod with_diagnostics;

pub use code::Severity;
pub use with_diagnostics::{WithDiagnostics, WithWarnings};

/// Where in the input something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The file's name, as the caller wrote it.
    pub file: String,
    /// The place within its document.
    pub pointer: Pointer,
    /// What of it is meant.
    pub spot: SpanKind,
}

/// What of a place in a document is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SpanKind {
    /// The value, or its key where the value has several lines.
    #[default]
    Value,
    /// The key.
    Key,
    /// The key where it stands once more: 1 is the second time.
    Again(usize),
    /// The byte of the text at which a parser gave up.
    Byte(usize),
}

impl Location {
    /// The value at a pointer.
    #[must_use]
    pub fn new(file: &str, pointer: Pointer) -> Self {
        Self { file: file.to_owned(), pointer, spot: SpanKind::Value }
    }

    /// Another spot of the same place.
    #[must_use]
    pub fn spot(self, spot: SpanKind) -> Self {
        Self { spot, ..self }
    }
}

/// One diagnostic: what is wrong, where, and what would help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind, which says whether it stops the generator.
    pub code: DiagnosticCode,
    pub(crate) severity: Severity,
    /// What is wrong and why, in one sentence without a full stop.
    pub message: String,
    /// Where it stands.
    pub place: Location,
    /// A further place that has to do with it, and how.
    pub related: Option<(Location, String)>,
    /// What would help.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic of a kind.
    #[must_use]
    pub fn new(code: DiagnosticCode, place: Location, message: impl Into<String>) -> Self {
        let place = match place.spot {
            SpanKind::Value => place.spot(code.span()),
            _ => place,
        };
        let severity = code.severity();
        Self { code, severity, message: message.into(), place, related: None, help: None }
    }

    /// How much it weighs.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// The same diagnostic with a further place, and what that has to do with it.
    #[must_use]
    pub fn related(mut self, place: Location, how: impl Into<String>) -> Self {
        self.related = Some((place, how.into()));
        self
    }

    /// The same diagnostic with what would help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Without the texts, a place is a pointer; [`draw`] shows it in its text.
///
/// ```text
/// error[dangling-reference]: nothing is at `#/components/schemas/Usr`
///   --> lantern.yaml at /paths/~1users/get/responses/200/content/application~1json/schema/$ref
///   help: did you mean `#/components/schemas/User`?
/// ```
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = self.severity().as_str();
        writeln!(f, "{severity}[{}]: {}", self.code.as_str(), self.message)?;
        write!(f, "  --> {} at {}", self.place.file, self.place.pointer)?;
        match &self.help {
            Some(help) => write!(f, "\n  help: {help}"),
            None => Ok(()),
        }
    }
}

/// The diagnostics of a stage, in the order in which they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// The diagnostics.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// The same diagnostics, those of one code under another.
    #[must_use]
    pub fn recoded(mut self, from: DiagnosticCode, to: DiagnosticCode) -> Self {
        for found in self.0.iter_mut().filter(|found| found.code == from) {
            (found.code, found.severity) = (to, to.severity());
        }
        self
    }

    /// Makes errors of what is only warned of because it was left out or replaced.
    #[must_use]
    pub(crate) fn escalate(mut self) -> Self {
        let was_error = |found: &&mut Diagnostic| {
            found.code.is_tolerated() || found.code.severity() == Severity::Error
        };
        self.0.iter_mut().filter(was_error).for_each(|found| found.severity = Severity::Error);
        self
    }

    /// Turns those into warnings that are about something which was left out.
    pub(crate) fn tolerate(&mut self, is_left_out: impl Fn(&Diagnostic) -> bool) {
        for found in self.0.iter_mut().filter(|found| is_left_out(found)) {
            found.severity = Severity::Warning;
        }
    }

    /// Leaves out those that are not wanted.
    pub fn retain(&mut self, wanted: impl FnMut(&Diagnostic) -> bool) {
        self.0.retain(wanted);
    }

    /// Adds the diagnostics of another.
    pub fn extend(&mut self, others: Diagnostics) {
        self.0.extend(others.0);
    }

    /// Puts every diagnostic in another place.
    pub fn relocate(&mut self, place: impl Fn(&Location) -> Location) {
        for found in &mut self.0 {
            found.place = place(&found.place);
            if let Some((related, _)) = &mut found.related {
                *related = place(related);
            }
        }
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|diagnostic| writeln!(f, "{diagnostic}"))
    }
}

impl std::error::Error for Diagnostics {}
