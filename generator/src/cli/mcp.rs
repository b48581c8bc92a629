//! `mcp`: offers what a description describes as tools for agents.

use std::io::{self, Write as _};

use clap::Args;
use lantern_mcp::HttpBackend;
use lantern_mcp::cli::McpArguments;

use super::examples::Example;
use super::messages::Messages;
use super::sources::{self, Sources};
use super::{Context, Failure, help};

const EXAMPLES: [Example; 3] = [
    Example("mcp --spec shop.yaml --read-only", "on stdio"),
    Example("mcp --spec shop.yaml --allow orders --max-credits 100 --confirm-above 5", ""),
    Example("mcp --spec shop.yaml --base-url http://127.0.0.1:4010 --http 8080", "by HTTP"),
];

const NOTE: &str = "\
The service is called with secrets from the environment variables that its security schemes name, such as \
SHOP_API_KEY, or CLIENT_API_KEY where no settings name the client; a model never sees them.";

const EXIT_CODES: [(u8, &str); 3] = [
    (0, "the client ended the session"),
    (1, "the description was refused"),
    (2, "the command was used wrongly, a file could not be read, or the connection failed"),
];

/// What `mcp` is told.
#[derive(Args)]
pub struct Mcp {
    #[command(flatten)]
    sources: Sources,
    #[command(flatten)]
    messages: Messages,
    /// The URL of the service, in place of the description's first server
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    #[command(flatten)]
    server: McpArguments,
}

/// Writes the help for those who run the command, and requires what their project does not say.
pub fn configure(command: clap::Command, context: &Context) -> clap::Command {
    let command = sources::configure(command, context, "mcp --http 8080 --spec - …");
    command.after_help(help::text(context, &[NOTE.to_owned()], &EXAMPLES, &EXIT_CODES))
}

impl Mcp {
    /// Serves until the client ends the session.
    pub fn run(&self, context: &Context) -> Result<String, Failure> {
        let table = self.sources.table(context, &self.messages)?;
        let backend = HttpBackend::from_env(&table, self.base_url.as_deref());
        let backend = backend.map_err(Failure::Usage)?;
        let missing = backend.missing_variables(&table);
        if !missing.is_empty() {
            // Standard output is that of the protocol.
            let variables = missing.join(" or ");
            let _ = writeln!(io::stderr(), "calls are sent without credentials: set {variables}");
        }
        let served = self.server.clone().run(table, backend);
        served.map(|()| String::new()).map_err(|error| Failure::Usage(error.to_string()))
    }
}
