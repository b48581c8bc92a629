//! The maintainers' commands. `cargo xtask --help` explains them.

mod arguments;
#[cfg(feature = "bench")]
mod bench;
#[cfg(feature = "budget")]
mod budget;
#[cfg(feature = "corpus")]
mod corpus;
#[cfg(any(feature = "bench", feature = "corpus"))]
mod descriptions;
mod examples;
mod feature;
#[cfg(any(feature = "bench", feature = "budget", feature = "corpus"))]
mod files;
#[cfg(any(feature = "bench", feature = "budget"))]
mod synthetic;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use lantern_generator::cli::{self, Context, SETTINGS_FILE, SettingsArgs};

/// The maintainers' commands of this workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Xtask {
    #[command(flatten)]
    settings: SettingsArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Corpus(arguments::Corpus),
    Bench(arguments::Bench),
    Budget(arguments::Budget),
    #[command(flatten)]
    Generator(Box<cli::Command>),
}

fn main() -> ExitCode {
    let context = context();
    let xtask: Xtask = cli::parse(&context);
    match (&xtask.command, feature::missing(&xtask.command)) {
        (_, Some(feature)) => feature::run_again(feature),
        (command, None) => cli::finish(command.run(&context)),
    }
}

impl Command {
    /// Runs a command that this program was compiled for.
    fn run(&self, context: &Context) -> Result<String, cli::Failure> {
        match self {
            #[cfg(feature = "corpus")]
            Self::Corpus(corpus) => corpus.run(),
            #[cfg(feature = "bench")]
            Self::Bench(bench) => bench.run(),
            #[cfg(feature = "budget")]
            Self::Budget(budget) => budget.run(),
            Self::Generator(command) => command.run(context),
            #[cfg(not(feature = "corpus"))]
            Self::Corpus(_) => Err(feature::is_missing()),
            #[cfg(not(feature = "bench"))]
            Self::Bench(_) => Err(feature::is_missing()),
            #[cfg(not(feature = "budget"))]
            Self::Budget(_) => Err(feature::is_missing()),
        }
    }
}

/// The commands work on the Lantern client, unless another description is named.
fn context() -> Context {
    let settings = workspace().join(SETTINGS_FILE);
    Context::new("cargo xtask", examples::EXAMPLES, Some(settings), std::env::args_os())
}

/// The folder of this workspace.
fn workspace() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        cli::configure(Xtask::command(), &context()).debug_assert();
    }
}
