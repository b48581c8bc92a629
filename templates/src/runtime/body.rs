//! Bodies of requests.

use bytes::Bytes;
use url::form_urlencoded::byte_serialize;

use super::json::{self, Json};
use super::parameter::form_pairs;

/// The value as JSON text.
pub fn json(value: &impl Json) -> Result<Bytes, serde_json::Error> {
    serde_json::to_vec(&json::Ref(value)).map(Bytes::from)
}

/// The fields of a value as `a=1&b=2`; a list gives a pair an item, and an absent field none.
///
/// The fields that `deep` names are written as `a[b]=1`, and the lists that `joined` names in one pair, with what
/// separates their items: `a=1,2`.
pub fn form(
    value: &impl Json,
    deep: &[&str],
    joined: &[(&str, &str)],
) -> Result<String, serde_json::Error> {
    let (mut form, mut last) = (String::new(), None);
    for (name, text) in &form_pairs(value, deep)? {
        let by = joined.iter().find(|(field, _)| field == name).map(|(_, by)| *by);
        match by.filter(|_| last == Some(name)) {
            Some(by) => form.push_str(if by == " " { "%20" } else { by }),
            None => {
                form.push_str(if form.is_empty() { "" } else { "&" });
                form.extend(byte_serialize(name.as_bytes()));
                form.push('=');
            }
        }
        form.extend(byte_serialize(text.as_bytes()));
        last = Some(name);
    }
    Ok(form)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::form;

    #[test]
    fn lists_are_pairs_or_one_pair_with_encoded_items() {
        let value = json!({"a": ["1,2", "b c"], "d": ["x", "y"], "e": {"f": [1]}, "g": null});
        let written = form(&value, &["e"], &[("a", ",")]).expect("a form");
        assert_eq!(written, "a=1%2C2,b+c&d=x&d=y&e%5Bf%5D%5B%5D=1");
        let piped = form(&value, &[], &[("a", " "), ("d", "|")]).expect("a form");
        assert_eq!(piped, "a=1%2C2%20b+c&d=x|y&e=%7B%22f%22%3A%5B1%5D%7D");
        assert_eq!(form(&json!({}), &[], &[]).expect("a form"), "");
    }
}
