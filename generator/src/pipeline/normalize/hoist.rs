//! Objects that others refer to where they stand: made components, which is where `openapiv3`'s readers look.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::object_kind::ObjectKind;
use super::object_schema::{is_reference, kind_at, walk};
use super::pointer_rewrites::PointerRewrites;
use crate::pointer::Pointer;

/// Makes a component of each object that is referred to outside of the components, and leaves a reference to it in its
/// place.
///
/// `{$ref: '#/paths/~1pets/get/responses/404'}` → `{$ref: '#/components/responses/~1paths~1~01pets~1get…'}`, where the
/// response is now
///
/// The description is flat by now, so that schemas keep their places.
pub(super) fn hoist(description: &mut Value, moves: &mut PointerRewrites) {
    let places = places(description);
    // The innermost first, so that each is whole where it was when its turn comes.
    for from in places.iter().rev() {
        let Some(to) = component(from) else { continue };
        let Some(found) = description.pointer_mut(from.as_str()) else { continue };
        let value = std::mem::replace(found, reference(&to));
        put(description, &to, value);
        moves.moved(from.clone(), to);
    }
    walk(ObjectKind::Description, description, &Pointer::root(), &mut |_, value, _| {
        let moved = target(value).filter(|at| places.contains(at));
        if let Some(to) = moved.as_ref().and_then(component) {
            *value = reference(&to);
        }
    });
}

fn reference(to: &Pointer) -> Value {
    json!({ "$ref": format!("#{}", to.as_str()) })
}

/// The places outside of the components that references lead to, in the order of their texts: what is around others
/// comes before them.
fn places(description: &mut Value) -> BTreeSet<Pointer> {
    let mut found = BTreeSet::new();
    walk(ObjectKind::Description, description, &Pointer::root(), &mut |object, value, _| {
        let outside = target(value).filter(|at| object != ObjectKind::Schema && !is_component(at));
        found.extend(outside);
    });
    found
}

fn target(value: &Value) -> Option<Pointer> {
    let reference = value.get("$ref").filter(|_| is_reference(value))?;
    Pointer::parse(reference.as_str()?)
}

fn is_component(at: &Pointer) -> bool {
    at.as_str().starts_with("/components/") && at.steps().count() == 3
}

/// Where an object stands as a component.
fn component(at: &Pointer) -> Option<Pointer> {
    let section = kind_at(at)?.section()?;
    Some(Pointer::root().at("components").at(section).at(at.as_str()))
}

fn put(description: &mut Value, to: &Pointer, value: Value) {
    let mut folder = description;
    let steps: Vec<String> = to.steps().collect();
    let Some((name, around)) = steps.split_last() else { return };
    for step in around {
        let Some(members) = folder.as_object_mut() else { return };
        folder = members.entry(step).or_insert_with(|| Map::new().into());
    }
    if let Some(entries) = folder.as_object_mut() {
        entries.insert(name.clone(), value);
    }
}
