//! One call of a bulk run, from its request to its result.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::Unsent;
use crate::runtime::request_builder::{RequestBuilder, SentFlag};
use crate::runtime::{Call, Error, ErrorKind, Operation, Reply};

type Calling<Op> =
    Pin<Box<dyn Future<Output = Result<Reply<<Op as Operation>::Success>, Error>> + Send>>;

/// A request of a bulk run, and its result.
#[non_exhaustive]
pub struct Done<Op: Operation, R> {
    /// The position of the request, from 0, in the order in which the run took them.
    pub index: usize,
    /// The request.
    pub request: R,
    /// The reply, or the error.
    pub result: Result<Reply<Op::Success>, Error>,
}

impl<Op: Operation, R> Done<Op, R> {
    /// Whether it failed before anything was sent, and not because of its own request.
    pub(super) fn is_unsent(&self) -> bool {
        let unsent =
            |error: &Error| error.timing().attempts == 0 && error.kind() != ErrorKind::Request;
        self.result.as_ref().is_err_and(unsent)
    }

    pub(super) fn into_unsent(self) -> Unsent<R> {
        Unsent { index: self.index, request: self.request, error: self.result.err() }
    }
}

impl<Op: Operation<Success: fmt::Debug>, R: fmt::Debug> fmt::Debug for Done<Op, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Done")
            .field("index", &self.index)
            .field("request", &self.request)
            .field("result", &self.result)
            .finish()
    }
}

/// A call that waits for its turn or for its reply.
pub(super) struct InFlight<Op: Operation, R> {
    index: usize,
    /// Until it is given back.
    request: Option<R>,
    calling: Calling<Op>,
    sent: SentFlag,
}

impl<Op: Operation, R> InFlight<Op, R> {
    pub fn new(index: usize, request: R, mut builder: Box<RequestBuilder>) -> Self {
        let sent = SentFlag::default();
        builder.sent = Some(sent.clone());
        let calling = Call::<Op>::of(builder).into_future();
        Self { index, request: Some(request), calling, sent }
    }

    /// Whether its request has left for the service.
    pub fn is_sent(&self) -> bool {
        self.sent.is_set()
    }

    /// Takes the request back, for a call that has not been sent.
    pub fn into_unsent(self) -> Option<Unsent<R>> {
        Some(Unsent { index: self.index, request: self.request?, error: None })
    }
}

/// Nothing of it is pinned in its place: the call is in a box.
impl<Op: Operation, R> Unpin for InFlight<Op, R> {}

impl<Op: Operation, R> Future for InFlight<Op, R> {
    type Output = Option<Done<Op, R>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let index = self.index;
        self.calling.as_mut().poll(context).map(|result| {
            let request = self.request.take()?;
            Some(Done { index, request, result })
        })
    }
}
