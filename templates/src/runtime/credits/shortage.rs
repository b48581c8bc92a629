//! Which calls a 402 stops, and until when.

use std::fmt;

use crate::runtime::clock::Instant;

/// A 402 that was not followed by a sign that spending is possible.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shortage {
    /// When the refused request was sent.
    pub sent: Instant,
    /// When the 402 came.
    pub since: Instant,
    /// How many credits the refused call needs, if the 402 states it.
    pub required: Option<f64>,
    /// The balance that was seen last.
    pub balance: Option<f64>,
}

impl Shortage {
    /// This one after an earlier one. The one that stops more calls counts.
    pub fn merge(self, earlier: Option<Self>) -> Self {
        let Some(earlier) = earlier else { return self };
        let required = match (earlier.required, self.required) {
            (Some(earlier), Some(this)) => Some(earlier.min(this)),
            _ => None,
        };
        Self { required, ..self }
    }

    /// Whether it stops a call that costs at most this much.
    pub fn stops(&self, cost: Option<f64>) -> bool {
        match (self.required, cost) {
            (Some(required), Some(cost)) => cost >= required,
            _ => true,
        }
    }

    /// The shortage after a reply states this balance; `sent` is when its request was sent. Only a
    /// request that was sent after the 402 can show a change.
    pub fn after(self, sent: Instant, balance: f64) -> Option<Self> {
        if sent < self.since {
            return Some(self);
        }
        let rises = self.balance.map_or(balance > 0.0, |last| balance > last);
        let suffices = self.required.is_some_and(|required| balance >= required);
        (!rises && !suffices).then_some(Self { balance: Some(balance), ..self })
    }

    /// Whether a success ends it: the request was sent after the refused one, and its reply does
    /// not state a balance that is too low.
    pub fn ends_with(&self, sent: Instant, balance: Option<f64>) -> bool {
        let suffices = |balance: f64| match self.required {
            Some(required) => balance >= required,
            None => balance > 0.0,
        };
        sent > self.sent && balance.is_none_or(suffices)
    }
}

impl fmt::Display for Shortage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the service answered 402 before")?;
        match (self.required, self.balance) {
            (Some(required), Some(balance)) => {
                write!(f, ", {required} credits being required and {balance} left")
            }
            (Some(required), None) => write!(f, ", {required} credits being required"),
            (None, Some(balance)) => write!(f, " with {balance} credits left"),
            (None, None) => Ok(()),
        }?;
        f.write_str(
            "; it is sent again once a reply shows a higher balance, or after `reset_credits`",
        )
    }
}
