//! OpenAPI Overlay 1.0.0: what a person adds to a description that others own.

use serde_json::{Map, Value};
use serde_json_path::JsonPath;

use super::complaints::Complaints;
use crate::catalogue::Code;
use crate::pointer::Pointer;

/// Applies an overlay's actions to a description, in their order (OpenAPI Overlay 1.0.0, 4.4.2).
pub(super) fn apply(overlay: &Value, description: &mut Value, complaints: &mut Complaints) {
    check_frame(overlay, complaints);
    let at = Pointer::root().at("actions");
    let Some(actions) = overlay.get("actions").and_then(Value::as_array) else {
        complaints.error(Code::InvalidOverlay, &at, "an overlay needs a list of actions");
        return;
    };
    for (index, action) in actions.iter().enumerate() {
        let at = at.at(index);
        match Action::read(action, &at, complaints) {
            Some(action) => action.apply(index + 1, description, &at, complaints),
            None => complaints.error(Code::InvalidOverlay, &at, "this is no overlay action"),
        }
    }
}

fn check_frame(overlay: &Value, complaints: &mut Complaints) {
    let version = overlay.get("overlay").and_then(Value::as_str);
    if !version.is_some_and(|version| version.starts_with("1.")) {
        let help = "begin the file with `overlay: 1.0.0`";
        let at = Pointer::root().at("overlay");
        complaints.error_with_help(Code::InvalidOverlay, &at, "this is no overlay 1.x", help);
    }
    for key in overlay.as_object().into_iter().flat_map(Map::keys) {
        let known = ["overlay", "info", "extends", "actions"].contains(&key.as_str());
        if !known && !key.starts_with("x-") {
            let message = format!("an overlay has no member `{key}`");
            complaints.error(Code::InvalidOverlay, &Pointer::root().at(key), message);
        }
    }
}

/// An Action Object (OpenAPI Overlay 1.0.0, 4.4.3).
struct Action<'a> {
    target: &'a str,
    description: Option<&'a str>,
    change: Change<'a>,
}

enum Change<'a> {
    Update(&'a Value),
    Remove,
}

impl<'a> Action<'a> {
    fn read(action: &'a Value, at: &Pointer, complaints: &mut Complaints) -> Option<Self> {
        let members = action.as_object()?;
        for key in members.keys() {
            let known = ["target", "description", "update", "remove"].contains(&key.as_str());
            if !known && !key.starts_with("x-") {
                let message = format!("an overlay action has no member `{key}`");
                complaints.error(Code::InvalidOverlay, &at.at(key), message);
            }
        }
        let target = members.get("target")?.as_str()?;
        let description = members.get("description").and_then(Value::as_str);
        let change = match (members.get("remove"), members.get("update")) {
            (Some(Value::Bool(true)), _) => Change::Remove,
            (None | Some(Value::Bool(false)), Some(update)) => Change::Update(update),
            _ => return None,
        };
        Some(Self { target, description, change })
    }

    fn apply(&self, number: usize, value: &mut Value, at: &Pointer, complaints: &mut Complaints) {
        let path = match JsonPath::parse(self.target) {
            Ok(path) => path,
            Err(why) => {
                let message = format!("`{}` is no JSONPath: {why}", self.target);
                complaints.error(Code::InvalidOverlay, &at.at("target"), message);
                return;
            }
        };
        let found = path.query_located(value);
        let places: Vec<String> = found.locations().map(|place| place.to_json_pointer()).collect();
        if places.is_empty() {
            let message = format!("action {number} changes nothing: {self} matches nothing");
            let help =
                "the description may have changed: correct the target or take the action out";
            complaints.error_with_help(Code::UnmatchedAction, at, message, help);
        }
        match self.change {
            Change::Remove => remove_all(value, &places),
            Change::Update(update) => update_all(value, &places, update),
        }
    }
}

impl std::fmt::Display for Action<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}`", self.target)?;
        self.description.map_or(Ok(()), |description| write!(f, " ({description})"))
    }
}

fn update_all(value: &mut Value, places: &[String], update: &Value) {
    for place in places {
        match value.pointer_mut(place) {
            Some(Value::Array(items)) => items.push(update.clone()),
            Some(target) => merge(target, update),
            None => {}
        }
    }
}

/// Merges an update into a value (OpenAPI Overlay 1.0.0, 4.4.3).
///
/// `{a: {b: 1}, c: [1], d: 1}` and `{a: {e: 2}, c: [2], d: 2}` → `{a: {b: 1, e: 2}, c: [1, 2], d: 2}`
fn merge(target: &mut Value, update: &Value) {
    match (target, update) {
        (Value::Object(target), Value::Object(update)) => {
            for (key, value) in update {
                match target.get_mut(key) {
                    Some(present) => merge(present, value),
                    None => drop(target.insert(key.clone(), value.clone())),
                }
            }
        }
        (Value::Array(target), Value::Array(update)) => target.extend(update.iter().cloned()),
        (target, update) => *target = update.clone(),
    }
}

/// Removes what stands at the places; the last item of a list goes first, so that none shifts another.
fn remove_all(value: &mut Value, places: &[String]) {
    let mut places: Vec<(String, String)> = places.iter().filter_map(|at| parent(at)).collect();
    places.sort_by_key(|(_, step)| std::cmp::Reverse(step.parse::<usize>().unwrap_or_default()));
    places.dedup();
    for (parent, step) in &places {
        match value.pointer_mut(parent) {
            Some(Value::Object(members)) => drop(members.shift_remove(step)),
            Some(Value::Array(items)) => remove_item(items, step),
            _ => {}
        }
    }
}

fn parent(place: &str) -> Option<(String, String)> {
    let at = Pointer::parse(place)?;
    let step = at.steps().next_back()?;
    Some((at.parent()?.as_str().to_owned(), step))
}

fn remove_item(items: &mut Vec<Value>, step: &str) {
    if let Some(index) = step.parse::<usize>().ok().filter(|index| *index < items.len()) {
        items.remove(index);
    }
}
