//! A gate that a 429 closes for all requests of a group.

use std::time::Duration;

use crate::runtime::clock::Instant;
use crate::runtime::clock::later;

/// How a pause grows, in seconds, if the service does not say how long: together they outlast a
/// minute.
const PAUSES: [u64; 5] = [5, 10, 20, 40, 60];

#[derive(Debug, Default)]
pub struct Gate {
    closed: Option<Closed>,
    /// How many replies in a row were a 429.
    strikes: usize,
}

#[derive(Clone, Copy, Debug)]
struct Closed {
    since: Instant,
    until: Instant,
}

impl Gate {
    /// When the gate opens: `now` if it is open.
    pub fn opening(&self, now: Instant) -> Instant {
        self.closed.map_or(now, |closed| closed.until.max(now))
    }

    /// Closes the gate after a 429, for at least as long as the service asks for.
    ///
    /// A 429 to a request that was sent before the gate closed changes nothing, unless it asks for a
    /// longer pause.
    pub fn close(&mut self, sent: Instant, now: Instant, stated: Option<Duration>) {
        let known = self.closed.filter(|closed| sent < closed.since);
        let pause = match stated {
            Some(stated) => stated.saturating_add(jitter_above(stated)),
            None if known.is_some() => return,
            None => self.pause(),
        };
        if known.is_none() {
            self.strikes += 1;
        }
        let until = later(now, pause);
        let until = self.closed.map_or(until, |closed| closed.until.max(until));
        let since = known.map_or(now, |known| known.since);
        self.closed = Some(Closed { since, until });
    }

    /// Records a reply that is not a 429.
    pub fn pass(&mut self) {
        self.strikes = 0;
    }

    fn pause(&self) -> Duration {
        let pause = Duration::from_secs(PAUSES[self.strikes.min(PAUSES.len() - 1)]);
        pause + jitter_above(pause)
    }
}

/// Adds up to a tenth and half a second at random, so that requests are not all repeated at once.
pub fn jitter_above(time: Duration) -> Duration {
    (time / 10).saturating_add(Duration::from_millis(500)).mul_f64(fastrand::f64())
}
