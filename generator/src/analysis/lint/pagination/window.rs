//! Lists that are limited to a window of time, and have no other word of a next page.

use serde_json::{Value, json};

use super::snake;
use crate::pipeline::model::{Format, Parameter, Style, Ty};

/// The usual names of the parameters that limit a list to a window, each beginning with its end.
const WINDOWS: [(&str, &str); 14] = [
    ("from", "to"),
    ("since", "until"),
    ("start", "end"),
    ("begin", "end"),
    ("after", "before"),
    ("min", "max"),
    ("start_time", "end_time"),
    ("start_date", "end_date"),
    ("start_at", "end_at"),
    ("from_date", "to_date"),
    ("from_time", "to_time"),
    ("date_from", "date_to"),
    ("created_after", "created_before"),
    ("updated_after", "updated_before"),
];
const LIMITS: [&str; 6] = ["limit", "page_size", "per_page", "size", "max_results", "count"];

/// What `window` is likely to be. Only a limit with a default says when a reply may lack items.
pub(super) fn proposal<'a>(parameters: impl Iterator<Item = &'a Parameter>) -> Option<Value> {
    let queries: Vec<_> = parameters.filter(|one| one.style == Style::Query).collect();
    let named = |name: &str| queries.iter().find(|one| snake(one.name.wire()) == name);
    let time = |name: &str| {
        let found = named(name)?;
        (found.ty == Ty::Formatted(Format::DateTime)).then(|| found.name.wire())
    };
    let (from, to) = WINDOWS.iter().find_map(|(from, to)| time(from).zip(time(to)))?;
    let limit = LIMITS.iter().find_map(|name| named(name))?;
    let default = limit.docs.limits.default.as_ref().and_then(Value::as_u64);
    default.filter(|default| *default > 0)?;
    Some(json!({ "from": from, "to": to, "limit": limit.name.wire() }))
}
