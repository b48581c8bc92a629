//! The queue of a rate limit: tickets in order. A waiting ticket holds no lock.
//!
//! A ticket keeps its place, however long its future is not polled. It delays others only for
//! [`GRACE`]: a ticket that was woken for a free turn and did not take it is skipped until it is
//! polled again. Each ticket also wakes itself, later tickets later, so that a free turn is used even
//! if none of the tickets before it is polled any more.

use std::collections::BTreeMap;
use std::task::Waker;
use std::time::Duration;

use crate::runtime::clock::Instant;
use crate::runtime::clock::later;

/// How long a woken ticket has before it is skipped.
pub const GRACE: Duration = Duration::from_millis(50);

/// How much later each further ticket checks whether those before it took their turn: thousands of
/// tickets must not all check at once.
const STEP: Duration = Duration::from_millis(1);

/// So many tickets check whenever a turn is free. Those behind them check when their own turn is due: if
/// each of thousands checked for each turn, the cost would grow with the square of their number.
const NEAR: u64 = 128;

/// The order of tickets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    /// Requests that were answered with 429.
    Retry,
    /// All others.
    Newcomer,
}

/// The place of a ticket. The smallest is the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    lane: Lane,
    number: u64,
}

#[derive(Debug, Default)]
pub struct Queue {
    tickets: BTreeMap<Place, Ticket>,
    /// How many tickets have joined so far, and how many of those have left.
    joined: u64,
    left: u64,
}

#[derive(Debug)]
struct Ticket {
    waker: Waker,
    /// When it was last woken, or when it wakes itself.
    due: Instant,
    /// Whether it did not take a turn since it was last polled.
    is_passive: bool,
}

impl Queue {
    /// A place behind all others of a lane.
    pub fn join(&mut self, lane: Lane) -> Place {
        self.joined += 1;
        Place { lane, number: self.joined }
    }

    /// Makes a ticket wait until it is woken, or until this time, when it wakes itself.
    pub fn wait(&mut self, place: Place, waker: &Waker, until: Instant) {
        let ticket = Ticket { waker: waker.clone(), due: until, is_passive: false };
        self.tickets.insert(place, ticket);
    }

    /// How long after the opening a ticket checks whether it has a turn. The first one checks at once.
    /// `pace` is the time from one turn to the next.
    pub fn patience(&self, place: Place, pace: Duration) -> Duration {
        if self.active_before(place).next().is_none() {
            return Duration::ZERO;
        }
        // At most as many are before it as joined earlier and have not left. Tickets of the retry lane
        // are few, and may check too early.
        let before = place.number.saturating_sub(self.left).max(1);
        let times = |step: Duration, tickets| {
            step.saturating_mul(u32::try_from(tickets).unwrap_or(u32::MAX))
        };
        let far = times(pace.max(STEP), before.saturating_sub(NEAR));
        far.saturating_add(GRACE + times(STEP, before.min(NEAR)))
    }

    /// Wakes the tickets before this one, as the free turn is theirs, and skips those that were woken
    /// before and did not take it. Returns how long to wait for them, if there are any.
    pub fn call_before(
        &mut self,
        place: Place,
        now: Instant,
        wakeups: &mut Vec<Waker>,
    ) -> Option<Instant> {
        let mut until = None;
        for ticket in self.tickets.range_mut(..place).map(|(_, ticket)| ticket) {
            if later(ticket.due, GRACE) <= now {
                ticket.is_passive = true;
            }
            if ticket.is_passive {
                continue;
            }
            if ticket.due > now {
                ticket.due = now;
                wakeups.push(ticket.waker.clone());
            }
            until = until.max(Some(later(ticket.due, GRACE)));
        }
        until
    }

    /// Wakes the first ticket that is not skipped.
    pub fn call_first(&self, wakeups: &mut Vec<Waker>) {
        let first = self.tickets.values().find(|ticket| !ticket.is_passive);
        wakeups.extend(first.map(|ticket| ticket.waker.clone()));
    }

    /// Wakes all tickets: their turns are earlier than expected.
    pub fn call_all(&self, wakeups: &mut Vec<Waker>) {
        wakeups.extend(self.tickets.values().map(|ticket| ticket.waker.clone()));
    }

    /// Removes a ticket.
    pub fn leave(&mut self, place: Place) {
        self.left += 1;
        self.tickets.remove(&place);
    }

    fn active_before(&self, place: Place) -> impl Iterator<Item = &Ticket> {
        self.tickets.range(..place).map(|(_, ticket)| ticket).filter(|ticket| !ticket.is_passive)
    }
}
