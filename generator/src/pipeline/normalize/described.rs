//! References with words of their own: `openapiv3` would drop the words.

use serde_json::{Map, Value};

use super::object_kind::ObjectKind;
use super::object_schema::{is_reference, walk};
use crate::pointer::Pointer;

/// A `$ref` with a summary or a description of its own (OpenAPI 3.1.0, 4.8.23).
struct Described {
    at: Pointer,
    target: String,
    words: Map<String, Value>,
}

/// Puts a copy of what a described reference names in its place, with the reference's own words.
///
/// `{$ref: '#/components/parameters/page', description: From 1}` → `{name: page, …, description: From 1}`
///
/// The description is flat by now, so that a copy repeats no schema.
pub(super) fn inline(description: &mut Value) {
    for Described { at, target, words } in described(description) {
        let Some(Value::Object(mut copy)) = description.pointer(&target).cloned() else { continue };
        if copy.contains_key("$ref") {
            continue;
        }
        copy.extend(words);
        if let Some(place) = description.pointer_mut(at.as_str()) {
            *place = copy.into();
        }
    }
}

fn described(description: &mut Value) -> Vec<Described> {
    let mut found = Vec::new();
    walk(ObjectKind::Description, description, &Pointer::root(), &mut |object, value, at| {
        if object != ObjectKind::Schema && is_reference(value) {
            found.extend(read(object, value, at));
        }
    });
    found
}

fn read(object: ObjectKind, value: &Value, at: &Pointer) -> Option<Described> {
    let target = value.get("$ref")?.as_str()?.strip_prefix('#')?.to_owned();
    let own = value.as_object()?.iter().filter(|(key, _)| is_kept(object, key));
    let words: Map<_, _> = own.map(|(key, words)| (key.clone(), words.clone())).collect();
    (!words.is_empty()).then(|| Described { at: at.clone(), target, words })
}

/// Only an example has a summary besides its description; a callback has neither.
fn is_kept(object: ObjectKind, key: &str) -> bool {
    match key {
        "description" => object != ObjectKind::Callback,
        "summary" => object == ObjectKind::Example,
        _ => false,
    }
}
