//! Bodies of requests.

use bytes::Bytes;
use url::form_urlencoded;

use super::json::{self, Json};
use super::parameter::form_pairs;

/// The value as JSON text.
pub fn json(value: &impl Json) -> Result<Bytes, serde_json::Error> {
    serde_json::to_vec(&json::Ref(value)).map(Bytes::from)
}

/// The fields of a value as `a=1&b=2`; a list gives a pair an item, and an absent field none.
///
/// The fields that `deep` names are written as `a[b]=1`.
pub fn form(value: &impl Json, deep: &[&str]) -> Result<String, serde_json::Error> {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(form_pairs(value, deep)?);
    Ok(form.finish())
}
