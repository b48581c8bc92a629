//! Which type is which: by its name, its place, what it holds, and at last by what uses it.
//!
//! A schema that has another name and other members is still the reply of the same operation, or the type of the same
//! member, and callers want to know what has become of it.

use std::collections::{HashMap, HashSet};

use super::nameless::nameless;
use super::pairs::{Pair, paired};
use super::renames::Renames;
use crate::analysis::diff::signature::Signature;
use crate::analysis::diff::surface::{Call, Member, Presence, Surface, Type};

/// Pairs types by name, also a former one, then by their place in the description, then by what they hold, then by what uses them.
pub fn pair<'a>(old: &'a Surface, new: &'a Surface) -> Vec<Pair<'a, Type>> {
    let name = |ty: &'a Type| Some(ty.name.clone());
    let alias = |ty: &'a Type| Some(ty.aliases.first().unwrap_or(&ty.name).clone());
    let at = |ty: &'a Type| Some(ty.at.clone());
    let same = |ty: &'a Type| Some(outline(ty));
    let mut pairs = paired(&old.types, &new.types, &[&name, &alias, &at, &same]);
    // A type that is found by its use shows which type its members have.
    loop {
        let renames = Renames::of(&pairs);
        let known = renames.len();
        let successors = successors(old, new, &renames);
        let used = |ty: &'a Type| Some(successors.get(&*ty.name).copied().unwrap_or(&ty.name));
        let used = |ty: &'a Type| used(ty).map(str::to_owned);
        pairs = paired(&old.types, &new.types, &[&name, &alias, &at, &same, &used]);
        if Renames::of(&pairs).len() == known {
            return pairs;
        }
    }
}

/// What makes a type what it is, whatever it is called.
fn outline(ty: &Type) -> String {
    let members = ty.members.iter().map(|member| format!("{} {}", member.wire, member.ty));
    format!("{:?} {}", ty.shape, members.collect::<Vec<_>>().join(", "))
}

/// The new types that are used where old ones were that are gone.
fn successors<'a>(
    old: &'a Surface,
    new: &'a Surface,
    renames: &Renames<'_>,
) -> HashMap<&'a str, &'a str> {
    let types = |surface: &'a Surface| -> HashMap<&'a str, &'a Type> {
        surface.types.iter().map(|ty| (&*ty.name, ty)).collect()
    };
    let (before, after) = (types(old), types(new));
    let users: HashMap<_, _> = uses(new, &Renames::default()).into_iter().collect();
    let mut counts: HashMap<&str, Vec<(&str, usize)>> = HashMap::new();
    for (user, name) in uses(old, renames) {
        let Some(successor) = users.get(&user).filter(|_| !after.contains_key(name)) else {
            continue;
        };
        let counted = counts.entry(name).or_default();
        match counted.iter_mut().find(|(known, _)| known == successor) {
            Some((_, count)) => *count += 1,
            None => counted.push((successor, 1)),
        }
    }
    let is_alike = |name: &str, successor: &str| {
        let new = after.get(successor).filter(|_| !before.contains_key(successor));
        before.get(name).zip(new).is_some_and(|(old, new)| are_alike(old, new))
    };
    let most_used = counts.into_iter().filter_map(|(name, counted)| {
        let all: usize = counted.iter().map(|(_, count)| count).sum();
        let (successor, _) = counted.into_iter().find(|(_, count)| 2 * count > all)?;
        is_alike(name, successor).then_some((name, successor))
    });
    most_used.collect()
}

/// Whether two types have so much in common that one can have become the other.
fn are_alike(old: &Type, new: &Type) -> bool {
    let names = |ty: &Type| -> HashSet<String> {
        let own = ty.members.iter().filter(|member| member.presence != Presence::Rest);
        own.map(|member| format!("{} {}", member.wire, member.name)).collect()
    };
    let shares_member = !names(old).is_disjoint(&names(new));
    old.shape.is_struct() == new.shape.is_struct() && shares_member
}

/// What uses types of the crate, and which ones: `GET /orders reply 0` → `Order`.
fn uses<'a>(surface: &'a Surface, renames: &Renames<'_>) -> Vec<(String, &'a str)> {
    let calls = surface.groups.iter().flat_map(|group| &group.calls).flat_map(of_call);
    let members = surface.types.iter().flat_map(|ty| {
        let owner = format!("types::{}", renames.name(&ty.name));
        of_members(&owner, &ty.members).collect::<Vec<_>>()
    });
    calls.chain(members).collect()
}

fn of_call(call: &Call) -> Vec<(String, &str)> {
    let request = nameless(&call.request);
    let members = [&call.arguments, &call.options, &call.bodies, &call.replies];
    let members = members.into_iter().flat_map(|members| of_members(&request, members));
    of_signature(format!("{request} reply"), &call.success).chain(members).collect()
}

fn of_members<'a>(
    user: &str,
    members: &'a [Member],
) -> impl Iterator<Item = (String, &'a str)> + use<'a> {
    let user = user.to_owned();
    let of_member =
        move |member: &'a Member| of_signature(format!("{user} {}", member.wire), &member.ty);
    members.iter().flat_map(of_member)
}

fn of_signature(user: String, ty: &Signature) -> impl Iterator<Item = (String, &str)> {
    ty.types().enumerate().map(move |(index, name)| (format!("{user} {index}"), name))
}
