//! `cargo xtask corpus`: tries the generator on every description below a folder.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use lantern_generator::cli::progress::Progress;
use lantern_generator::cli::{Failure, Format, console};

use crate::arguments::Corpus;
use crate::descriptions::{self, Found};
use crate::workspace;
use report::CorpusReport;
use runner::{Compiled, CorpusRunner};

mod fits;
mod memory;
mod report;
mod runner;
mod samples;
mod table;
mod unions;

/// The folder that is meant where none is named.
const DEFAULT: &str = "../shared/specs";

impl Corpus {
    /// Tries each description and gives the table.
    pub fn run(&self) -> Result<String, Failure> {
        let descriptions = self.descriptions()?;
        let out = self.out.clone().unwrap_or_else(|| workspace().join("target/corpus"));
        let runner = CorpusRunner::new(&out, self.compiled())?;
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

    fn compiled(&self) -> Compiled {
        match (self.types_only, self.clippy) {
            (true, _) => Compiled::Types,
            (false, true) => Compiled::ClientWithClippy,
            (false, false) => Compiled::Client,
        }
    }

    fn descriptions(&self) -> Result<Vec<Found>, Failure> {
        let folder =
            self.folder.clone().or_else(|| std::env::var_os("OPENAPI_CORPUS").map(PathBuf::from));
        let folder = folder.unwrap_or_else(|| workspace().join(DEFAULT));
        let mut found = descriptions::below(&folder)?;
        found.retain(|one| self.only.is_empty() || self.only.contains(&one.name));
        match found.is_empty() {
            true => Err(Failure::Usage(format!("no description below {}", folder.display()))),
            false => Ok(found),
        }
    }

    fn try_all(
        &self,
        descriptions: &[Found],
        runner: &CorpusRunner,
    ) -> Result<Vec<CorpusReport>, Failure> {
        let is_shown = self.message_format == Format::Human;
        let progress = Progress::new(is_shown, "trying descriptions");
        let next = AtomicUsize::new(0);
        let done: Mutex<Vec<(usize, Result<CorpusReport, Failure>)>> = Mutex::default();
        std::thread::scope(|scope| {
            for _ in 0..self.jobs.max(1) {
                scope.spawn(|| {
                    while let index = next.fetch_add(1, Ordering::Relaxed)
                        && let Some(found) = descriptions.get(index)
                    {
                        let (name, all) = (&found.name, descriptions.len());
                        progress.step(&format!("trying {name}, {} of {all}", index + 1));
                        let report = self.try_one(found, runner);
                        if is_shown {
                            tell_progress(index + 1, all, &report);
                        }
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

    fn try_one(&self, found: &Found, runner: &CorpusRunner) -> Result<CorpusReport, Failure> {
        let known = self.resume.then(|| runner.known(&found.name)).flatten();
        match known {
            Some(known) => Ok(known),
            None => runner.tried(found),
        }
    }
}

/// `[3/29] petstore: …`
fn tell_progress(number: usize, all: usize, report: &Result<CorpusReport, Failure>) {
    if let Ok(report) = report {
        console::print_stderr(format!("[{number}/{all}] {report}\n"));
    }
}
