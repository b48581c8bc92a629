//! A sliding window: a number of requests within a duration.

use std::collections::VecDeque;
use std::time::Duration;

use crate::runtime::clock::Instant;
use crate::runtime::clock::later;

/// The figures that are accepted from a service.
const SANE: std::ops::RangeInclusive<u32> = 1..=10_000;

/// A number of requests within a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub requests: u32,
    pub time: Duration,
}

/// The requests of the last window, and how many are allowed.
#[derive(Debug)]
pub struct SlidingWindow {
    /// `None` if there is no limit.
    window: Option<Window>,
    /// The highest figure that the service can set; `None` if the caller set the window, which the
    /// service cannot change.
    ceiling: Option<u32>,
    /// The times of the requests that still count.
    sent: VecDeque<Instant>,
}

impl SlidingWindow {
    /// A window that the caller set.
    pub fn fixed(window: Option<Window>) -> Self {
        Self { window, ceiling: None, sent: VecDeque::new() }
    }

    /// A window that the description states. The service can lower its figure, not raise it: the header
    /// states the limit of the API key, and that of the group can be lower.
    pub fn described(window: Option<Window>) -> Self {
        let ceiling = window.map(|window| window.requests);
        Self { window, ceiling, sent: VecDeque::new() }
    }

    /// Whether any number of requests may be sent.
    pub fn is_unlimited(&self) -> bool {
        self.window.is_none()
    }

    /// The number of requests, and the time that they are counted for: `None` if there is no limit.
    pub fn limit(&self) -> Option<(u32, Duration)> {
        let window = self.window?;
        // Requests arrive a little later than they are sent, and less evenly.
        Some((window.requests, window.time.saturating_add(window.time / 100)))
    }

    /// The time from one request to the next, if they are spread evenly.
    pub fn pace(&self) -> Duration {
        let pace = |window: Window| window.time / window.requests.max(1);
        self.window.map_or(Duration::ZERO, pace)
    }

    /// Uses the figure that the service states, if it is plausible. Returns whether this changed
    /// anything.
    pub fn learn(&mut self, stated: u32) -> bool {
        let (Some(window), Some(ceiling)) = (&mut self.window, self.ceiling) else { return false };
        let requests = stated.min(ceiling);
        let changes = SANE.contains(&stated) && window.requests != requests;
        if changes {
            window.requests = requests;
        }
        changes
    }

    /// When the next request can be sent: `now` if it can be sent at once.
    pub fn opening(&mut self, now: Instant) -> Instant {
        let Some((requests, time)) = self.limit() else { return now };
        while self.sent.front().is_some_and(|sent| later(*sent, time) <= now) {
            self.sent.pop_front();
        }
        match self.sent.len().checked_sub(requests as usize) {
            Some(first) => self.sent.get(first).map_or(now, |sent| later(*sent, time)),
            None => now,
        }
    }

    /// Counts a request that is sent now.
    pub fn count(&mut self, now: Instant) {
        if self.window.is_some() {
            self.sent.push_back(now);
        }
    }

    /// Removes a request that was counted at this time and not sent.
    pub fn take_back(&mut self, counted: Instant) {
        if let Some(found) = self.sent.iter().rposition(|sent| *sent == counted) {
            self.sent.remove(found);
        }
    }
}
