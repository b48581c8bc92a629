//! The groups of operations, one for each tag.

use std::collections::HashMap;

use super::nameless::nameless;
use super::pairs::{Pair, paired};
use super::reworded;
use crate::analysis::diff::changes::{Changes, Effect, Item, What};
use crate::analysis::diff::surface::{Group, Surface};

/// The groups that are called otherwise: their old modules and their new ones.
#[derive(Debug, Default)]
pub struct RenamedGroups<'a>(HashMap<&'a str, &'a Group>);

impl RenamedGroups<'_> {
    /// Whether one group is what the other has become.
    pub fn has(&self, old: &Group, new: &Group) -> bool {
        self.0.get(&*old.module).is_some_and(|renamed| renamed.module == new.module)
    }
}

/// `credits::Credits`
pub fn path(group: &Group) -> String {
    format!("{}::{}", group.module, group.holder)
}

/// Tells which groups come, go, and change their names.
pub fn groups<'a>(old: &'a Surface, new: &'a Surface, changes: &mut Changes) -> RenamedGroups<'a> {
    let pairs = pairs(old, new);
    for pair in &pairs {
        compare(pair, changes);
    }
    let renamed = pairs.into_iter().filter_map(|pair| match pair {
        Pair::Both(old, new) if path(old) != path(new) => Some((&*old.module, new)),
        _ => None,
    });
    RenamedGroups(renamed.collect())
}

/// Pairs groups by their tags, by their names, and then by their operations.
fn pairs<'a>(old: &'a Surface, new: &'a Surface) -> Vec<Pair<'a, Group>> {
    let requests = |group: &'a Group| group.calls.iter().map(|call| nameless(&call.request));
    let modules = new.groups.iter();
    let modules: HashMap<_, _> =
        modules.flat_map(|group| requests(group).map(|request| (request, &group.module))).collect();
    let wire = |group: &'a Group| Some(group.wire.clone());
    let module = |group: &'a Group| Some(group.module.clone());
    let home = |group: &'a Group| {
        let homes: Vec<_> = requests(group).filter_map(|it| modules.get(&it)).collect();
        let count = |module| homes.iter().filter(|home| **home == module).count();
        homes.iter().find(|home| 2 * count(**home) > group.calls.len()).map(|it| (**it).clone())
    };
    paired(&old.groups, &new.groups, &[&wire, &module, &home])
}

fn compare(pair: &Pair<'_, Group>, changes: &mut Changes) {
    match pair {
        Pair::Removed(old) => {
            let text = format!("the group `{}()` is gone", old.module);
            changes.push(Effect::Breaking, (Item::Group, What::Removed), &old.module, text);
        }
        Pair::Added(new) => {
            let text = format!("the group `{}()` is new", new.module);
            changes.push(Effect::Addition, (Item::Group, What::Added), &new.module, text);
        }
        Pair::Both(old, new) => {
            let (before, after) = (path(old), path(new));
            if before != after {
                let text = format!("the group `{before}` is now `{after}`");
                changes.push(Effect::Breaking, (Item::Group, What::Renamed), before, text);
            }
            reworded(&old.docs, &new.docs, (Item::Group, &after), changes);
        }
    }
}
