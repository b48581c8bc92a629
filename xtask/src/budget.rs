//! `cargo xtask budget`: whether generating and calling cost more than before.
//!
//! What is counted does not depend on the machine, so that the comparison cannot fail by chance: allocations and their
//! bytes, lines of Rust, and lines of LLVM for one version of the compiler. Instructions would depend on the processor and
//! the C library.

use std::alloc::System;
use std::path::PathBuf;

use lantern_generator::cli::Failure;
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

use crate::arguments::Budget;
use crate::workspace;
use counted::{Budget as Kept, Change};

mod call;
mod code;
mod counted;
mod generate;

/// Counts the allocations of all threads.
#[global_allocator]
static ALLOCATIONS: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

impl Budget {
    /// Counts, and compares or keeps.
    pub fn run(&self) -> Result<String, Failure> {
        let file = workspace().join(".ci/budget.toml");
        let now = count()?;
        if self.accept {
            now.keep(&file)?;
            return Ok(format!("{} is written", file.display()));
        }
        judge(&Kept::read(&file)?.changes(&now), &file)
    }
}

fn count() -> Result<Kept, Failure> {
    let rows = [generate::count()?, call::count()?, code::count()?].concat();
    Ok(Kept { rustc: code::compiler()?, rows })
}

/// The table of all rows, or what is too much.
fn judge(changes: &[Change], file: &std::path::Path) -> Result<String, Failure> {
    let table: String = changes.iter().map(|change| format!("{change}\n")).collect();
    let over: Vec<String> =
        changes.iter().filter(|change| change.is_over()).map(ToString::to_string).collect();
    match over.is_empty() {
        true => Ok(table),
        false => Err(Failure::Found(format!(
            "more than {} allows:\n{}\nIf that is worth it, `cargo xtask budget --accept` writes the budget anew; say in the \
             commit why.",
            file.display(),
            over.join("\n")
        ))),
    }
}

/// Where the descriptions of this project are.
fn description(path: &str) -> PathBuf {
    workspace().join(path)
}
