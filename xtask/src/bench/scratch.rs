//! Where generators are installed, and where what is measured is written.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::process::Command;

use lantern_generator::cli::{Failure, console};

use super::process;
use super::tool::{PEERS, Tool};
use crate::workspace;

/// A folder that is kept between runs.
pub struct Scratch {
    folder: PathBuf,
    /// The first folder of `GENERATED` that nothing was written to.
    next: Cell<usize>,
}

/// The folder of the folders that generators write to.
const GENERATED: &str = "generated";

impl Scratch {
    pub fn new(folder: &Path) -> Result<Self, Failure> {
        std::fs::create_dir_all(folder).map_err(Failure::at(folder))?;
        let folder = folder.canonicalize().map_err(Failure::at(folder))?;
        let used = std::fs::read_dir(folder.join(GENERATED)).map_or(0, Iterator::count);
        Ok(Self { folder, next: Cell::new(used + 1) })
    }

    pub fn results(&self) -> PathBuf {
        self.folder.join("results.json")
    }

    /// What the last process printed.
    pub fn log(&self) -> PathBuf {
        self.folder.join("log")
    }

    pub fn folder(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// A folder of this name, empty.
    pub fn empty(&self, name: &str) -> Result<PathBuf, Failure> {
        let folder = self.folder(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder).map_err(Failure::at(&folder))?;
        }
        std::fs::create_dir_all(&folder).map_err(Failure::at(&folder))?;
        Ok(folder)
    }

    /// A folder that nothing was written to.
    ///
    /// Those before it stay until all is measured, and those of a run that was stopped do, too: ext4 looks up to ten times as
    /// long for the place of a new file if others were removed minutes ago, which counts against whoever writes many files.
    pub fn fresh(&self) -> Result<PathBuf, Failure> {
        let number = self.next.replace(self.next.get() + 1);
        self.empty(&format!("{GENERATED}/{number}"))
    }

    /// Removes what generators have written.
    pub fn clear(&self) -> Result<(), Failure> {
        self.empty(GENERATED).map(drop)
    }

    /// Where cargo builds what is in this workspace.
    pub fn own_target(&self) -> PathBuf {
        self.folder.join("ours")
    }

    /// Where cargo builds clients.
    pub fn client_target(&self) -> PathBuf {
        self.folder.join("clients-target")
    }

    /// Installs what is missing. Cargo leaves alone what has the wanted version.
    pub fn install(&self) -> Result<(), Failure> {
        for (package, version) in PEERS.into_iter().filter_map(Tool::package) {
            progress(format!("installing {package} {version}"));
            let mut cargo = cargo();
            cargo.args(["install", "--locked", "--root"]).arg(&self.folder);
            cargo.arg("--target-dir").arg(self.folder.join("target"));
            cargo.arg(format!("{package}@{version}"));
            process::require(&mut cargo, &self.log())?;
        }
        progress("building lantern-generator".to_owned());
        let mut cargo = cargo();
        cargo.args(["build", "--release", "--package", "lantern-generator"]);
        cargo.current_dir(workspace()).arg("--target-dir").arg(self.own_target());
        process::require(&mut cargo, &self.log()).map(drop)
    }

    pub fn program(&self, tool: Tool) -> PathBuf {
        let folder = match tool.package() {
            None => self.own_target().join("release"),
            Some(_) => self.folder.join("bin"),
        };
        folder.join(tool.program()).with_extension(std::env::consts::EXE_EXTENSION)
    }
}

/// The cargo that runs this program.
pub fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.env("CARGO_INCREMENTAL", "0");
    cargo
}

pub fn progress(text: String) {
    console::print_stderr(text);
}
