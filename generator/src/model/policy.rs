//! How an operation may be treated: what an overlay says of it, else what its method means.

use serde_json::Value;

use super::messages::Messages;
use super::{Policy, RateLimit, Repeat};
use crate::pointer::Pointer;
use crate::resolve::{Operation, Resolved};

/// The policy of an operation.
pub fn policy(operation: &Operation, resolved: &Resolved, messages: &mut Messages) -> Policy {
    Policy {
        rate_limit: rate_limit(operation, resolved, messages),
        repeat: repeat(operation, messages),
        spends: spends(operation, messages),
    }
}

/// `x-rate-limit: batches`, and in the root `x-rate-limits: {batches: {requests: 1, seconds: 60}}`.
fn rate_limit(
    operation: &Operation,
    resolved: &Resolved,
    messages: &mut Messages,
) -> Option<RateLimit> {
    let at = operation.at.at("x-rate-limit");
    let stated = operation.extensions.get("x-rate-limit")?;
    let Some(family) = stated.as_str() else {
        messages.invalid_extension(&at, "`x-rate-limit` is not the name of a family");
        return None;
    };
    let families = resolved.extensions.get("x-rate-limits");
    let Some(figures) = families.and_then(|families| families.get(family)) else {
        messages.invalid_extension(&at, format!("`x-rate-limits` has no family `{family}`"));
        return None;
    };
    Some(RateLimit { family: family.to_owned(), window: window(family, figures, messages) })
}

fn window(family: &str, figures: &Value, messages: &mut Messages) -> Option<(u32, u64)> {
    let positive = |name| figures.get(name)?.as_u64().filter(|figure| *figure > 0);
    let requests = positive("requests").and_then(|figure| u32::try_from(figure).ok());
    match (requests, positive("seconds")) {
        (Some(requests), Some(seconds)) => Some((requests, seconds)),
        _ if figures.as_object().is_some_and(serde_json::Map::is_empty) => None,
        _ => {
            let at = Pointer::root().at("x-rate-limits").at(family);
            let message = "a rate limit has `requests` and `seconds`, both positive, or neither";
            messages.invalid_extension(&at, message);
            None
        }
    }
}

/// `x-retry: safe`, `unsafe`, or `by-key` with `x-retry-key`.
///
/// Without it, the idempotent methods are safe (RFC 9110, 9.2.2).
fn repeat(operation: &Operation, messages: &mut Messages) -> Repeat {
    let Some(stated) = operation.extensions.get("x-retry") else {
        return match operation.method {
            "post" | "patch" => Repeat::Unsafe,
            _ => Repeat::Safe,
        };
    };
    let key = operation.extensions.get("x-retry-key").and_then(Value::as_str);
    match (stated.as_str(), key) {
        (Some("safe"), _) => Repeat::Safe,
        (Some("unsafe"), _) => Repeat::Unsafe,
        (Some("by-key"), Some(key)) => Repeat::SafeByKey(key.to_owned()),
        _ => {
            let message = "`x-retry` is `safe`, `unsafe`, or `by-key` with an `x-retry-key`";
            messages.invalid_extension(&operation.at.at("x-retry"), message);
            Repeat::Unsafe
        }
    }
}

/// `x-spends-credits: true`
fn spends(operation: &Operation, messages: &mut Messages) -> bool {
    let Some(stated) = operation.extensions.get("x-spends-credits") else { return false };
    stated.as_bool().unwrap_or_else(|| {
        let at = operation.at.at("x-spends-credits");
        messages.invalid_extension(&at, "`x-spends-credits` is neither true nor false");
        false
    })
}
