//! A group of operations that share a rate limit.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use super::gate::Gate;
use super::queue::{Lane, Place, Queue};
use super::window::SlidingWindow;
use crate::runtime::clock::Instant;
use crate::runtime::clock::{Clock, Sleep, later};
use crate::runtime::shared_limits::{Admission, SharedLimits, SharedLimitsError};

/// The operations that share a rate limit. Requests are sent in the order in which they came, within
/// a sliding window; a 429 pauses all of them. Requests that were answered with 429 go first.
#[derive(Debug)]
pub struct RateLimitGroup {
    pub name: &'static str,
    state: Mutex<State>,
}

/// The state of the group. Nothing in it waits: each step gets the current time and returns.
#[derive(Debug)]
pub(super) struct State {
    window: SlidingWindow,
    pub(super) gate: Gate,
    queue: Queue,
    /// Until when other processes have used the shared limit up.
    used_up: Option<Instant>,
}

/// The answer to a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Its request is counted and must be sent now.
    Admitted,
    /// It must ask again when it is woken, or at this time.
    Wait(Instant),
}

impl RateLimitGroup {
    pub(super) fn new(name: &'static str, window: SlidingWindow) -> Self {
        Self { name, state: Mutex::new(State::new(window)) }
    }

    /// Whether a request can be sent at once without being counted.
    pub fn is_free(&self, now: Instant) -> bool {
        self.change(|state, _| state.window.is_unlimited() && state.opening(now) <= now)
    }

    /// Waits until a request can be sent, counts it, and returns the time at which it was counted.
    pub fn enter<'a>(&'a self, clock: &'a dyn Clock, is_retry: bool) -> Enter<'a> {
        let lane = if is_retry { Lane::Retry } else { Lane::Newcomer };
        Enter { group: self, clock, lane, place: None, alarm: None }
    }

    /// Waits until a request can be sent by the shared limits, too.
    ///
    /// # Errors
    /// If they cannot be asked.
    pub async fn enter_shared(
        &self,
        clock: &dyn Clock,
        shared: &dyn SharedLimits,
        mut is_retry: bool,
    ) -> Result<Instant, SharedLimitsError> {
        loop {
            let counted = self.enter(clock, is_retry).await;
            let mut counted = Counted { group: self, at: Some(counted) };
            let limit = self.change(|state, _| state.window.limit());
            match shared.admit(self.name, limit).await? {
                Admission::Now => {
                    counted.at = None;
                    return Ok(clock.now());
                }
                Admission::After(time) => self.wait_for_others(later(clock.now(), time)),
            }
            // It keeps its place before those that came later.
            is_retry = true;
        }
    }

    fn wait_for_others(&self, until: Instant) {
        self.change(|state, _| state.used_up = Some(until));
    }

    /// How long the gate stays closed after a 429.
    pub fn closed_for(&self, now: Instant) -> Duration {
        self.change(|state, _| state.gate.opening(now) - now)
    }

    /// Removes a request that was counted at this time and is not sent.
    pub fn take_back(&self, admitted: Instant) {
        self.change(|state, wakeups| state.take_back(admitted, wakeups));
    }

    /// Pauses all requests after a 429 to a request that was sent at this time.
    pub fn close(&self, sent: Instant, now: Instant, stated: Option<Duration>) {
        self.change(|state, _| state.close(sent, now, stated));
    }

    /// Records a reply that is not a 429, and the limit that it states.
    pub fn learn(&self, stated: Option<&str>) {
        let stated = stated.and_then(|text| text.trim().parse().ok());
        self.change(|state, wakeups| state.learn(stated, wakeups));
    }

    /// Runs a step under the lock. Tickets are woken after it, because a waker can run any code.
    fn change<T>(&self, step: impl FnOnce(&mut State, &mut Vec<Waker>) -> T) -> T {
        let mut wakeups = Vec::new();
        let result = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            step(&mut state, &mut wakeups)
        };
        wakeups.into_iter().for_each(Waker::wake);
        result
    }
}

impl State {
    pub(super) fn new(window: SlidingWindow) -> Self {
        Self { window, gate: Gate::default(), queue: Queue::default(), used_up: None }
    }

    pub(super) fn join(&mut self, lane: Lane) -> Place {
        self.queue.join(lane)
    }

    /// Decides whether the request of a ticket can be sent.
    pub(super) fn poll(
        &mut self,
        place: Place,
        now: Instant,
        waker: &Waker,
        wakeups: &mut Vec<Waker>,
    ) -> Turn {
        let opening = self.opening(now);
        let until = match opening > now {
            true => Some(later(opening, self.queue.patience(place, self.window.pace()))),
            false => self.queue.call_before(place, now, wakeups),
        };
        match until {
            Some(until) => {
                self.queue.wait(place, waker, until);
                Turn::Wait(until)
            }
            None => {
                self.window.count(now);
                self.leave(place, wakeups);
                Turn::Admitted
            }
        }
    }

    /// Removes a ticket. The next one may now be the first.
    pub(super) fn leave(&mut self, place: Place, wakeups: &mut Vec<Waker>) {
        self.queue.leave(place);
        self.queue.call_first(wakeups);
    }

    pub(super) fn take_back(&mut self, admitted: Instant, wakeups: &mut Vec<Waker>) {
        self.window.take_back(admitted);
        self.queue.call_all(wakeups);
    }

    pub(super) fn close(&mut self, sent: Instant, now: Instant, stated: Option<Duration>) {
        self.gate.close(sent, now, stated);
    }

    pub(super) fn learn(&mut self, stated: Option<u32>, wakeups: &mut Vec<Waker>) {
        self.gate.pass();
        if stated.is_some_and(|stated| self.window.learn(stated)) {
            self.queue.call_all(wakeups);
        }
    }

    pub(super) fn opening(&mut self, now: Instant) -> Instant {
        let here = self.gate.opening(now).max(self.window.opening(now));
        self.used_up.map_or(here, |until| until.max(here))
    }
}

/// A request that was counted here and not yet by the shared limits. It is removed if it is dropped.
struct Counted<'a> {
    group: &'a RateLimitGroup,
    at: Option<Instant>,
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.at.into_iter().for_each(|at| self.group.take_back(at));
    }
}

/// Waits for a turn. Dropping it removes its ticket from the queue.
pub struct Enter<'a> {
    group: &'a RateLimitGroup,
    clock: &'a dyn Clock,
    lane: Lane,
    place: Option<Place>,
    /// When it asks again without being woken.
    alarm: Option<Sleep>,
}

impl Future for Enter<'_> {
    type Output = Instant;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Instant> {
        let this = self.get_mut();
        let now = this.clock.now();
        let turn = this.group.change(|state, wakeups| {
            let place = *this.place.get_or_insert_with(|| state.join(this.lane));
            state.poll(place, now, context.waker(), wakeups)
        });
        match turn {
            Turn::Admitted => {
                this.place = None;
                Poll::Ready(now)
            }
            Turn::Wait(until) => {
                this.sleep(until - now, context);
                Poll::Pending
            }
        }
    }
}

impl Enter<'_> {
    /// Makes sure that this is polled again at that time. The timer is set again at each poll: the
    /// task may now run on another runtime than before, and only that runtime's timers still run.
    fn sleep(&mut self, time: Duration, context: &mut Context<'_>) {
        let mut alarm = self.clock.sleep(time);
        match alarm.as_mut().poll(context) {
            Poll::Pending => self.alarm = Some(alarm),
            // A timer may end a little early by this clock: ask again instead of waiting for one that has ended.
            Poll::Ready(()) => context.waker().wake_by_ref(),
        }
    }
}

impl Drop for Enter<'_> {
    fn drop(&mut self) {
        if let Some(place) = self.place {
            self.group.change(|state, wakeups| state.leave(place, wakeups));
        }
    }
}
