//! Places in a reply, by JSON pointers (RFC 6901), in which `-1` is the last item of a list.

use serde_json::Value;

/// The value at a place.
pub fn find<'a>(body: &'a Value, pointer: &str) -> Option<&'a Value> {
    pointer.split('/').skip(1).try_fold(body, |found, step| match found {
        Value::Array(items) if step == "-1" => items.last(),
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        other => other.get(step.replace("~1", "/").replace("~0", "~")),
    })
}

/// The list at a place: no items for null, and the only list of an object.
pub fn list<'a>(body: &'a Value, pointer: &str) -> Option<&'a Vec<Value>> {
    static NONE: Vec<Value> = Vec::new();
    match find(body, pointer)? {
        Value::Array(items) => Some(items),
        Value::Null => Some(&NONE),
        Value::Object(members) => {
            let mut lists = members.values().filter_map(Value::as_array);
            lists.next().filter(|_| lists.next().is_none())
        }
        _ => None,
    }
}

/// The value at a place as the text of a parameter; `None` if it is absent, null, `false` or empty.
pub fn text(body: &Value, pointer: &str) -> Option<String> {
    let text = match find(body, pointer)? {
        Value::String(text) => text.clone(),
        Value::Null | Value::Bool(false) => String::new(),
        other => other.to_string(),
    };
    Some(text).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn places_lead_to_lists_and_to_the_texts_of_parameters() {
        let body = json!({"data": [{"id": 1}, {"id": "b"}], "next": null, "more": false});
        assert_eq!(text(&body, "/data/-1/id").as_deref(), Some("b"));
        assert_eq!(text(&body, "/data/0/id").as_deref(), Some("1"));
        for none in ["/next", "/more", "/data/7/id", "/none"] {
            assert_eq!(text(&body, none), None, "{none}");
        }
        for at in ["/data", ""] {
            assert_eq!(list(&body, at).map(Vec::len), Some(2), "{at}");
        }
        assert_eq!(list(&body, "/next").map(Vec::len), Some(0));
        assert_eq!(list(&body, "/more"), None);
    }
}
