//! How requests are sent: by HTTP, or by a replacement in tests.

use std::error::Error as StdError;
use std::fmt::{self, Debug};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use reqwest::Request;

use super::platform::Response;
use super::progress::SendProgress;

/// What [`Transport::send`] returns.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<Response, TransportError>> + Send + 'a>>;

/// Sends requests to the service.
///
/// A test can reply without a network: an `http::Response` of text or bytes becomes a
/// [`reqwest::Response`] by `into`.
pub trait Transport: Debug + Send + Sync + 'static {
    /// Sends a request and waits for the head of its reply.
    fn send(&self, request: Request) -> Sending<'_>;

    /// Sends a request that must not be repeated: on a new connection, if the transport can open
    /// one.
    ///
    /// A service closes idle connections. If a request is sent at that moment, it is lost, and
    /// nobody knows whether it was received.
    fn send_apart(&self, request: Request) -> Sending<'_> {
        self.send(request)
    }

    /// Sends as [`send`](Self::send), or as [`send_apart`](Self::send_apart) if `apart` is set, and
    /// calls [`SendProgress::begin`] when the request is sent.
    ///
    /// A call that takes too long while it connects was not sent and can be made again. By default
    /// a transport is assumed to send at once, so such a call ends like one whose reply was lost.
    fn send_tracked(&self, request: Request, apart: bool, progress: SendProgress) -> Sending<'_> {
        progress.begin();
        match apart {
            true => self.send_apart(request),
            false => self.send(request),
        }
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request) -> Sending<'_> {
        (**self).send(request)
    }

    fn send_apart(&self, request: Request) -> Sending<'_> {
        (**self).send_apart(request)
    }

    fn send_tracked(&self, request: Request, apart: bool, progress: SendProgress) -> Sending<'_> {
        (**self).send_tracked(request, apart, progress)
    }
}

/// What is known about a request without a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Delivery {
    /// It was not sent: no DNS entry, no connection, or no TLS session.
    NotSent,
    /// It may have been received.
    Unknown,
    /// It was received, and the reply is not HTTP.
    Malformed,
    /// The transport did not send it, and would not send it if it were asked again.
    Refused,
}

/// Why a request has no reply.
#[derive(Debug)]
pub struct TransportError {
    delivery: Delivery,
    timed_out: bool,
    source: Box<dyn StdError + Send + Sync>,
}

impl TransportError {
    /// An error with what is known about the delivery.
    pub fn new(delivery: Delivery, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { delivery, timed_out: false, source: source.into() }
    }

    /// What the transport said, with its own type.
    pub fn get_ref(&self) -> &(dyn StdError + Send + Sync + 'static) {
        &*self.source
    }

    /// Whether the request may have been received.
    pub fn delivery(&self) -> Delivery {
        self.delivery
    }

    /// An error, and whether the transport waited too long.
    pub(super) fn timed(self, timed_out: bool) -> Self {
        Self { timed_out, ..self }
    }

    pub(super) fn timed_out(&self) -> bool {
        self.timed_out
    }

    pub(super) fn unknown(self) -> Self {
        Self { delivery: Delivery::Unknown, ..self }
    }

    pub(super) fn not_sent(self) -> Self {
        Self { delivery: Delivery::NotSent, ..self }
    }
}

/// What the transport said: the error of a call says what that means.
impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.source, f)
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.source()
    }
}
