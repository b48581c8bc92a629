//! Servers in a program.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use lantern_operations::Table;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::account::Account;
use crate::fault::FaultRule;
use crate::limits::Limit;
use crate::received::Received;
use crate::script::Script;
use crate::security::Security;
use crate::serve::serve;
use crate::settings::Settings;
use crate::state::Shared;

/// A server that behaves as a description says. It ends when it is dropped.
#[derive(Debug)]
pub struct MockServer {
    shared: Arc<Shared>,
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl MockServer {
    /// Starts a server with the usual settings at a free port of this machine.
    ///
    /// # Errors
    /// If no port is free.
    pub async fn start(table: impl Into<Arc<Table>>) -> io::Result<Self> {
        Self::builder(table).start().await
    }

    /// Starts with settings of your own.
    pub fn builder(table: impl Into<Arc<Table>>) -> MockBuilder {
        MockBuilder { table: table.into(), settings: Settings::default() }
    }

    /// The URL, without a path: `http://127.0.0.1:4010`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.shared.url
    }

    /// The place of token requests, if a security scheme has one: `http://127.0.0.1:4010/oauth/token`.
    #[must_use]
    pub fn token_url(&self) -> Option<String> {
        let path = self.shared.token_paths.first()?;
        Some(format!("{}{path}", self.shared.url))
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// All requests that were received, in their order.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.shared.state().received.clone()
    }

    /// The requests of an operation, by its `operationId`.
    #[must_use]
    pub fn received_by(&self, operation: &str) -> Vec<Received> {
        let all = self.received().into_iter();
        all.filter(|received| received.operation.as_deref() == Some(operation)).collect()
    }

    /// The credits that are left, and what was charged.
    #[must_use]
    pub fn account(&self) -> Account {
        self.shared.state().account.clone()
    }

    /// Sets the credits that are left.
    pub fn set_credits(&self, credits: f64) {
        self.shared.state().account.credits = Some(credits);
    }

    /// Adds a scripted reply. Of those that fit a request, the oldest one is given.
    pub fn script(&self, script: Script) {
        self.shared.state().scripts.push(script);
    }

    /// Replaces the rules of faults.
    pub fn set_faults(&self, rules: impl IntoIterator<Item = FaultRule>) {
        self.shared.state().faults = rules.into_iter().map(|rule| (rule, 0)).collect();
    }

    /// Forgets all that happened: requests, charges, scripts, batches.
    pub fn reset(&self) {
        self.shared.reset();
    }

    /// Serves until the program ends.
    pub async fn wait(mut self) {
        let _ = (&mut self.task).await;
    }
}

impl Drop for MockServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The settings of a [`MockServer`].
#[derive(Clone, Debug)]
#[must_use = "a server has to be started"]
pub struct MockBuilder {
    table: Arc<Table>,
    settings: Settings,
}

impl MockBuilder {
    fn with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(&mut self.settings);
        self
    }

    /// Draws values, faults and pauses by this seed; 0 if it is not said.
    pub fn seed(self, seed: u64) -> Self {
        self.with(|settings| settings.seed = seed)
    }

    /// Answers 402 when so many credits are used up. They never are if it is not said.
    pub fn credits(self, credits: f64) -> Self {
        self.with(|settings| settings.credits = Some(credits))
    }

    /// Adds a rule of faults.
    pub fn fail(self, rule: FaultRule) -> Self {
        self.with(|settings| settings.faults.push(rule))
    }

    /// Lets replies take a time from `least` to `most`.
    pub fn latency(self, least: Duration, most: Duration) -> Self {
        self.with(|settings| settings.latency = least..=most.max(least))
    }

    /// Adds a valid secret. If there is none, any secret is valid.
    pub fn key(self, key: impl Into<String>) -> Self {
        self.with(|settings| settings.keys.push(key.into()))
    }

    /// How long a token is valid that a client id and its secret get; an hour if it is not said. The secret is a [`key`](Self::key).
    pub fn token_lifetime(self, lifetime: Duration) -> Self {
        self.with(|settings| settings.token_lifetime = lifetime)
    }

    /// Limits a group of operations in place of what is described.
    pub fn limit(self, group: impl Into<String>, limit: Limit) -> Self {
        self.with(|settings| settings.limits.extend([(group.into(), limit)]))
    }

    /// Does without rate limits.
    pub fn no_limits(self) -> Self {
        self.with(|settings| settings.has_limits = false)
    }

    /// The time until the results of a batch are there; two seconds if it is not said.
    pub fn batch_delay(self, delay: Duration) -> Self {
        self.with(|settings| settings.batch_delay = delay)
    }

    /// Writes the results of batches to a folder, too: `FOLDER/run-1/results.csv`.
    pub fn store(self, folder: impl Into<PathBuf>) -> Self {
        self.with(|settings| settings.store = Some(folder.into()))
    }

    /// Says in replies that results are below this URL, such as `s3://results`, if something else serves the folder.
    pub fn store_url(self, url: impl Into<String>) -> Self {
        self.with(|settings| settings.store_url = Some(url.into()))
    }

    /// Listens here; at a free port of `127.0.0.1` if it is not said.
    pub fn address(self, address: impl Into<String>) -> Self {
        self.with(|settings| settings.address = address.into())
    }

    /// Serves `https` with a certificate, or a chain of them, and its key, both in PEM.
    ///
    /// # Errors
    /// If they cannot be read, or do not belong together.
    #[cfg(feature = "tls")]
    pub fn tls(self, certificates: &[u8], key: &[u8]) -> io::Result<Self> {
        let tls = crate::tls::Tls::new(certificates, key)?;
        Ok(self.with(|settings| settings.tls = Some(tls)))
    }

    /// Starts the server.
    ///
    /// # Errors
    /// If the address is not free.
    pub async fn start(self) -> io::Result<MockServer> {
        let listener = TcpListener::bind(&self.settings.address).await?;
        let address = listener.local_addr()?;
        let security = Security::of(&self.settings);
        let url = format!("{}://{address}", security.scheme());
        let shared = Arc::new(Shared::new(self.table, self.settings, url));
        let task = tokio::spawn(serve(listener, security, shared.clone()));
        Ok(MockServer { shared, address, task })
    }
}
