//! What the client knows about an operation before it is called.

use std::time::Duration;

use super::{Error, Received};

/// An operation of the API: what a [`Call`](super::Call) of it returns, and its policy.
pub trait Operation: Send + Sync + 'static {
    /// The body of a successful reply.
    type Success: Send;

    /// The operation's `operationId`.
    const ID: &'static str;

    /// Sets of security schemes of which one is needed; empty if none is.
    const SECURITY: &'static [&'static [&'static str]] = &[];

    /// Its rate limit, and whether it can be sent again.
    const POLICY: Policy;

    /// The media types that a successful reply may have.
    const ACCEPT: &'static str = "application/json";

    /// Decodes the body of a successful reply. It fails with
    /// [`ErrorKind::Decode`](super::ErrorKind::Decode) if the body does not match the description.
    const READ: fn(&Received) -> Result<Self::Success, Error>;
}

/// How an operation is sent: its rate limit, its costs, and whether it can be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policy {
    /// The rate limit that it shares with the other operations of a group.
    pub rate_limit: Option<RateLimit>,
    /// Whether sending it twice does the same as sending it once.
    pub retry_safety: RetrySafety,
    /// Whether it costs credits.
    pub consumes_credits: bool,
    /// The media types of replies that are streams; `*/*` is all media types.
    pub streams: &'static [&'static str],
    /// The item that ends a stream.
    pub stream_end: Option<&'static str>,
}

/// All media types (RFC 9110, 12.5.1).
pub(super) const EVERY_TYPE: &str = "*/*";
/// All media types that may have items: not HTML and not a single JSON value.
pub(super) const ITEMS: &str = "items";

impl Policy {
    /// A policy without a rate limit.
    #[must_use]
    pub const fn new(retry_safety: RetrySafety) -> Self {
        Self {
            rate_limit: None,
            retry_safety,
            consumes_credits: false,
            streams: &[],
            stream_end: None,
        }
    }

    /// The same policy for an operation that costs credits.
    #[must_use]
    pub const fn consuming_credits(self) -> Self {
        Self { consumes_credits: true, ..self }
    }

    /// The same policy for an operation whose reply is a stream of items.
    #[must_use]
    pub const fn streaming(self) -> Self {
        self.streaming_as(&[ITEMS])
    }

    /// The same policy for an operation whose reply is a stream of bytes.
    #[must_use]
    pub const fn downloading(self) -> Self {
        self.streaming_as(&[EVERY_TYPE])
    }

    /// The same policy for an operation whose stream ends with this item, such as `[DONE]`.
    #[must_use]
    pub const fn ending_with(self, mark: &'static str) -> Self {
        Self { stream_end: Some(mark), ..self }
    }

    /// The same policy for an operation whose reply is a stream if it has one of these media types.
    #[must_use]
    pub const fn streaming_as(self, media_types: &'static [&'static str]) -> Self {
        Self { streams: media_types, ..self }
    }

    /// The same policy within the rate limit of a group.
    #[must_use]
    pub const fn within(self, limit: RateLimit) -> Self {
        Self { rate_limit: Some(limit), ..self }
    }
}

/// A rate limit shared by a group of operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// The name of the group.
    pub group: &'static str,
    /// The number of requests in a window, and its length; `None` if no limit is known.
    pub window: Option<(u32, Duration)>,
}

impl RateLimit {
    /// A group without a known limit.
    #[must_use]
    pub const fn group(group: &'static str) -> Self {
        Self { group, window: None }
    }

    /// A group with a limit of requests in a number of seconds.
    #[must_use]
    pub const fn per_seconds(group: &'static str, requests: u32, seconds: u64) -> Self {
        Self { group, window: Some((requests, Duration::from_secs(seconds))) }
    }
}

/// Whether sending a request twice does the same as sending it once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetrySafety {
    /// It does: the request only reads, or sets what is set already.
    Safe,
    /// It does as long as the named field of the body stays the same.
    SafeByKey(&'static str),
    /// It does: the client sends a key of its own in the named header, the same with each attempt.
    SafeByHeader(&'static str),
    /// It may act, and charge, a second time.
    Unsafe,
}
