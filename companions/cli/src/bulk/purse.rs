//! The credits of a run: what it has cost, what is kept for calls under way, and what it may cost.

use std::cell::{Cell, RefCell};

use lantern_operations::{CallValues, Costs, Operation, Table};
use tokio::sync::Notify;

/// The credits of a run.
pub struct Purse {
    max: Option<f64>,
    /// What was charged, and may have been.
    spent: Cell<f64>,
    kept: Cell<f64>,
    under_way: Cell<usize>,
    costs: RefCell<Costs>,
    /// Tells calls that wait that another one has ended.
    ended: Notify,
}

/// Credits that are kept for a call.
#[derive(Debug)]
pub struct Kept {
    pub credits: f64,
}

impl Purse {
    pub fn new(max: Option<f64>, charged: f64, uncertain: f64) -> Self {
        Self {
            max,
            spent: Cell::new(charged + uncertain),
            kept: Cell::new(0.0),
            under_way: Cell::new(0),
            costs: RefCell::new(Costs::new()),
            ended: Notify::new(),
        }
    }

    pub fn spent(&self) -> f64 {
        self.spent.get()
    }

    /// Keeps what a call may cost, if need be after calls under way have ended; `None` if it does not fit. Waits no longer
    /// when the run has ended.
    pub async fn keep(
        &self,
        table: &Table,
        operation: &Operation,
        call: &CallValues<'_>,
        has_ended: impl Fn() -> bool,
    ) -> Option<Kept> {
        loop {
            let credits = self.costs.borrow().expected(table, operation, call);
            let is_known = self.costs.borrow().known(table, operation, call).is_some();
            if has_ended() || self.affords(credits, is_known) {
                self.kept.set(self.kept.get() + credits);
                self.under_way.set(self.under_way.get() + 1);
                return Some(Kept { credits });
            }
            if self.under_way.get() == 0 {
                return None;
            }
            self.ended.notified().await;
        }
    }

    /// Whether a further call fits, if each that is under way costs what is kept for it. As long as nobody knows what one
    /// costs, it is sent alone.
    fn affords(&self, credits: f64, is_known: bool) -> bool {
        let Some(max) = self.max else { return true };
        (is_known || self.under_way.get() == 0)
            && self.spent.get() + self.kept.get() + credits <= max
    }

    /// A call has ended, and has cost this at most.
    pub fn pay(&self, kept: &Kept, credits: f64) {
        self.spent.set(self.spent.get() + credits);
        self.give_back(kept);
    }

    /// A call has ended, or was not sent.
    pub fn give_back(&self, kept: &Kept) {
        self.kept.set(self.kept.get() - kept.credits);
        self.under_way.set(self.under_way.get() - 1);
        self.wake();
    }

    /// Lets calls that wait look again.
    pub fn wake(&self) {
        self.ended.notify_waiters();
    }

    /// Learns what a call did cost.
    pub fn learn(&self, operation: &Operation, credits: f64) {
        self.costs.borrow_mut().learn(operation, credits);
    }
}
