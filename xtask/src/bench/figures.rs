//! Calls, and reading replies: two benches measure, and print a line of JSON for each figure.

use lantern_generator::cli::Failure;

use super::process;
use super::results::Figure;
use super::scratch::{Scratch, cargo, progress};
use crate::workspace;

/// The packages and their benches. What is compared with bare reqwest has a package of its own, so that neither the test
/// kit nor an allocator that counts is part of it.
const BENCHES: [(&str, &str); 2] =
    [("templates-throughput", "throughput"), ("templates", "figures")];

pub fn measure(scratch: &Scratch) -> Result<Vec<Figure>, Failure> {
    progress("making calls and reading replies".to_owned());
    let mut figures = Vec::new();
    for (package, bench) in BENCHES {
        figures.extend(run(scratch, package, bench)?);
    }
    Ok(figures)
}

fn run(scratch: &Scratch, package: &str, bench: &str) -> Result<Vec<Figure>, Failure> {
    let mut cargo = cargo();
    cargo.args(["bench", "--quiet", "--package", package, "--bench", bench]);
    cargo.current_dir(workspace()).arg("--target-dir").arg(scratch.own_target());
    process::require(&mut cargo, &scratch.log())?;
    let text = std::fs::read_to_string(scratch.log()).map_err(Failure::at(&scratch.log()))?;
    let lines = text.lines().filter(|line| line.starts_with('{'));
    let read = lines.map(serde_json::from_str).collect::<Result<Vec<_>, _>>();
    read.map_err(|why| Failure::Usage(format!("{}: {why}", scratch.log().display())))
}
