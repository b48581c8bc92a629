//! Operations: their methods, their setters, and what they give.

use super::aliases::{self, Names};
use super::bodies;
use super::errors;
use super::groups::{self, RenamedGroups};
use super::members::{self, Owner, pairs};
use super::nameless::nameless;
use super::pairs::{Pair, paired};
use super::renames::Renames;
use super::{facts, reworded, stored};
use crate::analysis::diff::changes::{Changes, Effect, Item, What};
use crate::analysis::diff::sentence::Sentence;
use crate::analysis::diff::signature::Signature;
use crate::analysis::diff::surface::{Call, Group, Member, Surface};

/// An operation, and the group that it is in.
struct Placed<'a> {
    group: &'a Group,
    call: &'a Call,
}

impl Placed<'_> {
    /// `credits().usage`
    fn words(&self) -> String {
        format!("{}().{}", self.group.module, self.call.name)
    }

    /// `credits::Credits::usage`
    fn path(&self) -> String {
        format!("{}::{}::{}", self.group.module, self.group.holder, self.call.name)
    }

    fn names(&self) -> Names<'_> {
        Names { name: &self.call.name, aliases: &self.call.aliases }
    }

    /// `credits::GetCreditUsage`
    fn path_of(&self, ty: &str) -> String {
        format!("{}::{ty}", self.group.module)
    }
}

pub fn calls(old: &Surface, new: &Surface, renames: &Renames<'_>, changes: &mut Changes) {
    let renamed = groups::groups(old, new, changes);
    let (old, new) = (placed(&old.groups), placed(&new.groups));
    let request = |one: &Placed<'_>| Some(nameless(&one.call.request));
    let id = |one: &Placed<'_>| Some(one.call.id.clone());
    let place = |one: &Placed<'_>| Some(one.path());
    for pair in paired(&old, &new, &[&request, &id, &place]) {
        match pair {
            Pair::Removed(old) => {
                let stored = if stored::has_batches(old.call) {
                    "; batches of it that are stored are not read any more"
                } else {
                    ""
                };
                let text = format!("`{}` is gone (`{}`){stored}", old.words(), old.call.request);
                changes.push(Effect::Breaking, (Item::Operation, What::Removed), old.path(), text);
            }
            Pair::Added(new) => {
                let text = format!("`{}` is new (`{}`)", new.words(), new.call.request);
                changes.push(Effect::Addition, (Item::Operation, What::Added), new.path(), text);
            }
            Pair::Both(old, new) => {
                names(old, new, &renamed, changes);
                compare(old, new, renames, changes);
            }
        }
    }
}

fn placed(groups: &[Group]) -> Vec<Placed<'_>> {
    let pairs = groups.iter().flat_map(|group| group.calls.iter().map(move |call| (group, call)));
    pairs.map(|(group, call)| Placed { group, call }).collect()
}

fn compare(old: &Placed<'_>, new: &Placed<'_>, renames: &Renames<'_>, changes: &mut Changes) {
    let (path, words) = (new.path(), format!("`{}`", new.words()));
    arguments(old, new, renames, changes);
    setters(old, new, renames, changes);
    bodies::forms(old.call, new.call, |name| new.path_of(name), renames, changes);
    replies(old, new, renames, changes);
    errors::errors((old.call, new.call), &|name| new.path_of(name), renames, changes);
    many(old, new, renames, changes);
    if new.call.deprecated && !old.call.deprecated {
        let text = format!("{words} is deprecated");
        changes.push(Effect::Deprecation, (Item::Operation, What::Deprecated), &*path, text);
    }
    if old.call.deprecated && !new.call.deprecated {
        let text = format!("{words} is no longer deprecated");
        changes.push(Effect::Behaviour, (Item::Operation, What::Treated), &*path, text);
    }
    let (request, sent) = (nameless(&old.call.request), nameless(&new.call.request));
    stored::batches((old.call, new.call), (&request, &sent), (&path, &words), changes);
    for (about, before, after) in [
        ("the request", request, sent),
        ("`Operation::ID`", old.call.id.clone(), new.call.id.clone()),
    ] {
        if before != after {
            let text = format!("{words}: {about} was `{before}` and is `{after}`");
            changes.push(Effect::Behaviour, (Item::Operation, What::Treated), &*path, text);
        }
    }
    let before = old.call.facts.iter();
    let before = before.map(|(about, fact)| (about.clone(), renames.apply_to_fact(fact))).collect();
    facts(&before, &new.call.facts, (Item::Operation, &path, &words), changes);
    reworded(&old.call.docs, &new.call.docs, (Item::Operation, &path), changes);
}

/// The names of a method and of its operation's type, which may have changed only with their group.
fn names(old: &Placed<'_>, new: &Placed<'_>, groups: &RenamedGroups<'_>, changes: &mut Changes) {
    let is_moved = groups.has(old.group, new.group);
    let mut tell = |path: String, effect: Effect, text: String, is_same: bool| {
        let sentence = match is_moved && is_same {
            true => Sentence::following(&groups::path(old.group), text),
            false => text.into(),
        };
        changes.push(effect, (Item::Operation, What::Renamed), path, sentence);
    };
    if old.words() != new.words() {
        let (effect, note) = match old.group.module == new.group.module {
            true => aliases::renamed(old.names(), new.names()),
            false => (Effect::Breaking, ""),
        };
        let text = format!("`{}` is now `{}`{note}", old.words(), new.words());
        tell(old.path(), effect, text, old.call.name == new.call.name);
    }
    let (before, after) = (old.path_of(&old.call.call), new.path_of(&new.call.call));
    if before != after {
        let text = format!("the operation's type `{before}` is now `{after}`");
        tell(before, Effect::Breaking, text, old.call.call == new.call.call);
    }
    let path = |name: &str| format!("{}::{name}", groups::path(new.group));
    aliases::aliases(Item::Operation, old.names(), new.names(), path, changes);
}

/// Arguments are known by their place, so a change of any of them is one of the method.
///
/// Another name in the same place is none for the compiler: `/orders/{id}` → `/orders/{order_id}`.
fn arguments(old: &Placed<'_>, new: &Placed<'_>, renames: &Renames<'_>, changes: &mut Changes) {
    let (before, after) = (&old.call.arguments, &new.call.arguments);
    let path = new.path();
    let words = format!("`{}`", new.words());
    let types: Vec<_> = before.iter().map(|member| renames.apply(&member.ty)).collect();
    let takes = |(ty, taken): (&Signature, &Member)| bodies::takes(taken, ty, new.call);
    let same = before.len() == after.len() && types.iter().zip(after).all(takes);
    if is_reordered(before, after) || !same {
        let text = format!("{words} took {} and takes {}", listed(before), listed(after));
        let what = argument_change(old, new);
        changes.push(Effect::Breaking, (Item::Argument, what), &*path, text);
        return;
    }
    let owner = Owner { item: Item::Argument, path: &path, words: "the argument", of: &words };
    for ((before, ty), after) in before.iter().zip(&types).zip(after) {
        bodies::said((before, ty), (after, new.call), &owner, changes);
    }
}

/// Whether an argument that both have stands in another place.
fn is_reordered(old: &[Member], new: &[Member]) -> bool {
    let place = |members: &[Member], one: &Member| members.iter().position(|found| found == one);
    pairs(old, new).iter().any(|pair| match pair {
        Pair::Both(before, after) => place(old, before) != place(new, after),
        Pair::Removed(_) | Pair::Added(_) => false,
    })
}

fn setters(old: &Placed<'_>, new: &Placed<'_>, renames: &Renames<'_>, changes: &mut Changes) {
    let owner = Owner {
        item: Item::Setter,
        path: &format!("Call<{}>", new.path_of(&new.call.call)),
        words: "the setter",
        of: &format!("`{}`", new.words()),
    };
    for pair in pairs(&old.call.options, &new.call.options) {
        match pair {
            Pair::Removed(setter) if has(&new.call.arguments, setter) => {
                let text = owner.says(setter, "became an argument");
                let what = (Item::Setter, What::MadeRequired);
                changes.push(Effect::Breaking, what, owner.path_of(setter), text);
            }
            Pair::Added(setter) if has(&old.call.arguments, setter) => {
                let text = owner.says(setter, "was an argument");
                let what = (Item::Setter, What::MadeOptional);
                changes.push(Effect::Breaking, what, owner.path_of(setter), text);
            }
            Pair::Both(before, after) if before.ty != after.ty && before.name == after.name => {
                let ty = renames.apply(&before.ty);
                match bodies::takes(after, &ty, new.call) {
                    true => bodies::said((before, &ty), (after, new.call), &owner, changes),
                    false => members::compare(&pair, &owner, renames, changes),
                }
            }
            pair => members::compare(&pair, &owner, renames, changes),
        }
    }
}

/// Whether there is a member that the service calls the same; a body has no name there.
fn has(members: &[Member], member: &Member) -> bool {
    members.iter().any(|one| one.wire == member.wire && one.ty == member.ty)
}

/// The methods that take any number of requests.
fn many(old: &Placed<'_>, new: &Placed<'_>, renames: &Renames<'_>, changes: &mut Changes) {
    let owner = Owner {
        item: Item::Operation,
        path: &format!("{}::{}", new.group.module, new.group.holder),
        words: "the method",
        of: &format!("`{}`", new.words()),
    };
    for pair in pairs(&old.call.bulk, &new.call.bulk) {
        members::compare(&pair, &owner, renames, changes);
    }
}

fn argument_change(old: &Placed<'_>, new: &Placed<'_>) -> What {
    let (before, after) = (old.call.arguments.len(), new.call.arguments.len());
    match before.cmp(&after) {
        std::cmp::Ordering::Less => What::MadeRequired,
        std::cmp::Ordering::Greater => What::MadeOptional,
        std::cmp::Ordering::Equal if same_types(old.call, new.call) => What::Reordered,
        std::cmp::Ordering::Equal => What::Retyped,
    }
}

fn same_types(old: &Call, new: &Call) -> bool {
    let types = |call: &Call| -> Vec<Signature> {
        let mut types: Vec<_> = call.arguments.iter().map(|member| member.ty.clone()).collect();
        types.sort();
        types
    };
    types(old) == types(new)
}

/// `(start_date: jiff::Timestamp, body: types::Order)`
fn listed(members: &[Member]) -> String {
    let members = members.iter().map(|member| format!("{}: {}", member.name, member.ty));
    format!("`({})`", members.collect::<Vec<_>>().join(", "))
}

fn replies(old: &Placed<'_>, new: &Placed<'_>, renames: &Renames<'_>, changes: &mut Changes) {
    let (before, after) = (renames.apply(&old.call.success), &new.call.success);
    if before != *after {
        let text = format!("`{}` gave `{before}` and gives `{after}`", new.words());
        changes.push(Effect::Breaking, (Item::Reply, What::Retyped), new.path(), text);
    }
    if old.call.replies.is_empty() || new.call.replies.is_empty() {
        return;
    }
    let path = new.path_of(&after.to_string());
    let of = format!("`{path}`");
    let owner = Owner { item: Item::Variant, path: &path, words: "the variant", of: &of };
    for pair in pairs(&old.call.replies, &new.call.replies) {
        members::compare(&pair, &owner, renames, changes);
    }
}
