//! Discriminators that a parent states for the schemas that extend it.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::duplicates::is_component;
use super::{Discriminator, Extensions, Kind, Schema, Union, schema};
use crate::pointer::Pointer;

type Schemas = IndexMap<Pointer, Schema>;

/// The step below a parent at which its own members are.
const OWN: &str = "x-openapi-own";

/// Makes a parent the union of the schemas that extend it (OpenAPI 3.0.3, 4.7.25).
///
/// `Pet: {discriminator: kind, properties: {kind, name}}`, `Cat: {allOf: [Pet, …]}` and
/// `Dog: {allOf: [Pet, …]}` → `Pet: {oneOf: [Cat, Dog], discriminator: kind}`, where `Cat` and
/// `Dog` have the members that `Pet` had.
///
/// Any child is valid where a schema refers to the parent; the names of children are the values
/// of the discriminator unless `mapping` has others.
pub fn fold(mut schemas: Schemas) -> Schemas {
    let mut parents: Vec<(Pointer, Union)> = Vec::new();
    let children = children(&schemas);
    for parent in schemas.values().filter(|schema| is_parent(schema)) {
        let union = union(parent, &children, &schemas);
        parents.extend(union.map(|union| (parent.at.clone(), union)));
    }
    let split_ones: HashSet<Pointer> = parents.iter().map(|(parent, _)| parent.clone()).collect();
    let is_split = |at: &Pointer| split_ones.contains(at);
    for schema in schemas.values_mut() {
        extend_own_members(schema, &is_split);
    }
    for (at, mut union) in parents {
        point_to_own_members(&mut union, &is_split);
        split(&at, union, &mut schemas);
    }
    schemas
}

fn is_parent(schema: &Schema) -> bool {
    let is_extended = matches!(schema.kind, Kind::Object(_) | Kind::AllOf(_));
    schema.discriminator.is_some() && is_extended && is_component(&schema.at)
}

/// The union of all schemas that extend a parent, or that it names; `None` if there are none.
fn union(parent: &Schema, children: &Children<'_>, schemas: &Schemas) -> Option<Union> {
    let discriminator = parent.discriminator.clone()?;
    let mut variants = descendants(&parent.at, children, schemas);
    let mut known: HashSet<_> = variants.iter().cloned().collect();
    for (_, to) in &discriminator.mapping {
        if schemas.contains_key(to) && known.insert(to.clone()) {
            variants.push(to.clone());
        }
    }
    // A parent that names itself alone is no union.
    let has_children = variants.iter().any(|variant| *variant != parent.at);
    has_children.then_some(Union { variants, discriminator: Some(discriminator) })
}

/// The components that extend a schema.
type Children<'a> = HashMap<&'a Pointer, Vec<&'a Pointer>>;

fn children(schemas: &Schemas) -> Children<'_> {
    let mut children = Children::new();
    for child in schemas.values().filter(|child| is_component(&child.at)) {
        if let Kind::AllOf(members) = &child.kind {
            for member in members {
                children.entry(member).or_default().push(&child.at);
            }
        }
    }
    children
}

/// The components that extend a schema, and those that extend these.
fn descendants(at: &Pointer, children: &Children<'_>, schemas: &Schemas) -> Vec<Pointer> {
    let mut known = HashSet::from([at]);
    let mut found: Vec<Pointer> = Vec::new();
    let mut open = vec![at];
    while let Some(parent) = open.pop() {
        for &child in children.get(parent).into_iter().flatten() {
            if known.insert(child) {
                found.push(child.clone());
                open.push(child);
            }
        }
    }
    // In the order of the description.
    found.sort_by_key(|child| schemas.get_index_of(child));
    found
}

/// A schema that extends a parent has the members of the parent, and is not a union of its children.
///
/// `allOf: [Pet]` in the place of a reference does not change: it is a pet of any kind.
fn extend_own_members(schema: &mut Schema, is_split: &impl Fn(&Pointer) -> bool) {
    let extends = is_component(&schema.at);
    let Kind::AllOf(members) = &mut schema.kind else { return };
    if extends || members.len() > 1 {
        members.iter_mut().filter(|member| is_split(member)).for_each(|at| *at = at.at(OWN));
    }
}

/// A variant that is a parent stands for itself alone: its children are variants of their own.
fn point_to_own_members(union: &mut Union, is_split: &impl Fn(&Pointer) -> bool) {
    let Some(Discriminator { mapping, .. }) = &mut union.discriminator else { return };
    for variant in union.variants.iter_mut().filter(|variant| is_split(variant)) {
        let own = variant.at(OWN);
        let mut mapped = mapping.iter_mut().filter(|(_, to)| to == variant).peekable();
        match (mapped.peek(), variant.steps().next_back()) {
            (None, Some(name)) => mapping.push((name, own.clone())),
            _ => mapped.for_each(|(_, to)| *to = own.clone()),
        }
        *variant = own;
    }
}

fn split(at: &Pointer, union: Union, schemas: &mut Schemas) {
    let Some(parent) = schemas.get_mut(at) else { return };
    let kind = std::mem::replace(&mut parent.kind, Kind::Union(union));
    let mut own = schema::bare(kind, at.at(OWN));
    let name = at.steps().next_back().unwrap_or_default();
    own.extensions = Extensions::with_rust_name(format!("{name} itself"));
    schemas.insert(own.at.clone(), own);
}
