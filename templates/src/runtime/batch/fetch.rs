//! How results are fetched from where the service stored them.

use std::error::Error as StdError;
use std::fmt::{self, Debug};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use reqwest::StatusCode;

use super::Place;
use crate::runtime::ErrorKind;

/// What [`Fetch::fetch`] returns.
pub type Fetching<'a> = Pin<Box<dyn Future<Output = Result<Fetched, FetchError>> + Send + 'a>>;

/// Fetches results.
///
/// [`Web`](super::Web) is the default. `S3` (feature `s3`) fetches from S3 with your own AWS
/// credentials. Implement it for another store, or for tests.
pub trait Fetch: Debug + Send + Sync + 'static {
    /// Checks once what is at a location, and reads at most this number of bytes.
    fn fetch<'a>(&'a self, place: &'a Place, most: usize) -> Fetching<'a>;

    /// The same, and reports how much was received. A check that reports nothing ends after the
    /// client's `timeout`. One that reports further bytes may take longer.
    fn fetch_telling<'a>(
        &'a self,
        place: &'a Place,
        most: usize,
        _told: &'a FetchProgress,
    ) -> Fetching<'a> {
        self.fetch(place, most)
    }
}

impl<T: Fetch + ?Sized> Fetch for Arc<T> {
    fn fetch<'a>(&'a self, place: &'a Place, most: usize) -> Fetching<'a> {
        (**self).fetch(place, most)
    }

    fn fetch_telling<'a>(
        &'a self,
        place: &'a Place,
        most: usize,
        told: &'a FetchProgress,
    ) -> Fetching<'a> {
        (**self).fetch_telling(place, most, told)
    }
}

/// How much of the results was received.
#[derive(Debug, Default)]
pub struct FetchProgress {
    received: AtomicU64,
    /// 0 if it is not known.
    expected: AtomicU64,
}

impl FetchProgress {
    /// Sets the total number of bytes.
    pub fn expect(&self, bytes: u64) {
        self.expected.store(bytes, Ordering::Relaxed);
    }

    /// Adds a number of received bytes.
    pub fn add(&self, bytes: usize) {
        self.received.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// The number of received bytes.
    pub fn received(&self) -> u64 {
        self.received.load(Ordering::Relaxed)
    }

    /// The total number of bytes, if it is known.
    pub fn expected(&self) -> Option<u64> {
        Some(self.expected.load(Ordering::Relaxed)).filter(|bytes| *bytes > 0)
    }
}

/// What was found at a location.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fetched {
    /// All of it.
    Found(Bytes),
    /// All of it, in several objects, in the order of their names.
    Parts(Vec<Part>),
    /// Nothing so far, according to this status. A 403 can mean that it is not there, or that there
    /// is no permission to read it: see [`Wait::forbidden_for`](super::Wait::forbidden_for).
    NotYet(StatusCode),
}

/// An object that is a part of the results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name, which errors show.
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
    pub(super) source: Option<Box<dyn StdError + Send + Sync>>,
}

impl FetchError {
    fn new(kind: ErrorKind, passes: bool, message: impl Into<String>) -> Self {
        Self { kind, passes, status: None, message: message.into(), source: None }
    }

    /// A temporary failure, so it makes sense to check again.
    pub fn passing(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Transport, true, message)
    }

    /// A permanent failure.
    pub fn lasting(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Status, false, message)
    }

    /// The location is not one to fetch from.
    pub fn refused(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Refused, false, message)
    }

    /// The settings are not valid. Nothing was fetched.
    pub fn configuration(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration, false, message)
    }

    /// There are more bytes than allowed.
    pub fn too_large(most: usize) -> Self {
        Self::new(ErrorKind::BodyTooLarge, false, format!("they have more than {most} bytes"))
    }

    /// The same with the status of the store.
    #[must_use]
    pub fn with_status(self, status: StatusCode) -> Self {
        Self { status: Some(status), ..self }
    }

    /// The same with its cause.
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
