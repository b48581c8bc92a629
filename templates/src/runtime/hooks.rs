//! Functions that are called before and after each attempt.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Method, Request, StatusCode};

use super::header::header;
use super::reply::{Meta, Received};
use super::{Error, ErrorKind};

/// One sending of a request, as hooks see it.
///
/// It has neither the values of parameters nor credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub(super) operation: &'static str,
    pub(super) method: Method,
    pub(super) path: &'static str,
    pub(super) resends: u32,
}

impl Attempt {
    /// The `operationId` of the operation.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path in the description: `/v1/books/{id}`.
    pub fn path(&self) -> &'static str {
        self.path
    }

    /// How often the request was sent before: 0 for the first attempt of a call.
    pub fn resends(&self) -> u32 {
        self.resends
    }
}

/// `GET /v1/books/{id}`
impl fmt::Display for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// An [`Attempt`] that is about to be sent, to which a hook may add headers.
///
/// A hook cannot read the headers of the request, so it never gets a credential.
#[derive(Debug)]
pub struct BeforeAttempt<'a> {
    attempt: &'a Attempt,
    added: HeaderMap,
    fault: Option<String>,
}

impl BeforeAttempt<'_> {
    /// Adds a header to this attempt. It replaces a header of this name that the call has.
    ///
    /// If the header is not valid or is one of a credential, the call fails with
    /// [`ErrorKind::Request`] and the attempt is not made.
    pub fn header(&mut self, name: &str, value: &str) {
        match header(name, value) {
            Ok((name, value)) => drop(self.added.insert(name, value)),
            Err(reason) => drop(self.fault.get_or_insert(reason)),
        }
    }

    fn add_to(self, request: &mut Request) -> Result<(), Error> {
        if let Some(reason) = self.fault {
            return Err(Error::new(ErrorKind::Request, reason));
        }
        for (name, value) in &self.added {
            let before = request.headers_mut().insert(name, value.clone());
            if before.is_some_and(|before| before.is_sensitive()) {
                let reason = format!("a hook set the header `{name}`, which holds a secret");
                return Err(Error::new(ErrorKind::Request, reason));
            }
        }
        Ok(())
    }
}

impl Deref for BeforeAttempt<'_> {
    type Target = Attempt;

    fn deref(&self) -> &Attempt {
        self.attempt
    }
}

/// A finished [`Attempt`] and its result.
#[derive(Clone, Copy, Debug)]
pub struct AfterAttempt<'a> {
    attempt: &'a Attempt,
    meta: Option<&'a Meta>,
    error: Option<ErrorKind>,
    duration: Duration,
}

impl<'a> AfterAttempt<'a> {
    /// The status, if the service replied.
    pub fn status(&self) -> Option<StatusCode> {
        self.meta.map(|meta| meta.status)
    }

    /// What went wrong, if anything did. A status that is not a success is an error.
    pub fn error(&self) -> Option<ErrorKind> {
        self.error
    }

    /// From sending the request to the end of the reply.
    pub fn duration(&self) -> Duration {
        self.duration
    }

    /// The service's id of the request, from the headers of its reply.
    pub fn request_id(&self) -> Option<&'a str> {
        self.meta.and_then(Meta::request_id)
    }
}

impl Deref for AfterAttempt<'_> {
    type Target = Attempt;

    fn deref(&self) -> &Attempt {
        self.attempt
    }
}

/// A function of one call, which is called before each time that it is sent.
#[derive(Clone)]
pub struct BeforeSending(pub Arc<dyn Fn() -> Result<(), BoxError> + Send + Sync>);

impl fmt::Debug for BeforeSending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BeforeSending")
    }
}

/// Any error.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

type Before = dyn Fn(&mut BeforeAttempt<'_>) + Send + Sync;
type After = dyn Fn(AfterAttempt<'_>) + Send + Sync;
#[cfg(feature = "drift")]
type Replied = dyn Fn(&Attempt, &Meta, &[u8]) + Send + Sync;

/// The hooks of a client, in the order in which they were set.
#[derive(Clone, Default)]
pub struct Hooks {
    pub before: Vec<Arc<Before>>,
    pub after: Vec<Arc<After>>,
    /// What compares each reply with its description. The body of a stream is empty.
    #[cfg(feature = "drift")]
    pub replies: Option<Arc<Replied>>,
}

impl Hooks {
    /// Calls the hooks, which can add headers to the request.
    pub fn before(&self, attempt: &Attempt, request: &mut Request) -> Result<(), Error> {
        let mut view = BeforeAttempt { attempt, added: HeaderMap::new(), fault: None };
        self.before.iter().for_each(|hook| hook(&mut view));
        view.add_to(request)
    }

    /// Calls the hooks with the result of a request.
    pub fn after(&self, attempt: &Attempt, result: &Result<Received, Error>, duration: Duration) {
        let (meta, error) = match result {
            Ok(received) => (Some(&received.meta), None),
            Err(error) => (error.meta(), Some(error.kind())),
        };
        #[cfg(feature = "drift")]
        if let (Some(see), Some(meta)) = (&self.replies, meta) {
            let body = result.as_ref().map_or_else(|error| error.body(), |got| Some(&*got.body));
            see(attempt, meta, body.unwrap_or_default());
        }
        let view = AfterAttempt { attempt, meta, error, duration };
        self.after.iter().for_each(|hook| hook(view));
    }
}

impl fmt::Debug for Hooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} before and {} after each attempt", self.before.len(), self.after.len())
    }
}
