//! Bodies of requests.

use bytes::Bytes;
use serde_json::Value;
use url::form_urlencoded;

use super::json::{self, Json};
use super::parameter::{self, Parameter};

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
            let mut written = Vec::new();
            match deep.contains(&name.as_str()) {
                true => parameter::deep(name, value, &mut written),
                false => value.each(&mut |text| written.push((name.clone(), text))),
            }
            pairs.extend_pairs(written);
        }
    }
    Ok(pairs.finish())
}
