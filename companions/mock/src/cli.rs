//! The command that serves a table, for programs that have one.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use lantern_operations::Table;

use crate::fault::FaultRule;
use crate::limits::Limit;
use crate::server::{MockBuilder, MockServer};

/// What `mock` takes.
#[derive(Args, Clone, Debug)]
pub struct MockArguments {
    /// The port; 0 for any that is free
    #[arg(long, default_value_t = 4010)]
    pub port: u16,

    /// The address. Everybody who reaches it can read what was received
    #[arg(long, default_value = "127.0.0.1", value_name = "ADDRESS")]
    pub host: String,

    /// Serves `https` with this certificate, or a chain of them (PEM)
    #[cfg(feature = "tls")]
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,

    /// The key of the certificate (PEM)
    #[cfg(feature = "tls")]
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,

    /// Draws values, faults and pauses: the same seed, the same run
    #[arg(long, default_value_t = 0, value_name = "NUMBER")]
    pub seed: u64,

    /// Answers 402 when so many credits are used up
    #[arg(long, value_name = "NUMBER")]
    pub credits: Option<f64>,

    /// Lets requests fail: `503@0.1` (a tenth), `timeout@1/50`, `disconnect@#3:enrichment` (the third of a group)
    ///
    /// What happens is a status; `refuse`: the connection is closed before anything is done; `timeout`, `disconnect`
    /// or `truncate`: the request is processed and charged, and the answer is lost or cut.
    #[arg(long = "fail", value_name = "WHAT@SHARE[:OPERATIONS]")]
    pub faults: Vec<FaultRule>,

    /// Lets replies take this many milliseconds: `50`, or from and to: `50-200`
    #[arg(long, value_name = "MILLISECONDS", value_parser = latency)]
    pub latency: Option<(Duration, Duration)>,

    /// A valid secret, also of a client that requests tokens; any is if none is given
    #[arg(long = "key", value_name = "SECRET")]
    pub keys: Vec<String>,

    /// Limits a group: `enrichment=50/60` for 50 requests within 60 seconds
    #[arg(long = "limit", value_name = "GROUP=REQUESTS/SECONDS", value_parser = limit)]
    pub limits: Vec<(String, Limit)>,

    /// Does without the rate limits that are described
    #[arg(long)]
    pub no_limits: bool,

    /// The time until the results of a batch are there
    #[arg(long, default_value_t = 2.0, value_name = "SECONDS")]
    pub batch_delay: f64,

    /// Writes the results of batches to this folder, too
    #[arg(long, value_name = "FOLDER")]
    pub store: Option<PathBuf>,

    /// Where replies say that results are, such as `s3://results`, if something else serves the folder
    #[arg(long, value_name = "URL", requires = "store")]
    pub store_url: Option<String>,
}

impl MockArguments {
    /// Serves a table until the program ends.
    ///
    /// # Errors
    /// If the address is not free, or the certificate cannot be used.
    pub fn run(self, table: impl Into<Arc<Table>>) -> io::Result<()> {
        let table = table.into();
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let (title, count) = (table.title.clone(), table.operations.len());
        runtime.block_on(async {
            let place = format!("{}:{}", self.host, self.port);
            let server =
                self.builder(table)?.start().await.map_err(|why| cannot_listen(&place, &why))?;
            let url = server.url();
            // Who closed stderr does not want to read it.
            let _ = writeln!(
                io::stderr(),
                "{title}: {count} operations at {url}\nWhat was received: {url}/__mock/received"
            );
            if let Some(tokens) = server.token_url() {
                let _ = writeln!(io::stderr(), "Tokens by client id and secret: {tokens}");
            }
            server.wait().await;
            Ok(())
        })
    }

    fn builder(self, table: Arc<Table>) -> io::Result<MockBuilder> {
        let mut builder = self
            .secured(MockServer::builder(table))?
            .address(format!("{}:{}", self.host, self.port))
            .seed(self.seed)
            .batch_delay(Duration::try_from_secs_f64(self.batch_delay).unwrap_or_default());
        builder = self.faults.into_iter().fold(builder, MockBuilder::fail);
        builder = self.keys.into_iter().fold(builder, MockBuilder::key);
        builder =
            self.limits.into_iter().fold(builder, |it, (group, limit)| it.limit(group, limit));
        builder = self.credits.into_iter().fold(builder, MockBuilder::credits);
        builder = self.store.into_iter().fold(builder, MockBuilder::store);
        builder = self.store_url.into_iter().fold(builder, MockBuilder::store_url);
        builder =
            self.latency.into_iter().fold(builder, |it, (least, most)| it.latency(least, most));
        Ok(if self.no_limits { builder.no_limits() } else { builder })
    }

    #[cfg(not(feature = "tls"))]
    fn secured(&self, builder: MockBuilder) -> io::Result<MockBuilder> {
        Ok(builder)
    }

    #[cfg(feature = "tls")]
    fn secured(&self, builder: MockBuilder) -> io::Result<MockBuilder> {
        let Some((certificates, key)) = self.tls_cert.as_ref().zip(self.tls_key.as_ref()) else {
            return Ok(builder);
        };
        let read = |file: &PathBuf| {
            let named =
                |why: io::Error| io::Error::new(why.kind(), format!("{}: {why}", file.display()));
            std::fs::read(file).map_err(named)
        };
        builder.tls(&read(certificates)?, &read(key)?)
    }
}

/// Why the server cannot be started, and what helps.
fn cannot_listen(place: &str, why: &io::Error) -> io::Error {
    let hint = match why.kind() {
        io::ErrorKind::AddrInUse => "; give another --port, or 0 for any that is free",
        io::ErrorKind::PermissionDenied => "; give a --port above 1023",
        _ => "; see --host and --port",
    };
    io::Error::new(why.kind(), format!("{place}: {why}{hint}"))
}

fn latency(text: &str) -> Result<(Duration, Duration), String> {
    let (least, most) = text.split_once('-').unwrap_or((text, text));
    let read = |text: &str| text.trim_end_matches("ms").parse().ok().map(Duration::from_millis);
    let both = read(least).zip(read(most));
    both.ok_or_else(|| format!("`{text}` is not a time in milliseconds: write `50` or `50-200`"))
}

fn limit(text: &str) -> Result<(String, Limit), String> {
    let (group, limit) = text.split_once('=').ok_or("write `GROUP=REQUESTS/SECONDS`")?;
    Ok((group.to_owned(), limit.parse()?))
}
