//! What calls may cost, and what they did cost.

use std::sync::{Mutex, MutexGuard, PoisonError};

use lantern_operations::{CallValues, Conventions, Costs, Operation, Table};
use serde_json::Value;

use crate::backend::Answer;

/// What calls may cost in all, and what they did cost.
#[derive(Debug, Default)]
pub struct Budget {
    most: Option<f64>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    spent: f64,
    /// For calls that have no answer yet.
    reserved: f64,
    costs: Costs,
}

/// Credits that are kept for a call. When it is dropped, they are given back if the call was not sent, and are counted as
/// charged if nobody knows what came of it.
#[derive(Debug)]
pub struct Reservation<'a> {
    budget: &'a Budget,
    credits: f64,
    is_sent: bool,
}

impl Budget {
    pub fn new(most: Option<f64>) -> Self {
        Self { most, state: Mutex::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn spent(&self) -> f64 {
        self.state().spent
    }

    /// What may still be spent, if there is an end.
    pub fn left(&self) -> Option<f64> {
        let state = self.state();
        self.most.map(|most| (most - state.spent - state.reserved).max(0.0))
    }

    /// What a call may cost.
    pub fn expected(&self, table: &Table, operation: &Operation, call: &CallValues<'_>) -> f64 {
        self.state().costs.expected(table, operation, call)
    }

    /// Keeps credits for a call.
    ///
    /// # Errors
    /// If they are more than what is left.
    pub fn reserve(&self, credits: f64) -> Result<Reservation<'_>, String> {
        let mut state = self.state();
        let left = self.most.map(|most| most - state.spent - state.reserved);
        match left {
            Some(left) if credits > left => Err(format!(
                "the budget does not allow it: this call may cost {credits} credits, and {} of {} are left; the person \
                 who started this server can raise `--max-credits`",
                left.max(0.0),
                self.most.unwrap_or_default()
            )),
            _ => {
                state.reserved += credits;
                Ok(Reservation { budget: self, credits, is_sent: false })
            }
        }
    }
}

impl Reservation<'_> {
    /// The call is sent now.
    pub fn send(&mut self) {
        self.is_sent = true;
    }

    /// The call was answered: `stated` is what the answer says that it did cost, and `cost` the most that it did.
    pub fn spend(mut self, operation: &Operation, stated: Option<f64>, cost: f64) {
        self.is_sent = false;
        let mut state = self.budget.state();
        state.spent += cost;
        if let Some(stated) = stated {
            state.costs.learn(operation, stated);
        }
    }
}

impl Drop for Reservation<'_> {
    fn drop(&mut self) {
        let mut state = self.budget.state();
        state.reserved -= self.credits;
        if self.is_sent {
            state.spent += self.credits;
        }
    }
}

/// What an answer says that its call did cost; nothing if the call failed, and `None` if it does not say.
///
/// What an error of the service may have cost is told by [`Answer::uncertain`].
pub fn stated_cost(answer: &Answer, body: &Value, conventions: &Conventions) -> Option<f64> {
    conventions.cost(body).or((answer.status >= 400).then_some(0.0))
}
