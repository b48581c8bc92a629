//! Unions of schemas that extend the same parent.

use std::collections::HashSet;

use super::{Children, Discriminator, Kind, Parent, Schemas, descendants};
use crate::pipeline::resolve::unions::follow_aliases;
use crate::pointer::Pointer;

/// The discriminators of unions that state none, and whose variants all extend a parent that has one.
///
/// `oneOf: [Cat, Dog]` → `oneOf: [Cat, Dog], discriminator: kind`
pub(super) fn discriminators(
    parents: &[Parent],
    children: &Children<'_>,
    schemas: &Schemas,
) -> Vec<(Pointer, Discriminator)> {
    let stated = parents.iter().filter_map(|parent| {
        let discriminator = parent.union.discriminator.clone()?;
        let extending = descendants(&parent.at, children, schemas);
        Some((discriminator, extending.into_iter().collect::<HashSet<Pointer>>()))
    });
    let stated: Vec<_> = stated.collect();
    let mut found = Vec::new();
    for schema in schemas.values() {
        let Kind::Union(union) = &schema.kind else { continue };
        let targets =
            union.variants.iter().map(|at| Some(&follow_aliases(schemas.get(at)?, schemas)?.at));
        let Some(targets) = targets.collect::<Option<Vec<_>>>() else { continue };
        let mut parents = stated.iter().filter(|(_, extending)| {
            union.discriminator.is_none() && targets.iter().all(|at| extending.contains(*at))
        });
        // The nearest parent has the fewest children.
        let nearest = parents.by_ref().min_by_key(|(_, extending)| extending.len());
        found.extend(nearest.map(|(it, _)| (schema.at.clone(), it.clone())));
    }
    found
}
