//! The enums of documented errors. That there are further errors, the facts of an operation tell.

use super::members::{self, Owner, pairs};
use super::pairs::Pair;
use super::renames::Renames;
use crate::analysis::diff::changes::{Changes, Effect, Item, What};
use crate::analysis::diff::surface::Call;

pub fn errors(
    (old, new): (&Call, &Call),
    path_of: &dyn Fn(&str) -> String,
    renames: &Renames<'_>,
    changes: &mut Changes,
) {
    let Some(before) = &old.error else { return };
    let path = path_of(before);
    let Some(after) = new.error.as_ref().filter(|after| *after == before) else {
        let text = match &new.error {
            Some(after) => format!("the errors `{path}` are now `{}`", path_of(after)),
            None => format!("the errors `{path}` are gone"),
        };
        let what = if new.error.is_some() { What::Renamed } else { What::Removed };
        changes.push(Effect::Breaking, (Item::Reply, what), path, text);
        return;
    };
    let of = format!("`{}`", path_of(after));
    let owner = Owner { item: Item::Variant, path: &path, words: "the variant", of: &of };
    for pair in pairs(&old.errors, &new.errors) {
        if !matches!(pair, Pair::Added(_)) {
            members::compare(&pair, &owner, renames, changes);
        }
    }
}
