//! A sliding window: so many requests in so long a time.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::runtime::clock::later;

/// How many requests a service may reasonably say that it takes.
const SANE: std::ops::RangeInclusive<u32> = 1..=10_000;

/// So many requests in so long a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub requests: u32,
    pub time: Duration,
}

/// The requests of the last window, and how many it takes.
#[derive(Debug)]
pub struct SlidingWindow {
    /// `None` where nothing limits the requests.
    window: Option<Window>,
    /// The most that the service can say; `None` where the caller set the window, which the
    /// service cannot change.
    ceiling: Option<u32>,
    /// When the requests were sent that still count.
    sent: VecDeque<Instant>,
}

impl SlidingWindow {
    /// A window that the caller set.
    pub fn fixed(window: Option<Window>) -> Self {
        Self { window, ceiling: None, sent: VecDeque::new() }
    }

    /// A window that the description states. The service may lower its figure: what it states is the
    /// ceiling of the API key, and the group may have a lower one.
    pub fn described(window: Option<Window>) -> Self {
        let ceiling = window.map(|window| window.requests);
        Self { window, ceiling, sent: VecDeque::new() }
    }

    /// Whether any number of requests may be sent.
    pub fn is_unlimited(&self) -> bool {
        self.window.is_none()
    }

    /// Takes the figure that the service states, if it is sane. Returns whether that changes
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

    /// When the next request may be sent: `now` if it may be sent at once.
    pub fn opening(&mut self, now: Instant) -> Instant {
        let Some(window) = self.window else { return now };
        // The service sees requests a little later than they are sent, and less evenly.
        let time = window.time.saturating_add(window.time / 100);
        while self.sent.front().is_some_and(|sent| later(*sent, time) <= now) {
            self.sent.pop_front();
        }
        match self.sent.len().checked_sub(window.requests as usize) {
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

    /// Takes back a request that was counted at this moment and not sent.
    pub fn take_back(&mut self, counted: Instant) {
        if let Some(found) = self.sent.iter().rposition(|sent| *sent == counted) {
            self.sent.remove(found);
        }
    }
}
