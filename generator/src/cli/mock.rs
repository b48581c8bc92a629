//! `mock`: serves what a description describes, for tests and demos.

use clap::Args;
use lantern_mock::cli::MockArguments;

use super::examples::Example;
use super::messages::Messages;
use super::sources::{self, Sources};
use super::{Context, Failure, help};

const EXAMPLES: [Example; 3] = [
    Example("mock --spec shop.yaml", "at http://127.0.0.1:4010"),
    Example("mock --spec shop.yaml --credits 100 --fail 503@0.1 --latency 50-200", ""),
    Example("mock --spec shop.yaml --fail disconnect@#3:orders", "the third of a group"),
];

const NOTE: &str = "\
A request chooses its reply by `Prefer: code=404` or `Prefer: example=1`. GET /__mock lists the operations, \
GET /__mock/received tells what was received, and POST /__mock/replies scripts replies.";

const EXIT_CODES: [(u8, &str); 2] = [
    (1, "the description was refused"),
    (2, "the command was used wrongly, a file could not be read, or the address is not free"),
];

/// What `mock` is told.
#[derive(Args)]
pub struct Mock {
    #[command(flatten)]
    sources: Sources,
    #[command(flatten)]
    messages: Messages,
    #[command(flatten)]
    server: MockArguments,
}

/// Writes the help for those who run the command, and requires what their project does not say.
pub fn configure(command: clap::Command, context: &Context) -> clap::Command {
    let command = sources::configure(command, context, "mock --spec - …");
    command.after_help(help::text(context, &[NOTE.to_owned()], &EXAMPLES, &EXIT_CODES))
}

impl Mock {
    /// Serves until the program is ended.
    pub fn run(&self, context: &Context) -> Result<String, Failure> {
        let table = self.sources.table(context, &self.messages)?;
        let served = self.server.clone().run(table);
        served.map(|()| String::new()).map_err(|error| Failure::Usage(error.to_string()))
    }
}
