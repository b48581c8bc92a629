//! What the client knows of the caller's credits, and whom it stops because of it.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use super::Signals;
use super::json::Key;

/// The balance as the clones of a client last saw it.
#[derive(Debug)]
pub struct Credits {
    /// Below this balance nothing is spent.
    pub floor: Option<f64>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    balance: Option<(Instant, f64)>,
    exhausted: Option<Exhausted>,
}

/// A 402: when it came, and the balance that it came with.
#[derive(Clone, Copy, Debug)]
struct Exhausted {
    since: Instant,
    balance: Option<f64>,
}

impl Credits {
    /// Nothing is known yet.
    pub fn new(floor: Option<f64>) -> Self {
        Self { floor, state: Mutex::default() }
    }

    /// The balance, if any reply has told it.
    pub fn balance(&self) -> Option<f64> {
        self.state().balance.map(|(_, balance)| balance)
    }

    /// Why nothing may be spent now.
    pub fn refusal(&self) -> Option<String> {
        let state = self.state();
        if state.exhausted.is_some() {
            return Some(
                "the credits are used up: see the balance change by a call that costs nothing, \
                 and calls that spend are sent again"
                    .to_owned(),
            );
        }
        let ((_, balance), floor) = (state.balance?, self.floor?);
        (balance < floor)
            .then(|| format!("{balance} credits are left, which is below the floor of {floor}"))
    }

    /// Notes the balance in the reply to a request of this moment.
    ///
    /// Replies overtake each other: only one to a request from after the 402 can tell that
    /// there are credits again.
    pub fn learn(&self, sent: Instant, balance: f64) {
        let mut state = self.state();
        if state.balance.is_none_or(|(seen, _)| seen <= sent) {
            state.balance = Some((sent, balance));
        }
        let more = |gone: &Exhausted| {
            gone.since <= sent && gone.balance.map_or(balance > 0.0, |before| balance > before)
        };
        if state.exhausted.as_ref().is_some_and(more) {
            state.exhausted = None;
        }
    }

    /// Notes a 402 and the balance in it.
    pub fn exhaust(&self, now: Instant, balance: Option<f64>) {
        let mut state = self.state();
        let balance = balance.or(state.balance.map(|(_, balance)| balance));
        state.exhausted = Some(Exhausted { since: now, balance });
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a reply says beside its body proper.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Said {
    /// Whether it says that it is a success.
    pub success: Option<bool>,
    /// How many credits are left.
    pub balance: Option<f64>,
}

impl Said {
    /// Reads only what a service signals by, and no further than that: the balance in a header
    /// saves looking for it in the body.
    pub fn by(signals: &Signals, header: Option<&str>, body: &[u8]) -> Self {
        let header = header.and_then(|text| text.trim().parse().ok());
        let mut said = Self { balance: header.filter(is_balance), ..Self::default() };
        if !said.is_complete(signals) {
            let members = Members { signals, said: &mut said };
            // A body that is cut off, or no JSON, has said what it has said.
            let _ = serde_json::Deserializer::from_slice(body).deserialize_map(members);
        }
        said
    }

    fn is_complete(&self, signals: &Signals) -> bool {
        (self.success.is_some() || signals.success_field.is_none())
            && (self.balance.is_some() || signals.balance_fields.is_empty())
    }
}

fn is_balance(balance: &f64) -> bool {
    balance.is_finite() && *balance >= 0.0
}

struct Members<'a> {
    signals: &'a Signals,
    said: &'a mut Said,
}

impl<'de> Visitor<'de> for Members<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let Self { signals, said } = self;
        while let Some(Key(name)) = members.next_key()? {
            if signals.success_field == Some(&*name) {
                said.success = members.next_value::<Value>()?.as_bool();
            } else if said.balance.is_none() && signals.balance_fields.contains(&&*name) {
                said.balance = members.next_value::<Value>()?.as_f64().filter(is_balance);
            } else {
                members.next_value::<IgnoredAny>()?;
            }
            if said.is_complete(signals) {
                break;
            }
        }
        Ok(())
    }
}
