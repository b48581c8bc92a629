//! What came from an overlay, and where in it that stands, so that diagnostics about it point there.

use std::collections::HashMap;

use serde_json::Value;

use crate::pointer::Pointer;

/// From the places in a description to the places in the overlay that say what stands there.
#[derive(Clone, Debug, Default)]
pub struct Additions(HashMap<Pointer, Pointer>);

impl Additions {
    /// Where in the overlay something stands that is at `place` in the description.
    pub(in crate::pipeline::normalize) fn find(&self, place: &Pointer) -> Option<Pointer> {
        let mut around = Some(place.clone());
        while let Some(outer) = around {
            if let Some(from) = self.0.get(&outer) {
                return place.moved(&outer, from);
            }
            around = outer.parent();
        }
        None
    }

    /// All places in the description at which something was added, sorted.
    pub(in crate::pipeline::normalize) fn places(&self) -> Vec<&Pointer> {
        let mut places: Vec<_> = self.0.keys().collect();
        places.sort_unstable_by_key(|place| place.as_str());
        places
    }

    /// Notes what an update is about to bring: the members that are new or that it replaces, and the items.
    pub(super) fn note(&mut self, target: &Value, update: &Value, at: &Pointer, from: &Pointer) {
        match (target, update) {
            (Value::Object(target), Value::Object(update)) => {
                for (key, value) in update {
                    let (at, from) = (at.at(key), from.at(key));
                    match target.get(key) {
                        Some(present) => self.note(present, value, &at, &from),
                        None => drop(self.0.insert(at, from)),
                    }
                }
            }
            (Value::Array(items), Value::Array(further)) => {
                for index in 0..further.len() {
                    self.0.insert(at.at(items.len() + index), from.at(index));
                }
            }
            (Value::Array(items), _) => drop(self.0.insert(at.at(items.len()), from.clone())),
            _ => drop(self.0.insert(at.clone(), from.clone())),
        }
    }
}
