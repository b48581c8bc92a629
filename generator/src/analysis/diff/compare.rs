//! The comparison of two surfaces.

use super::changes::{Changes, Effect, Item, What};
use super::sentence::Sentence;
use super::surface::{Facts, Member, Servers, Surface};
use members::{Owner, pairs};
pub use nameless::nameless;
use renames::Renames;

mod aliases;
mod bodies;
mod calls;
mod errors;
mod extra;
mod groups;
mod members;
mod nameless;
mod pairs;
mod renames;
mod stored;
mod types;
mod uses;

/// What changes for callers from one surface to another.
pub fn surfaces(old: &Surface, new: &Surface) -> Changes {
    let mut changes = Changes::default();
    client(old, new, &mut changes);
    let types = uses::pair(old, new);
    let renames = Renames::of(&types);
    calls::calls(old, new, &renames, &mut changes);
    webhooks(old, new, &renames, &mut changes);
    types::types(&types, &renames, &mut changes);
    extra::moves(&types, &extra::Received::of(old), &mut changes);
    changes.sorted()
}

fn client(old: &Surface, new: &Surface, changes: &mut Changes) {
    if old.new != new.new {
        let text = format!(
            "`Client::new({})` is now `Client::new({})`",
            old.new.join(", "),
            new.new.join(", ")
        );
        changes.push(Effect::Breaking, (Item::Client, What::Retyped), "Client::new", text);
    }
    facts(&old.facts, &new.facts, (Item::Client, "Client", "the client"), changes);
    reworded(&old.docs, &new.docs, (Item::Client, "crate"), changes);
    let builder = Owner {
        item: Item::Credential,
        path: "ClientBuilder",
        words: "the credential",
        of: "`ClientBuilder`",
    };
    accessors(&old.credentials, &new.credentials, &builder, changes);
    servers(&old.servers, &new.servers, changes);
    let groups = Owner {
        item: Item::RateLimit,
        path: "crate",
        words: "the rate limit group",
        of: "the crate",
    };
    accessors(&old.rate_limits, &new.rate_limits, &groups, changes);
    let meta = Owner { item: Item::Header, path: "Meta", words: "the accessor", of: "`Meta`" };
    accessors(&old.headers, &new.headers, &meta, changes);
}

fn servers(old: &Servers, new: &Servers, changes: &mut Changes) {
    let owner = |item, words| Owner { item, path: "crate", words, of: "the crate" };
    accessors(&old.all, &new.all, &owner(Item::Server, "the server"), changes);
    accessors(&old.setters, &new.setters, &owner(Item::Setter, "the setter"), changes);
    accessors(&old.values, &new.values, &owner(Item::Variant, "the value"), changes);
}

/// Members without members of their own: they come, go, and change their type.
fn accessors(old: &[Member], new: &[Member], owner: &Owner<'_>, changes: &mut Changes) {
    for pair in pairs(old, new) {
        members::compare(&pair, owner, &Renames::default(), changes);
    }
}

/// The types of webhooks, which are told by their payloads.
fn webhooks(old: &Surface, new: &Surface, renames: &Renames<'_>, changes: &mut Changes) {
    let owner = Owner { item: Item::Webhook, path: "crate", words: "the webhook", of: "the crate" };
    for pair in pairs(&old.webhooks, &new.webhooks) {
        members::compare(&pair, &owner, renames, changes);
    }
}

/// Things that are said of an item beyond its signature.
fn facts(old: &Facts, new: &Facts, (item, path, words): (Item, &str, &str), changes: &mut Changes) {
    let about = old.keys().chain(new.keys().filter(|about| !old.contains_key(*about)));
    for about in about {
        let (before, after) = (old.get(about), new.get(about));
        if before == after {
            continue;
        }
        let what = if about == "limits" { What::Limits } else { What::Treated };
        let shown = |fact: Option<&String>| match fact {
            Some(fact) => format!("`{fact}`"),
            None => "nothing".to_owned(),
        };
        let says = format!("{} became {}", shown(before), shown(after));
        let sentence = Sentence::about(about, words, says);
        changes.push(Effect::Behaviour, (item, what), path, sentence);
    }
}

fn reworded(old: &str, new: &str, (item, path): (Item, &str), changes: &mut Changes) {
    if old != new {
        let text = format!("`{path}` is described in other words");
        changes.push(Effect::Documentation, (item, What::Reworded), path, text);
    }
}
