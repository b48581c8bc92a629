//! Operations: whether they are there, and whether what is sent to them is what they take.

use std::collections::HashMap;

use super::Report;
use super::types::{Types, Way};
use crate::analysis::diff::{Call, Member, Surface, nameless};

/// The fact of a parameter that says where it is sent.
const SENT: &str = "sent";
/// The fact of a required parameter that has only one value, which is sent without being set.
const SENT_BY_ITSELF: &str = "sent by itself";
/// The fact of a body that says in which media types it is sent.
const SENT_AS: &str = "sent as";
/// The fact of a case of a reply that says by what it is known.
const COMES_AS: &str = "comes as";

/// The operations of a service, by method and path.
pub struct Calls<'a>(HashMap<String, Vec<&'a Call>>);

impl<'a> Calls<'a> {
    pub fn new(service: &'a Surface) -> Self {
        let calls = service.groups.iter().flat_map(|group| &group.calls);
        let mut by_request: HashMap<_, Vec<_>> = HashMap::new();
        for call in calls {
            by_request.entry(nameless(&call.request)).or_default().push(call);
        }
        Self(by_request)
    }

    /// The operation with the same request: of several, which a fragment of the path tells apart, the one with the same id.
    fn find(&self, call: &Call) -> Option<&'a Call> {
        let served = self.0.get(&nameless(&call.request))?;
        served.iter().find(|one| one.id == call.id).or(served.first()).copied()
    }

    /// What the service means to a client that makes a call.
    pub fn compare(&self, call: &'a Call, types: &mut Types<'a>, report: &mut Report<'_>) {
        let Some(served) = self.find(call) else {
            return report.breaks("the operation is gone");
        };
        facts(call, served, report);
        parameters(call, served, types, report);
        body(call, served, types, report);
        replies(call, served, types, report);
        if served.deprecated && !call.deprecated {
            report.may_break("the operation is deprecated");
        }
    }
}

/// Where the operation is, and what it needs.
fn facts(call: &Call, served: &Call, report: &mut Report<'_>) {
    let (ours, theirs) =
        (|about: &str| call.facts.get(about), |about: &str| served.facts.get(about));
    let server = "server of its own";
    if let (before, Some(after)) = (ours(server), theirs(server))
        && before != Some(after)
    {
        report.breaks(format!("it is at `{after}`"));
    }
    let credentials = "credentials";
    if let (before, Some(after)) = (ours(credentials), theirs(credentials))
        && before != Some(after)
    {
        report.breaks(format!("it needs the credentials `{after}`"));
    }
    // Limits and other words of overlays are compared only if both sides have them.
    if let (Some(before), Some(after)) = (ours("rate limit"), theirs("rate limit"))
        && before != after
    {
        report.may_break(format!("its rate limit was `{before}` and is `{after}`"));
    }
}

/// The parameters; those of the path are known by their order, and their names reach nobody.
fn parameters<'a>(
    call: &'a Call,
    served: &'a Call,
    types: &mut Types<'a>,
    report: &mut Report<'_>,
) {
    let all = |call: &'a Call| {
        call.arguments.iter().chain(&call.options).filter(|one: &&Member| is_named(one))
    };
    let is_always_sent = |call: &Call, one: &Member| {
        !call.options.contains(one) || one.facts.contains_key(SENT_BY_ITSELF)
    };
    let required = |call: &'a Call| all(call).filter(move |one| is_always_sent(call, one));
    let find = |call: &'a Call, wire: &str| all(call).find(|one| one.wire == wire);
    for taken in required(served) {
        let wire = &taken.wire;
        match find(call, wire) {
            None => report.breaks(format!("the parameter `{wire}` is required, and not sent")),
            Some(sent) if !is_always_sent(call, sent) => {
                report.may_break(format!("the parameter `{wire}` is required now"));
            }
            Some(_) => {}
        }
    }
    for sent in all(call) {
        let wire = &sent.wire;
        let Some(taken) = find(served, wire) else {
            report.may_break(format!("the parameter `{wire}` is no longer described"));
            continue;
        };
        if let (Some(before), Some(after)) = (sent.facts.get(SENT), taken.facts.get(SENT))
            && before != after
        {
            report.breaks(format!("the parameter `{wire}` is sent {before}, and taken {after}"));
        }
        let constant = |one: &Member| one.facts.get(SENT_BY_ITSELF).cloned();
        if let (Some(before), Some(after)) = (constant(sent), constant(taken))
            && before != after
        {
            report
                .breaks(format!("the parameter `{wire}` is sent as `{before}`, and is `{after}`"));
        }
        types.compare((&sent.ty, &taken.ty), Way::Sent, &format!("the parameter `{wire}`"), report);
    }
}

/// Whether a member is a parameter that the service knows by its name.
fn is_named(member: &Member) -> bool {
    let sent = member.facts.get(SENT);
    sent.is_some_and(|sent| !sent.starts_with("in the path"))
}

fn body<'a>(call: &'a Call, served: &'a Call, types: &mut Types<'a>, report: &mut Report<'_>) {
    let forms = |call: &'a Call| -> Vec<&'a Member> {
        let members = call.arguments.iter().chain(&call.options).chain(&call.bodies);
        members.filter(|member| member.facts.contains_key(SENT_AS)).collect()
    };
    let (ours, theirs) = (forms(call), forms(served));
    if theirs.is_empty() {
        if !ours.is_empty() {
            report.may_break("it takes no body any more");
        }
        return;
    }
    let is_required = served.arguments.iter().any(|one| theirs.contains(&one));
    if ours.is_empty() && is_required {
        return report.breaks("it takes a body, and none is sent");
    }
    for form in ours {
        let Some(sent_as) = form.facts.get(SENT_AS) else { continue };
        match theirs.iter().find(|taken| shares_media_type(sent_as, taken)) {
            None => report.breaks(format!("it takes no body as `{sent_as}` any more")),
            Some(taken) => types.compare((&form.ty, &taken.ty), Way::Sent, "the body", report),
        }
    }
}

fn shares_media_type(sent_as: &str, taken: &Member) -> bool {
    let of = |listed: &str| -> Vec<String> { listed.split(", ").map(str::to_owned).collect() };
    let taken = taken.facts.get(SENT_AS).map(|taken| of(taken)).unwrap_or_default();
    of(sent_as).iter().any(|media_type| taken.contains(media_type))
}

fn replies<'a>(call: &'a Call, served: &'a Call, types: &mut Types<'a>, report: &mut Report<'_>) {
    if call.replies.is_empty() && served.replies.is_empty() {
        return types.compare((&call.success, &served.success), Way::Received, "the reply", report);
    }
    if call.replies.is_empty() || served.replies.is_empty() {
        return report
            .may_break(format!("the reply was `{}` and is `{}`", call.success, served.success));
    }
    for sent in &served.replies {
        let Some(comes_as) = sent.facts.get(COMES_AS) else { continue };
        let known = call.replies.iter().find(|one| one.facts.get(COMES_AS) == Some(comes_as));
        match known {
            None => report.may_break(format!("it may reply with {comes_as}")),
            Some(read) => {
                let place = format!("the reply with {comes_as}");
                types.compare((&read.ty, &sent.ty), Way::Received, &place, report);
            }
        }
    }
}
