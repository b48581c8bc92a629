//! What is known about a request that failed in reqwest.

use std::error::Error as StdError;

use crate::runtime::{Delivery, TransportError};

/// The error of a request that was sent. If a connection could not be made then, it was the
/// connection to the target of a redirect.
pub fn after_sending(error: reqwest::Error) -> TransportError {
    let connects = error.is_connect() || error.is_builder();
    let error = TransportError::from(error);
    if connects { error.unknown() } else { error }
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
        Self::new(delivery, error.without_url()).timed(timed_out)
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
