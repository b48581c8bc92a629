//! Requests, as tests look at them.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use bytes::Bytes;
use serde_json::Value;
use url::form_urlencoded;

use super::{MockOperation, Recorded};
use crate::runtime::clock::Instant;
use crate::runtime::decode::from_slice;
use crate::runtime::json::Json;

/// A request that a [`Mock`](super::Mock) got.
pub struct Seen<Op> {
    recorded: Arc<Recorded>,
    operation: PhantomData<fn() -> Op>,
}

impl<Op> Seen<Op> {
    pub(super) fn new(recorded: Arc<Recorded>) -> Self {
        Self { recorded, operation: PhantomData }
    }

    /// The `operationId`; empty if it is a request of no operation.
    #[must_use]
    pub fn operation(&self) -> &str {
        self.recorded.operation
    }

    /// The method: `GET`
    #[must_use]
    pub fn method(&self) -> &str {
        self.recorded.method.as_str()
    }

    /// The URL, without its query.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.recorded.url
    }

    /// The value of a path parameter.
    #[must_use]
    pub fn path(&self, name: &str) -> Option<String> {
        self.recorded.path_parameter(name)
    }

    /// The value of a query parameter: the first one if it is repeated.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<&str> {
        self.recorded.query(name)
    }

    /// All pairs of the query, in their order.
    #[must_use]
    pub fn queries(&self) -> &[(String, String)] {
        &self.recorded.query
    }

    /// The value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.recorded.header(name)
    }

    /// The body as bytes.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.recorded.body
    }

    /// The body as JSON; null if it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.recorded.body).unwrap_or_default()
    }

    /// The pairs of a body that is a form.
    #[must_use]
    pub fn form(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(&self.recorded.body).into_owned().collect()
    }

    /// When it was sent, on tokio's clock.
    #[must_use]
    pub fn at(&self) -> Instant {
        self.recorded.at
    }
}

impl<Op: MockOperation> Seen<Op> {
    /// The body with its type.
    ///
    /// # Panics
    /// If the request has no such body: one that is optional, or that has another media type.
    #[must_use]
    #[track_caller]
    pub fn body(&self) -> Op::Body {
        (Op::READ_BODY)(self)
    }

    #[track_caller]
    pub(crate) fn json_body<T: Json>(&self) -> T {
        match from_slice(&self.recorded.body) {
            Ok(body) => body,
            Err(error) => panic!("{} is not what the operation takes: {error}", self.recorded),
        }
    }

    pub(crate) fn raw_body(&self) -> Bytes {
        self.recorded.body.clone()
    }

    pub(crate) fn no_body(&self) {}
}

impl<Op> Clone for Seen<Op> {
    fn clone(&self) -> Self {
        Self::new(self.recorded.clone())
    }
}

/// Without the values of headers, because they may be secrets.
impl<Op> fmt::Debug for Seen<Op> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Seen({})", self.recorded)
    }
}
