//! Where the parts of a rewritten description stood before, so that diagnostics speak of what a person wrote.

use std::collections::HashMap;
use std::sync::Arc;

use super::overlay::Additions;
use crate::Source;
use crate::diagnostics::Location;
use crate::pointer::Pointer;

/// The description as it was, what overlays brought, and what was moved since.
#[derive(Clone, Debug)]
pub struct SourceMapping(Arc<Written>);

#[derive(Debug)]
struct Written {
    source: Source,
    /// From where something stands now to where it stood before the object around it was rewritten.
    moves: HashMap<Pointer, Pointer>,
    overlays: Vec<Overlaid>,
}

/// What an overlay brought into a description.
#[derive(Debug)]
pub(super) struct Overlaid {
    /// The overlay.
    pub(super) source: Source,
    /// Where in it what stands.
    pub(super) additions: Additions,
}

impl SourceMapping {
    /// The origins in a description as it was written, by where things stand now.
    pub(super) fn new(
        source: Source,
        moves: HashMap<Pointer, Pointer>,
        overlays: Vec<Overlaid>,
    ) -> Self {
        Self(Arc::new(Written { source, moves, overlays }))
    }

    /// The description's file.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.0.source.file
    }

    /// The description.
    pub(super) fn source(&self) -> &Source {
        &self.0.source
    }

    /// Its overlays, in their order.
    pub(super) fn overlays(&self) -> impl Iterator<Item = &Source> {
        self.0.overlays.iter().map(|overlay| &overlay.source)
    }

    /// The place that something stood at which is at `at` now.
    ///
    /// `/components/schemas/A/maxLength` → `/components/schemas/A/anyOf/0/maxLength`, where the other alternative was
    /// null
    #[must_use]
    pub fn place(&self, at: &Pointer) -> Location {
        let pointer = &self.written_at(at);
        // A later overlay may have replaced what an earlier one brought.
        let mut overlays = self.0.overlays.iter().rev();
        let brought = overlays.find_map(|overlay| {
            Some(Location::new(&overlay.source.file, overlay.additions.find(pointer)?))
        });
        match brought {
            Some(place) => place,
            None => self.0.source.parts.origin(Location::new(self.file(), pointer.clone())),
        }
    }

    /// The same place in the description with its overlays applied.
    #[must_use]
    pub(crate) fn written_at(&self, at: &Pointer) -> Pointer {
        let ways = self.ways_back(at);
        let written = ways.iter().rev().find(|way| self.is_written(way));
        written.or(ways.last()).unwrap_or(at).clone()
    }

    /// Whether something stands at a place of the description or of what its overlays brought.
    fn is_written(&self, at: &Pointer) -> bool {
        let is_brought = |overlay: &Overlaid| {
            let place = overlay.additions.find(at);
            place.is_some_and(|place| overlay.source.has(&place))
        };
        self.0.source.has(at) || self.0.overlays.iter().any(is_brought)
    }

    /// The same spot of the place that something stood at.
    pub(super) fn of(&self, place: &Location) -> Location {
        self.place(&place.pointer).spot(place.spot)
    }

    /// The place itself, and then where the moves lead back to: those of the innermost object first.
    fn ways_back(&self, at: &Pointer) -> Vec<Pointer> {
        let mut ways = vec![at.clone()];
        let mut now = at.clone();
        let mut around = Some(at.clone());
        while let Some(outer) = around {
            around = outer.parent();
            let Some(from) = self.0.moves.get(&outer) else { continue };
            let Some(earlier) = now.moved(&outer, from) else { break };
            // Both ends of a move are in the object that was rewritten: what is around it comes next. What was taken out
            // of that object has the moves of the object itself, too.
            around = match outer.moved(from, &Pointer::root()) {
                Some(_) => Some(from.clone()),
                None if from.as_str().len() < outer.as_str().len() => from.parent(),
                None => outer.parent(),
            };
            ways.push(earlier.clone());
            now = earlier;
        }
        ways
    }
}
