//! How an operation may be treated.

use serde::{Deserialize, Serialize};

/// How an operation may be treated.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Policy {
    /// The rate limit group that it belongs to: [`RateLimitGroup::name`](crate::RateLimitGroup::name).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate_limit: Option<String>,
    /// Whether sending it twice does the same as sending it once.
    pub retry: Retry,
    /// Whether it costs credits.
    #[serde(skip_serializing_if = "crate::is_false")]
    pub consumes_credits: bool,
    /// What its documented example says that a call cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example_cost: Option<f64>,
}

/// Whether sending a request twice does the same as sending it once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Retry {
    /// It does the same.
    Safe,
    /// It does the same as long as this field of the body does not change.
    ByKey(String),
    /// It does the same if this header has the same key.
    ByHeader(String),
    /// It may act a second time.
    #[default]
    Unsafe,
}
