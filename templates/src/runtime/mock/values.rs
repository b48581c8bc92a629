//! Replies and errors, made in tests.

use bytes::Bytes;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, StatusCode};
use serde::Serialize;

use super::answer::json;
use crate::runtime::platform;
use crate::runtime::reply::Meta;
use crate::runtime::retry::retry_after;
use crate::runtime::{Attempt, Error, ErrorKind, Received, Reply, Timing};

impl<T: Serialize> Reply<T> {
    /// A reply with this body and the status 200, as if it had been received. It is for tests.
    ///
    /// ```text
    /// let found = Reply::new(types::Book::example()).with_header("x-request-id", "7");
    /// ```
    #[must_use]
    pub fn new(body: T) -> Self {
        let text = json(&body);
        let object = if text.is_object() { text.to_string().into() } else { Bytes::new() };
        let meta = Meta::new(StatusCode::OK, HeaderMap::new());
        Self { body, meta, object, timing: Timing::default() }
    }
}

impl<T> Reply<T> {
    /// The same reply with another status. It is for tests.
    ///
    /// # Panics
    /// If it is not a status.
    #[must_use]
    #[track_caller]
    pub fn with_status(mut self, status: u16) -> Self {
        self.meta = Meta::new(checked(StatusCode::from_u16(status)), self.meta.headers);
        self
    }

    /// The same reply with a further header. It is for tests.
    ///
    /// # Panics
    /// If it is not a header.
    #[must_use]
    #[track_caller]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        let name = checked(HeaderName::from_bytes(name.as_bytes()));
        self.meta.headers.append(name, checked(HeaderValue::from_str(value)));
        self.meta = Meta::new(self.meta.status, self.meta.headers);
        self
    }
}

#[track_caller]
fn checked<T, E: std::fmt::Display>(made: Result<T, E>) -> T {
    made.unwrap_or_else(|error| panic!("{error}"))
}

impl Error {
    /// An error of this kind, without a reply. It is for tests.
    #[must_use]
    pub fn of_kind(kind: ErrorKind) -> Self {
        Self::new(kind, format!("a test made an error of the kind {kind:?}"))
    }

    /// The error of a call with this reply: `Error::of_reply(Reply::new(body).with_status(402))`. It
    /// is for tests.
    #[must_use]
    pub fn of_reply<T: Serialize>(reply: Reply<T>) -> Self {
        let body = Bytes::from(json(&reply.body).to_string());
        let call = Attempt { operation: "test", method: Method::GET, path: "/test", resends: 0 };
        let stated = retry_after(&reply.meta.headers, &body, platform::wall());
        let timing = Timing { attempts: 1, ..Timing::default() };
        let received = Received { meta: reply.meta, body, open: None, call, timing };
        let error = Self::rejected(received).with_retry_after(stated).with_timing(timing);
        let is_limited = error.kind() == ErrorKind::RateLimited;
        error.retryable(is_limited)
    }

    /// The same error, and whether the call can be made again. It is for tests.
    #[must_use]
    pub fn with_retryable(self, retryable: bool) -> Self {
        self.retryable(retryable)
    }
}
