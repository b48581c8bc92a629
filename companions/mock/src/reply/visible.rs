//! What of an example a service sends.

use serde_json::Value;

use crate::parts::Parts;

/// The value without members that only callers send (`writeOnly`), which an example of a whole schema may have.
pub fn visible(parts: &Parts<'_>, value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let known = members.iter().map(|(name, value)| (name, parts.member(name), value));
            let sent = known.filter(|(_, parts, _)| !is_write_only(parts));
            sent.map(|(name, parts, value)| (name.clone(), visible(&parts, value))).collect()
        }
        Value::Array(items) => {
            let item = parts.item();
            items.iter().map(|value| visible(&item, value)).collect()
        }
        other => other.clone(),
    }
}

fn is_write_only(parts: &Parts<'_>) -> bool {
    parts.all("writeOnly").any(|stated| *stated == Value::Bool(true))
}

#[cfg(test)]
mod tests {
    use lantern_operations::Table;
    use serde_json::json;

    use super::*;

    #[test]
    fn what_only_callers_send_is_left_out_at_any_depth() {
        let mut table = Table::new("T", "1");
        let card =
            json!({"properties": {"number": {"type": "string"}, "cvc": {"writeOnly": true}}});
        table.definitions.insert("Card".to_owned(), card);
        table.definitions.insert("Pin".to_owned(), json!({"type": "string", "writeOnly": true}));
        let schema = json!({"properties": {
            "source": {"anyOf": [{"$ref": "#/$defs/Card"}, {"type": "null"}]},
            "others": {"items": {"allOf": [{"$ref": "#/$defs/Card"}]}},
            "pin": {"$ref": "#/$defs/Pin"},
        }});
        let card = json!({"number": "1", "cvc": 2, "other": 3});
        let value = json!({"source": card, "others": [card], "pin": "4", "unknown": card});
        let shown = json!({"number": "1", "other": 3});
        let expected = json!({"source": shown, "others": [shown], "unknown": card});
        assert_eq!(visible(&Parts::new(&table, [&schema]), &value), expected);
    }
}
