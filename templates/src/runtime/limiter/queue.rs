//! The queue before a rate limit: tickets in their order, which wait without holding anything.
//!
//! A ticket keeps its place however long nobody polls the future that it belongs to. It delays
//! others only for [`GRACE`]: a ticket that was woken for a free turn and did not take it is passed
//! until it is polled again. Each ticket wakes itself, the later its place the later, so that a
//! turn is found even if none of those before it is polled any more.

use std::collections::BTreeMap;
use std::task::Waker;
use std::time::{Duration, Instant};

use crate::runtime::clock::later;

/// How long a ticket that was woken may take until it is passed.
pub const GRACE: Duration = Duration::from_millis(50);

/// How much later each further ticket looks whether those before it took their turn: thousands of
/// tickets must not all look at once.
const STEP: Duration = Duration::from_millis(1);

/// Which tickets come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    /// Requests that the service turned away.
    Retry,
    /// All others.
    Newcomer,
}

/// The place of a ticket: what is smaller comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    lane: Lane,
    number: u64,
}

#[derive(Debug, Default)]
pub struct Queue {
    tickets: BTreeMap<Place, Ticket>,
    /// How many tickets ever joined, and how many of them have left.
    joined: u64,
    left: u64,
}

#[derive(Debug)]
struct Ticket {
    waker: Waker,
    /// When it was woken last or wakes itself.
    due: Instant,
    /// Whether it let a turn pass since it was polled.
    is_passive: bool,
}

impl Queue {
    /// A place behind all others of a lane.
    pub fn join(&mut self, lane: Lane) -> Place {
        self.joined += 1;
        Place { lane, number: self.joined }
    }

    /// Lets a ticket wait until it is woken, or until this moment, when it wakes itself.
    pub fn wait(&mut self, place: Place, waker: &Waker, until: Instant) {
        let ticket = Ticket { waker: waker.clone(), due: until, is_passive: false };
        self.tickets.insert(place, ticket);
    }

    /// How long after the opening a ticket looks whether it may go: the first one at once.
    pub fn patience(&self, place: Place) -> Duration {
        if self.active_before(place).next().is_none() {
            return Duration::ZERO;
        }
        // As many are before it at most as have joined earlier and not left. Tickets of the retry lane
        // are few and may look too early.
        let before = place.number.saturating_sub(self.left).max(1);
        GRACE + STEP.saturating_mul(u32::try_from(before).unwrap_or(u32::MAX))
    }

    /// Wakes the tickets before this one, which a free turn belongs to, and passes those that were
    /// woken before and did not take it. Returns how long to wait for them, if for any.
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

    /// Wakes the first ticket that is not passed.
    pub fn call_first(&self, wakeups: &mut Vec<Waker>) {
        let first = self.tickets.values().find(|ticket| !ticket.is_passive);
        wakeups.extend(first.map(|ticket| ticket.waker.clone()));
    }

    /// Wakes all tickets: turns come earlier than they were told.
    pub fn call_all(&self, wakeups: &mut Vec<Waker>) {
        wakeups.extend(self.tickets.values().map(|ticket| ticket.waker.clone()));
    }

    /// Takes a ticket out.
    pub fn leave(&mut self, place: Place) {
        self.left += 1;
        self.tickets.remove(&place);
    }

    fn active_before(&self, place: Place) -> impl Iterator<Item = &Ticket> {
        self.tickets.range(..place).map(|(_, ticket)| ticket).filter(|ticket| !ticket.is_passive)
    }
}
