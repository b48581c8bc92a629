//! What was measured, as it is kept.

use std::path::Path;

use lantern_generator::cli::Failure;
use serde::{Deserialize, Serialize};

use super::process::{Attempt, Run};
use super::tool::Tool;
use crate::files::put;

/// All that is known.
#[derive(Default, Serialize, Deserialize)]
pub struct Results {
    pub generate: Option<Measured<Generated>>,
    pub growth: Option<Measured<Grown>>,
    pub compile: Option<Measured<Compiled>>,
    pub programs: Option<Measured<Program>>,
    pub figures: Option<Measured<Figure>>,
}

/// Rows that were measured together.
#[derive(Serialize, Deserialize)]
pub struct Measured<Row> {
    pub stamp: Stamp,
    pub rows: Vec<Row>,
}

/// When and where something was measured.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    pub date: String,
    pub commit: String,
    pub processor: String,
    pub cores: usize,
    pub memory: u64,
    pub system: String,
    pub rustc: String,
}

impl Stamp {
    pub fn on<Row>(&self, rows: Vec<Row>) -> Option<Measured<Row>> {
        Some(Measured { stamp: self.clone(), rows })
    }
}

/// A generator and a description.
#[derive(Serialize, Deserialize)]
pub struct Generated {
    pub description: String,
    pub bytes: u64,
    pub tool: Tool,
    pub runs: Runs,
}

/// A generator and a description that was made so many times as large.
#[derive(Serialize, Deserialize)]
pub struct Grown {
    pub times: usize,
    pub bytes: u64,
    pub tool: Tool,
    pub runs: Runs,
}

/// A client, and a command of cargo.
#[derive(Serialize, Deserialize)]
pub struct Compiled {
    pub description: String,
    pub tool: Tool,
    pub command: Cargo,
    /// Lines of Rust.
    pub lines: u64,
    pub runs: Runs,
}

/// A program that makes one call with a client of Lantern.
#[derive(Serialize, Deserialize)]
pub struct Program {
    pub tool: Tool,
    /// Builds of the program alone.
    pub runs: Runs,
    /// The size of its file, if it was built.
    pub bytes: Option<u64>,
}

/// What a client is compiled for.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cargo {
    Check,
    Release,
}

impl Cargo {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Check => "cargo check",
            Self::Release => "cargo build --release",
        }
    }
}

/// One a turn, or why there are none.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Runs {
    Done(Vec<Run>),
    Refused(String),
}

impl Runs {
    pub fn add(&mut self, attempt: Attempt) {
        match (self, attempt) {
            (Self::Done(runs), Ok(run)) => runs.push(run),
            (Self::Refused(_), Ok(_)) => {}
            (runs, Err(why)) => *runs = Self::Refused(why),
        }
    }

    pub fn done(&self) -> Option<&[Run]> {
        match self {
            Self::Done(runs) if !runs.is_empty() => Some(runs),
            Self::Done(_) | Self::Refused(_) => None,
        }
    }
}

/// A line that a bench prints.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "figure", rename_all = "snake_case")]
pub enum Figure {
    Throughput { callers: usize, part_of_bare: f64 },
    LogExport { bytes: usize, seconds: f64, plain_seconds: f64, ratio: f64 },
    CsvRows { rows: usize, bytes: usize, seconds: f64, peak_bytes: usize },
    Queue { calls: usize, seconds: f64 },
}

impl Results {
    /// What earlier runs kept.
    pub fn read(file: &Path) -> Result<Self, Failure> {
        match std::fs::read_to_string(file) {
            Ok(text) => serde_json::from_str(&text)
                .map_err(|why| Failure::Usage(format!("{}: {why}", file.display()))),
            Err(_) => Ok(Self::default()),
        }
    }

    pub fn keep(&self, file: &Path) -> Result<(), Failure> {
        put(file, &serde_json::to_string_pretty(self).unwrap_or_default())
    }
}
