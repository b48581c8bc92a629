//! Whether a request was sent, which decides what a call that took too long becomes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

const WAITING: u8 = 0;
const LEAVING: u8 = 1;
const GIVEN_UP: u8 = 2;

/// Whether a request was sent. The [`Transport`](super::Transport) sets it.
///
/// A call that ends before [`begin`](Self::begin) was never sent, so any call can be made again.
#[derive(Clone, Debug, Default)]
pub struct SendProgress(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    state: AtomicU8,
    /// What is sent, for a transport that answers by itself.
    #[cfg(feature = "mock")]
    call: Option<super::Attempt>,
}

impl SendProgress {
    /// The progress of an attempt.
    #[cfg_attr(not(feature = "mock"), expect(unused_variables, reason = "only a mock reads it"))]
    pub(super) fn of(call: &super::Attempt) -> Self {
        Self(Arc::new(Inner {
            state: AtomicU8::new(WAITING),
            #[cfg(feature = "mock")]
            call: Some(call.clone()),
        }))
    }

    /// The attempt that it is the progress of.
    #[cfg(feature = "mock")]
    pub(super) fn call(&self) -> Option<&super::Attempt> {
        self.0.call.as_ref()
    }

    /// Says that the request is sent now. If it returns `false`, the call has ended before, and the
    /// request must not be sent.
    pub fn begin(&self) -> bool {
        self.change(LEAVING)
    }

    /// Ends the request; whether it was never sent.
    pub(super) fn give_up(&self) -> bool {
        self.change(GIVEN_UP)
    }

    /// The first change counts, so that both sides see the same.
    fn change(&self, to: u8) -> bool {
        let swapped =
            self.0.state.compare_exchange(WAITING, to, Ordering::AcqRel, Ordering::Acquire);
        swapped.map_or_else(|now| now == to, |_| true)
    }

    pub(super) fn is_given_up(&self) -> bool {
        self.0.state.load(Ordering::Acquire) == GIVEN_UP
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_begun_cannot_be_given_up_and_the_other_way_round() {
        let progress = SendProgress::default();
        assert!(progress.begin() && progress.begin());
        assert!(!progress.give_up() && progress.begin());
        let progress = SendProgress::default();
        assert!(progress.clone().give_up() && progress.give_up());
        assert!(!progress.begin() && progress.give_up());
    }
}
