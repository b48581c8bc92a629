//! Keeps what is selected, after all items have their names.

use std::collections::HashSet;

use crate::pipeline::model::builders::methods::UNTAGGED;
use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::items::{Items, TagItems};
use crate::pipeline::model::queries::used_types::Shapes;
use crate::pipeline::model::{Operation, RateLimitGroup, Ty};
use crate::pipeline::resolve::Resolved;
use crate::pointer::Pointer;
use crate::rust::names::Name;
use crate::selection::{RelevantLocations, Selected, Selection};

/// Keeps the selected operations, the types that they lead to, and the headers of their replies.
///
/// Returns the locations that are relevant to the selection, too; `None` if everything is selected.
pub fn select(
    mut items: Items,
    resolved: &Resolved,
    selection: &Selection,
    diagnostics: &mut DiagnosticSink,
) -> (Items, Option<RelevantLocations>) {
    if selection.is_all() {
        return (items, None);
    }
    let picked = Picked::new(selection, &items, diagnostics);
    for tag in &mut items.tags {
        let is_whole = picked.tags.contains(tag.name.wire());
        tag.operations.retain(|one| is_whole || picked.operations.contains(&one.at));
        keep_errors(tag);
    }
    items.tags.retain(|tag| !tag.operations.is_empty());
    keep_webhooks(&mut items, &picked);
    let used = used_types(&items);
    items.definitions.retain(|definition| used.contains(&definition.name));
    keep_headers(&mut items, resolved);
    keep_rate_limits(&mut items);
    let relevant = relevant_locations(&items, resolved, &picked, selection);
    let is_used = |ty: &Ty| ty.named().is_none_or(|name| used.contains(name));
    let is_relevant = |at: &Pointer| relevant.include(&resolved.origins.place(at));
    items.schema_examples.retain(|one| is_used(&one.ty) && is_relevant(&one.at));
    (items, Some(relevant))
}

fn used_types(items: &Items) -> HashSet<Name> {
    let shapes = Shapes::new(&items.definitions);
    let used = shapes.used_by(items.operations()).into_iter();
    used.chain(shapes.received(&items.webhooks)).cloned().collect()
}

/// Keeps the errors that some operation still has.
fn keep_errors(tag: &mut TagItems) {
    let kept: HashSet<&Name> = tag.operations.iter().map(|one| &one.type_name).collect();
    for errors in &mut tag.errors {
        errors.aliases.retain(|alias| kept.contains(&alias.operation));
    }
    tag.errors.retain(|errors| !errors.aliases.is_empty());
}

/// The tags and operations that the names of a selection mean.
struct Picked {
    /// Tags, in the words of the description.
    tags: HashSet<String>,
    operations: HashSet<Pointer>,
}

impl Picked {
    fn new(selection: &Selection, items: &Items, diagnostics: &mut DiagnosticSink) -> Self {
        let (mut tags, mut picked) = (HashSet::new(), HashSet::new());
        let named: Vec<(_, &TagItems)> =
            items.tags.iter().map(|tag| (names_of_tag(tag), tag)).collect();
        for asked in &selection.tags {
            let meant = meant(asked, &named);
            if meant.is_empty() {
                diagnostics.unmatched_selection("tag", asked, known(&named));
            }
            tags.extend(meant.into_iter().map(|tag| tag.name.wire().to_owned()));
        }
        let named: Vec<(_, &Operation)> = items
            .operations()
            .map(|operation| (names_of_operation(operation), operation))
            .collect();
        for asked in &selection.operations {
            let meant = meant(asked, &named);
            if meant.is_empty() {
                diagnostics.unmatched_selection("operation", asked, known(&named));
            }
            picked.extend(meant.into_iter().map(|operation| operation.at.clone()));
        }
        Self { tags, operations: picked }
    }
}

/// The description's name for something, and then the names that the generated code has for it.
type Names<'a> = [&'a str; 3];

fn names_of_tag(tag: &TagItems) -> Names<'_> {
    [tag.name.wire(), tag.name.rust(), tag.type_name.rust()]
}

fn names_of_operation(operation: &Operation) -> Names<'_> {
    [&operation.id, operation.name.rust(), operation.type_name.rust()]
}

/// What a name means: methods of several tags may have the same one.
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

/// Keeps the webhooks of selected tags, and the callbacks of selected operations.
fn keep_webhooks(items: &mut Items, picked: &Picked) {
    let kept: HashSet<Pointer> = items.operations().map(|operation| operation.at.clone()).collect();
    items.webhooks.all.retain(|webhook| {
        let is_tagged = webhook.tag.as_ref().is_some_and(|tag| picked.tags.contains(tag));
        is_tagged || webhook.declared_by.iter().any(|at| kept.contains(at))
    });
}

/// Keeps the accessors of headers that some reply still has.
fn keep_headers(items: &mut Items, resolved: &Resolved) {
    let kept: HashSet<&Pointer> = items.operations().map(|operation| &operation.at).collect();
    let of_kept = resolved.operations.iter().filter(|operation| kept.contains(&operation.at));
    let headers = of_kept.flat_map(|one| &one.responses).flat_map(|response| &response.headers);
    let names: HashSet<_> = headers.map(|header| header.name.to_ascii_lowercase()).collect();
    items.headers.retain(|header| names.contains(&header.name.wire().to_ascii_lowercase()));
}

/// Keeps the rate limit groups that some operation still names.
fn keep_rate_limits(items: &mut Items) {
    let operations = items.tags.iter().flat_map(|tag| &tag.operations);
    let limits = operations.filter_map(|operation| operation.policy.rate_limit.as_ref());
    let named: HashSet<&str> = limits.map(|limit| limit.group.as_str()).collect();
    let is_named = |group: &RateLimitGroup| named.contains(group.name.wire());
    items.rate_limits.groups.retain(is_named);
}

fn relevant_locations(
    items: &Items,
    resolved: &Resolved,
    picked: &Picked,
    selection: &Selection,
) -> RelevantLocations {
    let types = items.definitions.iter().map(|definition| &definition.at);
    let webhooks = items.webhooks.all.iter().map(|webhook| &webhook.at);
    let operations = items.operations().map(|operation| &operation.at);
    let roots = operations.chain(webhooks).chain(types).cloned().collect();
    let selected = Selected {
        roots,
        known: resolved.operations.iter().map(|operation| &operation.at).collect(),
        tags: picked.tags.iter().map(String::as_str).collect(),
        ids: &selection.operations,
        untagged: UNTAGGED,
    };
    RelevantLocations::new(selected, &resolved.origins)
}
