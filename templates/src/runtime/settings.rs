//! What can be set for a client and for a call.

use std::time::Duration;

use super::retry::Retry;

/// What can be set for a client and for a call.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The longest time of an attempt.
    pub timeout: Duration,
    /// The longest time of a call, with all attempts and pauses.
    pub deadline: Option<Duration>,
    pub retry: Retry,
}
