//! Generating a client of each description, all generators in turn.

use std::path::Path;
use std::process::Command;

use lantern_generator::cli::Failure;

use super::process::{self, Attempt};
use super::results::{Generated, Runs};
use super::scratch::{Scratch, progress};
use super::tool::{TOOLS, Tool};
use crate::descriptions::Found;

pub fn measure(
    scratch: &Scratch,
    found: &[Found],
    turns: usize,
) -> Result<Vec<Generated>, Failure> {
    let mut rows = Vec::new();
    for (number, one) in found.iter().enumerate() {
        progress(format!("[{}/{}] generating {}", number + 1, found.len(), one.name));
        let bytes = one.bytes()?;
        for (tool, runs) in in_turn(scratch, &one.path, turns)? {
            rows.push(Generated { description: one.name.clone(), bytes, tool, runs });
        }
    }
    Ok(rows)
}

/// All generators, one after the other, so many times. One that refuses a description is not asked again.
///
/// What they write stays until the scratch folder is cleared.
pub fn in_turn(
    scratch: &Scratch,
    description: &Path,
    turns: usize,
) -> Result<Vec<(Tool, Runs)>, Failure> {
    let mut all = TOOLS.map(|tool| (tool, Runs::Done(Vec::new()))).to_vec();
    for turn in 0..turns {
        // Nobody is always the first.
        let first = turn % TOOLS.len();
        for index in (0..TOOLS.len()).map(|index| (index + first) % TOOLS.len()) {
            let (tool, runs) = &mut all[index];
            if let Runs::Done(_) = runs {
                let folder = scratch.fresh()?;
                runs.add(run(scratch, *tool, description, &folder, "client")?);
            }
        }
    }
    Ok(all)
}

/// Writes a crate into a folder that is empty.
pub fn run(
    scratch: &Scratch,
    tool: Tool,
    description: &Path,
    folder: &Path,
    name: &str,
) -> Result<Attempt, Failure> {
    let out = folder.join(name);
    let mut command = Command::new(scratch.program(tool));
    command.args(tool.arguments(description, &out, name)).current_dir(folder);
    process::run(&mut command, &scratch.log())
}
