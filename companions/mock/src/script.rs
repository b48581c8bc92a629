//! Replies that are scripted.

use std::time::Duration;

use lantern_operations::Operation;
use serde::Deserialize;
use serde_json::Value;

use crate::fault::{Fault, is_named};
use crate::reply::Reply;

/// A reply that is given instead of the described one: by [`MockServer::script`](crate::MockServer::script), or as JSON
/// by `POST /__mock/replies`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Script {
    /// The operation, by `operationId` or `group.command`, or the group; any if it is not said.
    pub operation: Option<String>,
    /// The status; 200 if it is not said.
    pub status: Option<u16>,
    /// Headers.
    pub headers: Vec<(String, String)>,
    /// The body: a text as it is, and anything else as JSON.
    pub body: Option<Value>,
    /// The time until it is given, in milliseconds.
    pub delay_ms: u64,
    /// How often it is given; once if it is not said.
    pub times: Option<u64>,
    /// What happens instead of it: `timeout`, `disconnect`, `truncate` or `refuse`.
    pub fault: Option<String>,
}

impl Script {
    /// A reply with a status, given once.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self { status: Some(status), ..Self::default() }
    }

    /// A fault, such as `disconnect`, that happens once.
    #[must_use]
    pub fn fault(fault: Fault) -> Self {
        Self { fault: Some(fault.to_string()), ..Self::default() }
    }

    /// Of an operation or a group only.
    #[must_use]
    pub fn of(self, operation: impl Into<String>) -> Self {
        Self { operation: Some(operation.into()), ..self }
    }

    /// With a body of JSON.
    #[must_use]
    pub fn json(self, body: Value) -> Self {
        Self { body: Some(body), ..self }
    }

    /// With a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// As often as this.
    #[must_use]
    pub fn times(self, times: u64) -> Self {
        Self { times: Some(times), ..self }
    }

    /// After this time.
    #[must_use]
    pub fn after(self, delay: Duration) -> Self {
        Self { delay_ms: u64::try_from(delay.as_millis()).unwrap_or(u64::MAX), ..self }
    }

    pub(crate) fn concerns(&self, operation: &Operation) -> bool {
        self.operation.as_deref().is_none_or(|name| is_named(operation, name))
    }

    pub(crate) fn reply(&self) -> Reply {
        let mut reply = Reply::new(self.status.unwrap_or(200));
        reply.headers.clone_from(&self.headers);
        let has_type = reply.header("content-type").is_some();
        let (media_type, body) = match &self.body {
            None => return reply,
            Some(Value::String(text)) => ("text/plain", text.clone()),
            Some(other) => ("application/json", other.to_string()),
        };
        match has_type {
            true => Reply { body: body.into(), ..reply },
            false => reply.with_body(media_type, body),
        }
    }
}
