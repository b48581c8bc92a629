//! What sends requests: the generated client, which the program of a description brings.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use lantern_operations::{ClientSecret, Operation, Retry, Table};
use serde_json::Value;

use crate::Failure;

/// Sends requests. Limits, retries, credits and credentials are its own matter.
pub trait Service: Send + Sync {
    /// Sends a request until it succeeds, fails for good, or its time is up.
    fn send<'a>(&'a self, request: &'a Outgoing) -> Sending<'a>;

    /// Fetches the results of a batch, which it may have to wait for.
    fn results<'a>(&'a self, wanted: &'a Wanted) -> Fetching<'a> {
        let refusal = format!("the results of {} cannot be fetched by this program", wanted.run_id);
        Box::pin(async { Err(Failure::usage(refusal)) })
    }

    /// A text without the tokens that were requested for calls, which a service may repeat.
    fn without_tokens(&self, text: Vec<u8>) -> Vec<u8> {
        text
    }
}

/// Tells failures without tokens.
pub(crate) struct Discreet(pub Box<dyn Service>);

impl Discreet {
    fn hidden(&self, failure: Failure) -> Failure {
        let message = self.0.without_tokens(failure.message.into_bytes());
        let message = String::from_utf8_lossy(&message).into_owned();
        Failure { message, body: self.0.without_tokens(failure.body), ..failure }
    }
}

impl Service for Discreet {
    fn send<'a>(&'a self, request: &'a Outgoing) -> Sending<'a> {
        Box::pin(async { self.0.send(request).await.map_err(|failure| self.hidden(failure)) })
    }

    fn results<'a>(&'a self, wanted: &'a Wanted) -> Fetching<'a> {
        Box::pin(async { self.0.results(wanted).await.map_err(|failure| self.hidden(failure)) })
    }

    fn without_tokens(&self, text: Vec<u8>) -> Vec<u8> {
        self.0.without_tokens(text)
    }
}

/// Called before each time that a request is sent, after it has waited for its turn. If it fails, nothing is sent.
pub type Notice = Arc<dyn Fn() -> Result<(), Failure> + Send + Sync>;

/// Results that are wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The id of the run.
    pub run_id: String,
    /// Where the service says that they are, or will be.
    pub place: String,
    /// How long they are waited for; zero looks once.
    pub deadline: Duration,
    /// How often to look; `None` for less and less often.
    pub every: Option<Duration>,
    /// Whether they may be on this machine, because the service is.
    pub is_local: bool,
}

/// Results as a table: rows of names and texts of cells, and what is wrong with the rows that cannot be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// The rows.
    pub rows: Vec<Vec<(String, String)>>,
    /// The faults of others.
    pub faults: Vec<String>,
}

/// The results of a batch, when they are there.
pub type Fetching<'a> = Pin<Box<dyn Future<Output = Result<Rows, Failure>> + Send + 'a>>;

/// The reply to a request, when it is there.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<Answer, Failure>> + Send + 'a>>;

/// Makes the service that requests are sent to.
pub type Connect = fn(&'static Table, &Connection) -> Result<Box<dyn Service>, Failure>;

/// Where requests are sent, and with which secrets.
#[derive(Clone, Default)]
pub struct Connection {
    /// Another base URL than that of the description.
    pub base_url: Option<String>,
    /// Secrets by the names of their security schemes.
    pub secrets: Vec<(String, String)>,
    /// Client ids and secrets by which tokens are requested, by the names of their security schemes.
    pub clients: Vec<(String, ClientSecret)>,
    /// How long an attempt may take.
    pub timeout: Option<Duration>,
    /// Whether `http` is allowed for hosts other than this machine.
    pub allow_plain_http: bool,
}

impl Connection {
    /// The place of the service; empty if neither the description nor the caller says it.
    #[must_use]
    pub fn service_url(&self, table: &Table) -> String {
        let described = || table.servers.first().map(|server| server.url.clone());
        self.base_url.clone().or_else(described).unwrap_or_default()
    }
}

/// A request that is ready to be sent.
#[derive(Clone)]
pub struct Outgoing {
    /// Its operation.
    pub operation: &'static Operation,
    /// The path and the query, encoded.
    pub target: String,
    /// Names and values of headers.
    pub headers: Vec<(String, String)>,
    /// The media type and the bytes of its body.
    pub body: Option<(&'static str, Vec<u8>)>,
    /// Who is told before it is sent.
    pub notice: Option<Notice>,
}

impl Outgoing {
    /// Whether another process can send it again, and it acts and is charged once.
    ///
    /// A key in a header is not enough, because another process sends another one.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        match &self.operation.policy.retry {
            Retry::Safe => true,
            Retry::ByKey(field) => self.body().get(field).is_some_and(Retry::is_key),
            Retry::ByHeader(_) | Retry::Unsafe => false,
        }
    }

    /// The same, of which somebody is told before it is sent.
    #[must_use]
    pub fn with_notice(
        mut self,
        notice: impl Fn() -> Result<(), Failure> + Send + Sync + 'static,
    ) -> Self {
        self.notice = Some(Arc::new(notice));
        self
    }

    /// What is sent as text, by which a later run knows it again.
    #[must_use]
    pub fn text(&self) -> String {
        let body = self.body.as_ref().map(|(_, body)| String::from_utf8_lossy(body));
        format!("{} {}", self.target, body.unwrap_or_default()).trim_end().to_owned()
    }

    /// What its body says; null if it is not JSON.
    #[must_use]
    pub fn body(&self) -> Value {
        let body = self.body.as_ref().map(|(_, body)| body.as_slice());
        body.and_then(|body| serde_json::from_slice(body).ok()).unwrap_or_default()
    }
}

/// The reply to a request that succeeded.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Names and values of its headers.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: Vec<u8>,
    /// How often the request was sent.
    pub attempts: u32,
    /// How many of these attempts may have been charged without a reply that says so.
    pub uncertain: u32,
    /// The time in the queue of the rate limit.
    pub queued: Duration,
    /// The time of sending, and of waiting for replies.
    pub sending: Duration,
}

impl Answer {
    /// A header by its name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        lantern_operations::header(&self.headers, name)
    }
}
