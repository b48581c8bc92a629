//! Requests out, replies in: HTTP itself, or what stands in for it in a test.

use std::error::Error as StdError;
use std::fmt::{self, Debug};
use std::future::Future;
use std::pin::Pin;

use reqwest::{Request, Response};

use super::progress::{SendProgress, tracked};

/// What [`Transport::send`] gives.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<Response, TransportError>> + Send + 'a>>;

/// What carries requests to the service.
///
/// A test can answer without a network: an `http::Response` of text or bytes becomes a
/// [`reqwest::Response`] by `into`.
pub trait Transport: Debug + Send + Sync + 'static {
    /// Sends a request and waits for the head of its reply.
    fn send(&self, request: Request) -> Sending<'_>;

    /// The same for a request that must not be repeated: on a connection that was not used
    /// before, where this can have one.
    ///
    /// A service closes connections that are idle. What goes out at that moment is lost, and none
    /// can tell whether it arrived.
    fn send_apart(&self, request: Request) -> Sending<'_> {
        self.send(request)
    }

    /// The same as [`send`](Self::send), or as [`send_apart`](Self::send_apart) where it is to go
    /// apart, and says by [`SendProgress::begin`] when the request leaves.
    ///
    /// A call whose time is up while it still connects was not sent and may be made again. What
    /// cannot tell is taken to send at once, so that such a call ends as one whose answer was
    /// lost: a transport of your own that does not say more has that default.
    fn send_tracked(&self, request: Request, apart: bool, progress: SendProgress) -> Sending<'_> {
        progress.begin();
        match apart {
            true => self.send_apart(request),
            false => self.send(request),
        }
    }
}

/// What is known of a request that got no reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Delivery {
    /// It never left: no name, no connection, no TLS session.
    NotSent,
    /// It may have arrived.
    Unknown,
    /// It arrived, and what came back is not HTTP.
    Malformed,
}

/// Why a request got no reply.
#[derive(Debug)]
pub struct TransportError {
    delivery: Delivery,
    timed_out: bool,
    source: Box<dyn StdError + Send + Sync>,
}

impl TransportError {
    /// A failure of which this much is known.
    pub fn new(delivery: Delivery, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { delivery, timed_out: false, source: source.into() }
    }

    /// Whether the request may have arrived.
    pub fn delivery(&self) -> Delivery {
        self.delivery
    }

    pub(super) fn timed_out(&self) -> bool {
        self.timed_out
    }

    pub(super) fn not_sent(self) -> Self {
        Self { delivery: Delivery::NotSent, ..self }
    }

    /// The failure of a request that has left: a connection that cannot be made then is that to
    /// where a redirect leads.
    pub(super) fn after_sending(error: reqwest::Error) -> Self {
        let connects = error.is_connect() || error.is_builder();
        let error = Self::from(error);
        let delivery = if connects { Delivery::Unknown } else { error.delivery };
        Self { delivery, ..error }
    }
}

/// The URL is taken out: a query may hold a credential.
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

/// HTTP/2 says of some requests that they were not looked at (RFC 9113, 8.7).
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

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.delivery {
            Delivery::NotSent => "the request could not be sent",
            Delivery::Unknown => "the connection failed after the request was sent",
            Delivery::Malformed => "the answer is not HTTP",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
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
