//! Reservations for calls in flight, so that a floor holds whatever they cost.

use tokio::sync::futures::Notified;

use super::{Credits, Purchase};
use crate::runtime::clock::Clock;
use crate::runtime::clock::Instant;

/// The least that can be left: the balances in replies, less what may have been spent since.
#[derive(Debug, Default)]
pub struct Spent {
    /// The balances in replies, and when those came. One is removed when the reply to a later request
    /// states another: calls in flight at the same time are charged in any order, so the least counts.
    told: Vec<(Instant, f64)>,
    in_flight: Vec<InFlight>,
    /// What calls may have cost whose replies stated no balance, and when they ended.
    unsettled: Vec<(Instant, f64)>,
    last: u64,
}

#[derive(Debug)]
struct InFlight {
    number: u64,
    cost: f64,
    /// Whether a call is in flight that no other may be in flight beside.
    is_alone: bool,
}

impl Spent {
    /// The least that can be left, without calls in flight; `None` if no reply stated a balance.
    pub fn left(&self) -> Option<f64> {
        let least = self.told.iter().map(|(_, balance)| *balance).reduce(f64::min)?;
        Some(least - self.unsettled.iter().map(|(_, cost)| cost).sum::<f64>())
    }

    /// Counts what a call may have cost that ended at this time, until a balance includes it.
    pub fn unsettle(&mut self, ended: Instant, cost: f64) {
        self.unsettled.push((ended, cost));
    }

    /// Forgets all but the calls in flight.
    pub fn forget(&mut self) {
        self.told.clear();
        self.unsettled.clear();
    }

    /// Records the balance that a reply states now to a request that was sent then.
    pub fn settle(&mut self, sent: Instant, now: Instant, balance: f64) {
        self.told.retain(|(told, _)| *told > sent);
        self.told.push((now, balance));
        self.unsettled.retain(|(ended, _)| *ended > sent);
    }

    /// Whether a call must wait for others to end before it is sent.
    fn is_blocked(&self, is_alone: bool) -> bool {
        let mut others = self.in_flight.iter();
        others.any(|other| is_alone || other.is_alone)
    }

    fn begin(&mut self, cost: f64, is_alone: bool) -> u64 {
        self.last += 1;
        self.in_flight.push(InFlight { number: self.last, cost, is_alone });
        self.last
    }

    pub(super) fn in_flight(&self) -> f64 {
        self.in_flight.iter().map(|call| call.cost).sum()
    }

    /// Ends a call, and returns what was reserved for it.
    fn end(&mut self, number: u64) -> f64 {
        let found = self.in_flight.iter().position(|call| call.number == number);
        found.map_or(0.0, |found| self.in_flight.swap_remove(found).cost)
    }
}

/// Whether a call can be sent.
pub enum Reserved<'a> {
    /// It can.
    Now(Reservation<'a>),
    /// It must wait until a call in flight has ended.
    Later(Notified<'a>),
    /// It cannot, for this reason.
    Never(String),
}

/// What a call in flight may cost. [`end`](Self::end) releases it.
pub struct Reservation<'a> {
    credits: &'a Credits,
    clock: &'a dyn Clock,
    /// `None` if nothing is reserved.
    number: Option<u64>,
}

/// What is known of the cost of a call that has ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Charge {
    /// It cost nothing: it was not sent, or refused.
    Nothing,
    /// The balance in its reply includes it.
    Settled,
    /// It may have cost this much, or what was reserved for it.
    Unsettled(Option<f64>),
}

impl Credits {
    /// Reserves what a call may cost, if there is a floor.
    ///
    /// A call is sent alone if neither its request nor an earlier reply states its cost, and so is the
    /// first call of all: it is not known for how many calls the credits last.
    pub fn reserve<'a>(&'a self, purchase: Purchase, clock: &'a dyn Clock) -> Reserved<'a> {
        // Subscribed first, so that no end is missed.
        let ended = self.ended.notified();
        let mut state = self.state();
        if let Some(reason) = state.refusal(purchase, self.floor) {
            return Reserved::Never(reason);
        }
        let reservation = |number| Reserved::Now(Reservation { credits: self, clock, number });
        let Some(floor) = self.floor else { return reservation(None) };
        let cost = state.cost(purchase);
        let is_first = !state.has_succeeded && state.balance.is_none();
        let is_alone = cost.is_none() || is_first;
        let cost = cost.unwrap_or_default();
        let left = state.spent.left().map(|left| left - state.spent.in_flight() - cost);
        if state.spent.is_blocked(is_alone) || left.is_some_and(|left| left < floor) {
            return Reserved::Later(ended);
        }
        reservation(Some(state.spent.begin(cost, is_alone)))
    }
}

impl Reservation<'_> {
    /// Releases it, and records what the call cost.
    pub fn end(mut self, charge: Charge) {
        self.give_back(charge);
    }

    fn give_back(&mut self, charge: Charge) {
        let Some(number) = self.number.take() else { return };
        let mut state = self.credits.state();
        let reserved = state.spent.end(number);
        if let Charge::Unsettled(cost) = charge {
            let ended = self.clock.now();
            state.spent.unsettle(ended, cost.unwrap_or(reserved));
        }
        drop(state);
        self.credits.ended.notify_waiters();
    }
}

/// A call that is dropped while it is in flight may have been charged.
impl Drop for Reservation<'_> {
    fn drop(&mut self) {
        self.give_back(Charge::Unsettled(None));
    }
}
