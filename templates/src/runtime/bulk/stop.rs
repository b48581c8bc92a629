//! Why a bulk run stops before the end of its requests.

use std::fmt;
use std::sync::{Arc, OnceLock};

use futures_util::task::AtomicWaker;

use super::Done;
use crate::runtime::{Error, ErrorKind, Operation};

/// Why a bulk run stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StopReason {
    /// [`Run::stop`](super::Run::stop), [`Run::finish`](super::Run::finish) or a [`Stopper`]
    /// asked for it.
    Asked,
    /// The credits are used up or below the floor.
    CreditsExhausted,
    /// The service does not accept the credentials (401, 403), or no token could be requested.
    AccessDenied,
    /// The condition of [`Run::stop_when`](super::Run::stop_when) was met.
    Condition,
}

impl StopReason {
    /// Why a result ends the run that it is one of.
    pub(super) fn of<Op: Operation, R>(done: &Done<Op, R>) -> Option<Self> {
        let error = done.result.as_ref().err()?;
        match error.kind() {
            // What calls in flight may cost is reserved only until they end.
            ErrorKind::CreditsExhausted if error.is_retryable() => None,
            ErrorKind::CreditsExhausted => Some(Self::CreditsExhausted),
            _ if is_denied(error) => Some(Self::AccessDenied),
            // A later call may have its turn in time.
            ErrorKind::Timeout => None,
            // Where it is neither the turn nor the request, it is a token that is missing.
            _ => done.is_unsent().then_some(Self::AccessDenied),
        }
    }
}

fn is_denied(error: &Error) -> bool {
    matches!(error.status().map(|status| status.as_u16()), Some(401 | 403))
}

/// `stopped because ‹the credits are used up›`
impl fmt::Display for StopReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Asked => "it was asked to stop",
            Self::CreditsExhausted => "the credits are used up, or fewer than the floor",
            Self::AccessDenied => "the service does not accept the credentials",
            Self::Condition => "the condition to stop was met",
        })
    }
}

/// Stops a bulk run from elsewhere, for example from a handler of Ctrl-C.
#[derive(Clone, Debug)]
pub struct Stopper {
    switch: Arc<Switch>,
}

impl Stopper {
    pub(super) fn new(switch: &Arc<Switch>) -> Self {
        Self { switch: switch.clone() }
    }

    /// Stops the run: see [`Run::stop`](super::Run::stop).
    pub fn stop(&self) {
        self.switch.stop(StopReason::Asked);
    }
}

/// Whether a run goes on, and whom to wake when it does not.
#[derive(Debug, Default)]
pub(super) struct Switch {
    reason: OnceLock<StopReason>,
    pub waker: AtomicWaker,
}

impl Switch {
    /// The first reason stays.
    pub fn stop(&self, reason: StopReason) {
        let _ = self.reason.set(reason);
        self.waker.wake();
    }

    pub fn reason(&self) -> Option<StopReason> {
        self.reason.get().copied()
    }
}
