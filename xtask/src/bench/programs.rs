//! Small programs: each makes one call with a client of Lantern, by all that the client has by default.

use std::fs;
use std::path::Path;

use lantern_generator::cli::Failure;

use super::compile::{self, Client};
use super::results::{Cargo, Program, Runs};
use super::scratch::{Scratch, progress};
use super::tool::Tool;
use crate::files::put;

/// No program has the names of its functions, which would be most of its file.
pub const PROFILE: &str = "[profile.release]\nstrip = true\n";

/// A program that stands in the workspace of the clients.
pub struct Source {
    tool: Tool,
    pub package: String,
}

/// Writes the programs beside their clients.
pub fn write(clients: &[Client], folder: &Path) -> Result<Vec<Source>, Failure> {
    let mut programs = Vec::new();
    for client in clients {
        let Some(text) = text(client.tool) else { continue };
        let package = format!("program-with-{}", client.tool.name());
        put(&folder.join(&package).join("Cargo.toml"), &manifest(&package, client))?;
        put(&folder.join(&package).join("src/main.rs"), text)?;
        programs.push(Source { tool: client.tool, package });
    }
    Ok(programs)
}

fn text(tool: Tool) -> Option<&'static str> {
    Some(match tool {
        Tool::LanternGenerator => include_str!("../../programs/lantern_generator.rs"),
        Tool::Oas3Gen => include_str!("../../programs/oas3_gen.rs"),
        Tool::Ploidy => include_str!("../../programs/ploidy.rs"),
        Tool::OpenapiToRust => include_str!("../../programs/openapi_to_rust.rs"),
        // It refuses the description.
        Tool::Progenitor => return None,
    })
}

fn manifest(package: &str, client: &Client) -> String {
    let client = &client.package;
    format!(
        "[package]\nname = {package:?}\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nclient = {{ package = {client:?}, path = \"../{client}\" }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n"
    )
}

/// Builds each program so many times, all in turn.
pub fn measure(
    scratch: &Scratch,
    programs: &[Source],
    turns: usize,
) -> Result<Vec<Program>, Failure> {
    let new = |one: &Source| Program { tool: one.tool, runs: Runs::Done(Vec::new()), bytes: None };
    let mut rows: Vec<Program> = programs.iter().map(new).collect();
    for turn in 0..=turns {
        for (program, row) in programs.iter().zip(&mut rows) {
            progress(format!("building {} [{turn}/{turns}]", program.package));
            let attempt = compile::compile(scratch, &program.package, "main.rs", Cargo::Release)?;
            // The first time, cargo builds the client without the features that are off by default.
            if turn > 0 || attempt.is_err() {
                row.runs.add(attempt);
            }
        }
    }
    for (program, row) in programs.iter().zip(&mut rows) {
        row.bytes = row.runs.done().map(|_| size(scratch, &program.package)).transpose()?;
    }
    Ok(rows)
}

fn size(scratch: &Scratch, package: &str) -> Result<u64, Failure> {
    let file = scratch.client_target().join("release").join(package);
    let file = file.with_extension(std::env::consts::EXE_EXTENSION);
    fs::metadata(&file).map(|found| found.len()).map_err(Failure::at(&file))
}
