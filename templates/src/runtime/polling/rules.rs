//! Where the status of an operation is, and what it says.

use std::time::Duration;

/// Where the status of an operation is, and what it says. Places in a reply are JSON pointers (RFC 6901).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Polling {
    /// The headers of the reply that may have the URL of the status, the first one that is there.
    pub headers: &'static [&'static str],
    /// Where else the reply has it.
    pub url: Option<&'static str>,
    /// Where a status says how the work is; `None` if 202 means that it is not done.
    pub state: Option<&'static str>,
    /// What it says when there is a result.
    pub done: &'static [&'static str],
    /// What it says when there will be none.
    pub failed: &'static [&'static str],
    /// The time between two requests, unless the service states one by `Retry-After`.
    pub interval: Duration,
    /// Where the result is in the last status.
    pub result: &'static str,
    /// Where the last status has the URL of the result, if it is elsewhere.
    pub result_url: Option<&'static str>,
}

impl Polling {
    const NEW: Self = Self {
        headers: &[],
        url: None,
        state: None,
        done: &[],
        failed: &[],
        interval: Duration::from_secs(5),
        result: "",
        result_url: None,
    };

    /// The URL of the status is in the first of these headers that the reply has.
    #[must_use]
    pub const fn in_header(headers: &'static [&'static str]) -> Self {
        Self { headers, ..Self::NEW }
    }

    /// The URL of the status is at this place in the reply.
    #[must_use]
    pub const fn in_body(url: &'static str) -> Self {
        Self { url: Some(url), ..Self::NEW }
    }

    /// A status has one of these texts at this place when the work is done or has failed.
    #[must_use]
    pub const fn state_at(
        self,
        state: &'static str,
        done: &'static [&'static str],
        failed: &'static [&'static str],
    ) -> Self {
        Self { state: Some(state), done, failed, ..self }
    }

    /// The time between two requests.
    #[must_use]
    pub const fn every_millis(self, millis: u64) -> Self {
        Self { interval: Duration::from_millis(millis), ..self }
    }

    /// The result is at this place in the last status.
    #[must_use]
    pub const fn result_at(self, result: &'static str) -> Self {
        Self { result, ..self }
    }

    /// The last status has the URL of the result at this place.
    #[must_use]
    pub const fn result_url_at(self, url: &'static str) -> Self {
        Self { result_url: Some(url), ..self }
    }
}
