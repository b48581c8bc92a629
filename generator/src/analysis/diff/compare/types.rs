//! Types: structs, enums and unions.

use super::aliases::{self, Names};
use super::members::{self, Owner, pairs};
use super::pairs::Pair;
use super::renames::Renames;
use super::{facts, reworded};
use crate::analysis::diff::changes::{Changes, Effect, Item, What};
use crate::analysis::diff::signature::Signature;
use crate::analysis::diff::surface::{Member, Presence, Shape, Type};

pub fn types(types: &[Pair<'_, Type>], renames: &Renames<'_>, changes: &mut Changes) {
    for pair in types {
        match pair {
            Pair::Removed(old) => {
                let path = path(old);
                let text = format!("`{path}` is gone");
                changes.push(Effect::Breaking, (Item::Type, What::Removed), path, text);
            }
            Pair::Added(new) => {
                let path = path(new);
                let text = format!("`{path}` is new");
                changes.push(Effect::Addition, (Item::Type, What::Added), path, text);
            }
            Pair::Both(old, new) => compare(old, new, renames, changes),
        }
    }
}

fn names(ty: &Type) -> Names<'_> {
    Names { name: &ty.name, aliases: &ty.aliases }
}

fn path(ty: &Type) -> String {
    format!("types::{}", ty.name)
}

fn compare(old: &Type, new: &Type, renames: &Renames<'_>, changes: &mut Changes) {
    let path = path(new);
    if old.name != new.name {
        let before = self::path(old);
        let (effect, note) = aliases::renamed(names(old), names(new));
        let text = format!("`{before}` is now called `{path}`{note}");
        changes.push(effect, (Item::Type, What::Renamed), before, text);
    }
    let path_of = |name: &str| format!("types::{name}");
    aliases::aliases(Item::Type, names(old), names(new), path_of, changes);
    let of = format!("`{path}`");
    match (old.shape.is_struct(), new.shape.is_struct()) {
        (true, true) => structs(old, new, (&path, &of), renames, changes),
        (false, false) if old.shape == new.shape => {
            let owner = Owner { item: Item::Variant, path: &path, words: "the variant", of: &of };
            for pair in pairs(&old.members, &new.members) {
                variant(&pair, new.shape, &owner, renames, changes);
            }
        }
        _ => {
            let text = format!("{of} was {} and is {}", kind(old.shape), kind(new.shape));
            changes.push(Effect::Breaking, (Item::Type, What::Retyped), &*path, text);
            return;
        }
    }
    derives(old, new, (&path, &of), changes);
    facts(&old.facts, &new.facts, (Item::Type, &path, &of), changes);
    reworded(&old.docs, &new.docs, (Item::Type, &path), changes);
}

fn derives(old: &Type, new: &Type, (path, of): (&str, &str), changes: &mut Changes) {
    for lost in old.derives.iter().filter(|derive| !new.derives.contains(derive)) {
        let text = format!("{of} no longer derives `{lost}`");
        changes.push(Effect::Breaking, (Item::Type, What::Retyped), path, text);
    }
    for gained in new.derives.iter().filter(|derive| !old.derives.contains(derive)) {
        let text = format!("{of} derives `{gained}`");
        changes.push(Effect::Addition, (Item::Type, What::Treated), path, text);
    }
}

fn kind(shape: Shape) -> &'static str {
    match shape {
        Shape::Request | Shape::Reply => "a struct",
        Shape::Texts => "an enum of texts",
        Shape::Integers => "an enum of integers",
        Shape::Scalars => "an enum of scalars",
        Shape::Union => "an enum of other types",
    }
}

/// Enums are open, so a further variant breaks nobody; but its value came as `Unrecognized` so far.
fn variant(
    pair: &Pair<'_, Member>,
    shape: Shape,
    owner: &Owner<'_>,
    renames: &Renames<'_>,
    changes: &mut Changes,
) {
    members::compare(pair, owner, renames, changes);
    let Pair::Added(new) = pair else { return };
    let value = match shape {
        Shape::Texts => format!("`Unrecognized(\"{}\")`", new.wire),
        Shape::Integers | Shape::Scalars => format!("`Unrecognized({})`", new.wire),
        Shape::Request | Shape::Reply | Shape::Union => "`Unrecognized`".to_owned(),
    };
    let text = owner.says(new, &format!("came as {value} so far"));
    changes.push(Effect::Behaviour, (Item::Variant, What::Treated), owner.path_of(new), text);
}

fn structs(
    old: &Type,
    new: &Type,
    (path, of): (&str, &str),
    renames: &Renames<'_>,
    changes: &mut Changes,
) {
    let owner = Owner { item: Item::Field, path, words: "the field", of };
    let sent = old.shape == Shape::Request && new.shape == Shape::Request;
    makers(old, new, (path, of), changes);
    let pairs = pairs(&old.members, &new.members);
    for pair in &pairs {
        field(pair, sent, &owner, renames, changes);
    }
    let told = pairs.iter().any(|pair| sent && makes_new_longer(pair));
    if has_default(old) && !has_default(new) && !told {
        let text = format!("{of} has no `Default` any more, because not all of it is optional");
        changes.push(Effect::Breaking, (Item::Type, What::Removed), path, text);
    }
    if sent && is_reordered(&pairs, &new.members) {
        let text = format!("{of}: `new` takes its arguments in another order");
        changes.push(Effect::Breaking, (Item::Type, What::Reordered), format!("{path}::new"), text);
    }
}

/// `render` derives `Default` where nothing is required.
fn has_default(ty: &Type) -> bool {
    !ty.members.iter().any(|member| member.presence.is_argument())
}

fn makes_new_longer(pair: &Pair<'_, Member>) -> bool {
    match pair {
        Pair::Added(new) => new.presence.is_argument(),
        Pair::Both(old, new) => !old.presence.is_argument() && new.presence.is_argument(),
        Pair::Removed(_) => false,
    }
}

/// Whether the required fields that both have stand in another order, though each may have its old type.
fn is_reordered(pairs: &[Pair<'_, Member>], new: &[Member]) -> bool {
    let place = |member: &Member| new.iter().position(|one| one == member);
    let places = pairs.iter().filter_map(|pair| match pair {
        Pair::Both(old, new) if old.presence.is_argument() && new.presence.is_argument() => {
            place(new)
        }
        _ => None,
    });
    !places.is_sorted()
}

fn makers(old: &Type, new: &Type, (path, of): (&str, &str), changes: &mut Changes) {
    match (old.shape, new.shape) {
        (Shape::Request, Shape::Reply) => {
            let text = format!("{of} is no longer sent: `new` and the setters are gone");
            changes.push(Effect::Breaking, (Item::Type, What::Treated), path, text);
        }
        (Shape::Reply, Shape::Request) => {
            let text = format!("{of} can be sent now: it has setters");
            changes.push(Effect::Addition, (Item::Type, What::Treated), path, text);
        }
        _ => {}
    }
}

fn field(
    pair: &Pair<'_, Member>,
    sent: bool,
    owner: &Owner<'_>,
    renames: &Renames<'_>,
    changes: &mut Changes,
) {
    match pair {
        Pair::Added(new) if sent && new.presence.is_argument() => {
            let says = format!("is new and required: `new` takes its `{}`", new.ty);
            let text = owner.says(new, &says);
            changes.push(Effect::Breaking, (Item::Field, What::Added), owner.path_of(new), text);
        }
        Pair::Added(new) => {
            let spelled = Member { ty: spelled(new.presence, &new.ty), ..(*new).clone() };
            members::compare(&Pair::Added(&spelled), owner, renames, changes);
        }
        Pair::Removed(_) => members::compare(pair, owner, renames, changes),
        Pair::Both(old, new) => {
            members::renamed(old, new, owner, changes);
            presence(old, new, sent, owner, renames, changes);
            members::said(old, new, owner, changes);
        }
    }
}

/// A field's type, and whether it may be absent.
fn presence(
    old: &Member,
    new: &Member,
    sent: bool,
    owner: &Owner<'_>,
    renames: &Renames<'_>,
    changes: &mut Changes,
) {
    let before = spelled(old.presence, &renames.apply(&old.ty));
    let after = spelled(new.presence, &new.ty);
    let path = owner.path_of(new);
    if before == after {
        let (was_argument, is_argument) = (old.presence.is_argument(), new.presence.is_argument());
        if was_argument != is_argument {
            let (what, text) = match is_argument {
                true => (What::MadeRequired, "is required in requests, so `new` takes it"),
                false => (What::MadeOptional, "is no longer required, so `new` does not take it"),
            };
            let text = owner.says(new, text);
            changes.push(Effect::Breaking, (Item::Field, what), path, text);
        } else if old.presence != new.presence {
            let text = match new.presence {
                Presence::Nullable => "is null where it has no value, not absent",
                _ => "may be absent where it has no value, not only null",
            };
            let text = owner.says(new, text);
            changes.push(Effect::Behaviour, (Item::Field, What::Treated), path, text);
        }
        return;
    }
    let (what, why) = match (old.presence, new.presence) {
        (Presence::Required, Presence::Nullable | Presence::Optional) if sent => {
            (What::MadeOptional, "is no longer required, so `new` does not take it: it ")
        }
        (Presence::Required, Presence::Nullable) => (What::MadeOptional, "may be null: it "),
        (Presence::Required, Presence::Optional) => (What::MadeOptional, "may be absent: it "),
        (Presence::Nullable | Presence::Optional, Presence::Required) if sent => {
            (What::MadeRequired, "is required, so `new` takes it: it ")
        }
        (Presence::Nullable | Presence::Optional, Presence::Required) => {
            (What::MadeRequired, "is always there: it ")
        }
        _ => (What::Retyped, ""),
    };
    let text = owner.says(new, &format!("{why}was `{before}` and is `{after}`"));
    changes.push(Effect::Breaking, (Item::Field, what), path, text);
}

fn spelled(presence: Presence, ty: &Signature) -> Signature {
    match presence {
        Presence::Required | Presence::Rest => ty.clone(),
        Presence::Nullable | Presence::Optional | Presence::Asked => Signature::option(ty.clone()),
    }
}
