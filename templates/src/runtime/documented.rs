//! Errors as the types that the description has for them.

use reqwest::StatusCode;

use super::Error;
use super::decode::from_slice;
use super::json::Json;

/// The documented errors of an operation: an enum with a variant for each status.
///
/// [`Error::documented`] reads it.
pub trait DocumentedErrors: Sized {
    /// Reads the error that the service replied with.
    #[doc(hidden)]
    fn read(reply: &ErrorReply<'_>) -> Self;
}

/// A reply whose status is not a success.
#[derive(Clone, Copy, Debug)]
pub struct ErrorReply<'a> {
    pub(crate) status: StatusCode,
    body: &'a [u8],
}

impl ErrorReply<'_> {
    pub(crate) fn json<T: Json>(&self) -> Option<T> {
        from_slice(self.body).ok()
    }
}

impl Error {
    /// The error as the description has it for the operation that was called: a `match` tells the
    /// statuses apart, and each variant has the body of its status.
    ///
    /// Each operation that describes such errors has an enum of its own, which its documentation names.
    /// `None` if the service did not reply, or replied with a successful status.
    pub fn documented<E: DocumentedErrors>(&self) -> Option<E> {
        let status = self.status().filter(|status| !status.is_success())?;
        Some(E::read(&ErrorReply { status, body: self.body()? }))
    }
}
