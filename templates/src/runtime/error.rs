//! The error of a call.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::decode::from_slice;
use super::detail::{Detail, message_of};
use super::json::Json;
use super::reply::{Meta, Received};

/// The number of bytes of a body that are shown.
const SHOWN: usize = 4096;

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot be built with these settings.
    Configuration,
    /// The call has a value that cannot be sent. Nothing was sent.
    Request,
    /// No connection could be made. Nothing was sent.
    Connect,
    /// The call took too long. The service may have acted on it, unless the phase is
    /// [`Queue`](Phase::Queue), [`Connect`](Phase::Connect) or [`SignIn`](Phase::SignIn), in which
    /// nothing was sent.
    Timeout,
    /// The connection failed after the request was sent. The service may have acted on it.
    Transport,
    /// The connection failed or the call took too long, after a request was sent that may act or
    /// charge twice. It was not sent again. Check what happened before you send it again.
    OutcomeUnknown,
    /// The service replied with a status that is not a success.
    Status,
    /// The service replied with 429 too often, or asks to wait too long.
    RateLimited,
    /// The credits are used up or below the floor: the service replied with 402, or the client did
    /// not send the call. In the second case the error has no status.
    CreditsExhausted,
    /// The service replied with a successful status and a body that says that the call failed.
    Unsuccessful,
    /// The reply does not match the description.
    Decode,
    /// The reply is larger than the client allows.
    BodyTooLarge,
    /// The service named a location for results from which the client does not fetch.
    Refused,
    /// No access token could be requested, or the request could not be signed, so the call was not
    /// sent.
    SignIn,
}

/// `rate limited`
impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Configuration => "invalid configuration",
            Self::Request => "invalid request",
            Self::Connect => "no connection",
            Self::Timeout => "timeout",
            Self::Transport => "connection failed",
            Self::OutcomeUnknown => "outcome unknown",
            Self::Status => "error status",
            Self::RateLimited => "rate limited",
            Self::CreditsExhausted => "credits exhausted",
            Self::Unsuccessful => "unsuccessful",
            Self::Decode => "invalid reply",
            Self::BodyTooLarge => "reply too large",
            Self::Refused => "location refused",
            Self::SignIn => "sign-in failed",
        })
    }
}

/// What a call was doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Waiting for its turn within the rate limit.
    Queue,
    /// Connecting.
    Connect,
    /// Waiting for the head of the reply.
    Response,
    /// Reading the body of the reply.
    Body,
    /// Waiting for the results of a batch.
    Results,
    /// Waiting for a token or a signature.
    SignIn,
}

/// `GET /v1/books took too long ‹in the queue of the rate limit›`
impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Queue => "in the queue of the rate limit",
            Self::Connect => "to connect",
            Self::Response => "to be answered",
            Self::Body => "to be answered in full",
            Self::Results => "to have results",
            Self::SignIn => "to sign in",
        })
    }
}

/// How the time of a call was spent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timing {
    /// How often the request was sent.
    pub attempts: u32,
    /// How many of these attempts the service may have acted on, and charged for, without a reply
    /// that says so: the reply was lost or cannot be read, or the service replied with an error of
    /// its own, such as 500.
    pub uncertain: u32,
    /// Waiting for its turn within the rate limit.
    pub queued: Duration,
    /// Sending, and waiting for replies.
    pub in_flight: Duration,
    /// Waiting between attempts.
    pub paused: Duration,
}

/// Why a call failed.
///
/// If the service replied, the error has the status, the headers and the body: as a
/// [`message`](Self::message), as FastAPI's [`detail`](Self::detail), or as a type of the
/// description by [`json`](Self::json).
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    message: String,
    reply: Option<(Meta, Bytes)>,
    phase: Option<Phase>,
    timing: Timing,
    retry_after: Option<Duration>,
    retryable: bool,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    pub(super) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            reply: None,
            phase: None,
            timing: Timing::default(),
            retry_after: None,
            retryable: false,
            source: None,
        }))
    }

    pub(super) fn with_source(
        mut self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        self.0.source = Some(source.into());
        self
    }

    pub(super) fn with_reply(mut self, meta: Meta, body: Bytes) -> Self {
        self.0.reply = Some((meta, body));
        self
    }

    pub(super) fn with_phase(mut self, phase: Phase) -> Self {
        self.0.phase = Some(phase);
        self
    }

    pub(super) fn with_timing(mut self, timing: Timing) -> Self {
        self.0.timing = timing;
        self
    }

    pub(super) fn with_retry_after(mut self, stated: Option<Duration>) -> Self {
        self.0.retry_after = stated;
        self
    }

    pub(super) fn retryable(mut self, retryable: bool) -> Self {
        self.0.retryable = retryable;
        self
    }

    /// The error of a call whose body cannot be read again.
    pub(super) fn unrepeatable(mut self) -> Self {
        if self.0.retryable {
            self.0.message +=
                "; it was not sent again, because its body is a stream that can be read only once";
        }
        self.retryable(false)
    }

    pub(super) fn rejected(received: Received) -> Self {
        let Received { meta, body, call, .. } = received;
        let mut message = format!("{call} was answered with {}", meta.status);
        if let Some(said) = message_of(&body) {
            message.extend([": ", &said]);
        }
        let kind = match meta.status {
            StatusCode::TOO_MANY_REQUESTS => ErrorKind::RateLimited,
            StatusCode::PAYMENT_REQUIRED => ErrorKind::CreditsExhausted,
            status if status.is_success() => ErrorKind::Unsuccessful,
            _ => ErrorKind::Status,
        };
        Self::new(kind, message).with_reply(meta, body)
    }

    /// What went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The status, if the service replied.
    pub fn status(&self) -> Option<StatusCode> {
        self.meta().map(|meta| meta.status)
    }

    /// The headers, if the service replied.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.meta().map(|meta| &meta.headers)
    }

    /// The headers of the description, with their types, if the service replied.
    pub fn meta(&self) -> Option<&Meta> {
        self.0.reply.as_ref().map(|(meta, _)| meta)
    }

    /// The service's id of the request, from the headers or from `request_id` in the body.
    pub fn request_id(&self) -> Option<String> {
        let header = self.meta().and_then(Meta::request_id).map(str::to_owned);
        header.or_else(|| {
            let body: serde_json::Value = serde_json::from_slice(self.body()?).ok()?;
            Some(body.get("request_id")?.as_str()?.to_owned())
        })
    }

    /// What the call was doing when it took too long.
    pub fn phase(&self) -> Option<Phase> {
        self.0.phase
    }

    /// How often the request was sent, and how the time was spent.
    pub fn timing(&self) -> Timing {
        self.0.timing
    }

    /// How long the service asks to wait, by `Retry-After`, `retry-after-ms` or `retry_after` in
    /// the body.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Whether the same call may succeed later, and can be made again without harm.
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }

    /// Whether the service may have acted on the call, or charged for it, in any of its attempts.
    ///
    /// It has not if nothing was sent, and if it replied that it did not accept the request (4xx).
    pub fn may_have_acted(&self) -> bool {
        self.0.timing.uncertain > 0 || self.status().is_some_and(|status| status.is_success())
    }

    /// The whole body as it was received, if the service replied.
    ///
    /// A reply that cannot be decoded ([`ErrorKind::Decode`]) may have been charged, so all of it
    /// is kept. `{:#?}` shows its first 4096 bytes.
    pub fn body(&self) -> Option<&[u8]> {
        self.0.reply.as_ref().map(|(_, body)| body.as_ref())
    }

    /// The body as one of the types that the operation's documentation names, or as a
    /// [`serde_json::Value`], which reads any JSON.
    ///
    /// `None` if there is no body or it does not have this type.
    pub fn json<T: Json>(&self) -> Option<T> {
        from_slice(self.body()?).ok()
    }

    /// The message in the body: its `error`, `message` or `detail`.
    pub fn message(&self) -> Option<String> {
        message_of(self.body()?)
    }

    /// The `detail` of a body, as FastAPI writes it.
    pub fn detail(&self) -> Option<Detail> {
        Detail::of(self.body()?)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

/// In one line, the message and the first cause: so it is shown if `main` returns the error.
/// `{:#?}` shows everything that is known, and the first 4096 bytes of the body.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            return self.details(f);
        }
        let causes = std::iter::successors(std::error::Error::source(self), |cause| cause.source());
        write!(f, "{self}")?;
        causes.last().map_or(Ok(()), |cause| write!(f, ": {cause}"))
    }
}

impl Error {
    fn details(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cut =
            |body: &[u8]| String::from_utf8_lossy(&body[..body.len().min(SHOWN)]).into_owned();
        let shown = self.body().map(cut);
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("message", &self.0.message)
            .field("status", &self.status())
            .field("phase", &self.0.phase)
            .field("timing", &self.0.timing)
            .field("body", &shown)
            .field("source", &self.0.source)
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}
