//! What can be set for a client and for a call.

use std::time::Duration;

use reqwest::header::{HeaderName, HeaderValue};

use super::retry::Retry;

/// What a client sends with each request, unless the call says otherwise.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    pub headers: Vec<(HeaderName, HeaderValue)>,
    pub query: Vec<(String, String)>,
}

/// What can be set for a client and for a call.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The longest time of an attempt.
    pub timeout: Duration,
    /// The longest time of a call, with all attempts and pauses.
    pub deadline: Option<Duration>,
    pub retry: Retry,
}
