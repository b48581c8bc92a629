//! What `update`, `copy` and `remove` do to a value.

use std::cmp::Reverse;

use serde_json::Value;

use crate::pointer::Pointer;

/// The kinds of values that are merged in different ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    List,
    Primitive,
}

impl Kind {
    pub(super) fn of(value: &Value) -> Self {
        match value {
            Value::Object(_) => Self::Object,
            Value::Array(_) => Self::List,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Self::Primitive,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Object => "an object",
            Self::List => "a list",
            Self::Primitive => "a plain value",
        }
    }
}

/// Updates a target: objects are merged, lists take the items of a list or one further item.
pub(super) fn update(
    target: &mut Value,
    update: &Value,
    place: &Pointer,
    clashes: &mut Vec<String>,
) {
    match (target, update) {
        (Value::Array(items), Value::Array(further)) => items.extend(further.iter().cloned()),
        (Value::Array(items), one) => items.push(one.clone()),
        (target, update) => merge(target, update, place, clashes),
    }
}

/// Merges an update into a value (OpenAPI Overlay 1.1.0, "Action Object").
///
/// `{a: {b: 1}, c: [1], d: 1}` and `{a: {e: 2}, c: [2], d: 2}` → `{a: {b: 1, e: 2}, c: [1, 2], d: 2}`
fn merge(target: &mut Value, update: &Value, place: &Pointer, clashes: &mut Vec<String>) {
    match (target, update) {
        (Value::Object(target), Value::Object(update)) => {
            for (key, value) in update {
                match target.get_mut(key) {
                    Some(present) => merge(present, value, &place.at(key), clashes),
                    None => drop(target.insert(key.clone(), value.clone())),
                }
            }
        }
        (Value::Array(target), Value::Array(update)) => target.extend(update.iter().cloned()),
        (target, update) => match (Kind::of(target), Kind::of(update)) {
            (Kind::Primitive, Kind::Primitive) => *target = update.clone(),
            (there, given) => {
                let (there, given) = (there.words(), given.words());
                clashes.push(format!("{there} is at {place}, which cannot become {given}"));
            }
        },
    }
}

/// Removes what stands at the places: what lies deeper first and the last item of a list first, so that no removal
/// shifts another.
pub(super) fn remove(document: &mut Value, places: &[Pointer]) {
    let mut places: Vec<(&Pointer, String)> =
        places.iter().filter_map(|place| Some((place, place.steps().next_back()?))).collect();
    places.sort_by_key(|(place, step)| {
        Reverse((place.steps().count(), step.parse::<usize>().unwrap_or_default()))
    });
    for (place, step) in places {
        let parent = place.parent().unwrap_or_default();
        match document.pointer_mut(parent.as_str()) {
            Some(Value::Object(members)) => drop(members.shift_remove(&step)),
            Some(Value::Array(items)) => {
                if let Some(index) = step.parse().ok().filter(|index| *index < items.len()) {
                    items.remove(index);
                }
            }
            _ => {}
        }
    }
}
