//! Parents that list their children by a `oneOf`, while the children extend them.

use std::collections::HashSet;

use super::{Children, Kind, OWN_MEMBERS, Parent, Schema, Schemas, Union, descendants, schema};
use crate::pipeline::resolve::duplicates::is_component;
use crate::pointer::Pointer;

/// A parent that is a union, or has one among its parts, with a variant that extends it.
///
/// `Pet: {properties: {name}, oneOf: [Cat]}` and `Cat: {allOf: [Pet, …]}`
pub(super) fn parent(
    parent: &Schema,
    children: &Children<'_>,
    schemas: &Schemas,
) -> Option<Parent> {
    let extending: HashSet<Pointer> =
        descendants(&parent.at, children, schemas).into_iter().collect();
    let lists = |union: &Union| union.variants.iter().any(|variant| extending.contains(variant));
    let (union, own) = parts(parent, schemas)?;
    if !lists(&union) {
        return None;
    }
    let mut made = Parent {
        at: parent.at.clone(),
        union,
        own: Kind::AllOf(own),
        lists_children: true,
        joined: Vec::new(),
    };
    give_own_members(&mut made, &extending);
    Some(made)
}

/// The union of a schema, and its other parts.
fn parts(parent: &Schema, schemas: &Schemas) -> Option<(Union, Vec<Pointer>)> {
    match &parent.kind {
        Kind::Union(union) => Some((union.clone(), Vec::new())),
        Kind::AllOf(members) => {
            let inline = members.iter().filter(|member| !is_component(member));
            let (at, union) = inline.into_iter().find_map(|member| {
                let Kind::Union(union) = &schemas.get(member)?.kind else { return None };
                Some((member, union.clone()))
            })?;
            let others = members.iter().filter(|member| *member != at);
            Some((union, others.cloned().collect()))
        }
        _ => None,
    }
}

/// The parent's own members belong to the variants that do not extend it, too.
fn give_own_members(parent: &mut Parent, extending: &HashSet<Pointer>) {
    if parent.own == Kind::AllOf(Vec::new()) {
        return;
    }
    for (index, variant) in parent.union.variants.iter_mut().enumerate() {
        if extending.contains(variant) {
            continue;
        }
        let kind = Kind::AllOf(vec![parent.at.at(OWN_MEMBERS), variant.clone()]);
        let title = variant.steps().next_back().filter(|_| is_component(variant));
        let joined =
            Schema { title: title.clone(), ..schema::bare(kind, parent.at.at("oneOf").at(index)) };
        if let Some(discriminator) = &mut parent.union.discriminator {
            let mapping = &mut discriminator.mapping;
            if !mapping.iter().any(|(_, to)| to == variant) {
                mapping.extend(title.map(|name| (name, variant.clone())));
            }
            let mapped = mapping.iter_mut().filter(|(_, to)| to == variant);
            mapped.for_each(|(_, to)| *to = joined.at.clone());
            let default = discriminator.default.iter_mut().filter(|to| *to == variant);
            default.for_each(|to| *to = joined.at.clone());
        }
        *variant = joined.at.clone();
        parent.joined.push(joined);
    }
}
