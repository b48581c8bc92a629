//! The order in which the variants of a union are tried.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::pipeline::model::items::Definition;
use crate::pipeline::model::{Format, JsonKind, Presence, Selector, Shape, Ty, UnionVariant};
use crate::rust::names::Name;

/// Puts variants with more required members before those that take almost any value, so that each value finds the one
/// that fits it best.
pub fn order_variants(mut definitions: Vec<Definition>) -> Vec<Definition> {
    let required: HashMap<Name, usize> =
        definitions.iter().map(|one| (one.name.clone(), required(&one.shape))).collect();
    for definition in &mut definitions {
        let Shape::Union(union) = &mut definition.shape else { continue };
        if union.selector == Selector::Kind {
            union.variants.sort_by_key(|variant| {
                let required = match &variant.ty {
                    Ty::Tuple(items) => items.len(),
                    Ty::Named(name) => required.get(name).copied().unwrap_or(0),
                    _ => 0,
                };
                (match_priority(variant), variant.values.is_empty(), Reverse(required))
            });
        }
    }
    definitions
}

/// How many members a value has to have.
fn required(shape: &Shape) -> usize {
    match shape {
        Shape::Struct(object) => {
            object.fields.iter().filter(|field| field.presence == Presence::Required).count()
        }
        Shape::Enum(_) | Shape::IntegerEnum(_) | Shape::ScalarEnum(_) | Shape::Union(_) => 0,
    }
}

/// Variants with a greater number are tried later, because they take more values.
fn match_priority(variant: &UnionVariant) -> u8 {
    match (&variant.ty, variant.kind) {
        // The variant takes less than its type.
        _ if !variant.values.is_empty() => 0,
        (Ty::Named(_), JsonKind::Any) => 1,
        (ty, _) => generality(ty),
    }
}

/// How much a type takes that is no union.
fn generality(ty: &Ty) -> u8 {
    match ty {
        Ty::Json => 4,
        Ty::JsonObject | Ty::String | Ty::Float => 3,
        Ty::Own(_) | Ty::Formatted(Format::Base64 | Format::Ip) => 2,
        Ty::Map(values) => generality(values).max(2),
        Ty::List(items) => generality(items),
        Ty::Nullable(ty) => generality(ty),
        _ => 0,
    }
}
