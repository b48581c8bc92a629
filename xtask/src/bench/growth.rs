//! One description, made larger and larger.

use lantern_generator::cli::Failure;

use super::generate;
use super::results::Grown;
use super::scratch::{Scratch, progress};
use crate::files::put;
use crate::synthetic;

/// The departments of the smallest one.
const DEPARTMENTS: usize = 8;

const TIMES: [usize; 7] = [1, 2, 4, 8, 16, 32, 64];

pub fn measure(scratch: &Scratch, turns: usize) -> Result<Vec<Grown>, Failure> {
    let folder = scratch.empty("growth")?;
    let mut rows = Vec::new();
    for times in TIMES {
        progress(format!("generating the made description, {times} times as large"));
        let text = synthetic::description(times * DEPARTMENTS).to_string();
        let path = folder.join(format!("x{times}.json"));
        put(&path, &text)?;
        for (tool, runs) in generate::in_turn(scratch, &path, turns)? {
            rows.push(Grown { times, bytes: text.len() as u64, tool, runs });
        }
    }
    Ok(rows)
}
