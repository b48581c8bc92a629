//! How requests are sent: by HTTP, or by a replacement in tests.

use std::error::Error as StdError;
use std::fmt::{self, Debug};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use reqwest::{Request, Response};

use super::progress::{SendProgress, tracked};

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

    pub(super) fn timed_out(&self) -> bool {
        self.timed_out
    }

    pub(super) fn not_sent(self) -> Self {
        Self { delivery: Delivery::NotSent, ..self }
    }

    /// The error of a request that was sent. If a connection could not be made then, it was the
    /// connection to the target of a redirect.
    pub(super) fn after_sending(error: reqwest::Error) -> Self {
        let connects = error.is_connect() || error.is_builder();
        let error = Self::from(error);
        let delivery = if connects { Delivery::Unknown } else { error.delivery };
        Self { delivery, ..error }
    }
}

/// The URL is removed, because its query may have a credential.
impl From<reqwest::Error> for TransportError {
    fn from(error: reqwest::Error) -> Self {
        let timed_out = error.is_timeout();
        let delivery = match () {
            () if error.is_connect() || error.is_builder() => Delivery::NotSent,
            () if is_refused(&error) => Delivery::NotSent,
            () if is_malformed(&error) => Delivery::Malformed,
            () => Delivery::Unknown,
        };
        Self { delivery, timed_out, source: error.without_url().into() }
    }
}

fn is_malformed(error: &reqwest::Error) -> bool {
    error.is_decode() || any_cause(error, hyper::Error::is_parse)
}

/// HTTP/2 says about some requests that they were not processed (RFC 9113, 8.7).
fn is_refused(error: &reqwest::Error) -> bool {
    any_cause(error, |error: &h2::Error| {
        let refused = error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
        let leaving = error.is_go_away() && error.reason() == Some(h2::Reason::NO_ERROR);
        error.is_remote() && (refused || leaving)
    })
}

fn any_cause<E: StdError + 'static>(error: &reqwest::Error, holds: impl Fn(&E) -> bool) -> bool {
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.downcast_ref::<E>().is_some_and(&holds) {
            return true;
        }
        cause = error.source();
    }
    false
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

/// HTTP by reqwest.
impl Transport for reqwest::Client {
    fn send(&self, request: Request) -> Sending<'_> {
        // Outside of the future, which would have to keep room for the request.
        let reply = self.execute(request);
        Box::pin(async { Ok(reply.await?) })
    }

    fn send_tracked(&self, request: Request, _: bool, progress: SendProgress) -> Sending<'_> {
        tracked(self, request, progress)
    }
}
