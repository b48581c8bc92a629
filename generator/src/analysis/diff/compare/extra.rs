//! Members that move between `extra` and a field of their own: the code that read them compiles, and finds nothing.

use std::collections::HashSet;

use super::pairs::Pair;
use crate::analysis::diff::changes::{Changes, Effect, Item, What};
use crate::analysis::diff::sentence::Sentence;
use crate::analysis::diff::signature::Signature;
use crate::analysis::diff::surface::{Call, Member, Presence, Shape, Surface, Type};

/// Tells of each member that gets a field, and of each that loses it, with the line of code to change.
pub fn moves(types: &[Pair<'_, Type>], received: &Received, changes: &mut Changes) {
    for pair in types {
        let Pair::Both(old, new) = pair else { continue };
        if old.shape.is_struct() && new.shape.is_struct() && received.types.contains(&old.name) {
            of_type(old, new, received, changes);
        }
    }
}

fn of_type(old: &Type, new: &Type, received: &Received, changes: &mut Changes) {
    let value = if received.replies.contains(&old.name) { "reply" } else { "value" };
    let path = format!("types::{}", new.name);
    let mut tell = |member: &Member, is_where: &str, (before, after): (String, String)| {
        let wire = &member.wire;
        let says = format!(
            "`{wire}` is {is_where}: `{before}` → `{after}`; `member({wire:?})` finds it in both"
        );
        let text = Sentence::of(&format!("`{path}`"), says);
        let place = format!("{path}::{}", member.name);
        changes.push(Effect::Behaviour, (Item::Field, What::Treated), place, text);
    };
    for (rest, field) in moved(old, new) {
        let lines = (in_rest(value, rest, field), format!("{value}.{}", field.name));
        tell(field, &format!("a field, and no longer in `{}`", rest.name), lines);
    }
    for (rest, field) in moved(new, old) {
        let lines = (format!("{value}.{}", field.name), in_rest(value, rest, field));
        tell(field, &format!("in `{}`, and no longer a field", rest.name), lines);
    }
}

/// `reply.extra["phone"]`
fn in_rest(value: &str, rest: &Member, field: &Member) -> String {
    format!("{value}.{}[{:?}]", rest.name, field.wire)
}

/// The members that one side keeps in `extra`, and for which the other one has a field.
fn moved<'a>(kept: &'a Type, named: &'a Type) -> impl Iterator<Item = (&'a Member, &'a Member)> {
    let rest = kept.members.iter().find(|member| member.presence == Presence::Rest);
    let is_known = |wire: &str| kept.members.iter().any(|member| member.wire == wire);
    let fields = named.members.iter().filter(|member| member.presence != Presence::Rest);
    let further = fields.filter(move |field| !is_known(&field.wire));
    further.filter_map(move |field| Some((rest?, field)))
}

/// The types of what callers are given: nobody looks for a member in what they send.
#[derive(Debug, Default)]
pub struct Received {
    types: HashSet<String>,
    /// Those that are replies themselves.
    replies: HashSet<String>,
}

impl Received {
    /// What callers of this surface are given.
    pub fn of(surface: &Surface) -> Self {
        let mut received = Self::default();
        received.add(surface);
        received
    }

    fn add(&mut self, surface: &Surface) {
        let calls: Vec<&Call> = surface.groups.iter().flat_map(|group| &group.calls).collect();
        let whole = calls.iter().filter_map(|call| call.success.as_type());
        self.replies.extend(whole.map(str::to_owned));
        let replies = calls.iter().flat_map(|call| &call.replies).chain(&surface.webhooks);
        let successes = calls.iter().map(|call| &call.success);
        let named = successes.chain(replies.map(|member| &member.ty)).flat_map(Signature::types);
        let given = surface.types.iter().filter(|ty| ty.shape == Shape::Reply);
        let mut open: Vec<&str> = named.chain(given.map(|ty| ty.name.as_str())).collect();
        while let Some(name) = open.pop() {
            if !self.types.insert(name.to_owned()) {
                continue;
            }
            let held = surface.types.iter().filter(|ty| ty.name == name);
            open.extend(held.flat_map(|ty| &ty.members).flat_map(|member| member.ty.types()));
        }
    }
}
