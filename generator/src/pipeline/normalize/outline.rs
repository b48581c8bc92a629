//! Which places a document has, without what stands there.

use std::ops::Range;

use foldhash::fast::RandomState;
use indexmap::IndexSet;
use serde_json::Value;

use crate::pointer::Pointer;

/// The places of a document, in a small part of the room that the document takes.
#[derive(Debug)]
pub(super) struct Outline {
    /// The names of all members, and the indices of all items, each once.
    steps: IndexSet<String, RandomState>,
    /// The root, and then what is directly in each place, in the order of the places.
    places: Vec<Place>,
}

#[derive(Debug)]
struct Place {
    /// The number of the last step to it.
    step: usize,
    /// The numbers of the places directly in it, by their steps.
    within: Range<usize>,
}

impl Outline {
    pub(super) fn new(document: &Value) -> Self {
        let root = Place { step: 0, within: 0..0 };
        let mut outline = Self { steps: IndexSet::default(), places: vec![root] };
        let mut values = vec![document];
        for number in 0.. {
            let Some(value) = values.get(number) else { break };
            let mut within = outline.within(value);
            within.sort_unstable_by_key(|(step, _)| *step);
            let start = values.len();
            outline.places[number].within = start..start + within.len();
            for (step, value) in within {
                outline.places.push(Place { step, within: 0..0 });
                values.push(value);
            }
        }
        outline
    }

    /// What is directly in a value, with the numbers of the steps to it.
    fn within<'v>(&mut self, value: &'v Value) -> Vec<(usize, &'v Value)> {
        match value {
            Value::Object(members) => {
                members.iter().map(|(name, member)| (self.number(name), member)).collect()
            }
            Value::Array(items) => {
                let items = items.iter().enumerate();
                items.map(|(index, item)| (self.number(&index.to_string()), item)).collect()
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
        }
    }

    fn number(&mut self, step: &str) -> usize {
        let known = self.steps.get_index_of(step);
        known.unwrap_or_else(|| self.steps.insert_full(step.to_owned()).0)
    }

    /// Whether something stands at a place.
    pub(super) fn has(&self, at: &Pointer) -> bool {
        at.steps()
            .try_fold(self.places.first(), |place, step| {
                let number = self.steps.get_index_of(&step)?;
                let within = self.places.get(place?.within.clone())?;
                let found = within.binary_search_by_key(&number, |place| place.step).ok()?;
                Some(within.get(found))
            })
            .is_some()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Outline;
    use crate::pointer::Pointer;

    #[test]
    fn a_place_is_there_if_the_document_has_it() {
        let document = json!({ "a": { "b": [1, { "c/d": null }], "": 2 }, "c": [] });
        let outline = Outline::new(&document);
        let there = ["", "/a", "/a/b", "/a/b/0", "/a/b/1", "/a/b/1/c~1d", "/a/", "/c"];
        let not_there = ["/b", "/a/c", "/a/b/2", "/a/b/0/0", "/a/b/1/c", "/c/0", "/c/a", "//a"];
        for (places, expected) in [(there, true), (not_there, false)] {
            for place in places {
                assert_eq!(document.pointer(place).is_some(), expected, "{place}");
                let at = Pointer::parse(place).expect("a pointer");
                assert_eq!(outline.has(&at), expected, "{place}");
            }
        }
    }
}
