//! The values by which schemas that extend a parent say which one they are.

use super::{Children, Discriminator, OWN_MEMBERS, Parent, Schemas, descendants};
use crate::pointer::Pointer;

/// A member and its value.
type OwnTag = (String, String);

/// The tags of all schemas that extend a parent with a discriminator.
///
/// `Cat: {allOf: [Pet]}` and `Pet: {discriminator: {propertyName: kind, mapping: {cat: Cat}}}` → `Cat` has `kind: cat`
pub(super) fn own_tags(
    parents: &[Parent],
    children: &Children<'_>,
    schemas: &Schemas,
) -> Vec<(Pointer, OwnTag)> {
    let mut found = Vec::new();
    for parent in parents {
        let Some(discriminator) = &parent.union.discriminator else { continue };
        let extending = descendants(&parent.at, children, schemas).into_iter();
        found.extend(extending.filter_map(|at| Some((at.clone(), own_tag(discriminator, &at)?))));
    }
    found
}

/// The tag of a parent as a variant of its own union.
pub(super) fn of_itself(parent: &Parent) -> Option<OwnTag> {
    let own = parent.at.at(OWN_MEMBERS);
    let discriminator = parent.union.discriminator.as_ref()?;
    let is_variant = parent.union.variants.contains(&own);
    is_variant.then(|| own_tag(discriminator, &own)).flatten()
}

/// The only value that stands for a schema: the one of the mapping, or else its name.
fn own_tag(discriminator: &Discriminator, at: &Pointer) -> Option<OwnTag> {
    let mut mapped = discriminator.mapping.iter().filter(|(_, to)| to == at);
    let value = match (mapped.next(), mapped.next()) {
        (Some((value, _)), None) => value.clone(),
        (None, _) => at.steps().next_back()?,
        (Some(_), Some(_)) => return None,
    };
    Some((discriminator.property.clone(), value))
}
