//! Rate limits: who may send when.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Mutex as Turn, Notify};

use super::RateLimit;
use super::clock::{Clock, within};

/// How many requests a service may reasonably say that it takes.
const SANE: std::ops::RangeInclusive<u32> = 1..=10_000;

/// How a pause grows where the service does not say how long: together they outlast a minute.
const PAUSES: [u64; 5] = [5, 10, 20, 40, 60];

/// The families of operations that share a limit; all clones of a client share them.
#[derive(Debug, Default)]
pub struct Limiter {
    set: HashMap<String, Option<Window>>,
    /// So few that a list is searched faster than a map.
    families: Mutex<Vec<Arc<Family>>>,
}

/// So many requests in so long a time.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    pub requests: u32,
    pub time: Duration,
}

impl Limiter {
    /// A limiter in which these families have these limits, or none, whatever the service says.
    pub fn new(set: HashMap<String, Option<Window>>) -> Self {
        Self { set, families: Mutex::default() }
    }

    /// The family of an operation; operations without one are a family too.
    pub fn family(&self, limit: Option<RateLimit>) -> Arc<Family> {
        let limit = limit.unwrap_or(RateLimit::family(""));
        let mut families = self.families.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = families.iter().find(|known| known.name == limit.family) {
            return known.clone();
        }
        let family = Arc::new(self.open(limit));
        families.push(family.clone());
        family
    }

    fn open(&self, limit: RateLimit) -> Family {
        let described = limit.window.map(|(requests, time)| Window { requests, time });
        let set = self.set.get(limit.family).copied();
        let state =
            State { window: set.unwrap_or(described), fixed: set.is_some(), ..State::new() };
        Family {
            name: limit.family,
            state: Mutex::new(state),
            line: Turn::new(()),
            door: Turn::new(()),
            news: Notify::new(),
        }
    }
}

/// A sliding window with a line before it, first come first served, and a gate that a 429 closes.
///
/// The head of the line alone waits for the window; who stops waiting gives the place back by
/// dropping its guard. Who was turned away by the service goes to the door past the line.
#[derive(Debug)]
pub struct Family {
    pub name: &'static str,
    state: Mutex<State>,
    line: Turn<()>,
    door: Turn<()>,
    news: Notify,
}

#[derive(Debug)]
struct State {
    window: Option<Window>,
    /// Whether the caller set the window, so that the service cannot.
    fixed: bool,
    sent: VecDeque<Instant>,
    closed: Option<Closed>,
    /// How often in a row the service said 429.
    strikes: usize,
}

#[derive(Clone, Copy, Debug)]
struct Closed {
    since: Instant,
    until: Instant,
}

impl Family {
    /// Whether a request may be sent at once and needs no counting.
    pub fn is_free(&self, now: Instant) -> bool {
        self.state().is_free(now)
    }

    /// Waits until a request may be sent, and counts it.
    pub async fn enter(&self, clock: &dyn Clock, again: bool) {
        let _place = if again { None } else { Some(self.line.lock().await) };
        let _door = self.door.lock().await;
        loop {
            let wait = self.state().admit(clock.now());
            let Some(wait) = wait else { return };
            within(clock, Some(wait), self.news.notified()).await;
        }
    }

    /// Closes the gate because of a 429, for at least as long as the service asks for.
    ///
    /// A 429 to a request from before the gate closed is old news, but for a longer pause.
    pub fn close(&self, sent: Instant, now: Instant, stated: Option<Duration>) {
        let mut state = self.state();
        let old = state.closed.is_some_and(|closed| sent < closed.since);
        let pause = match stated {
            Some(stated) => stated + jitter_above(stated),
            None if old => return,
            None => bare_pause(state.strikes),
        };
        if !old {
            state.strikes += 1;
        }
        let until = state.closed.map_or(now + pause, |closed| closed.until.max(now + pause));
        let since = state.closed.filter(|_| old).map_or(now, |closed| closed.since);
        state.closed = Some(Closed { since, until });
        self.news.notify_one();
    }

    /// Notes a request that was not turned away, and what the service says of the limit.
    pub fn learn(&self, stated: Option<&str>) {
        let mut state = self.state();
        state.strikes = 0;
        let stated = stated.and_then(|text| text.trim().parse().ok());
        let Some(requests) = stated.filter(|figure| SANE.contains(figure)) else { return };
        let fixed = state.fixed;
        if let Some(window) =
            state.window.as_mut().filter(|window| !fixed && window.requests != requests)
        {
            window.requests = requests;
            self.news.notify_one();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn new() -> Self {
        Self { window: None, fixed: false, sent: VecDeque::new(), closed: None, strikes: 0 }
    }

    fn is_free(&self, now: Instant) -> bool {
        self.window.is_none() && self.closed.is_none_or(|closed| closed.until <= now)
    }

    /// Counts a request, or says how long it has to wait.
    fn admit(&mut self, now: Instant) -> Option<Duration> {
        if let Some(closed) = self.closed.filter(|closed| closed.until > now) {
            return Some(closed.until - now);
        }
        let window = self.window?;
        // The service sees requests a little later than they are sent, and not evenly so.
        let time = window.time + window.time / 100;
        while self.sent.front().is_some_and(|sent| *sent + time <= now) {
            self.sent.pop_front();
        }
        if self.sent.len() < window.requests as usize {
            self.sent.push_back(now);
            return None;
        }
        let first = self.sent.len() - window.requests as usize;
        Some(self.sent[first] + time - now)
    }
}

fn bare_pause(strikes: usize) -> Duration {
    let pause = Duration::from_secs(PAUSES[strikes.min(PAUSES.len() - 1)]);
    pause + jitter_above(pause)
}

/// Up to a tenth and half a second more, so that not all come back at once.
pub fn jitter_above(time: Duration) -> Duration {
    (time / 10 + Duration::from_millis(500)).mul_f64(fastrand::f64())
}
