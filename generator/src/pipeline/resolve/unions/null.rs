//! Null among the values of a union.

use std::collections::HashSet;

use super::super::{Additional, Kind, Schema};
use super::{Schemas, follow_aliases};
use crate::pointer::Pointer;

/// Takes variants that stand for null out of unions, which are nullable instead. `type: "null"` that is written where it
/// is used is gone already; these are components, as drf-spectacular writes them, and what OpenAPI 3.0 has no word for.
///
/// `oneOf: [{$ref: Size}, {$ref: Nothing}]` → `oneOf: [{$ref: Size}], nullable: true`, if `Nothing` is `type: 'null'`;
/// `anyOf: [{$ref: Size}, {nullable: true}]` → the same
pub fn take_null(mut schemas: Schemas) -> Schemas {
    let is_null = |at: &Pointer| {
        let end = schemas.get(at).and_then(|schema| follow_aliases(schema, &schemas));
        end.is_some_and(stands_for_null)
    };
    let without_null = |schema: &Schema| {
        let Kind::Union(union) = &schema.kind else { return None };
        let (null, kept): (Vec<Pointer>, Vec<Pointer>) =
            union.variants.iter().cloned().partition(is_null);
        (!null.is_empty() && !kept.is_empty()).then(|| (schema.at.clone(), kept))
    };
    let changed: Vec<(Pointer, Vec<Pointer>)> = schemas.values().filter_map(without_null).collect();
    for (at, variants) in changed {
        let Some(schema) = schemas.get_mut(&at) else { continue };
        schema.nullable = true;
        match (variants.as_slice(), &mut schema.kind) {
            ([only], kind) => *kind = Kind::Alias(only.clone()),
            (_, Kind::Union(union)) => union.variants = variants,
            _ => {}
        }
    }
    schemas
}

/// Whether a variant says nothing but that it may be null, as schemars writes `Option`; an object that allows no member
/// besides, or is called null, says no more.
fn stands_for_null(variant: &Schema) -> bool {
    let is_called_null =
        variant.title.as_ref().is_some_and(|title| title.trim().eq_ignore_ascii_case("null"));
    let says_nothing_else = match &variant.kind {
        Kind::Any => variant.constraints.is_empty(),
        Kind::Object(object) => {
            object.fields.is_empty()
                && (is_called_null || object.additional == Additional::Forbidden)
        }
        _ => false,
    };
    variant.is_null || (variant.nullable && says_nothing_else)
}

/// Makes null a value of each union that has a nullable variant.
///
/// `oneOf: [{$ref: Place}, {type: integer}]` → the same, nullable, if `Place` is
pub fn spread_null(mut schemas: Schemas) -> Schemas {
    let nullable = |schema: &&Schema| {
        let is_union = matches!(schema.kind, Kind::Union(_));
        is_union && !schema.nullable && allows_null(&schema.at, &schemas, &mut HashSet::new())
    };
    let nullable: Vec<Pointer> =
        schemas.values().filter(nullable).map(|schema| schema.at.clone()).collect();
    for at in nullable {
        if let Some(schema) = schemas.get_mut(&at) {
            schema.nullable = true;
        }
    }
    schemas
}

/// Whether null is a value of a schema, of what it stands for, or of one of its variants. `met` has the schemas that were
/// asked before.
fn allows_null<'s>(at: &'s Pointer, schemas: &'s Schemas, met: &mut HashSet<&'s Pointer>) -> bool {
    let Some(schema) = schemas.get(at).filter(|_| met.insert(at)) else { return false };
    schema.nullable
        || match &schema.kind {
            Kind::Alias(to) => allows_null(to, schemas, met),
            Kind::Union(union) => union.variants.iter().any(|one| allows_null(one, schemas, met)),
            _ => false,
        }
}
