//! Bodies of requests: in which forms they are sent.

use super::members::{self, Owner, pairs};
use super::renames::Renames;
use crate::analysis::diff::changes::{Changes, Effect, Item, What};
use crate::analysis::diff::signature::Signature;
use crate::analysis::diff::surface::{ALONE, Call, Member};

/// Whether an argument or a setter takes what it took.
pub fn takes(taken: &Member, ty: &Signature, call: &Call) -> bool {
    taken.ty == *ty || usual(taken, ty, call).is_some()
}

/// The form of a body with several in which a value of this type is sent: `types::Pet` becomes
/// `impl Into<AddPetBody>` by itself.
fn usual<'a>(taken: &Member, ty: &Signature, call: &'a Call) -> Option<&'a Member> {
    let is_usual = |form: &&Member| form.ty == *ty && form.facts.contains_key(ALONE);
    taken.ty.as_into().and_then(|_| call.bodies.iter().find(is_usual))
}

/// What is said of an argument or a setter that takes what it took.
pub fn said(
    old: (&Member, &Signature),
    new: (&Member, &Call),
    owner: &Owner<'_>,
    changes: &mut Changes,
) {
    let ((before, ty), (after, call)) = (old, new);
    let Some(form) = usual(after, ty, call).filter(|_| after.ty != *ty) else {
        return members::said(before, after, owner, changes);
    };
    let text = format!("{} takes further forms: `{}`", owner.words_of(after), after.ty);
    changes.push(Effect::Addition, (owner.item, What::Added), owner.path_of(after), text);
    let facts = form.facts.iter().filter(|(about, _)| *about != ALONE);
    let facts = facts.map(|(about, fact)| (about.clone(), fact.clone())).collect();
    members::said(before, &Member { facts, ..after.clone() }, owner, changes);
}

/// The forms of a body that had several and has them still.
pub fn forms(
    old: &Call,
    new: &Call,
    path_of: impl Fn(&str) -> String,
    renames: &Renames<'_>,
    changes: &mut Changes,
) {
    let mut taken = new.arguments.iter().chain(&new.options);
    let name = taken.find_map(|member| member.ty.as_into());
    let Some(path) = name.filter(|_| !old.bodies.is_empty()).map(path_of) else { return };
    let of = format!("`{path}`");
    let owner = Owner { item: Item::Variant, path: &path, words: "the variant", of: &of };
    for pair in pairs(&old.bodies, &new.bodies) {
        members::compare(&pair, &owner, renames, changes);
    }
}
