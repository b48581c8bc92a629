//! The program `lantern-generator`. `lantern-generator --help` explains it.

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use lantern_generator::cli::{self, Completions, Context, Man, SettingsArgs};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Reads an OpenAPI description and writes a Rust client crate
#[derive(Parser)]
#[command(version)]
struct Program {
    #[command(flatten)]
    settings: SettingsArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    #[command(flatten)]
    Generator(Box<cli::Command>),
    Completions(Completions),
    Man(Man),
}

fn main() -> ExitCode {
    let context = Context::standalone();
    let program: Program = cli::parse(&context);
    let all = || cli::configure(Program::command(), &context);
    cli::finish(match program.command {
        Command::Generator(command) => command.run(&context),
        Command::Completions(completions) => Ok(completions.run(all())),
        Command::Man(man) => man.run(all()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        cli::configure(Program::command(), &Context::standalone()).debug_assert();
    }
}
