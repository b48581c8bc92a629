//! Every schema a component of its own, keyed by its place.

use serde_json::{Map, Value, json};

use super::object_kind::ObjectKind;
use super::object_schema::{children, is_reference};
use crate::pointer::Pointer;

/// Takes every schema out of a description and leaves `$ref: "#<its place>"` there.
///
/// `components: {schemas: {A: {items: {type: string}}}}` →
/// `/components/schemas/A: {items: {$ref: '#/components/schemas/A/items'}}` and
/// `/components/schemas/A/items: {type: string}`, parents before children
pub(super) fn flatten(description: &mut Value) -> Map<String, Value> {
    let mut schemas = Map::new();
    take_schemas(ObjectKind::Description, description, &Pointer::root(), &mut schemas);
    schemas
}

fn take_schemas(
    object: ObjectKind,
    value: &mut Value,
    at: &Pointer,
    schemas: &mut Map<String, Value>,
) {
    for (child_object, child, at) in children(object, value, at) {
        if child_object == ObjectKind::Schema {
            take_schema(child, &at, schemas);
        } else if !is_reference(child) {
            take_schemas(child_object, child, &at, schemas);
        }
    }
    without_definitions(value);
}

/// A component keeps its place even where it is only another's name.
fn take_schema(value: &mut Value, at: &Pointer, schemas: &mut Map<String, Value>) {
    if is_reference(value) && !has_place(at) {
        return;
    }
    let reference = json!({ "$ref": format!("#{}", at.as_str()) });
    let mut schema = std::mem::replace(value, reference);
    schemas.insert(at.as_str().to_owned(), Value::Null);
    if !is_reference(&schema) {
        take_schemas(ObjectKind::Schema, &mut schema, at, schemas);
    }
    schemas.insert(at.as_str().to_owned(), schema);
}

/// Whether others may refer to a place by its name.
pub(super) fn has_place(at: &Pointer) -> bool {
    let steps: Vec<String> = at.steps().collect();
    match steps.as_slice() {
        [components, schemas, _] if components == "components" => schemas == "schemas",
        [.., definitions, _] => definitions == "$defs" || definitions == "definitions",
        _ => false,
    }
}

/// Definitions are components now.
fn without_definitions(value: &mut Value) {
    if let Value::Object(members) = value {
        members.shift_remove("$defs");
        members.shift_remove("definitions");
    }
}
