//! Keeps of a model what a selection asks for, after everything has its name.

use std::collections::HashSet;

use super::messages::Messages;
use super::operations::UNTAGGED;
use super::{Api, Operation, Tag, Ty, type_modules};
use crate::pipeline::resolve::Resolved;
use crate::pointer::Pointer;
use crate::selection::{RelevantLocations, Selected, Selection};

/// Keeps the selected operations, the types that they lead to, and the headers of their replies.
///
/// Gives the places that this has to do with; `None` where everything is meant.
pub fn keep(
    api: &mut Api,
    resolved: &Resolved,
    selection: &Selection,
    messages: &mut Messages,
) -> Option<RelevantLocations> {
    if selection.is_all() {
        return None;
    }
    let picked = Picked::of(selection, api, messages);
    for tag in &mut api.tags {
        let is_whole = picked.tags.contains(tag.name.wire());
        tag.operations.retain(|one| is_whole || picked.operations.contains(&one.at));
    }
    api.tags.retain(|tag| !tag.operations.is_empty());
    keep_webhooks(api, &picked);
    let mut used = type_modules::used_by(api.operations(), api);
    used.extend(type_modules::received(api));
    api.types.retain(|definition| used.contains(&definition.name));
    keep_headers(api, resolved);
    let concerns = concerns(api, resolved, &picked, selection);
    let is_used = |ty: &Ty| ty.named().is_none_or(|name| used.contains(name));
    let is_kept = |at: &Pointer| concerns.include(&resolved.origins.place(at));
    api.samples.retain(|sample| is_used(&sample.ty) && is_kept(&sample.at));
    Some(concerns)
}

/// What a selection's names stand for.
struct Picked {
    /// Tags, in the words of the description.
    tags: HashSet<String>,
    operations: HashSet<Pointer>,
}

impl Picked {
    fn of(selection: &Selection, api: &Api, messages: &mut Messages) -> Self {
        let (mut tags, mut picked) = (HashSet::new(), HashSet::new());
        let named: Vec<(_, &Tag)> = api.tags.iter().map(|tag| (names_of_tag(tag), tag)).collect();
        for asked in &selection.tags {
            let meant = meant(asked, &named);
            if meant.is_empty() {
                messages.unmatched_selection("tag", asked, known(&named));
            }
            tags.extend(meant.into_iter().map(|tag| tag.name.wire().to_owned()));
        }
        let named: Vec<(_, &Operation)> =
            api.operations().map(|operation| (names_of_operation(operation), operation)).collect();
        for asked in &selection.operations {
            let meant = meant(asked, &named);
            if meant.is_empty() {
                messages.unmatched_selection("operation", asked, known(&named));
            }
            picked.extend(meant.into_iter().map(|operation| operation.at.clone()));
        }
        Self { tags, operations: picked }
    }
}

/// The description's name for something, and then the names that the generated code has for it.
type Names<'a> = [&'a str; 3];

fn names_of_tag(tag: &Tag) -> Names<'_> {
    [tag.name.wire(), tag.name.rust(), tag.type_name.rust()]
}

fn names_of_operation(operation: &Operation) -> Names<'_> {
    [&operation.id, operation.name.rust(), operation.type_name.rust()]
}

/// What a name stands for: methods of several tags may have the same one.
fn meant<'a, T>(asked: &str, named: &[(Names<'_>, &'a T)]) -> Vec<&'a T> {
    let of_description = named.iter().filter(|([wire, ..], _)| *wire == asked);
    let found: Vec<_> = of_description.map(|(_, one)| *one).collect();
    if !found.is_empty() {
        return found;
    }
    named.iter().filter(|(names, _)| names.contains(&asked)).map(|(_, one)| *one).collect()
}

fn known<'n, T>(named: &[(Names<'n>, &T)]) -> impl Iterator<Item = &'n str> {
    named.iter().flat_map(|(names, _)| *names)
}

/// The webhooks of selected tags, and the callbacks of selected operations.
fn keep_webhooks(api: &mut Api, picked: &Picked) {
    let kept: HashSet<Pointer> = api.operations().map(|operation| operation.at.clone()).collect();
    api.webhooks.all.retain(|webhook| {
        let is_tagged = webhook.tag.as_ref().is_some_and(|tag| picked.tags.contains(tag));
        is_tagged || webhook.declared_by.iter().any(|at| kept.contains(at))
    });
}

/// The accessors of headers that some reply still has; they keep their names.
fn keep_headers(api: &mut Api, resolved: &Resolved) {
    let kept: HashSet<&Pointer> = api.operations().map(|operation| &operation.at).collect();
    let of_kept = resolved.operations.iter().filter(|operation| kept.contains(&operation.at));
    let headers = of_kept.flat_map(|one| &one.responses).flat_map(|response| &response.headers);
    let names: HashSet<_> = headers.map(|header| header.name.to_ascii_lowercase()).collect();
    api.headers.retain(|header| names.contains(&header.name.wire().to_ascii_lowercase()));
}

fn concerns(
    api: &Api,
    resolved: &Resolved,
    picked: &Picked,
    selection: &Selection,
) -> RelevantLocations {
    let types = api.types.iter().map(|definition| &definition.at);
    let webhooks = api.webhooks.all.iter().map(|webhook| &webhook.at);
    let operations = api.operations().map(|operation| &operation.at);
    let roots = operations.chain(webhooks).chain(types).cloned().collect();
    let selected = Selected {
        roots,
        known: resolved.operations.iter().map(|operation| &operation.at).collect(),
        tags: picked.tags.iter().map(String::as_str).collect(),
        ids: &selection.operations,
        untagged: UNTAGGED,
    };
    RelevantLocations::of(selected, &resolved.origins)
}
