//! The credits of the account.

use std::collections::HashSet;

use serde::Serialize;

/// The credits of the account, and what was charged.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct Account {
    /// The credits that are left; `None` if they never run out.
    pub credits: Option<f64>,
    /// What was charged in all.
    pub charged: f64,
    /// Each charge.
    pub charges: Vec<Charge>,
    /// The requests that were paid for, and are not charged again.
    #[serde(skip)]
    paid: HashSet<String>,
}

/// A charge.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Charge {
    /// The operation.
    pub operation: String,
    /// What keeps it from being charged again, such as the value of `record_id`; `None` if nothing does.
    pub key: Option<String>,
    /// How many credits.
    pub credits: f64,
}

impl Account {
    /// An account with these credits; without an end for `None`.
    pub(crate) fn new(credits: Option<f64>) -> Self {
        Self { credits, ..Self::default() }
    }

    /// Whether a request was paid for before.
    pub(crate) fn has_paid(&self, request: Option<&str>) -> bool {
        request.is_some_and(|request| self.paid.contains(request))
    }

    /// Whether so many credits are left.
    pub(crate) fn affords(&self, credits: f64) -> bool {
        self.credits.is_none_or(|left| left >= credits)
    }

    /// Takes credits, and remembers the request if it is not to be paid again.
    pub(crate) fn charge(&mut self, charge: Charge, request: Option<String>) {
        if let Some(left) = &mut self.credits {
            *left -= charge.credits;
        }
        self.charged += charge.credits;
        self.charges.push(charge);
        self.paid.extend(request);
    }
}
