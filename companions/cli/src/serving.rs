//! Commands that serve the operations: `mock` for tests and demos, `mcp` for agents.

#[cfg(feature = "mcp")]
mod mcp;

use clap::{ArgMatches, Command};
use lantern_operations::Table;

use crate::secrets::Secrets;
use crate::{Failure, Program};

/// The commands that this program was built with.
pub fn commands() -> Vec<Command> {
    vec![
        #[cfg(feature = "mcp")]
        mcp::command(),
        #[cfg(feature = "mock")]
        mock_command(),
    ]
}

/// Serves what the command says; `None` if it is another command.
#[cfg_attr(not(feature = "mcp"), allow(unused_variables))]
pub fn run(
    program: &Program,
    table: &'static Table,
    (name, matches): (&str, &ArgMatches),
    secrets: &Secrets,
) -> Option<Result<(), Failure>> {
    match name {
        #[cfg(feature = "mcp")]
        "mcp" => Some(mcp::run(program, table, matches, secrets)),
        #[cfg(feature = "mock")]
        "mock" => Some(mock(table, matches)),
        _ => None,
    }
}

#[cfg(feature = "mock")]
fn mock_command() -> Command {
    use clap::Args;
    let command = lantern_mock::cli::MockArguments::augment_args(Command::new("mock"));
    let about = "Serves the operations as described, for tests and demos";
    command.about(about).long_about(about)
}

#[cfg(feature = "mock")]
fn mock(table: &'static Table, matches: &ArgMatches) -> Result<(), Failure> {
    use clap::FromArgMatches;
    let arguments = lantern_mock::cli::MockArguments::from_arg_matches(matches);
    let arguments = arguments.map_err(|why| Failure::usage(why.to_string()))?;
    arguments.run(table.clone()).map_err(|why| Failure::other(why.to_string()))
}
