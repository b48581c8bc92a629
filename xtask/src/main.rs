//! The maintainers' commands. `cargo xtask --help` explains them.

mod corpus;
mod examples;

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
    Corpus(corpus::Corpus),
    #[command(flatten)]
    Generator(cli::Command),
}

fn main() -> ExitCode {
    let context = context();
    let xtask: Xtask = cli::parse(&context);
    cli::finish(match xtask.command {
        Command::Corpus(corpus) => corpus.run(),
        Command::Generator(command) => command.run(&context),
    })
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
