//! What sends the calls of tools.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use lantern_operations::{Operation, Request};

/// What [`Backend::call`] returns.
pub type Calling<'a> = Pin<Box<dyn Future<Output = Result<Answer, CallError>> + Send + 'a>>;

/// Sends the calls of tools. [`HttpBackend`](crate::HttpBackend) sends to any service; a generated client can be one, too,
/// with its limits, retries and credentials.
pub trait Backend: Send + Sync + 'static {
    /// Sends a call, and returns what the service answers.
    fn call<'a>(&'a self, call: ToolCall<'a>) -> Calling<'a>;
}

/// A call of an operation.
#[derive(Debug)]
#[non_exhaustive]
pub struct ToolCall<'a> {
    /// The operation.
    pub operation: &'a Operation,
    /// The path, the query, headers and cookies. Secrets are not in it.
    pub request: Request,
    /// The media type and the bytes of the body.
    pub body: Option<(String, Vec<u8>)>,
}

/// What a service answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Names and values of headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// How many attempts may have been charged without a reply that says so: their replies were lost, or were errors of the
    /// service (5xx).
    pub uncertain: u32,
}

impl Answer {
    /// The value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        lantern_operations::header(&self.headers, name)
    }
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallError {
    /// The reason, without secrets.
    pub message: String,
    /// How many attempts the service may have acted on, and charged for, all the same; none if nothing was sent.
    pub uncertain: u32,
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for CallError {}

/// A body without secrets, which a service may repeat: a model never sees them.
#[must_use]
pub fn without_secrets<'a>(body: Vec<u8>, secrets: impl Iterator<Item = &'a str>) -> Vec<u8> {
    secrets.filter(|secret| !secret.is_empty()).fold(body, |body, secret| {
        let has = body.windows(secret.len()).any(|bytes| bytes == secret.as_bytes());
        match has {
            true => String::from_utf8_lossy(&body).replace(secret, "(hidden)").into_bytes(),
            false => body,
        }
    })
}
