//! Headers of replies that are described.

use lantern_operations::{Conventions, Response};
use serde_json::Value;

use crate::schemas::Schemas;
use crate::values::{Direction, ValueMaker};

/// Headers that say something of the message or of limits, where an invented value would mislead a client.
const NOT_MADE: &[&str] =
    &["connection", "cookie", "date", "link", "retry", "transfer-encoding", "upgrade"];

/// The described headers with made values.
pub fn described(
    schemas: &Schemas,
    conventions: &Conventions,
    response: &Response,
    seed: u64,
) -> Vec<(String, String)> {
    let stated = [&conventions.rate_limit_header, &conventions.balance_header];
    let is_stated =
        |name: &str| stated.into_iter().flatten().any(|stated| stated.eq_ignore_ascii_case(name));
    let wanted = response.headers.iter().filter(|header| {
        let name = header.name.to_ascii_lowercase();
        let misleads = NOT_MADE.iter().any(|word| name.contains(word)) || name.contains("limit");
        !is_stated(&name) && !misleads && !name.starts_with("content-")
    });
    let maker = ValueMaker::new(schemas, Direction::Response);
    let made = wanted.filter_map(|header| {
        let value = maker.value(header.schema.as_ref()?, seed)?;
        Some((header.name.clone(), text(&value)))
    });
    made.filter(|(_, value)| value.bytes().all(|byte| (b' '..=b'~').contains(&byte))).collect()
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}
