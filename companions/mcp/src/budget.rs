//! What calls may cost, and what they did cost.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use lantern_operations::{Conventions, Operation};
use serde_json::Value;

use crate::backend::Answer;
use crate::tool::BODY;

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
    /// The most that a call of an operation did cost.
    seen: HashMap<String, f64>,
}

/// Credits that are kept for a call. They are given back when it is dropped, unless the call did cost something.
#[derive(Debug)]
pub struct Reservation<'a> {
    budget: &'a Budget,
    credits: f64,
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

    /// What a call may cost: the cap that it states, or the most that was seen or documented, or one credit.
    pub fn expected(
        &self,
        operation: &Operation,
        conventions: &Conventions,
        arguments: &Value,
    ) -> f64 {
        if !operation.policy.consumes_credits {
            return 0.0;
        }
        let body = &arguments[BODY];
        let cap = conventions.cap_field.as_deref();
        let cap = cap.and_then(|cap| body.get(cap).or_else(|| arguments.get(cap))?.as_f64());
        let records =
            operation.batch.as_ref().and_then(|batch| body.get(batch.ids.as_deref()?)?.as_array());
        let seen = self.state().seen.get(&operation.id).copied();
        let usual = seen.or(operation.policy.example_cost).unwrap_or(1.0);
        cap.unwrap_or_else(|| records.map_or(usual, |records| records.len() as f64))
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
                Ok(Reservation { budget: self, credits })
            }
        }
    }
}

impl Reservation<'_> {
    /// The call did cost this.
    pub fn spend(self, operation: &Operation, credits: f64) {
        let mut state = self.budget.state();
        state.spent += credits;
        let seen = state.seen.entry(operation.id.clone()).or_default();
        *seen = seen.max(credits);
    }

    /// The call has no answer, so it is counted as if it had been charged.
    pub fn lose(self) {
        self.budget.state().spent += self.credits;
    }
}

impl Drop for Reservation<'_> {
    fn drop(&mut self) {
        self.budget.state().reserved -= self.credits;
    }
}

/// What a call did cost: what the answer states, nothing for a refusal, and what was expected otherwise.
pub fn cost(answer: &Answer, body: &Value, conventions: &Conventions, expected: f64) -> f64 {
    let stated = conventions.cost_fields.iter().find_map(|name| body.get(name)?.as_f64());
    match stated {
        Some(cost) => cost,
        None if (400..500).contains(&answer.status) => 0.0,
        None => expected,
    }
}
