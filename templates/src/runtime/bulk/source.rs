//! Where the requests of a bulk run come from.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

type Requests<'r, R> = Box<dyn Iterator<Item = R> + Send + 'r>;

/// An iterator, and a stream that comes after it. One request at a time is taken from them.
pub(super) struct Source<'r, R> {
    requests: Option<Requests<'r, R>>,
    stream: Option<Pin<Box<dyn Stream<Item = R> + Send + 'r>>>,
}

impl<'r, R> Source<'r, R> {
    pub fn new(requests: impl Iterator<Item = R> + Send + 'r) -> Self {
        Self { requests: Some(Box::new(requests)), stream: None }
    }

    /// Takes the requests of a stream after the others.
    pub fn add_stream(&mut self, stream: impl Stream<Item = R> + Send + 'r) {
        self.stream = Some(Box::pin(stream));
    }

    /// Whether all were taken.
    pub fn is_empty(&self) -> bool {
        self.requests.is_none() && self.stream.is_none()
    }

    /// Takes the next request; what has ended is not asked again.
    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<R>> {
        if let Some(request) = self.requests.as_mut().and_then(Iterator::next) {
            return Poll::Ready(Some(request));
        }
        self.requests = None;
        let Some(stream) = &mut self.stream else { return Poll::Ready(None) };
        let next = stream.as_mut().poll_next(context);
        if matches!(next, Poll::Ready(None)) {
            self.stream = None;
        }
        next
    }

    /// What is left of the iterator.
    pub fn take_requests(&mut self) -> Option<Requests<'r, R>> {
        self.requests.take()
    }
}
