//! What replies state about success and credits.

use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use crate::runtime::ResponseConventions;
use crate::runtime::decode::KeyBytes;

/// What a reply states beside its content.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stated {
    /// Whether it says that it is a success.
    pub success: Option<bool>,
    /// How many credits are left.
    pub balance: Option<f64>,
    /// How many credits the call cost.
    pub cost: Option<f64>,
}

impl Stated {
    /// Reads only the members that the conventions name. A balance in a header is not searched for in the
    /// body, and the cost is searched for only if the call `consumes_credits`.
    pub fn read(
        conventions: &ResponseConventions,
        header: Option<&str>,
        body: &[u8],
        consumes_credits: bool,
    ) -> Self {
        let header = header.and_then(|text| text.trim().parse().ok());
        let stated = Self { balance: header.filter(is_amount), ..Self::default() };
        let mut members = Members { conventions, consumes_credits, stated };
        if !members.are_complete() {
            // If the body is cut off or is not JSON, what was read before that is kept.
            let _ = serde_json::Deserializer::from_slice(body).deserialize_map(&mut members);
        }
        members.stated
    }
}

/// How many credits a refused call needs, as the body of a 402 states it: `{"credits_required": 50}`, at
/// the top or in FastAPI's `detail`.
pub fn required(conventions: &ResponseConventions, body: &[u8]) -> Option<f64> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let fields = conventions.required_fields.iter();
    let mut amounts = fields.filter_map(|field| {
        let detail = || body.get("detail")?.get(field);
        body.get(field).or_else(detail)?.as_f64()
    });
    amounts.find(is_amount)
}

/// Whether a number can be an amount of credits.
pub fn is_amount(amount: &f64) -> bool {
    amount.is_finite() && *amount >= 0.0
}

struct Members<'a> {
    conventions: &'a ResponseConventions,
    consumes_credits: bool,
    stated: Stated,
}

impl Members<'_> {
    fn are_complete(&self) -> bool {
        let Self { conventions, consumes_credits, stated } = self;
        (stated.success.is_some() || conventions.success_field.is_none())
            && (stated.balance.is_some() || conventions.balance_fields.is_empty())
            && (stated.cost.is_some() || conventions.cost_fields.is_empty() || !consumes_credits)
    }
}

impl<'de> Visitor<'de> for &mut Members<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(KeyBytes(name)) = members.next_key()? {
            let is_one = |field: &&str| *name == *field.as_bytes();
            let is_one_of = |fields: &[&str]| fields.iter().any(is_one);
            let stated = &mut self.stated;
            if self.conventions.success_field.as_ref().is_some_and(is_one) {
                stated.success = members.next_value::<Value>()?.as_bool();
            } else if stated.balance.is_none() && is_one_of(self.conventions.balance_fields) {
                stated.balance = members.next_value::<Value>()?.as_f64().filter(is_amount);
            } else if stated.cost.is_none() && is_one_of(self.conventions.cost_fields) {
                stated.cost = members.next_value::<Value>()?.as_f64().filter(is_amount);
            } else {
                members.next_value::<IgnoredAny>()?;
            }
            if self.are_complete() {
                break;
            }
        }
        Ok(())
    }
}
