//! What replies state about success and credits.

use serde_json::Value;

use crate::runtime::ResponseConventions;
use crate::runtime::members::Members;

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
        let balance = header.and_then(|header| amount(header.as_bytes()));
        let stated = Self { balance, ..Self::default() };
        let mut search = Search { conventions, consumes_credits, stated };
        // If the body is cut off or is not JSON, what was read before that is kept.
        let mut members = Members::of(body);
        while !search.is_complete()
            && let Some((name, value)) = members.next()
        {
            search.read(&name, value);
        }
        search.stated
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

/// A search for what a reply states.
struct Search<'a> {
    conventions: &'a ResponseConventions,
    consumes_credits: bool,
    stated: Stated,
}

impl Search<'_> {
    fn is_complete(&self) -> bool {
        let Self { conventions, consumes_credits, stated } = self;
        (stated.success.is_some() || conventions.success_field.is_none())
            && (stated.balance.is_some() || conventions.balance_fields.is_empty())
            && (stated.cost.is_some() || conventions.cost_fields.is_empty() || !consumes_credits)
    }

    fn read(&mut self, name: &[u8], value: &[u8]) {
        let Self { conventions, stated, .. } = self;
        let is_one = |field: &&str| field.as_bytes() == name;
        if conventions.success_field.as_ref().is_some_and(is_one) {
            stated.success = text(value).and_then(|text| text.parse().ok());
        } else if stated.balance.is_none() && conventions.balance_fields.iter().any(is_one) {
            stated.balance = amount(value);
        } else if stated.cost.is_none() && conventions.cost_fields.iter().any(is_one) {
            stated.cost = amount(value);
        }
    }
}

fn amount(value: &[u8]) -> Option<f64> {
    text(value)?.parse().ok().filter(is_amount)
}

fn text(value: &[u8]) -> Option<&str> {
    std::str::from_utf8(value.trim_ascii()).ok()
}
