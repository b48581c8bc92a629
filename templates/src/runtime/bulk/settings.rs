//! What the calls of a bulk run have in common.

use std::time::Duration;

use super::Run;
use crate::runtime::{Call, Operation, Retry};

impl<Op: Operation, R> Run<'_, Op, R> {
    /// Sets what each call has besides its request: settings, headers, optional parameters.
    ///
    /// `run.each_call(|call| call.timeout(Duration::from_secs(5)))`
    pub fn each_call(mut self, set: impl FnOnce(Call<Op>) -> Call<Op>) -> Self {
        self.call = set(Call::of(self.call.clone())).into_request();
        self
    }

    /// How long an attempt of each call may take, instead of what the client allows.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.each_call(|call| call.timeout(timeout))
    }

    /// How long each call may take in all: queueing, attempts and the pauses between them.
    ///
    /// It counts from when the request is taken. A call whose turn does not come in time is not
    /// sent.
    pub fn deadline(self, deadline: Duration) -> Self {
        self.each_call(|call| call.deadline(deadline))
    }

    /// How each call is repeated, instead of how the client does it.
    pub fn retry(self, retry: Retry) -> Self {
        self.each_call(|call| call.retry(retry))
    }

    /// Sends each request once, whatever comes of it.
    pub fn no_retry(self) -> Self {
        self.each_call(Call::no_retry)
    }

    /// Sends a further header with each call.
    pub fn header(self, name: &str, value: &str) -> Self {
        self.each_call(|call| call.header(name, value))
    }
}
