//! Rows that cannot be read.

use std::fmt;

/// A row that cannot be read.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BadRow {
    /// The line on which it begins, from 1. In CSV line 1 has the names of the columns.
    pub line: u64,
    /// The object that contains it, if the table was in several.
    pub part: Option<String>,
    /// What is wrong with it.
    pub reason: String,
    /// Its cells as they were received. A row of JSON is one cell.
    pub cells: Vec<String>,
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(part) = &self.part {
            write!(f, " of {part:?}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// Cells have personal data, so they are not shown.
impl fmt::Debug for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BadRow({self})")
    }
}

impl std::error::Error for BadRow {}
