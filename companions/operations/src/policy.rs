//! How an operation may be treated.

use serde::{Deserialize, Serialize};
use serde_json::Value;

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

impl Retry {
    /// Whether a value of the field of [`ByKey`](Self::ByKey) distinguishes one record from another: an empty one does not.
    /// The generated client decides in the same way.
    #[must_use]
    pub fn is_key(value: &Value) -> bool {
        match value {
            Value::Null => false,
            Value::String(text) => !text.trim().is_empty(),
            Value::Array(items) => !items.is_empty(),
            Value::Object(members) => !members.is_empty(),
            Value::Bool(_) | Value::Number(_) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_empty_value_is_no_key() {
        for key in [json!("a"), json!(0), json!(false), json!([""]), json!({"id": null})] {
            assert!(Retry::is_key(&key), "{key}");
        }
        for empty in [json!(null), json!(""), json!(" \t"), json!([]), json!({})] {
            assert!(!Retry::is_key(&empty), "{empty}");
        }
    }
}
