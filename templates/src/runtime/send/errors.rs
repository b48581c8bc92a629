//! The error of an attempt that failed, and whether the same request may succeed later.

use bytes::Bytes;
use reqwest::StatusCode;

use super::CallExecution;
use crate::runtime::attempt::Failure;
use crate::runtime::reply::Meta;
use crate::runtime::shared_limits::SharedLimitsError;
use crate::runtime::{Delivery, Error, ErrorKind, Phase, TransportError};

impl CallExecution<'_> {
    /// Whether a later reply may have another status, and sending the request again does no harm.
    pub(super) fn is_temporary(&self, error: &Error) -> bool {
        match error.status().map(|status| status.as_u16()) {
            Some(429) => true,
            Some(503) => self.is_repeatable || error.retry_after().is_some(),
            // 425 by RFC 8470, 5.2; from 520 on those of proxies that stand before services.
            Some(408 | 425 | 500 | 502 | 504 | 520..=529) => self.is_repeatable,
            _ => false,
        }
    }

    /// The error of an attempt that got no whole reply.
    pub(super) fn failure_error(&self, failure: Failure) -> Error {
        match failure {
            Failure::Late(phase, source) => self.late_error(phase, source),
            Failure::Lost(meta, error) => self.lost_error(meta, error),
            Failure::TooLarge(meta) => {
                let (call, max) = (&self.attempt, self.shared.max_body);
                let message = format!("the reply to {call} is larger than {max} bytes");
                Error::new(ErrorKind::BodyTooLarge, message).with_reply(meta, Bytes::new())
            }
            Failure::Packed(meta, packed) => {
                let (body, error) = *packed;
                let message = format!("the reply to {} cannot be read: {error}", self.attempt);
                Error::new(ErrorKind::Decode, message).with_reply(meta, body)
            }
        }
    }

    fn late_error(&self, phase: Phase, source: Option<TransportError>) -> Error {
        match phase {
            Phase::Connect => {
                let error = self.timeout(Phase::Connect).retryable(true);
                source.into_iter().fold(error, Error::with_source)
            }
            phase if self.is_repeatable => self.timeout(phase).retryable(true),
            phase => self.unknown().with_phase(phase),
        }
    }

    fn lost_error(&self, meta: Option<Meta>, source: TransportError) -> Error {
        let error = match source.delivery() {
            Delivery::Refused => {
                return self.error(ErrorKind::Request, &format!("was not sent: {source}"));
            }
            Delivery::NotSent => {
                self.error(ErrorKind::Connect, "could not be sent: no connection").retryable(true)
            }
            _ if !self.is_repeatable => self.unknown(),
            Delivery::Malformed if meta.is_some() => {
                self.error(ErrorKind::Transport, "was answered with a body that cannot be unpacked")
            }
            Delivery::Malformed => {
                self.error(ErrorKind::Transport, "was answered with what is not HTTP")
            }
            Delivery::Unknown => self.error(ErrorKind::Transport, "was cut off").retryable(true),
        };
        let error = error.with_source(source);
        meta.into_iter().fold(error, |error, meta| error.with_reply(meta, Bytes::new()))
    }

    /// An error that begins with the operation's method and path.
    pub(super) fn error(&self, kind: ErrorKind, what: &str) -> Error {
        Error::new(kind, format!("{} {what}", self.attempt))
    }

    fn unknown(&self) -> Error {
        self.error(
            ErrorKind::OutcomeUnknown,
            "was sent, and its answer was lost: it may have acted, so it was not sent again",
        )
    }

    /// The error of a call that was not sent, because nobody knows what other processes send.
    pub(super) fn shared_limits_error(&self, error: SharedLimitsError) -> Error {
        let message =
            "was not sent: the rate limit that it shares with other processes could not be asked";
        let error = self.error(ErrorKind::Connect, message).with_source(error);
        error.with_phase(Phase::Queue).retryable(true)
    }

    pub(super) fn timeout(&self, phase: Phase) -> Error {
        self.error(ErrorKind::Timeout, &format!("took too long {phase}")).with_phase(phase)
    }
}

/// Whether the service may have acted on an attempt before it replied with an error of its own. A 503 that says when to
/// come back says that it did not.
pub(super) fn is_uncertain(error: &Error) -> bool {
    let is_of_service = error.status().is_some_and(|status| status.is_server_error());
    let is_put_off = error.status() == Some(StatusCode::SERVICE_UNAVAILABLE);
    is_of_service && !(is_put_off && error.retry_after().is_some())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bytes::Bytes;
    use reqwest::StatusCode;
    use reqwest::header::HeaderMap;

    use super::is_uncertain;
    use crate::runtime::reply::Meta;
    use crate::runtime::{Error, ErrorKind};

    #[test]
    fn only_a_503_that_says_when_to_come_back_is_sure_not_to_have_acted() {
        for (status, is_put_off, expected) in [
            (500, false, true),
            (500, true, true),
            (502, true, true),
            (503, false, true),
            (503, true, false),
            (429, false, false),
            (404, true, false),
        ] {
            let status = StatusCode::from_u16(status).expect("a status");
            let meta = Meta::new(status, HeaderMap::new());
            let error = Error::new(ErrorKind::Status, "").with_reply(meta, Bytes::new());
            let error = error.with_retry_after(is_put_off.then_some(Duration::from_secs(7)));
            assert_eq!(is_uncertain(&error), expected, "{status} {is_put_off}");
        }
    }
}
