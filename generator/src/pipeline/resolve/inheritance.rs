//! Discriminators that a parent states for the schemas that extend it.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::duplicates::is_component;
use super::unions::follow_aliases;
use super::{Discriminator, Extensions, Kind, Schema, Union, schema};
use crate::pointer::Pointer;

mod inherited;
mod listing;
mod own_tags;

type Schemas = IndexMap<Pointer, Schema>;

/// The step below a parent at which its own members are.
pub const OWN_MEMBERS: &str = "$own";

/// Makes a parent the union of the schemas that extend it (OpenAPI 3.0.3, 4.7.25).
///
/// `Pet: {discriminator: kind, properties: {kind, name}}`, `Cat: {allOf: [Pet, …]}` and
/// `Dog: {allOf: [Pet, …]}` → `Pet: {oneOf: [Cat, Dog], discriminator: kind}`, where `Cat` and
/// `Dog` have the members that `Pet` had.
///
/// Any child is valid where a schema refers to the parent; the names of children are the values
/// of the discriminator unless `mapping` has others.
///
/// A parent may list its children by a `oneOf` of its own, too. A union of some children alone has the
/// discriminator of the parent.
pub fn fold(mut schemas: Schemas) -> Schemas {
    let children = children(&schemas);
    let extended = schemas.values().filter(|schema| is_parent(schema));
    let mut parents: Vec<Parent> =
        extended.filter_map(|parent| extended_parent(parent, &children, &schemas)).collect();
    let components = schemas.values().filter(|schema| is_component(&schema.at));
    parents.extend(components.filter_map(|it| listing::parent(it, &children, &schemas)));
    let inherited = inherited::discriminators(&parents, &children, &schemas);
    let own_tags = own_tags::own_tags(&parents, &children, &schemas);
    let split_ones: HashSet<Pointer> = parents.iter().map(|parent| parent.at.clone()).collect();
    let is_split = |at: &Pointer| split_ones.contains(at);
    for schema in schemas.values_mut() {
        extend_own_members(schema, &is_split);
    }
    for (at, discriminator) in inherited {
        if let Some(Kind::Union(union)) = schemas.get_mut(&at).map(|schema| &mut schema.kind) {
            union.discriminator = Some(discriminator);
        }
    }
    for (at, own_tag) in own_tags {
        if let Some(schema) = schemas.get_mut(&at) {
            schema.own_tags.push(own_tag);
        }
    }
    for mut parent in parents {
        if !parent.lists_children {
            point_to_own_members(&mut parent.union, &is_split);
        }
        split(parent, &mut schemas);
    }
    schemas
}

/// A schema that others extend, and what it comes to.
struct Parent {
    at: Pointer,
    /// The schemas that extend it.
    union: Union,
    /// What it says of itself.
    own: Kind,
    /// Whether its union is its own `oneOf`.
    lists_children: bool,
    /// Its children that it lists although they do not extend it, with its own members.
    joined: Vec<Schema>,
}

fn is_parent(schema: &Schema) -> bool {
    let is_extended = matches!(schema.kind, Kind::Object(_) | Kind::AllOf(_));
    schema.discriminator.is_some() && is_extended && is_component(&schema.at)
}

/// A parent as the union of all schemas that extend it, or that it names; `None` if there are none.
fn extended_parent(parent: &Schema, children: &Children<'_>, schemas: &Schemas) -> Option<Parent> {
    let discriminator = parent.discriminator.clone()?;
    let mut variants = descendants(&parent.at, children, schemas);
    let mut known: HashSet<_> = variants.iter().cloned().collect();
    let mapped = discriminator.mapping.iter().map(|(_, to)| to);
    for to in mapped.chain(&discriminator.default) {
        if schemas.contains_key(to) && known.insert(to.clone()) {
            variants.push(to.clone());
        }
    }
    // A parent that names itself alone is no union.
    let has_children = variants.iter().any(|variant| *variant != parent.at);
    if !has_children {
        return None;
    }
    if known.insert(parent.at.clone()) && is_a_value_itself(parent, &discriminator, schemas) {
        variants.push(parent.at.clone());
    }
    Some(Parent {
        at: parent.at.clone(),
        union: Union { variants, discriminator: Some(discriminator) },
        own: parent.kind.clone(),
        lists_children: false,
        joined: Vec::new(),
    })
}

/// Whether a value may be the parent and none of its children: where no `mapping` and no list of values leaves the
/// parent out.
fn is_a_value_itself(parent: &Schema, discriminator: &Discriminator, schemas: &Schemas) -> bool {
    let name = parent.at.steps().next_back().unwrap_or_default();
    let lists_name = |kind: &Kind| match kind {
        Kind::StringEnum(texts) => texts.contains(&name),
        Kind::IntegerEnum(_) | Kind::Integer(_) | Kind::Boolean(_) => false,
        _ => true,
    };
    let allowed = property(&parent.kind, &discriminator.property, schemas).is_none_or(lists_name);
    discriminator.mapping.is_empty() && allowed
}

/// What the values of a property are.
fn property<'a>(kind: &Kind, name: &str, schemas: &'a Schemas) -> Option<&'a Kind> {
    match kind {
        Kind::Object(object) => {
            let field = object.fields.iter().find(|field| field.name == name)?;
            let schema = schemas.get(field.schema.as_ref()?)?;
            follow_aliases(schema, schemas).map(|end| &end.kind)
        }
        // Its own parts: a chain of references may lead back to its start.
        Kind::AllOf(members) => {
            let own = members.iter().filter(|member| !is_component(member));
            own.filter_map(|at| schemas.get(at)).find_map(|it| property(&it.kind, name, schemas))
        }
        _ => None,
    }
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
        members
            .iter_mut()
            .filter(|member| is_split(member))
            .for_each(|at| *at = at.at(OWN_MEMBERS));
    }
}

/// A variant that is a parent stands for itself alone: its children are variants of their own.
fn point_to_own_members(union: &mut Union, is_split: &impl Fn(&Pointer) -> bool) {
    let Some(Discriminator { mapping, default, .. }) = &mut union.discriminator else { return };
    for variant in union.variants.iter_mut().filter(|variant| is_split(variant)) {
        let own = variant.at(OWN_MEMBERS);
        let mut mapped = mapping.iter_mut().filter(|(_, to)| to == variant).peekable();
        match (mapped.peek(), variant.steps().next_back()) {
            (None, Some(name)) => mapping.push((name, own.clone())),
            _ => mapped.for_each(|(_, to)| *to = own.clone()),
        }
        default.iter_mut().filter(|to| *to == variant).for_each(|to| *to = own.clone());
        *variant = own;
    }
}

fn split(parent: Parent, schemas: &mut Schemas) {
    let own_tag = own_tags::of_itself(&parent);
    let Parent { at, union, joined, .. } = parent;
    let Some(whole) = schemas.get_mut(&at) else { return };
    // The kind that it has now, in which a parent of its own stands for itself alone.
    let now = std::mem::replace(&mut whole.kind, Kind::Union(union));
    let own = if parent.lists_children { parent.own } else { now };
    let mut own = schema::bare(own, at.at(OWN_MEMBERS));
    let name = at.steps().next_back().unwrap_or_default();
    own.title = Some(format!("{name} itself"));
    own.extensions = Extensions::with_rust_name(format!("{name} itself"));
    own.own_tags = own_tag.into_iter().collect();
    schemas.insert(own.at.clone(), own);
    schemas.extend(joined.into_iter().map(|schema| (schema.at.clone(), schema)));
}
