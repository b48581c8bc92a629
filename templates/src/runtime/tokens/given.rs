//! The result of a request for a secret: the secret, or why there is none.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::runtime::clock::Instant;
use crate::runtime::credentials::Secret;
use crate::runtime::reply::Meta;
use crate::runtime::{Error, ErrorKind};

/// A secret that was received.
#[derive(Clone)]
pub struct Given {
    /// The header value that requests carry; shared by all calls in flight.
    pub secret: Arc<Secret>,
    /// When another one is requested; `None`: when the service refuses this one.
    pub until: Option<Instant>,
}

/// Why there is no token. All calls that waited for it get the same error.
#[derive(Clone)]
pub struct Refusal {
    pub kind: ErrorKind,
    pub why: String,
    pub status: Option<StatusCode>,
    /// How long the service asks the client to wait.
    pub stated: Option<Duration>,
    pub is_passing: bool,
    pub source: Option<Arc<dyn StdError + Send + Sync>>,
}

impl Refusal {
    pub fn of(why: impl Into<String>) -> Self {
        let (kind, why) = (ErrorKind::SignIn, why.into());
        Self { kind, why, status: None, stated: None, is_passing: false, source: None }
    }

    pub fn answered(self, status: StatusCode) -> Self {
        Self { status: Some(status), ..self }
    }

    /// The error of a call. It has no more than the status, as the body may contain secrets.
    pub fn error(self, call: &str) -> Error {
        let error = Error::new(self.kind, format!("{call} has no token: {}", self.why))
            .with_retry_after(self.stated)
            .retryable(self.is_passing);
        let error =
            self.source.into_iter().fold(error, |error, source| error.with_source(Shared(source)));
        let meta = self.status.map(|status| Meta::new(status, HeaderMap::new()));
        meta.into_iter().fold(error, |error, meta| error.with_reply(meta, Bytes::new()))
    }
}

/// A cause that several errors have.
#[derive(Debug)]
struct Shared(Arc<dyn StdError + Send + Sync>);

impl fmt::Display for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl StdError for Shared {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}
