//! What fetches results from where the service put them.

use std::error::Error as StdError;
use std::fmt::{self, Debug};
use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use reqwest::StatusCode;

use super::Place;
use crate::runtime::ErrorKind;

/// What [`Fetch::fetch`] gives.
pub type Fetching<'a> = Pin<Box<dyn Future<Output = Result<Fetched, FetchError>> + Send + 'a>>;

/// What fetches results.
///
/// [`Web`](super::Web) is the usual one, and `S3` (feature `s3`) goes to S3 with your own AWS
/// credentials. Write your own for another store, or to test without one.
pub trait Fetch: Debug + Send + Sync + 'static {
    /// Looks once for what is at a place, and takes at most so many bytes of it.
    fn fetch<'a>(&'a self, place: &'a Place, most: usize) -> Fetching<'a>;
}

/// What was found at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fetched {
    /// All of it.
    Found(Bytes),
    /// Nothing so far, as this status says. S3 says 403 as well as 404 of what is not there.
    NotYet(StatusCode),
}

/// Why nothing could be fetched.
#[derive(Debug)]
pub struct FetchError {
    pub(super) kind: ErrorKind,
    pub(super) passes: bool,
    pub(super) status: Option<StatusCode>,
    message: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl FetchError {
    fn new(kind: ErrorKind, passes: bool, message: impl Into<String>) -> Self {
        Self { kind, passes, status: None, message: message.into(), source: None }
    }

    /// A failure that may pass, so that it makes sense to look again.
    pub fn passing(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Transport, true, message)
    }

    /// A failure that looking again does not change.
    pub fn lasting(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Status, false, message)
    }

    /// The place is none to go to.
    pub fn refused(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Refused, false, message)
    }

    /// There are more bytes than may be taken.
    pub fn too_large(most: usize) -> Self {
        Self::new(ErrorKind::BodyTooLarge, false, format!("they have more than {most} bytes"))
    }

    /// The same with the status that said so.
    #[must_use]
    pub fn with_status(self, status: StatusCode) -> Self {
        Self { status: Some(status), ..self }
    }

    /// The same with what caused it.
    #[must_use]
    pub fn with_source(self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { source: Some(source.into()), ..self }
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl StdError for FetchError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}
