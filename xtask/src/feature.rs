//! Commands that need more than `generate` does. The first `cargo xtask generate` would compile it for nothing, so it is
//! behind features; such a command runs the program again with its feature.

use std::path::Path;
use std::process::{Command as Process, ExitCode};

use lantern_generator::cli::{self, Failure};

use crate::{Command, workspace};

/// The feature of this package that a command needs and this program was not compiled with.
pub fn missing(command: &Command) -> Option<&'static str> {
    let (feature, is_there) = match command {
        Command::Corpus(_) => ("corpus", cfg!(feature = "corpus")),
        Command::Bench(_) => ("bench", cfg!(feature = "bench")),
        Command::Budget(_) => ("budget", cfg!(feature = "budget")),
        // `mock` and `mcp` are for the program that is installed, which they tell of.
        Command::Generator(command) => {
            return command.missing_feature().filter(|feature| *feature == "lint");
        }
    };
    (!is_there).then_some(feature)
}

/// Compiles this program with a feature, and lets it do the same.
pub fn run_again(feature: &str) -> ExitCode {
    // A program that runs cannot be replaced there.
    if cfg!(windows) {
        let command = format!("cargo run --package xtask --features {feature} -- …");
        return cli::finish(Err(Failure::Usage(format!("run this command by `{command}`"))));
    }
    let mut cargo = Process::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--package", "xtask", "--features", feature, "--manifest-path"]);
    cargo.arg(workspace().join("Cargo.toml")).arg("--").args(std::env::args_os().skip(1));
    match cargo.status() {
        Ok(status) => status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(2).into(),
        Err(why) => cli::finish(Err(Failure::at(Path::new("cargo"))(why))),
    }
}

/// What is said if a command is run all the same.
#[cfg(not(all(feature = "bench", feature = "budget", feature = "corpus")))]
pub fn is_missing() -> Failure {
    Failure::Usage("the command needs a feature of this program".to_owned())
}
