//! Words of schemas that OpenAPI 3.0 has others for.

use serde_json::{Value, json};

use super::super::object_kind::ObjectKind;
use super::super::object_schema::walk;
use super::super::pointer_rewrites::PointerRewrites;
use super::Members;
use crate::pointer::Pointer;

/// Puts the words of all schemas right.
pub(super) fn upgrade(description: &mut Value, moves: &mut PointerRewrites) {
    walk(ObjectKind::Description, description, &Pointer::root(), &mut |object, value, at| {
        if let (ObjectKind::Schema, Value::Object(schema)) = (object, value) {
            words(schema, at, moves);
        }
    });
}

/// `x-nullable: true` → `nullable: true`, and `type: file` → `type: string, format: binary`
fn words(schema: &mut Members, at: &Pointer, moves: &mut PointerRewrites) {
    if let Some(nullable) = schema.shift_remove("x-nullable") {
        moves.moved(at.at("x-nullable"), at.at("nullable"));
        schema.entry("nullable").or_insert(nullable);
    }
    if schema.get("type") == Some(&json!("file")) {
        schema.insert("type".to_owned(), "string".into());
        schema.insert("format".to_owned(), "binary".into());
    }
}
