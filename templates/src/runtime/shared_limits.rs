//! Rate limits that several processes with one API key keep together.

use std::error::Error as StdError;
use std::fmt::{self, Debug};
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// What [`SharedLimits::admit`] returns.
pub type Admitting<'a> =
    Pin<Box<dyn Future<Output = Result<Admission, SharedLimitsError>> + Send + 'a>>;

/// What [`SharedLimits::close`] returns.
pub type Closing<'a> = Pin<Box<dyn Future<Output = Result<(), SharedLimitsError>> + Send + 'a>>;

/// Counts the requests of several processes, because a service limits an API key and not a process.
///
/// Each process still has its own queue, in which calls wait in the order in which they came. The
/// call whose turn it is there is admitted here, too, before it is sent.
pub trait SharedLimits: Debug + Send + Sync + 'static {
    /// Counts a request of a group and says that it can be sent, or when to ask again.
    ///
    /// `limit` is the number of requests in a time; `None` if the group has no known limit. Then
    /// only [`close`](Self::close) holds requests up.
    fn admit<'a>(&'a self, group: &'a str, limit: Option<(u32, Duration)>) -> Admitting<'a>;

    /// Holds up all requests of a group for a time, because the service replied with 429.
    fn close<'a>(&'a self, group: &'a str, time: Duration) -> Closing<'a>;
}

/// Whether a request can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// It can, and is counted.
    Now,
    /// It is not counted. Ask again after this time.
    After(Duration),
}

/// Why the shared limits could not be asked.
#[derive(Debug)]
pub struct SharedLimitsError(Box<dyn StdError + Send + Sync>);

impl SharedLimitsError {
    /// An error with its cause.
    pub fn new(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(cause.into())
    }
}

impl fmt::Display for SharedLimitsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl StdError for SharedLimitsError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}
