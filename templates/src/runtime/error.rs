//! What can go wrong in a call, told so that a caller can act on it.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::decode::from_slice;
use super::detail::{Detail, message_of};
use super::json::Json;
use super::reply::{Meta, Received};

/// As many bytes of a body as are shown.
const SHOWN: usize = 4096;

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot be made from these settings.
    Configuration,
    /// The call has a value that cannot be sent. Nothing was sent.
    Request,
    /// No connection could be made. Nothing was sent.
    Connect,
    /// The time was up. The service may have acted on the call, unless the phase is
    /// [`Queue`](Phase::Queue) or [`Connect`](Phase::Connect): nothing was sent then.
    Timeout,
    /// The connection failed while the call was under way. The service may have acted on it.
    Transport,
    /// The connection failed, or the time was up, after a call was sent that may act or charge
    /// twice. It was not sent again: find out what became of it before you do.
    OutcomeUnknown,
    /// The service answered with a status other than success.
    Status,
    /// The service answered 429 more often than a call is repeated, or asks for too long a wait.
    RateLimited,
    /// The service answered 402, or the client refused to spend: the credits are used up, or
    /// fewer than the floor. What was refused by the client has no status and was not sent.
    CreditsExhausted,
    /// The service answered with a status of success, and a body that says that it failed.
    Unsuccessful,
    /// The reply is not what the description promises.
    Decode,
    /// The reply is larger than the client allows.
    BodyTooLarge,
    /// The service named a place for results that the client does not go to.
    Refused,
    /// No token was given to sign in with, so the call was not sent.
    SignIn,
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
    /// Waiting for a token.
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

/// Where the time of a call went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timing {
    /// How often the request was sent.
    pub attempts: u32,
    /// Waiting for its turn within the rate limit.
    pub queued: Duration,
    /// Sending, and waiting for replies.
    pub in_flight: Duration,
    /// Waiting between attempts.
    pub paused: Duration,
}

/// Why a call has no reply to give.
///
/// Where the service answered, the error keeps the status, the headers and the body: as a
/// [`message`](Self::message), as FastAPI's [`detail`](Self::detail), or in the form that the
/// description gives to it, by [`json`](Self::json).
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

    /// The status, where the service answered.
    pub fn status(&self) -> Option<StatusCode> {
        self.meta().map(|meta| meta.status)
    }

    /// The headers, where the service answered.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.meta().map(|meta| &meta.headers)
    }

    /// The headers that the description names, with their types, where the service answered.
    pub fn meta(&self) -> Option<&Meta> {
        self.0.reply.as_ref().map(|(meta, _)| meta)
    }

    /// The id under which the service knows the request, from the headers or from the body's
    /// `request_id`.
    pub fn request_id(&self) -> Option<String> {
        let header = self.meta().and_then(Meta::request_id).map(str::to_owned);
        header.or_else(|| {
            let body: serde_json::Value = serde_json::from_slice(self.body()?).ok()?;
            Some(body.get("request_id")?.as_str()?.to_owned())
        })
    }

    /// What the call was doing when its time was up.
    pub fn phase(&self) -> Option<Phase> {
        self.0.phase
    }

    /// How often the request was sent, and where the time went.
    pub fn timing(&self) -> Timing {
        self.0.timing
    }

    /// How long the service asks to wait, by `Retry-After`, `retry-after-ms` or the body's
    /// `retry_after`.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Whether the same call may succeed later, and making it again can do no harm.
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }

    /// All of the body as it came, where the service answered.
    ///
    /// An answer that cannot be read ([`ErrorKind::Decode`]) may have been charged, so nothing of
    /// it is lost. `Debug` shows its first 4096 bytes.
    pub fn body(&self) -> Option<&[u8]> {
        self.0.reply.as_ref().map(|(_, body)| body.as_ref())
    }

    /// The body in one of the forms that the operation's documentation names, or as a
    /// [`serde_json::Value`], which reads any JSON.
    ///
    /// `None` where there is no body or it has another form.
    pub fn json<T: Json>(&self) -> Option<T> {
        from_slice(self.body()?).ok()
    }

    /// The message in the body: its `error`, `message` or `detail`.
    pub fn message(&self) -> Option<String> {
        message_of(self.body()?)
    }

    /// What FastAPI says in a body's `detail`.
    pub fn detail(&self) -> Option<Detail> {
        Detail::of(self.body()?)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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
