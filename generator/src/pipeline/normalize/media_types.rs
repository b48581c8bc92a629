//! References to media types (OpenAPI 3.2.0, 4.8), which `openapiv3` has no place for.

use serde_json::{Map, Value, json};

use super::object_kind::ObjectKind;
use super::object_schema::{is_reference, walk_outside_schemas};
use super::pointer_rewrites::PointerRewrites;
use crate::pointer::Pointer;

/// A chain of references longer than this is taken for a circle.
const LONGEST_CHAIN: usize = 32;

/// The schemas of a media type.
const SCHEMAS: [&str; 2] = ["schema", "itemSchema"];

/// Puts what a reference to a media type leads to in its place. Its schemas stay where they are.
///
/// `application/json: {$ref: '#/components/mediaTypes/Pet'}` →
/// `application/json: {schema: {$ref: '#/components/mediaTypes/Pet/schema'}}`
///
/// A reference to nothing stays, to be reported with all others of its kind.
pub(super) fn inline(description: &mut Value, moves: &mut PointerRewrites) {
    let mut references = Vec::new();
    walk_outside_schemas(description, &mut |object, value, at| {
        if object == ObjectKind::MediaType && is_reference(value) {
            references.push(at.clone());
        }
    });
    for at in references {
        let Some((from, media)) = end(&at, description) else { continue };
        let inlined = with_references_to(&media, &from);
        moves.copied(&from, at.clone());
        if let Some(place) = description.pointer_mut(at.as_str()) {
            *place = inlined.into();
        }
    }
}

/// The media type at the end of a chain of references, and its place.
fn end(at: &Pointer, description: &Value) -> Option<(Pointer, Map<String, Value>)> {
    let mut place = at.clone();
    for _ in 0..LONGEST_CHAIN {
        let found = description.pointer(place.as_str())?.as_object()?;
        let Some(reference) = found.get("$ref").and_then(Value::as_str) else {
            return Some((place, found.clone()));
        };
        place = Pointer::parse(reference.strip_prefix('#')?)?;
    }
    None
}

fn with_references_to(media: &Map<String, Value>, from: &Pointer) -> Map<String, Value> {
    let mut media = media.clone();
    for key in SCHEMAS {
        if let Some(schema) = media.get_mut(key).filter(|schema| !is_reference(schema)) {
            *schema = json!({ "$ref": format!("#{}", from.at(key).as_str()) });
        }
    }
    media
}
