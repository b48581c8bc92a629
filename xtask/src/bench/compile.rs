//! Compiling clients: as members of one workspace, so that what they depend on is built once.

use std::fs;
use std::path::Path;

use lantern_generator::cli::Failure;

use super::generate;
use super::process;
use super::programs;
use super::results::{Cargo, Compiled, Program, Runs};
use super::scratch::{Scratch, cargo, progress};
use super::tool::{TOOLS, Tool};
use crate::descriptions::Found;
use crate::files::{put, rust_lines};
use crate::workspace;

/// A run that takes longer is not repeated: what else a machine does is a small part of it.
const LONG_SECONDS: f64 = 60.0;

/// A client that stands in the workspace.
pub struct Client {
    description: String,
    pub tool: Tool,
    pub package: String,
    lines: u64,
}

/// Clients of Lantern and of the chosen descriptions, and programs with the former. With optimizations, only the former are
/// built, unless `is_release`.
pub fn measure(
    scratch: &Scratch,
    chosen: &[&Found],
    turns: usize,
    is_release: bool,
) -> Result<(Vec<Compiled>, Vec<Program>), Failure> {
    let lantern = Found { name: "lantern".to_owned(), path: workspace().join("spec/lantern.yaml") };
    let folder = scratch.empty("clients")?;
    let mut clients = generate_all(scratch, &lantern, &folder)?;
    let of_lantern = clients.len();
    for found in chosen {
        clients.extend(generate_all(scratch, found, &folder)?);
    }
    let programs = programs::write(&clients[..of_lantern], &folder)?;
    let packages = clients.iter().map(|client| client.package.as_str());
    let members: Vec<_> = packages.chain(programs.iter().map(|one| one.package.as_str())).collect();
    put(
        &folder.join("Cargo.toml"),
        &format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n{}", programs::PROFILE),
    )?;
    let optimized = if is_release { &clients } else { &clients[..of_lantern] };
    let mut rows = compile_all(scratch, &clients, Cargo::Check, turns)?;
    rows.extend(compile_all(scratch, optimized, Cargo::Release, turns)?);
    Ok((rows, programs::measure(scratch, &programs, turns)?))
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
    for client in clients {
        progress(format!("compiling what {} depends on", client.package));
        compile_dependencies(scratch, &client.package, command)?;
    }
    for turn in 1..=turns {
        for (client, row) in clients.iter().zip(&mut rows).filter(|(_, row)| row.is_wanted()) {
            progress(format!("compiling {} [{turn}/{turns}]", client.package));
            row.runs.add(compile(scratch, &client.package, "lib.rs", command)?);
        }
    }
    Ok(rows)
}

/// Compiles a client in which nothing is, and so what it depends on.
fn compile_dependencies(scratch: &Scratch, package: &str, command: Cargo) -> Result<(), Failure> {
    let root = scratch.folder("clients").join(package).join("src/lib.rs");
    let text = fs::read_to_string(&root).map_err(Failure::at(&root))?;
    put(&root, "")?;
    // What fails here fails again where it is measured.
    let compiled = compile(scratch, package, "lib.rs", command);
    put(&root, &text)?;
    compiled.map(drop)
}

fn row(client: &Client, command: Cargo) -> Compiled {
    let Client { description, tool, lines, .. } = client;
    let (description, runs) = (description.clone(), Runs::Done(Vec::new()));
    Compiled { description, tool: *tool, command, lines: *lines, runs }
}

impl Compiled {
    fn is_wanted(&self) -> bool {
        match &self.runs {
            Runs::Done(runs) => runs.iter().all(|run| run.wall < LONG_SECONDS),
            Runs::Refused(_) => false,
        }
    }
}

/// Compiles a package with all of its features, and nothing else if what it depends on is compiled.
pub fn compile(
    scratch: &Scratch,
    package: &str,
    root: &str,
    command: Cargo,
) -> Result<process::Attempt, Failure> {
    let folder = scratch.folder("clients");
    touch(&folder.join(package).join("src").join(root))?;
    let mut cargo = cargo();
    cargo.args(match command {
        Cargo::Check => ["check", "--all-features"].as_slice(),
        Cargo::Release => ["build", "--release", "--all-features"].as_slice(),
    });
    cargo.args(["--package", package]).current_dir(&folder);
    cargo.arg("--target-dir").arg(scratch.client_target());
    process::run(&mut cargo, &scratch.log())
}

/// Cargo compiles a file again if it is newer than what was made of it.
fn touch(file: &Path) -> Result<(), Failure> {
    let open = fs::File::options().append(true).open(file).map_err(Failure::at(file))?;
    open.set_modified(std::time::SystemTime::now()).map_err(Failure::at(file))
}
