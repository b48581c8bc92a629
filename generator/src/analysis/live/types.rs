//! Types on the wire: what is sent by one and taken by the other.

use std::collections::{HashMap, HashSet};

use super::Report;
use crate::analysis::diff::{Member, Presence, Shape, Signature, Type};

/// Who sends a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// The client, which the service has to understand.
    Sent,
    /// The service, which the client has to understand.
    Received,
}

/// Whether a reader understands what is sent.
enum Fit {
    Whole,
    Partly,
    None,
}

/// The types that are not texts on the wire, and have no other type in them.
const OTHERS: [&str; 9] =
    ["bool", "f64", "i32", "i64", "u32", "u64", "serde_json::Value", "()", "FilePart"];

/// The types of both sides. Each pair is compared once for an operation, and no more if nothing is found in it.
pub struct Types<'a> {
    client: HashMap<&'a str, &'a Type>,
    service: HashMap<&'a str, &'a Type>,
    /// The pairs that the operation has.
    seen: HashSet<Pair<'a>>,
    /// The pairs in which nothing is found, and in nothing that they lead to.
    sound: HashSet<Pair<'a>>,
}

/// The names of a type of the client and of that of the service in its place.
type Pair<'a> = (&'a str, &'a str, Way);

impl<'a> Types<'a> {
    pub fn new(client: &'a [Type], service: &'a [Type]) -> Self {
        let by_name = |types: &'a [Type]| types.iter().map(|ty| (ty.name.as_str(), ty)).collect();
        let (client, service) = (by_name(client), by_name(service));
        Self { client, service, seen: HashSet::new(), sound: HashSet::new() }
    }

    /// Forgets the pairs of an operation; those of a sound one lead to nothing that is wrong.
    pub fn end_of_operation(&mut self, is_sound: bool) {
        match is_sound {
            true => self.sound.extend(self.seen.drain()),
            false => self.seen.clear(),
        }
    }

    /// Compares what the client has at a place with what the service has there.
    pub fn compare(
        &mut self,
        (ours, theirs): (&'a Signature, &'a Signature),
        way: Way,
        place: &str,
        report: &mut Report<'_>,
    ) {
        let (sender, reader) = match way {
            Way::Sent => (ours, theirs),
            Way::Received => (theirs, ours),
        };
        if ours.skeleton() != theirs.skeleton() {
            let text = format!("{place} was `{ours}` and is `{theirs}`");
            return match self.fits(sender, reader, way) {
                Fit::Whole => {}
                Fit::Partly => report.may_break(text),
                Fit::None => report.breaks(text),
            };
        }
        for (ours, theirs) in ours.types().zip(theirs.types()) {
            let pair = (ours, theirs, way);
            if self.sound.contains(&pair) || !self.seen.insert(pair) {
                continue;
            }
            let pair = (self.client.get(ours).copied(), self.service.get(theirs).copied());
            if let (Some(ours), Some(theirs)) = pair {
                self.of_type(ours, theirs, way, place, report);
            }
        }
    }

    /// Whether a reader of another type understands what is sent.
    fn fits(&self, sender: &Signature, reader: &Signature, way: Way) -> Fit {
        let (senders, readers) = match way {
            Way::Sent => (&self.client, &self.service),
            Way::Received => (&self.service, &self.client),
        };
        let is_enum = |types: &HashMap<&str, &Type>, ty: &Signature| {
            let found = ty.as_type().and_then(|name| types.get(name));
            found.is_some_and(|ty| ty.shape == Shape::Texts)
        };
        let (from, to) = (sender.to_string(), reader.to_string());
        let is_text = |ty: &Signature, text: &str| {
            ty.types().next().is_none() && !text.contains(['<', '(']) && !OTHERS.contains(&text)
        };
        let sends_text = is_enum(senders, sender) || is_text(sender, &from);
        match (from.as_str(), to.as_str()) {
            (_, "serde_json::Value") | ("i32" | "i64" | "u32", "f64") => Fit::Whole,
            ("i32" | "u32", "i64") => Fit::Whole,
            (_, "String") if sends_text => Fit::Whole,
            ("String", _) if is_enum(readers, reader) || is_text(reader, &to) => Fit::Partly,
            ("i64" | "f64" | "u64", "i32" | "i64" | "u32" | "u64") => Fit::Partly,
            _ => Fit::None,
        }
    }

    fn of_type(
        &mut self,
        ours: &'a Type,
        theirs: &'a Type,
        way: Way,
        place: &str,
        report: &mut Report<'_>,
    ) {
        match (ours.shape, theirs.shape) {
            (before, after) if before.is_struct() && after.is_struct() => {
                self.members(ours, theirs, way, place, report);
            }
            (Shape::Union, Shape::Union) => self.variants(ours, theirs, way, place, report),
            (before, after) if before == after => values(ours, theirs, way, place, report),
            _ => report.breaks(format!("{place} was `{}` and is `{}`", ours.name, theirs.name)),
        }
    }

    fn members(
        &mut self,
        ours: &'a Type,
        theirs: &'a Type,
        way: Way,
        place: &str,
        report: &mut Report<'_>,
    ) {
        for new in fields(theirs).filter(|new| find(ours, &new.wire).is_none()) {
            if way == Way::Sent && new.presence.is_argument() {
                let wire = &new.wire;
                report.breaks(format!("{place}: the member `{wire}` is required, and not sent"));
            }
        }
        for old in fields(ours) {
            let wire = &old.wire;
            match (find(theirs, wire), way) {
                (Some(new), _) => {
                    presence(old, new, way, place, report);
                    self.compare((&old.ty, &new.ty), way, &below(place, wire), report);
                }
                (None, Way::Sent) if !has_rest(theirs) => {
                    report.may_break(format!("{place}: the member `{wire}` is refused"));
                }
                (None, Way::Received) if old.presence == Presence::Required => {
                    report.breaks(format!("{place}: the member `{wire}` is gone, and needed"));
                }
                (None, Way::Received) => {
                    report.may_break(format!("{place}: the member `{wire}` is gone"));
                }
                (None, Way::Sent) => {}
            }
        }
    }

    fn variants(
        &mut self,
        ours: &'a Type,
        theirs: &'a Type,
        way: Way,
        place: &str,
        report: &mut Report<'_>,
    ) {
        for old in &ours.members {
            match theirs.members.iter().find(|new| new.name == old.name) {
                Some(new) => self.compare((&old.ty, &new.ty), way, place, report),
                None if way == Way::Sent => {
                    report.may_break(format!("{place}: `{}` may be refused", old.ty));
                }
                None => {}
            }
        }
        let is_new = |new: &&Member| !ours.members.iter().any(|old| old.name == new.name);
        for new in theirs.members.iter().filter(is_new).filter(|_| way == Way::Received) {
            report.may_break(format!("{place}: `{}` comes as `Unrecognized`", new.ty));
        }
    }
}

/// `the body` and `customer` → `the body at /customer`
fn below(place: &str, wire: &str) -> String {
    let step = wire.replace('~', "~0").replace('/', "~1");
    match place.contains(" at /") {
        true => format!("{place}/{step}"),
        false => format!("{place} at /{step}"),
    }
}

fn presence(old: &Member, new: &Member, way: Way, place: &str, report: &mut Report<'_>) {
    let wire = &old.wire;
    match (old.presence, new.presence, way) {
        (Presence::Required, Presence::Nullable | Presence::Optional, Way::Received) => {
            report.breaks(format!("{place}: the member `{wire}` may be absent, and is needed"));
        }
        (Presence::Nullable | Presence::Optional, after, Way::Sent) if after.is_argument() => {
            report.may_break(format!("{place}: the member `{wire}` is required now"));
        }
        _ => {}
    }
    let limits = |member: &Member| member.facts.get("limits").cloned();
    if let (before, Some(after), Way::Sent) = (limits(old), limits(new), way)
        && before.as_ref() != Some(&after)
    {
        report.may_break(format!("{place}: the member `{wire}` has other limits: `{after}`"));
    }
}

/// The values of an enum.
fn values(ours: &Type, theirs: &Type, way: Way, place: &str, report: &mut Report<'_>) {
    let lacking = |of: &'_ Type, other: &Type| -> Vec<String> {
        let missing = of.members.iter().filter(|one| find(other, &one.wire).is_none());
        missing.map(|one| format!("`{}`", one.wire)).collect()
    };
    match way {
        Way::Sent => {
            for value in lacking(ours, theirs) {
                report.breaks(format!("{place}: the value {value} is no longer taken"));
            }
        }
        Way::Received => {
            for value in lacking(theirs, ours) {
                report.may_break(format!("{place}: the value {value} comes as `Unrecognized`"));
            }
        }
    }
}

fn fields(ty: &Type) -> impl Iterator<Item = &Member> {
    ty.members.iter().filter(|member| member.presence != Presence::Rest)
}

fn find<'t>(ty: &'t Type, wire: &str) -> Option<&'t Member> {
    fields(ty).find(|member| member.wire == wire)
}

fn has_rest(ty: &Type) -> bool {
    ty.members.iter().any(|member| member.presence == Presence::Rest)
}
