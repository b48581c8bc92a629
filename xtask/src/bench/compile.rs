//! Compiling clients: as members of one workspace, so that what they depend on is built once.

use std::fs;
use std::path::Path;

use lantern_generator::cli::Failure;

use super::generate;
use super::process;
use super::results::{Cargo, Compiled, Runs};
use super::scratch::{Scratch, cargo, progress};
use super::tool::{TOOLS, Tool};
use crate::descriptions::Found;
use crate::files::{put, rust_lines};
use crate::workspace;

/// A client that stands in the workspace.
struct Client {
    description: String,
    tool: Tool,
    package: String,
    lines: u64,
}

pub fn measure(
    scratch: &Scratch,
    chosen: &[&Found],
    turns: usize,
    is_release: bool,
) -> Result<Vec<Compiled>, Failure> {
    let lantern = Found { name: "lantern".to_owned(), path: workspace().join("spec/lantern.yaml") };
    let folder = scratch.empty("clients")?;
    let mut clients = Vec::new();
    for found in [&[&lantern], chosen].concat() {
        clients.extend(generate_all(scratch, found, &folder)?);
    }
    let members: Vec<&str> = clients.iter().map(|client| client.package.as_str()).collect();
    put(
        &folder.join("Cargo.toml"),
        &format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"),
    )?;
    let commands = if is_release { vec![Cargo::Check, Cargo::Release] } else { vec![Cargo::Check] };
    let mut rows = Vec::new();
    for command in commands {
        rows.extend(compile_all(scratch, &clients, command, turns)?);
    }
    Ok(rows)
}

/// The clients of those generators that do not refuse the description.
fn generate_all(scratch: &Scratch, found: &Found, folder: &Path) -> Result<Vec<Client>, Failure> {
    let mut clients = Vec::new();
    for tool in TOOLS {
        let package = format!("{}-by-{}", found.name, tool.name());
        let made = generate::run(scratch, tool, &found.path, folder, &package)?;
        let out = folder.join(&package);
        if made.is_ok() {
            complete(tool, &out, &package)?;
            let lines = rust_lines(&out.join("src"))?;
            clients.push(Client { description: found.name.clone(), tool, package, lines });
        } else if out.exists() {
            fs::remove_dir_all(&out).map_err(Failure::at(&out))?;
        }
    }
    Ok(clients)
}

/// Puts a crate around modules, with the dependencies that their generator asks for.
fn complete(tool: Tool, out: &Path, package: &str) -> Result<(), Failure> {
    if tool != Tool::OpenapiToRust {
        return Ok(());
    }
    let wanted = out.join("src/generated/REQUIRED_DEPS.toml");
    let dependencies = fs::read_to_string(&wanted).map_err(Failure::at(&wanted))?;
    let head =
        format!("[package]\nname = {package:?}\nversion = \"0.1.0\"\nedition = \"2024\"\n\n");
    put(&out.join("Cargo.toml"), &(head + &dependencies))?;
    put(&out.join("src/lib.rs"), "pub mod generated;\n")
}

/// Each client so many times, all of a description in turn.
fn compile_all(
    scratch: &Scratch,
    clients: &[Client],
    command: Cargo,
    turns: usize,
) -> Result<Vec<Compiled>, Failure> {
    let mut rows: Vec<Compiled> = clients.iter().map(|client| row(client, command)).collect();
    for turn in 0..=turns {
        for (client, row) in clients.iter().zip(&mut rows).filter(|(_, row)| row.is_wanted()) {
            progress(format!("compiling {} [{turn}/{turns}]", client.package));
            let attempt = compile(scratch, client, command)?;
            // The first time, cargo compiles what the client depends on, too.
            if turn > 0 || attempt.is_err() {
                row.runs.add(attempt);
            }
        }
    }
    Ok(rows)
}

fn row(client: &Client, command: Cargo) -> Compiled {
    let Client { description, tool, lines, .. } = client;
    let (description, runs) = (description.clone(), Runs::Done(Vec::new()));
    Compiled { description, tool: *tool, command, lines: *lines, runs }
}

impl Compiled {
    fn is_wanted(&self) -> bool {
        matches!(self.runs, Runs::Done(_))
    }
}

/// Compiles a client with all of its features, and nothing else if what it depends on is compiled.
fn compile(
    scratch: &Scratch,
    client: &Client,
    command: Cargo,
) -> Result<process::Attempt, Failure> {
    let folder = scratch.folder("clients");
    touch(&folder.join(&client.package).join("src/lib.rs"))?;
    let mut cargo = cargo();
    cargo.args(match command {
        Cargo::Check => ["check", "--all-features"].as_slice(),
        Cargo::Release => ["build", "--release", "--all-features"].as_slice(),
    });
    cargo.args(["--package", &client.package]).current_dir(&folder);
    cargo.arg("--target-dir").arg(scratch.client_target());
    process::run(&mut cargo, &scratch.log())
}

/// Cargo compiles a file again if it is newer than what was made of it.
fn touch(file: &Path) -> Result<(), Failure> {
    let open = fs::File::options().append(true).open(file).map_err(Failure::at(file))?;
    open.set_modified(std::time::SystemTime::now()).map_err(Failure::at(file))
}
