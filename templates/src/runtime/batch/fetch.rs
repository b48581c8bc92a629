//! What fetches results from where the service put them.

use std::error::Error as StdError;
use std::fmt::{self, Debug};
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};

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

    /// The same, and tells how much has come. A look that tells nothing is given up after the
    /// client's `timeout`; one that tells of further bytes has more time.
    fn fetch_telling<'a>(
        &'a self,
        place: &'a Place,
        most: usize,
        _told: &'a FetchProgress,
    ) -> Fetching<'a> {
        self.fetch(place, most)
    }
}

/// How much of the results has come.
#[derive(Debug, Default)]
pub struct FetchProgress {
    received: AtomicU64,
    /// 0 where it is not known.
    expected: AtomicU64,
}

impl FetchProgress {
    /// So many bytes are to come in all.
    pub fn expect(&self, bytes: u64) {
        self.expected.store(bytes, Ordering::Relaxed);
    }

    /// So many further bytes have come.
    pub fn add(&self, bytes: usize) {
        self.received.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// How many bytes have come.
    pub fn received(&self) -> u64 {
        self.received.load(Ordering::Relaxed)
    }

    /// How many bytes are to come in all, where that is known.
    pub fn expected(&self) -> Option<u64> {
        Some(self.expected.load(Ordering::Relaxed)).filter(|bytes| *bytes > 0)
    }
}

/// What was found at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fetched {
    /// All of it.
    Found(Bytes),
    /// All of it, in several objects, in the order of their names.
    Parts(Vec<Part>),
    /// Nothing so far, as this status says. With 403 the store may mean that it is not there, or
    /// that there is no right to read it: see [`Wait::forbidden_for`](super::Wait::forbidden_for).
    NotYet(StatusCode),
}

/// An object that is a part of the results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is called; errors name it.
    pub name: Option<String>,
    /// All of it.
    pub bytes: Bytes,
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

    /// What fetches has settings that do not do. Nothing was fetched.
    pub fn configuration(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration, false, message)
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
