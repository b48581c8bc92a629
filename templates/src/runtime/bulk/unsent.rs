//! Requests that a bulk run did not send.

use crate::runtime::Error;

/// A request of a bulk run that was not sent.
#[derive(Debug)]
#[non_exhaustive]
pub struct Unsent<R> {
    /// The position of the request, from 0, in the order in which the run took them.
    pub index: usize,
    /// The request.
    pub request: R,
    /// Why the client did not send it, if it tried: the credits are used up, or its deadline came
    /// before its turn. `None` if the run had stopped before.
    pub error: Option<Error>,
}

/// Those that were taken and not sent, in their order.
#[derive(Debug)]
pub(super) struct UnsentList<R>(Vec<Unsent<R>>);

impl<R> UnsentList<R> {
    pub fn new() -> Self {
        Self(Vec::new())
    }

    pub fn insert(&mut self, unsent: Unsent<R>) {
        let place = self.0.partition_point(|other| other.index < unsent.index);
        self.0.insert(place, unsent);
    }

    pub fn as_slice(&self) -> &[Unsent<R>] {
        &self.0
    }

    pub fn take(&mut self) -> Vec<Unsent<R>> {
        std::mem::take(&mut self.0)
    }
}
