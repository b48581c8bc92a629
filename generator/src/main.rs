//! The program `lantern-generator`. `lantern-generator --help` explains it.

use std::process::ExitCode;

use clap::Parser;
use lantern_generator::cli::{self, Command, Context};

/// Reads an OpenAPI description and writes a Rust client crate
#[derive(Parser)]
#[command(version)]
struct Program {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    let context = Context::standalone();
    let program: Program = cli::parse(&context);
    cli::finish(program.command.run(&context))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        cli::configure(Program::command(), &Context::standalone()).debug_assert();
    }
}
