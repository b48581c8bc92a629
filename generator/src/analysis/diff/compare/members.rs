//! Arguments, setters, fields, variants and accessors, one by one.

use super::pairs::{Pair, paired};
use super::renames::Renames;
use super::{facts, reworded};
use crate::analysis::diff::changes::{Changes, Effect, Item, What};
use crate::analysis::diff::sentence::Sentence;
use crate::analysis::diff::signature::Signature;
use crate::analysis::diff::surface::{Member, Presence};

/// Pairs members by what the service calls them, then by what Rust calls them, then by a type that one of them has.
pub fn pairs<'a>(old: &'a [Member], new: &'a [Member]) -> Vec<Pair<'a, Member>> {
    let wire = |member: &'a Member| (!member.wire.is_empty()).then(|| member.wire.clone());
    let name = |member: &'a Member| Some(member.name.clone());
    let rest = |member: &'a Member| (member.presence == Presence::Rest).then(String::new);
    let ty = |member: &'a Member| {
        let has_type = member.ty.types().next().is_some();
        (member.wire.is_empty() && has_type).then(|| member.ty.to_string())
    };
    paired(old, new, &[&rest, &wire, &name, &ty])
}

/// What members belong to, and what they are called there.
#[derive(Debug)]
pub struct Owner<'a> {
    pub item: Item,
    /// `types::Book`
    pub path: &'a str,
    /// `the field`
    pub words: &'a str,
    /// `` `types::Book` ``
    pub of: &'a str,
}

impl Owner<'_> {
    pub fn path_of(&self, member: &Member) -> String {
        format!("{}::{}", self.path, member.name)
    }

    /// `` `types::Book`: the field `title` ``
    pub fn words_of(&self, member: &Member) -> String {
        format!("{}: {} `{}`", self.of, self.words, member.name)
    }

    /// `` `types::Book`: the field `title` `` and what is said of it.
    pub fn says(&self, member: &Member, what: &str) -> Sentence {
        Sentence::of(self.of, format!("{} `{}` {what}", self.words, member.name))
    }
}

/// A member that comes, goes, or changes its name, its type or what is said of it.
pub fn compare(
    pair: &Pair<'_, Member>,
    owner: &Owner<'_>,
    renames: &Renames<'_>,
    changes: &mut Changes,
) {
    match pair {
        Pair::Removed(old) => {
            let text = owner.says(old, "is gone");
            changes.push(Effect::Breaking, (owner.item, What::Removed), owner.path_of(old), text);
        }
        Pair::Added(new) => {
            let ty = if new.ty.is_empty() { String::new() } else { format!(": `{}`", new.ty) };
            let text = owner.says(new, &format!("is new{ty}"));
            changes.push(Effect::Addition, (owner.item, What::Added), owner.path_of(new), text);
        }
        Pair::Both(old, new) => {
            renamed(old, new, owner, changes);
            retyped(old, new, owner, renames, changes);
            said(old, new, owner, changes);
        }
    }
}

pub fn renamed(old: &Member, new: &Member, owner: &Owner<'_>, changes: &mut Changes) {
    if old.name != new.name {
        let text = owner.says(old, &format!("is now called `{}`", new.name));
        changes.push(Effect::Breaking, (owner.item, What::Renamed), owner.path_of(old), text);
    }
}

fn retyped(
    old: &Member,
    new: &Member,
    owner: &Owner<'_>,
    renames: &Renames<'_>,
    changes: &mut Changes,
) {
    let before = renames.apply(&old.ty);
    if before != new.ty {
        let shown = |ty: &Signature| match ty.is_empty() {
            true => "nothing".to_owned(),
            false => format!("`{ty}`"),
        };
        let says = format!("was {} and is {}", shown(&before), shown(&new.ty));
        let text = owner.says(new, &says);
        changes.push(Effect::Breaking, (owner.item, What::Retyped), owner.path_of(new), text);
    }
}

/// What does not concern the compiler: the name on the wire, limits and the like, and words.
pub fn said(old: &Member, new: &Member, owner: &Owner<'_>, changes: &mut Changes) {
    let (path, words) = (owner.path_of(new), owner.words_of(new));
    if old.wire != new.wire {
        let says = format!("stands for `{}`, no longer for `{}`", new.wire, old.wire);
        let text = owner.says(new, &says);
        changes.push(Effect::Behaviour, (owner.item, What::Treated), &*path, text);
    }
    facts(&old.facts, &new.facts, (owner.item, &path, &words), changes);
    if old.facts == new.facts {
        reworded(&old.docs, &new.docs, (owner.item, &path), changes);
    }
}
