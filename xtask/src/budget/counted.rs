//! What was counted, and how it is compared.

use std::fmt;
use std::path::Path;

use lantern_generator::cli::Failure;
use serde::{Deserialize, Serialize};

use crate::files::put;

/// What may be counted at most, and a little more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Budget {
    /// The compiler that the lines of LLVM are of.
    pub rustc: String,
    pub rows: Vec<Row>,
}

/// Something that was counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub what: String,
    pub unit: Unit,
    pub count: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    Allocations,
    AllocatedBytes,
    Lines,
    LlvmLines,
}

impl Unit {
    fn name(self) -> &'static str {
        match self {
            Self::Allocations => "allocations",
            Self::AllocatedBytes => "allocated bytes",
            Self::Lines => "lines of Rust",
            Self::LlvmLines => "lines of LLVM",
        }
    }
}

/// A row, beside the same of the budget.
#[derive(Debug, PartialEq)]
pub struct Change {
    row: Row,
    /// Nothing if it is new, or cannot be compared.
    budget: Option<u64>,
}

/// A rise of more than so many percent fails.
const MOST: u64 = 3;

impl Change {
    fn part(&self) -> Option<f64> {
        let budget = self.budget.filter(|budget| *budget > 0)?;
        Some(self.row.count as f64 / budget as f64 - 1.0)
    }

    pub fn is_over(&self) -> bool {
        self.budget.is_some_and(|budget| self.row.count * 100 > budget * (100 + MOST))
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Row { what, unit, count } = &self.row;
        write!(f, "{what}: {count} {}", unit.name())?;
        match (self.budget, self.part()) {
            (Some(budget), Some(part)) => write!(f, ", budget {budget} ({:+.1} %)", part * 100.0),
            _ => write!(f, ", not compared"),
        }
    }
}

impl Budget {
    pub fn read(file: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(file).map_err(Failure::at(file))?;
        toml_edit::de::from_str(&text)
            .map_err(|why| Failure::Usage(format!("{}: {why}", file.display())))
    }

    pub fn keep(&self, file: &Path) -> Result<(), Failure> {
        let text = toml_edit::ser::to_string_pretty(self)
            .map_err(|why| Failure::Usage(why.to_string()))?;
        put(file, &format!("{HEAD}{text}"))
    }

    /// Each row that is counted now, beside that of the budget.
    pub fn changes(&self, now: &Self) -> Vec<Change> {
        let is_same_compiler = self.rustc == now.rustc;
        let change = |row: &Row| {
            let old = self.rows.iter().find(|old| old.what == row.what && old.unit == row.unit);
            let old = old.filter(|_| is_same_compiler || row.unit != Unit::LlvmLines);
            Change { row: row.clone(), budget: old.map(|old| old.count) }
        };
        now.rows.iter().map(change).collect()
    }
}

const HEAD: &str = "# What `cargo xtask budget` compares with: a rise of more than 3 % fails. `--accept` writes it anew.\n";

#[cfg(test)]
mod tests {
    use super::*;

    fn budget(rustc: &str, allocations: u64, lines: u64) -> Budget {
        let row = |unit, count| Row { what: "shop".into(), unit, count };
        let rows = vec![row(Unit::Allocations, allocations), row(Unit::LlvmLines, lines)];
        Budget { rustc: rustc.into(), rows }
    }

    fn over(old: &Budget, new: &Budget) -> Vec<String> {
        let changes = old.changes(new);
        changes.iter().filter(|change| change.is_over()).map(ToString::to_string).collect()
    }

    #[test]
    fn a_rise_of_more_than_three_percent_is_told_with_its_numbers() {
        let old = budget("1.95", 1_000, 1_000);
        assert_eq!(over(&old, &budget("1.95", 1_030, 900)), [""; 0]);
        let told = over(&old, &budget("1.95", 1_031, 1_000));
        assert_eq!(told, ["shop: 1031 allocations, budget 1000 (+3.1 %)"]);
    }

    #[test]
    fn lines_of_llvm_of_another_compiler_are_not_compared() {
        let old = budget("1.95", 1_000, 1_000);
        assert_eq!(over(&old, &budget("1.96", 1_000, 2_000)), [""; 0]);
        assert_eq!(over(&old, &budget("1.95", 1_000, 2_000)).len(), 1);
    }

    #[test]
    fn the_file_reads_as_it_was_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("budget.toml");
        let budget = budget("1.95", 7, 8);
        budget.keep(&file).expect("a file");
        assert_eq!(Budget::read(&file).expect("a budget"), budget);
    }
}
