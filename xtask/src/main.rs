//! The maintainers' commands. `cargo xtask --help` explains them.

mod arguments;
mod console;
mod corpus;
mod diff;
mod excerpt;
mod failure;
mod generate;
mod lint;
mod messages;
mod plan;
mod replace;
mod show;
mod stage_dump;
mod update;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

const EXIT_CODES: &str = "\
Examples:
  cargo xtask generate                    write the Lantern client anew
  cargo xtask generate --check            see whether it is what the generator would write
  cargo xtask update downloaded.json      take the vendor's new description and write the client anew
  cargo xtask diff old.yaml new.yaml      see what a change of the description means to callers
  cargo xtask lint                        find what makes the description hard to use
  cargo xtask show effective              see the description with the overlay applied
  cargo xtask corpus ../descriptions      try the generator on many descriptions

Exit codes:
  0  done, or the generated crate is current
  1  the description was refused, or --deny-warnings met a warning, or the generated crate is stale
  2  the command was used wrongly, or a file could not be read or written
  3  something was found that the command was told to fail on";

/// The maintainers' commands of this workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = EXIT_CODES)]
struct Xtask {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Corpus(corpus::Corpus),
    Generate(generate::Generate),
    Update(update::Update),
    Diff(diff::Diff),
    Lint(lint::Lint),
    Show(show::Show),
}

fn main() -> ExitCode {
    let done = match Xtask::parse().command {
        Command::Corpus(corpus) => corpus.run(),
        Command::Generate(generate) => generate.run(),
        Command::Update(update) => update.run(),
        Command::Diff(diff) => diff.run(),
        Command::Lint(lint) => lint.run(),
        Command::Show(show) => show.run(),
    };
    match done {
        Ok(text) => {
            console::print(&text);
            ExitCode::SUCCESS
        }
        Err(failure) => {
            console::print_stderr(&failure);
            failure.exit_code()
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Xtask::command().debug_assert();
    }
}
