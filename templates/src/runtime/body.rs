//! Bodies of requests.

use bytes::Bytes;
use serde_json::Value;
use url::form_urlencoded;

use super::json::{self, Json};

/// The value as JSON text.
pub fn json(value: &impl Json) -> Result<Bytes, serde_json::Error> {
    serde_json::to_vec(&json::Ref(value)).map(Bytes::from)
}

/// The fields of a value as `a=1&b=2`; a list gives a pair an item, and an absent field none.
///
/// The fields that `deep` names are written as `a[b]=1`.
pub fn form(value: &impl Json, deep: &[&str]) -> Result<String, serde_json::Error> {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    if let Value::Object(fields) = serde_json::to_value(json::Ref(value))? {
        for (name, value) in fields {
            if deep.contains(&name.as_str()) {
                let mut nested = Vec::new();
                super::parameter::deep(name, value, &mut nested);
                pairs.extend_pairs(nested);
                continue;
            }
            for text in texts(value) {
                pairs.append_pair(&name, &text);
            }
        }
    }
    Ok(pairs.finish())
}

fn texts(value: Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::String(text) => vec![text],
        Value::Array(items) => items.into_iter().flat_map(texts).collect(),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => vec![value.to_string()],
    }
}
