//! What stages give, and how one follows the other.

use super::{Diagnostic, Diagnostics, Severity};
use crate::diagnostics::code::DiagnosticCode;

/// What a stage before the validation boundary returns: its value as far as it could be made, and its diagnostics.
///
/// A value beside an error has the faulty part left out: good enough for the next stage to find further faults, and
/// never to be taken for the whole. [`WithDiagnostics::checked`] lets it out only where there is no error.
#[derive(Clone, Debug)]
#[must_use]
pub struct WithDiagnostics<T> {
    value: Option<T>,
    found: Diagnostics,
}

/// A value without errors, and the warnings of the stages that made it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WithWarnings<T> {
    /// The value.
    pub value: T,
    /// The warnings of all stages so far.
    pub warnings: Diagnostics,
}

impl<T> WithWarnings<T> {
    /// Hands the value to the next stage, and the warnings with it.
    pub fn then<U>(self, stage: impl FnOnce(T) -> WithDiagnostics<U>) -> WithDiagnostics<U> {
        WithDiagnostics::new(self.value, self.warnings).then(stage)
    }

    /// Turns the value into another, where nothing can fail.
    pub fn map<U>(self, turn: impl FnOnce(T) -> U) -> WithWarnings<U> {
        WithWarnings { value: turn(self.value), warnings: self.warnings }
    }
}

impl<T> WithDiagnostics<T> {
    /// A value, and what there is to say about it.
    pub fn new(value: T, found: Diagnostics) -> Self {
        Self { value: Some(value), found }
    }

    /// No value: nothing is left that a further stage could work on.
    pub fn nothing(found: impl Into<Diagnostics>) -> Self {
        Self { value: None, found: found.into() }
    }

    /// Hands the value to the next stage; what was said so far comes before what that has to say.
    pub fn then<U>(self, stage: impl FnOnce(T) -> WithDiagnostics<U>) -> WithDiagnostics<U> {
        let mut found = self.found;
        let next = self.value.map(stage);
        let value = next.and_then(|next| {
            found.extend(next.found);
            next.value
        });
        WithDiagnostics { value, found }
    }

    /// Puts further values beside this one; where one of them is missing there is none.
    pub fn with<U>(
        self,
        others: impl Iterator<Item = WithDiagnostics<U>>,
    ) -> WithDiagnostics<(T, Vec<U>)> {
        let mut found = self.found;
        let others: Vec<Option<U>> = others
            .map(|other| {
                found.extend(other.found);
                other.value
            })
            .collect();
        let value = self.value.zip(others.into_iter().collect());
        WithDiagnostics { value, found }
    }

    /// Turns the value into another, where nothing can fail.
    pub fn map<U>(self, turn: impl FnOnce(T) -> U) -> WithDiagnostics<U> {
        WithDiagnostics { value: self.value.map(turn), found: self.found }
    }

    /// The value as far as it could be made, for those who know what there is to say about it.
    pub(crate) fn into_value(self) -> Option<T> {
        self.value
    }

    /// The same, with the diagnostics of one code under another.
    pub fn recoded(self, from: DiagnosticCode, to: DiagnosticCode) -> Self {
        Self { found: self.found.recoded(from, to), ..self }
    }

    /// Makes errors of what is only warned of because it was left out or replaced, if the caller is strict.
    pub fn escalate_if(self, is_strict: bool) -> Self {
        if is_strict { Self { found: self.found.escalate(), ..self } } else { self }
    }

    /// Leaves out what a value says that nobody has to hear; without a value, everything stays.
    pub fn retain(mut self, wanted: impl Fn(&T, &Diagnostic) -> bool) -> Self {
        if let Some(value) = &self.value {
            self.found.retain(|found| wanted(value, found));
        }
        self
    }

    /// Ends the way: the value if nothing said is an error.
    ///
    /// # Errors
    /// All diagnostics, warnings among them, if at least one is an error.
    pub fn checked(self) -> Result<WithWarnings<T>, Diagnostics> {
        let failed = self.found.iter().any(|found| found.severity() == Severity::Error);
        match self.value {
            Some(value) if !failed => Ok(WithWarnings { value, warnings: self.found }),
            _ => Err(self.found),
        }
    }
}
