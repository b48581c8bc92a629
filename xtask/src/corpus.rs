//! `cargo xtask corpus`: tries the generator on every description below a folder.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::Args;
use lantern_generator::cli::{Failure, Format, console};

use crate::workspace;
use report::CorpusReport;
use runner::CorpusRunner;

mod find;
mod fits;
mod memory;
mod report;
mod runner;
mod samples;
mod table;
mod unions;

/// The folder that is meant where none is named.
const DEFAULT: &str = "../shared/specs";

const EXAMPLES: &str = "\
Generates a client of each description, checks it with cargo, reads each example of a body or a reply
by the type that is generated for it, writes it again, and compares. The same is done with values that are
made of each variant of each union by its schema.

Examples:
  cargo xtask corpus ../descriptions
  cargo xtask corpus ../descriptions --only petstore --only github
  cargo xtask corpus generator/tests/fixtures/clients/examples --clippy --all-examples
  cargo xtask corpus ../descriptions --resume --message-format json

Exit codes:
  0  every description gave a client that compiles without a warning, and no operation was lost
  2  the command was used wrongly, or a file could not be read or written
  3  one did not";

/// Try the generator on every description below a folder
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Corpus {
    /// The folder [default: $OPENAPI_CORPUS, else ../shared/specs]
    folder: Option<PathBuf>,
    /// Only descriptions of this name
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// Let clippy check the clients, with its default lints
    #[arg(long)]
    clippy: bool,
    /// Fail, too, where an example that follows its schema is not read or comes out as another one
    #[arg(long)]
    all_examples: bool,
    /// Fail, too, where a value that is made of a variant of a union is not read as that variant, and no warning names
    /// both
    #[arg(long)]
    all_variants: bool,
    /// Keep what an earlier run found out, and try only what is left
    #[arg(long)]
    resume: bool,
    /// How many descriptions are worked on at once
    #[arg(long, value_name = "COUNT", default_value_t = 1)]
    jobs: usize,
    /// Where clients, results and what cargo makes go [default: target/corpus of this workspace]
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// A table for people, or JSON, one object a description
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    message_format: Format,
}

impl Corpus {
    /// Tries each description and gives the table.
    pub fn run(&self) -> Result<String, Failure> {
        let descriptions = self.descriptions()?;
        let out = self.out.clone().unwrap_or_else(|| workspace().join("target/corpus"));
        let runner = CorpusRunner::new(&out, if self.clippy { "clippy" } else { "check" })?;
        let reports = self.try_all(&descriptions, &runner)?;
        let text = match self.message_format {
            Format::Human => table::table(&reports),
            Format::Json => table::lines(&reports),
        };
        match report::worst_fault(&reports, self.all_examples, self.all_variants) {
            None => Ok(text),
            Some(fault) => {
                console::print(text);
                Err(Failure::Found(fault.to_owned()))
            }
        }
    }

    fn descriptions(&self) -> Result<Vec<find::Found>, Failure> {
        let folder =
            self.folder.clone().or_else(|| std::env::var_os("OPENAPI_CORPUS").map(PathBuf::from));
        let folder = folder.unwrap_or_else(|| workspace().join(DEFAULT));
        let mut found = find::descriptions(&folder)?;
        found.retain(|one| self.only.is_empty() || self.only.contains(&one.name));
        match found.is_empty() {
            true => Err(Failure::Usage(format!("no description below {}", folder.display()))),
            false => Ok(found),
        }
    }

    fn try_all(
        &self,
        descriptions: &[find::Found],
        runner: &CorpusRunner,
    ) -> Result<Vec<CorpusReport>, Failure> {
        let next = AtomicUsize::new(0);
        let done: Mutex<Vec<(usize, Result<CorpusReport, Failure>)>> = Mutex::default();
        std::thread::scope(|scope| {
            for _ in 0..self.jobs.max(1) {
                scope.spawn(|| {
                    while let index = next.fetch_add(1, Ordering::Relaxed)
                        && let Some(found) = descriptions.get(index)
                    {
                        let report = self.try_one(found, runner);
                        progress(index + 1, descriptions.len(), &report);
                        if let Ok(mut done) = done.lock() {
                            done.push((index, report));
                        }
                    }
                });
            }
        });
        let mut done = done.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
        done.sort_by_key(|(index, _)| *index);
        done.into_iter().map(|(_, report)| report).collect()
    }

    fn try_one(&self, found: &find::Found, runner: &CorpusRunner) -> Result<CorpusReport, Failure> {
        let known = self.resume.then(|| runner.known(&found.name)).flatten();
        match known {
            Some(known) => Ok(known),
            None => runner.tried(found),
        }
    }
}

/// `[3/29] petstore: …`
fn progress(number: usize, all: usize, report: &Result<CorpusReport, Failure>) {
    if let Ok(report) = report {
        console::print_stderr(format!("[{number}/{all}] {report}\n"));
    }
}

/// Writes a file and the folders that it stands in.
fn put(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(Failure::at(folder))?;
    }
    std::fs::write(path, text).map_err(Failure::at(path))
}
