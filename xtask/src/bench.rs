//! `cargo xtask bench`: measures the generator beside others, and writes `docs/performance.md`.
//!
//! What is measured are rows of data ([`results`]), which are kept. The page and its plot are made of them alone.

use lantern_generator::cli::Failure;

use crate::arguments::{Bench, Part};
use crate::descriptions::{self, Found};
use crate::workspace;
use results::Results;
use scratch::Scratch;

mod compile;
mod figures;
mod generate;
mod goals;
mod growth;
mod machine;
mod page;
mod plot;
mod process;
mod programs;
mod results;
mod scratch;
mod statistics;
mod tool;

impl Bench {
    /// Measures, keeps the results and writes the page.
    pub fn run(&self) -> Result<String, Failure> {
        let folder = self.scratch.clone().unwrap_or_else(|| workspace().join("target/bench"));
        let scratch = Scratch::new(&folder)?;
        let mut results = Results::read(&scratch.results())?;
        if !self.render {
            self.measure(&scratch, &mut results)?;
        }
        let page = page::write(&results, &workspace().join("docs"))?;
        Ok(format!("{} and its plot are written", page.display()))
    }

    /// Keeps the results of each part as soon as there are some.
    fn measure(&self, scratch: &Scratch, results: &mut Results) -> Result<(), Failure> {
        let found = self.descriptions()?;
        let (stamp, turns) = (machine::stamp()?, self.turns.max(1));
        scratch.install()?;
        if self.includes(Part::Generate) {
            results.generate = stamp.on(generate::measure(scratch, &found, turns)?);
            results.keep(&scratch.results())?;
        }
        if self.includes(Part::Growth) {
            results.growth = stamp.on(growth::measure(scratch, turns)?);
            results.keep(&scratch.results())?;
        }
        if self.includes(Part::Compile) {
            let chosen: Vec<&Found> =
                found.iter().filter(|one| self.check.contains(&one.name)).collect();
            let (rows, programs) = compile::measure(scratch, &chosen, turns, self.release)?;
            results.compile = stamp.on(rows);
            results.programs = stamp.on(programs);
            results.keep(&scratch.results())?;
        }
        if self.includes(Part::Calls) {
            results.figures = stamp.on(figures::measure(scratch)?);
            results.keep(&scratch.results())?;
        }
        scratch.clear()
    }

    fn includes(&self, part: Part) -> bool {
        self.part.is_empty() || self.part.contains(&part)
    }

    fn descriptions(&self) -> Result<Vec<Found>, Failure> {
        let mut found = match &self.folder {
            Some(folder) => descriptions::below(folder)?,
            None => Vec::new(),
        };
        found.retain(|one| self.only.is_empty() || self.only.contains(&one.name));
        match found.is_empty() {
            true => Err(Failure::Usage("no description is below the folder".to_owned())),
            false => Ok(found),
        }
    }
}
