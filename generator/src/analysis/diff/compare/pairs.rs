//! What is the same thing on both sides.

use std::collections::HashMap;

/// What the two sides have of one thing.
#[derive(Debug)]
pub enum Pair<'a, T> {
    Removed(&'a T),
    Added(&'a T),
    Both(&'a T, &'a T),
}

/// Pairs two lists by the first of several keys that fits; `None` is no key.
///
/// What both have and what is removed comes in the old order, then what is added in the new one.
pub fn paired<'a, T>(
    old: &'a [T],
    new: &'a [T],
    keys: &[&dyn Fn(&'a T) -> Option<String>],
) -> Vec<Pair<'a, T>> {
    let mut partners: Vec<Option<usize>> = vec![None; old.len()];
    let mut taken = vec![false; new.len()];
    for key in keys {
        let mut free = HashMap::new();
        for (index, one) in new.iter().enumerate().filter(|(index, _)| !taken[*index]).rev() {
            key(one).map(|key| free.insert(key, index));
        }
        for (one, partner) in old.iter().zip(&mut partners).filter(|(_, found)| found.is_none()) {
            *partner = key(one).and_then(|key| free.remove(&key));
            partner.map(|index| taken[index] = true);
        }
    }
    let kept = old.iter().zip(&partners).map(|(old, partner)| {
        partner.map_or(Pair::Removed(old), |index| Pair::Both(old, &new[index]))
    });
    let added = new.iter().zip(&taken).filter(|(_, taken)| !**taken);
    kept.chain(added.map(|(new, _)| Pair::Added(new))).collect()
}
