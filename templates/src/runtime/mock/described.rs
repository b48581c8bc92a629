//! What a mock knows of operations.

use super::Seen;
use crate::runtime::Operation;

/// An operation that a [`Mock`](super::Mock) can answer.
pub trait MockOperation: Operation + Sized {
    /// What its requests have as their body: `()` if they have none, the type of its JSON, or
    /// bytes.
    type Body;

    /// What the description says of it.
    const DESCRIBED: Described;

    /// Reads the body of a request.
    const READ_BODY: fn(&Seen<Self>) -> Self::Body;
}

/// What the description says of an operation, and of its usual reply.
#[derive(Clone, Copy, Debug)]
pub struct Described {
    /// Its `operationId`.
    pub id: &'static str,
    /// Its method.
    pub method: &'static str,
    /// Its path, with placeholders.
    pub path: &'static str,
    /// The status of its usual reply.
    pub status: u16,
    /// The media type of that; empty if it has no body.
    pub media_type: &'static str,
    /// The body of an example, if there is one.
    pub example: Option<&'static str>,
}

/// Any request, whatever operation it is of, if it is of one at all.
#[derive(Clone, Copy, Debug)]
pub struct AnyRequest;
