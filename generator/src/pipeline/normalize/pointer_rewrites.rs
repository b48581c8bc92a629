//! Where rewriting put schemas, so that references into the middle of others still find them.

use std::collections::HashMap;

use crate::pointer::Pointer;

/// A schema that was moved more often than this is taken to be in a circle.
const MOST_MOVES: usize = 16;

/// Old places, new places, and the names under which a schema may be spoken of instead of its place.
#[derive(Default)]
pub(super) struct PointerRewrites {
    places: HashMap<Pointer, Pointer>,
    names: HashMap<String, Pointer>,
}

impl PointerRewrites {
    /// Notes that what stood at `from` now stands at `to`.
    pub(super) fn moved(&mut self, from: Pointer, to: Pointer) {
        self.places.insert(from, to);
    }

    /// Notes the name (`$id`, or `#` and `$anchor`) of the schema at a place.
    pub(super) fn named(&mut self, name: String, at: &Pointer) {
        self.names.insert(name, at.clone());
    }

    /// Where the schema of that name stands.
    pub(super) fn place_of(&self, name: &str) -> Option<&Pointer> {
        self.names.get(name)
    }

    /// Where what stood at `place` stands now.
    pub(super) fn follow(&self, place: &Pointer) -> Pointer {
        let mut place = place.clone();
        for _ in 0..MOST_MOVES {
            match self.step(&place) {
                Some(next) => place = next,
                None => break,
            }
        }
        place
    }

    /// Where everything that was moved stood before.
    pub(super) fn reversed(self) -> impl Iterator<Item = (Pointer, Pointer)> {
        self.places.into_iter().map(|(from, to)| (to, from))
    }

    /// One move of the place or of the nearest place around it.
    fn step(&self, place: &Pointer) -> Option<Pointer> {
        let mut around = Some(place.clone());
        while let Some(outer) = around {
            if let Some(to) = self.places.get(&outer) {
                return place.moved(&outer, to);
            }
            around = outer.parent();
        }
        None
    }
}
