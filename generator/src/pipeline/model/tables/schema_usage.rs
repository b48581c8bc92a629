//! Which schemas are used, and which of them in requests and in responses.

use std::collections::HashSet;

use super::own_types::OwnTypes;
use super::stream_items;
use super::type_words::is_component_schema;
use crate::pipeline::resolve::{Media, Method, Operation, Resolved};
use crate::pointer::Pointer;

/// Every schema of an operation, and every component.
pub fn roots(resolved: &Resolved) -> Vec<&Pointer> {
    let components = resolved.schemas.keys().filter(|at| is_component_schema(at));
    sent(resolved).into_iter().chain(received(resolved)).chain(components).collect()
}

/// Where schemas are used, directly or through other schemas.
#[derive(Debug)]
pub struct SchemaUsage<'a> {
    /// In requests.
    pub in_requests: HashSet<&'a Pointer>,
    /// In the bodies of `PATCH` requests.
    pub in_patches: HashSet<&'a Pointer>,
    /// In responses.
    pub in_responses: HashSet<&'a Pointer>,
}

impl<'a> SchemaUsage<'a> {
    pub fn new(resolved: &'a Resolved, own: &OwnTypes) -> Self {
        let operations = || resolved.operations.iter();
        let patches = operations().filter(|operation| operation.method == Method::Patch);
        Self {
            in_requests: reached(resolved, sent(resolved), own),
            in_patches: reached(resolved, patches.flat_map(bodies).collect(), own),
            in_responses: reached(resolved, received(resolved).collect(), own),
        }
    }
}

/// The schemas of what callers send.
fn sent(resolved: &Resolved) -> Vec<&Pointer> {
    let mut sent = Vec::new();
    for operation in &resolved.operations {
        sent.extend(operation.parameters.iter().map(|parameter| &parameter.schema));
        sent.extend(bodies(operation));
    }
    sent.extend(resolved.webhooks.iter().flat_map(|webhook| responses(&webhook.request)));
    sent
}

fn bodies(operation: &Operation) -> impl Iterator<Item = &Pointer> {
    let content = operation.body.iter().flat_map(|body| &body.content);
    content.filter_map(|media| media.schema.as_ref())
}

/// The schemas of what services send.
pub fn received(resolved: &Resolved) -> impl Iterator<Item = &Pointer> {
    let content = resolved.operations.iter().flat_map(contents);
    let replies =
        content.flat_map(|media| media.schema.iter().chain(stream_items::schema(media, resolved)));
    replies.chain(resolved.webhooks.iter().flat_map(|webhook| bodies(&webhook.request)))
}

fn responses(operation: &Operation) -> impl Iterator<Item = &Pointer> {
    contents(operation).filter_map(|media| media.schema.as_ref())
}

fn contents(operation: &Operation) -> impl Iterator<Item = &Media> {
    operation.responses.iter().flat_map(|response| &response.content)
}

/// All schemas that these refer to, directly or through others, and these themselves. What a type of another crate is
/// made of is nothing to the client.
pub fn reached<'a>(
    resolved: &'a Resolved,
    roots: Vec<&'a Pointer>,
    own: &OwnTypes,
) -> HashSet<&'a Pointer> {
    let mut reached = HashSet::new();
    let mut open = roots;
    while let Some(at) = open.pop() {
        if reached.insert(at)
            && own.get(at).is_none()
            && let Some(schema) = resolved.schemas.get(at)
        {
            open.extend(schema.kind.pointers());
        }
    }
    reached
}
