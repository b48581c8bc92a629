//! Where rewriting put schemas, so that references into the middle of others still find them.

use std::collections::HashMap;

use crate::pointer::Pointer;

/// A schema that was moved more often than this is taken to be in a circle.
const MOST_MOVES: usize = 16;

/// Old places, new places, and the names under which a schema may be spoken of instead of its place.
#[derive(Default)]
pub(super) struct PointerRewrites {
    places: HashMap<Pointer, Pointer>,
    /// From new places to old ones; several may have the same.
    origins: HashMap<Pointer, Pointer>,
    names: HashMap<String, Pointer>,
}

impl PointerRewrites {
    /// Notes that what stood at `from` now stands at `to`.
    pub(super) fn moved(&mut self, from: Pointer, to: Pointer) {
        self.origins.insert(to.clone(), from.clone());
        self.places.insert(from, to);
    }

    /// Notes that what stands at `to` was made of what stood at `from`, which references do not follow.
    pub(super) fn copied(&mut self, from: &Pointer, to: Pointer) {
        self.origins.insert(to, from.clone());
    }

    /// Where what stands at `place` stood before the last move of it or of what is around it.
    pub(super) fn before(&self, place: &Pointer) -> Pointer {
        let around = std::iter::successors(Some(place.clone()), Pointer::parent);
        let moved = |to: Pointer| place.moved(&to, self.origins.get(&to)?);
        around.into_iter().find_map(moved).unwrap_or_else(|| place.clone())
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
    pub(super) fn into_origins(self) -> HashMap<Pointer, Pointer> {
        self.origins
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
