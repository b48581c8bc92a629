//! The commands: of the program `lantern-generator` for any description, and of a project's own program, which passes
//! its settings by [`Context`].
//!
//! Only they write to the disk.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod absent;
mod check;
pub mod console;
mod context;
mod crate_name;
mod diff;
mod drift;
mod examples;
mod failure;
mod generate;
mod help;
mod init;
mod input;
mod lint;
#[cfg(feature = "mcp")]
mod mcp;
mod messages;
#[cfg(feature = "mock")]
mod mock;
mod plan;
pub mod progress;
mod prune;
mod settings;
#[cfg(feature = "program")]
mod shell;
mod show;
mod sources;
mod update;

pub use context::{Context, SettingsArgs};
pub use crate_name::from_words as crate_name;
pub use examples::{Example, Examples};
pub use failure::Failure;
pub use messages::Format;
pub use settings::FILE as SETTINGS_FILE;
#[cfg(feature = "program")]
pub use shell::{Completions, Man};

#[cfg(not(feature = "mcp"))]
use absent as mcp;
#[cfg(not(feature = "mock"))]
use absent as mock;

/// The commands.
#[derive(Subcommand)]
pub enum Command {
    /// Write a client crate from an OpenAPI description
    Generate(generate::Generate),
    /// Write a first settings file for a description
    Init(init::Init),
    /// Take the vendor's new description and write the client anew
    Update(update::Update),
    /// Print what a change of the description means to callers
    Diff(diff::Diff),
    /// Tell what a new description breaks of a client that is running
    Check(check::Check),
    /// Write what clients have seen otherwise than described as actions of an overlay
    Drift(drift::Drift),
    /// Find what makes a description hard to use
    Lint(lint::Lint),
    /// Print what a stage of the generator gives
    Show(show::Show),
    /// Serve what a description describes, for tests and demos (feature `mock`)
    Mock(mock::Mock),
    /// Offer the operations of a description as tools for agents (Model Context Protocol; feature `mcp`)
    Mcp(mcp::Mcp),
}

impl Command {
    /// The feature that the command needs and this program was compiled without.
    #[must_use]
    pub fn missing_feature(&self) -> Option<&'static str> {
        let (feature, is_there) = match self {
            Self::Update(_) | Self::Lint(_) => ("lint", cfg!(feature = "lint")),
            Self::Mock(_) => ("mock", cfg!(feature = "mock")),
            Self::Mcp(_) => ("mcp", cfg!(feature = "mcp")),
            _ => return None,
        };
        (!is_there).then_some(feature)
    }

    /// Runs the command, and returns what it prints at the end.
    ///
    /// # Errors
    /// Why it ends without success. Diagnostics are already shown.
    pub fn run(&self, context: &Context) -> Result<String, Failure> {
        if let Some(feature) = self.missing_feature() {
            return Err(absent::failure(feature));
        }
        match self {
            Self::Generate(generate) => generate.run(context),
            Self::Init(init) => init.run(context),
            Self::Update(update) => update.run(context),
            Self::Diff(diff) => diff.run(context),
            Self::Check(check) => check.run(context),
            Self::Drift(drift) => drift.run(context),
            #[cfg(feature = "lint")]
            Self::Lint(lint) => lint.run(context),
            #[cfg(not(feature = "lint"))]
            Self::Lint(_) => unreachable!("it is not available"),
            Self::Show(show) => show.run(context),
            #[cfg(feature = "mock")]
            Self::Mock(mock) => mock.run(context),
            #[cfg(not(feature = "mock"))]
            Self::Mock(_) => unreachable!("it is not available"),
            #[cfg(feature = "mcp")]
            Self::Mcp(mcp) => mcp.run(context),
            #[cfg(not(feature = "mcp"))]
            Self::Mcp(_) => unreachable!("it is not available"),
        }
    }
}

/// Reads the command line of a program that has the commands among its own. Ends the program if it is used wrongly.
#[must_use]
pub fn parse<P: Parser>(context: &Context) -> P {
    let matches = configure(P::command(), context).get_matches();
    P::from_arg_matches(&matches).unwrap_or_else(|why| why.exit())
}

/// Writes the help for those who run the program, and requires what their project does not say.
pub fn configure(program: clap::Command, context: &Context) -> clap::Command {
    let help = help::text(context, &[], context.examples.overview, &EXIT_CODES);
    program
        .after_help(help)
        .mut_subcommand("generate", |command| generate::configure(command, context))
        .mut_subcommand("init", |command| init::configure(command, context))
        .mut_subcommand("update", |command| update::configure(command, context))
        .mut_subcommand("diff", |command| diff::configure(command, context))
        .mut_subcommand("check", |command| check::configure(command, context))
        .mut_subcommand("drift", |command| drift::configure(command, context))
        .mut_subcommand("lint", |command| lint::configure(command, context))
        .mut_subcommand("show", |command| show::configure(command, context))
        .mut_subcommand("mock", |command| mock::configure(command, context))
        .mut_subcommand("mcp", |command| mcp::configure(command, context))
}

const EXIT_CODES: [(u8, &str); 4] = [
    (0, "done, or the generated crate is current"),
    (
        1,
        "the description was refused, or --deny-warnings met a warning, or the generated crate is stale",
    ),
    (2, "the command was used wrongly, or a file could not be read or written"),
    (3, "something was found that the command was told to fail on"),
];

/// Prints what a command returned, and returns the exit code.
pub fn finish(done: Result<String, Failure>) -> ExitCode {
    match done {
        Ok(text) => {
            console::print(text);
            ExitCode::SUCCESS
        }
        Err(failure) => {
            console::print_stderr(&failure);
            failure.exit_code()
        }
    }
}
