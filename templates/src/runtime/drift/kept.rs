//! Differences, each once, and not without limit.

use std::collections::HashMap;

use serde_json::Value;

use super::{Drift, DriftKind};

/// So many differences are kept.
const MOST: usize = 1000;

/// So many names or values of one kind are kept of one place. If there are more, the object is a map, or the enum is none.
const MOST_OF_A_PLACE: usize = 32;

/// What was found, with how often.
#[derive(Clone, Default)]
pub struct Kept {
    /// The differences without their counts, and these.
    counts: HashMap<Drift, u64>,
    /// How many names or values of a place there are.
    names: HashMap<Drift, usize>,
    /// How many were seen and not kept.
    pub dropped: u64,
}

impl Kept {
    /// One difference.
    pub fn only(drift: Drift) -> Self {
        let mut kept = Self::default();
        kept.count(drift, 1);
        kept
    }

    /// Counts a difference, and returns whether it is new, in the form in which it is kept.
    pub fn count(&mut self, drift: Drift, times: u64) -> Option<Drift> {
        let new = self.form(Drift { count: 0, ..drift });
        if let Some(count) = self.counts.get_mut(&new) {
            *count += times;
            return None;
        }
        if self.counts.len() >= MOST {
            self.dropped += times;
            return None;
        }
        let place = nameless(&new);
        if place != new {
            *self.names.entry(place).or_default() += 1;
        }
        self.counts.insert(new.clone(), times);
        Some(new)
    }

    /// The form in which a difference is kept: without its name if there are enough of them.
    fn form(&self, drift: Drift) -> Drift {
        let nameless = nameless(&drift);
        let is_crowded = self.names.get(&nameless).is_some_and(|names| *names >= MOST_OF_A_PLACE);
        if is_crowded && !self.counts.contains_key(&drift) { nameless } else { drift }
    }

    /// Adds what was found elsewhere, and returns what is new, with how often it was found there.
    pub fn add(&mut self, found: Self) -> Vec<Drift> {
        self.dropped += found.dropped;
        // In an order, because the first ones are those that are kept.
        let found = found.sorted().into_iter();
        let new = found.filter_map(|drift| {
            let count = drift.count;
            Some(Drift { count, ..self.count(drift, count)? })
        });
        new.collect()
    }

    /// How many differences there are.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether a place has a value of another kind.
    pub fn is_of_another_kind(&self, at: &str) -> bool {
        self.counts.keys().any(|one| one.kind == DriftKind::OtherKind && one.at == at)
    }

    /// How badly a value fits a type: what is missing or of another kind counts before what is unknown.
    pub fn misfit(&self) -> (u64, u64) {
        let is_grave = |(drift, _): &(&Drift, &u64)| {
            matches!(drift.kind, DriftKind::OtherKind | DriftKind::MissingMember)
        };
        let grave = self.counts.iter().filter(is_grave).map(|(_, count)| count).sum();
        (grave, self.counts.values().sum::<u64>() + self.dropped)
    }

    /// The differences with their counts, sorted by request and place.
    pub fn sorted(self) -> Vec<Drift> {
        let drifts = self.counts.into_iter().map(|(drift, count)| Drift { count, ..drift });
        let mut drifts: Vec<_> = drifts.collect();
        drifts.sort_by_cached_key(|drift| {
            let value = drift.value.as_ref().map(Value::to_string);
            let Drift { request, status, media_type, at, kind, member, seen, .. } = drift.clone();
            (request, status, at, kind, member, seen, value, media_type, drift.schema.clone())
        });
        drifts
    }
}

/// The same difference without what differs within its place.
fn nameless(drift: &Drift) -> Drift {
    let member = drift.member.as_ref().map(|_| "*".to_owned());
    Drift { member, value: None, ..drift.clone() }
}
