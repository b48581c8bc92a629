//! Every schema a component of its own, keyed by its place.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::object_kind::ObjectKind;
use super::object_schema::{Dialect, each_child, is_reference};
use crate::pointer::Pointer;

/// Takes every schema out of a description and leaves `$ref: "#<its place>"` there.
///
/// `components: {schemas: {A: {items: {type: string}}}}` →
/// `/components/schemas/A: {items: {$ref: '#/components/schemas/A/items'}}` and
/// `/components/schemas/A/items: {type: string}`, parents before children
pub(super) fn flatten(description: &mut Value) -> Taken {
    let mut schemas = Taken::new();
    take_schemas(ObjectKind::Description, description, &mut Pointer::root(), &mut schemas);
    schemas
}

/// The schemas that were taken out, by their places.
pub(super) type Taken = IndexMap<Pointer, Value>;

fn take_schemas(object: ObjectKind, value: &mut Value, at: &mut Pointer, schemas: &mut Taken) {
    each_child(Dialect::OpenApi, object, value, at, &mut |object, child, at| {
        if object == ObjectKind::Schema {
            take_schema(child, at, schemas);
        } else if !is_reference(child) {
            take_schemas(object, child, at, schemas);
        }
    });
    without_definitions(value);
}

/// A component keeps its place even where it is only another's name.
fn take_schema(value: &mut Value, at: &mut Pointer, schemas: &mut Taken) {
    if is_reference(value) && !is_component(at) {
        return;
    }
    let reference = json!({ "$ref": format!("#{}", at.as_str()) });
    let mut schema = std::mem::replace(value, reference);
    let (index, _) = schemas.insert_full(at.clone(), Value::Null);
    if !is_reference(&schema) {
        take_schemas(ObjectKind::Schema, &mut schema, at, schemas);
    }
    if let Some((_, place)) = schemas.get_index_mut(index) {
        *place = schema;
    }
}

/// Whether others may refer to a schema by its name.
pub(crate) fn is_component(at: &Pointer) -> bool {
    let folder = at.as_str().rsplit_once('/').map(|(folder, _)| folder);
    folder.is_some_and(|folder| {
        folder == "/components/schemas"
            || ["/$defs", "/definitions"].iter().any(|end| folder.ends_with(end))
    })
}

/// Definitions are components now.
fn without_definitions(value: &mut Value) {
    let Value::Object(members) = value else { return };
    if members.keys().any(|key| key == "$defs" || key == "definitions") {
        members.shift_remove("$defs");
        members.shift_remove("definitions");
    }
}
