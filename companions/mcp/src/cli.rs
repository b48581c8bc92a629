//! The command that serves tools, for programs that have a table.

use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use lantern_operations::Table;
use rmcp::ServiceExt as _;
use rmcp::transport::io::stdio;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};

use crate::backend::Backend;
use crate::options::Options;
use crate::server::ToolServer;

/// What `mcp` takes.
#[derive(Args, Clone, Debug)]
pub struct McpArguments {
    /// Only these operations are tools: `group.command`, an `operationId` or a group
    #[arg(long = "allow", value_name = "NAME")]
    pub allowed: Vec<String>,

    /// Only operations that change nothing are tools
    #[arg(long)]
    pub read_only: bool,

    /// All calls together may cost so many credits
    #[arg(long, value_name = "NUMBER")]
    pub max_credits: Option<f64>,

    /// Asks the person before a call that may cost more credits than this
    #[arg(long, value_name = "NUMBER", default_value_t = 10.0)]
    pub confirm_above: f64,

    /// Files below this folder may be sent; without it, none of this machine
    #[arg(long, value_name = "FOLDER")]
    pub files: Option<PathBuf>,

    /// Serves by streamable HTTP at this port of `127.0.0.1`, at `/mcp`, in place of stdio
    #[arg(long, value_name = "PORT")]
    pub http: Option<u16>,
}

impl McpArguments {
    /// Serves a table until the client ends it.
    ///
    /// # Errors
    /// If the arguments do not fit the table, or the connection ends by an error.
    pub fn run(
        self,
        table: impl Into<Arc<Table>>,
        backend: impl Backend,
    ) -> Result<(), Box<dyn Error>> {
        let (http, options) = (self.http, self.options());
        let server = ToolServer::new(table, backend, options)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async {
            match http {
                Some(port) => serve_http(server, port).await,
                None => {
                    server.serve(stdio()).await?.waiting().await?;
                    Ok(())
                }
            }
        })
    }

    fn options(self) -> Options {
        let mut options = Options::new().confirm_above(self.confirm_above);
        options = self.allowed.into_iter().fold(options, Options::allow);
        options = self.files.into_iter().fold(options, Options::files);
        options = self.max_credits.into_iter().fold(options, Options::max_credits);
        if self.read_only { options.read_only() } else { options }
    }
}

/// Serves by streamable HTTP, at `/mcp`. All sessions share the budget.
pub fn router(server: ToolServer) -> axum::Router {
    let sessions = Arc::new(LocalSessionManager::default());
    let config = StreamableHttpServerConfig::default();
    let service = StreamableHttpService::new(move || Ok(server.clone()), sessions, config);
    axum::Router::new().nest_service("/mcp", service)
}

async fn serve_http(server: ToolServer, port: u16) -> Result<(), Box<dyn Error>> {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    let _ = writeln!(std::io::stderr(), "Serving at http://{}/mcp", listener.local_addr()?);
    axum::serve(listener, router(server)).await?;
    Ok(())
}
