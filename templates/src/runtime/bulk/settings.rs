//! The settings of all calls of a bulk run.

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

    /// Limits the time of an attempt of each call, instead of the client's setting.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.each_call(|call| call.timeout(timeout))
    }

    /// Limits the time of each call: the queue, the attempts and the pauses between them.
    ///
    /// It begins when the request is taken. A call whose turn does not come in time is not sent.
    pub fn deadline(self, deadline: Duration) -> Self {
        self.each_call(|call| call.deadline(deadline))
    }

    /// Sets how each call is retried, instead of the client's setting.
    pub fn retry(self, retry: Retry) -> Self {
        self.each_call(|call| call.retry(retry))
    }

    /// Turns retries off.
    pub fn no_retry(self) -> Self {
        self.each_call(Call::no_retry)
    }

    /// Adds a header to each call.
    pub fn header(self, name: &str, value: &str) -> Self {
        self.each_call(|call| call.header(name, value))
    }
}
