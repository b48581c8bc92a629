//! What sends requests: the generated client, which the program of a description brings.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use lantern_operations::{Operation, Retry, Table};
use serde_json::Value;

use crate::Failure;

/// Sends requests. Limits, retries, credits and credentials are its own matter.
pub trait Service: Send + Sync {
    /// Sends a request until it succeeds, fails for good, or its time is up.
    fn send<'a>(&'a self, request: &'a Outgoing) -> Sending<'a>;
}

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
    /// How long an attempt may take.
    pub timeout: Option<Duration>,
    /// Whether `http` is allowed for hosts other than this machine.
    pub allow_plain_http: bool,
}

/// A request that is ready to be sent.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// Its operation.
    pub operation: &'static Operation,
    /// The path and the query, encoded.
    pub target: String,
    /// Names and values of headers.
    pub headers: Vec<(String, String)>,
    /// The media type and the bytes of its body.
    pub body: Option<(&'static str, Vec<u8>)>,
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
