//! What the client knows about the caller's credits, and which calls it refuses because of that.
//!
//! | what is known | which calls that spend credits are refused | until |
//! |---|---|---|
//! | a 402 without figures | all | a sign that spending is possible |
//! | a 402 that states how many credits it needs | all that are not known to cost less | the same |
//! | a floor, and a balance above it | those that would go below it, with what calls in flight may cost | the balance rises |
//!
//! A sign that spending is possible is a balance that rises from the last one seen, or is at least what the
//! refused call needs; a call that costs credits and succeeds; and [`reset`](Credits::reset). What a call
//! costs at most is the cap that its request states, else the most that its operation was seen to
//! cost.

mod reservation;
mod shortage;
mod stated;

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use reservation::Spent;
pub use reservation::{Charge, Reservation, Reserved};
use shortage::Shortage;
pub use stated::{Stated, is_amount, required};

use crate::runtime::clock::Instant;

/// What the clones of a client know of the credits.
#[derive(Debug)]
pub struct Credits {
    /// No call is sent that could bring the balance below this.
    floor: Option<f64>,
    state: Mutex<State>,
    /// Notified when a reservation ends.
    ended: Notify,
}

#[derive(Debug, Default)]
struct State {
    /// The balance in the reply to the latest request, and when that request was sent.
    balance: Option<(Instant, f64)>,
    shortage: Option<Shortage>,
    /// The highest cost seen for each operation.
    costs: Costs,
    /// Whether a call that costs credits has succeeded.
    has_succeeded: bool,
    spent: Spent,
}

/// The highest costs seen, by operation. Few operations spend credits, so searching a list is faster than a map.
#[derive(Debug, Default)]
struct Costs(Vec<(&'static str, f64)>);

impl Costs {
    fn most(&self, operation: &str) -> Option<f64> {
        let mut known = self.0.iter();
        known.find(|(known, _)| *known == operation).map(|(_, cost)| *cost)
    }

    fn see(&mut self, operation: &'static str, cost: f64) {
        match self.0.iter_mut().find(|(known, _)| *known == operation) {
            Some((_, most)) => *most = most.max(cost),
            None => self.0.push((operation, cost)),
        }
    }
}

/// A call that spends credits, and the most that its request allows it to cost.
#[derive(Clone, Copy, Debug)]
pub struct Purchase {
    pub operation: &'static str,
    pub cap: Option<f64>,
}

impl Credits {
    /// The same floor, with nothing known yet.
    pub fn fresh(&self) -> Self {
        Self::new(self.floor)
    }

    /// Nothing is known yet.
    pub fn new(floor: Option<f64>) -> Self {
        Self { floor, state: Mutex::default(), ended: Notify::new() }
    }

    /// The balance, if a reply has stated it.
    pub fn balance(&self) -> Option<f64> {
        self.state().balance.map(|(_, balance)| balance)
    }

    /// Forgets the balance and the reasons to refuse calls: they are sent until a reply says otherwise.
    pub fn reset(&self) {
        let mut state = self.state();
        (state.balance, state.shortage) = (None, None);
        state.spent.forget();
        drop(state);
        self.ended.notify_waiters();
    }

    /// Whether a call could be refused, so that its cost matters.
    pub fn may_refuse(&self) -> bool {
        self.floor.is_some() || self.state().shortage.is_some()
    }

    /// Why a call is refused, whatever the calls in flight cost.
    pub fn refusal(&self, purchase: Purchase) -> Option<String> {
        self.state().refusal(purchase, self.floor)
    }

    /// Records the balance in the reply to a request that was sent at this time.
    pub fn learn(&self, sent: Instant, now: Instant, balance: f64) {
        let mut state = self.state();
        // Replies can arrive in another order than their requests were sent.
        if state.balance.is_none_or(|(last, _)| last <= sent) {
            state.balance = Some((sent, balance));
        }
        if self.floor.is_some() {
            state.spent.settle(sent, now, balance);
        }
        state.shortage = state.shortage.take().and_then(|shortage| shortage.after(sent, balance));
    }

    /// Records a call that costs credits and succeeded, and what its reply states.
    pub fn succeed(&self, operation: &'static str, sent: Instant, stated: &Stated) {
        let mut state = self.state();
        state.has_succeeded = true;
        if let Some(cost) = stated.cost {
            state.costs.see(operation, cost);
        }
        let ends = |shortage: &Shortage| shortage.ends_with(sent, stated.balance);
        state.shortage = state.shortage.take().filter(|shortage| !ends(shortage));
    }

    /// Records a 402: its balance, and how many credits the call needs.
    pub fn refuse(&self, sent: Instant, now: Instant, required: Option<f64>, balance: Option<f64>) {
        let mut state = self.state();
        let balance = balance.or(state.balance.map(|(_, balance)| balance));
        let shortage = Shortage { sent, since: now, required, balance };
        state.shortage = Some(shortage.merge(state.shortage.take()));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The most that a call can cost, if that is known.
    fn cost(&self, purchase: Purchase) -> Option<f64> {
        purchase.cap.or_else(|| self.costs.most(purchase.operation))
    }

    fn refusal(&self, purchase: Purchase, floor: Option<f64>) -> Option<String> {
        let cost = self.cost(purchase);
        if let Some(shortage) = self.shortage.as_ref().filter(|shortage| shortage.stops(cost)) {
            return Some(shortage.to_string());
        }
        let (floor, left) = (floor?, self.spent.left()?);
        let cost = cost.unwrap_or_default();
        match left - cost < floor {
            true if cost > 0.0 => Some(format!(
                "{left} credits are left, and it may cost {cost}: that would go below the floor of {floor}"
            )),
            true => Some(format!("{left} credits are left, which is below the floor of {floor}")),
            false => None,
        }
    }
}

#[cfg(test)]
mod tests;
