//! Calls, and reading replies: `templates/benches/figures` measures, and prints a line of JSON for each figure.

use lantern_generator::cli::Failure;

use super::process;
use super::results::Figure;
use super::scratch::{Scratch, cargo, progress};
use crate::workspace;

pub fn measure(scratch: &Scratch) -> Result<Vec<Figure>, Failure> {
    progress("making calls and reading replies".to_owned());
    let mut cargo = cargo();
    cargo.args(["bench", "--quiet", "--package", "templates", "--bench", "figures"]);
    cargo.current_dir(workspace()).arg("--target-dir").arg(scratch.own_target());
    process::require(&mut cargo, &scratch.log())?;
    let text = std::fs::read_to_string(scratch.log()).map_err(Failure::at(&scratch.log()))?;
    let lines = text.lines().filter(|line| line.starts_with('{'));
    let read = lines.map(serde_json::from_str).collect::<Result<Vec<_>, _>>();
    read.map_err(|why| Failure::Usage(format!("{}: {why}", scratch.log().display())))
}
