//! Which tools there are, and what they may spend.

use std::path::PathBuf;

use lantern_operations::Operation;

use crate::tool::reads_only;

/// Which tools there are, and what they may spend.
#[derive(Clone, Debug, Default)]
pub struct Options {
    allowed: Vec<String>,
    reads_only: bool,
    pub(crate) max_credits: Option<f64>,
    pub(crate) confirm_above: Option<f64>,
    pub(crate) files: Option<PathBuf>,
}

impl Options {
    /// All operations, without a budget.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Only these operations, and others that are allowed: by `group.command`, `operationId`, or a group.
    #[must_use]
    pub fn allow(mut self, name: impl Into<String>) -> Self {
        self.allowed.push(name.into());
        self
    }

    /// Only operations that change nothing.
    #[must_use]
    pub fn read_only(self) -> Self {
        Self { reads_only: true, ..self }
    }

    /// All calls together may cost so many credits.
    #[must_use]
    pub fn max_credits(self, credits: f64) -> Self {
        Self { max_credits: Some(credits), ..self }
    }

    /// The person is asked before a call that may cost more than this.
    #[must_use]
    pub fn confirm_above(self, credits: f64) -> Self {
        Self { confirm_above: Some(credits), ..self }
    }

    /// Files below this folder may be sent. Without it, a model sends what it writes itself, and no file of this machine.
    #[must_use]
    pub fn files(self, folder: impl Into<PathBuf>) -> Self {
        Self { files: Some(folder.into()), ..self }
    }

    /// The names that no operation has.
    pub(crate) fn unknown<'a>(&'a self, operations: &[Operation]) -> Vec<&'a str> {
        let names = self.allowed.iter().map(String::as_str);
        names.filter(|name| !operations.iter().any(|it| is_named(it, name))).collect()
    }

    pub(crate) fn includes(&self, operation: &Operation) -> bool {
        let is_allowed =
            self.allowed.is_empty() || self.allowed.iter().any(|it| is_named(operation, it));
        is_allowed && (!self.reads_only || reads_only(operation))
    }
}

fn is_named(operation: &Operation, name: &str) -> bool {
    name == operation.id
        || name == operation.group
        || name.split_once('.') == Some((operation.group.as_str(), operation.command.as_str()))
}
