//! Security requirements: lists of maps, whose values are lists of scopes.

use serde_json::{Map, Value, json};

use super::object_editor::ObjectEditor;

/// Puts `security` right.
///
/// `security: {bearer: []}` → `security: [{bearer: []}]`; `security: [bearer]` → the same; `security: [[]]`, as PHP writes
/// an empty map, → `security: [{}]`
pub(super) fn normalize(part: &mut ObjectEditor) {
    let Some(stated) = part.members.get("security").filter(|stated| !stated.is_null()) else {
        return;
    };
    let items = match stated {
        Value::Array(items) => items.as_slice(),
        alone => std::slice::from_ref(alone),
    };
    let read: Value = items.iter().filter_map(requirement).collect();
    if read != *stated {
        part.corrected("security", "`security` was read as a list of maps of scopes");
        part.members.insert("security".to_owned(), read);
    }
}

/// The schemes that are needed together; `None` if nothing tells which these are.
fn requirement(stated: &Value) -> Option<Value> {
    let without_scopes = |name: &Value| Some((name.as_str()?.to_owned(), json!([])));
    let schemes: Option<Map<String, Value>> = match stated {
        Value::Object(schemes) => {
            Some(schemes.iter().map(|(name, stated)| (name.clone(), scopes(stated))).collect())
        }
        Value::Array(names) => names.iter().map(without_scopes).collect(),
        name => Some(Map::from_iter([without_scopes(name)?])),
    };
    schemes.map(Value::from)
}

fn scopes(stated: &Value) -> Value {
    match stated {
        Value::Array(scopes) => scopes.iter().filter(|scope| scope.is_string()).cloned().collect(),
        Value::String(scope) => json!([scope]),
        _ => json!([]),
    }
}
