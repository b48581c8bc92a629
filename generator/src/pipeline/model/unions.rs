//! Unions: what their variants are, and how a value finds its own.

use std::collections::HashMap;

use super::messages::Messages;
use super::types::Types;
use super::{JsonKind, Selector, Shape, Ty, TypeDef, Union, UnionVariant, documentation};
use crate::pipeline::resolve::{Discriminator, Kind, Schema};
use crate::pointer::Pointer;
use crate::rust::names::{Case, Name, Scope};

/// The union of a `oneOf` or `anyOf`.
pub fn union(
    schema: &Schema,
    union: &crate::pipeline::resolve::Union,
    types: &mut Types<'_>,
    messages: &mut Messages,
) -> Union {
    let tags = tags(union, types);
    let selector = tags.as_ref().map_or(Selector::Kind, |(tag, _)| Selector::Tag(tag.clone()));
    let tagged: Vec<(String, Pointer)> = match tags {
        Some((_, tagged)) => tagged,
        None => union.variants.iter().map(|at| (String::new(), at.clone())).collect(),
    };
    if tagged.is_empty() {
        messages.widened(&schema.at, "the union has no variant; any value is taken");
    }
    let mut scope = Scope::reserving(&["Unrecognized"]);
    let variants = tagged.into_iter();
    let variants = variants.map(|(tag, at)| variant(&tag, &at, &mut scope, types, messages));
    Union { selector, variants: variants.collect() }
}

fn variant(
    tag: &str,
    at: &Pointer,
    scope: &mut Scope,
    types: &mut Types<'_>,
    messages: &mut Messages,
) -> UnionVariant {
    let ty = match types.ty(at, messages) {
        // The field that holds the union says whether it may be null.
        Ty::Nullable(ty) => *ty,
        ty => ty,
    };
    let schema = types.resolved.schemas.get(at);
    let target = schema.and_then(|schema| types.follow_aliases(schema));
    UnionVariant {
        at: at.clone(),
        name: scope.name_as(tag, word(&ty), Case::Type),
        description: documentation::of_variant(schema, target),
        kind: kind(&ty),
        ty,
    }
}

/// The word for a type without a name of its own.
fn word(ty: &Ty) -> &str {
    match ty {
        Ty::Named(name) | Ty::Boxed(name) => name.rust(),
        Ty::Bool => "Boolean",
        Ty::Integer(_) => "Integer",
        Ty::Float(_) => "Number",
        Ty::String => "String",
        Ty::Timestamp => "Timestamp",
        Ty::Date => "Date",
        Ty::Formatted(format) => format.word(),
        Ty::File => "File",
        Ty::Json => "Value",
        Ty::JsonObject | Ty::Map(_) => "Object",
        Ty::List(_) => "List",
        Ty::Tuple(_) => "Tuple",
        Ty::Nullable(ty) => word(ty),
    }
}

/// The kind of JSON that a type writes, as far as it is known before all types are defined.
fn kind(ty: &Ty) -> JsonKind {
    match ty {
        Ty::Bool => JsonKind::Boolean,
        Ty::Integer(_) => JsonKind::Integer,
        Ty::Float(_) => JsonKind::Number,
        Ty::String | Ty::Timestamp | Ty::Date | Ty::Formatted(_) | Ty::File => JsonKind::String,
        Ty::JsonObject | Ty::Map(_) => JsonKind::Object,
        Ty::List(_) | Ty::Tuple(_) => JsonKind::Array,
        Ty::Named(_) | Ty::Boxed(_) | Ty::Json | Ty::Nullable(_) => JsonKind::Any,
    }
}

/// Gives variants of named types their kinds, and puts the variants that ask for more before
/// those that take almost anything, so that each value finds the one that fits it best.
pub fn finish(definitions: &mut [TypeDef], kinds: &HashMap<Name, (JsonKind, usize)>) {
    for definition in definitions {
        let Shape::Union(union) = &mut definition.shape else { continue };
        let known = |ty: &Ty| match ty {
            Ty::Named(name) => kinds.get(name).copied(),
            _ => None,
        };
        for variant in &mut union.variants {
            variant.kind = known(&variant.ty).map_or(variant.kind, |(kind, _)| kind);
        }
        if union.selector == Selector::Kind {
            union.variants.sort_by_key(|variant| {
                let required = match &variant.ty {
                    Ty::Tuple(items) => items.len(),
                    ty => known(ty).map_or(0, |(_, required)| required),
                };
                (match_priority(variant), std::cmp::Reverse(required))
            });
        }
    }
}

/// How much a variant takes that others would take better.
fn match_priority(variant: &UnionVariant) -> u8 {
    match variant.kind {
        JsonKind::Any => 3,
        JsonKind::String if variant.ty == Ty::String => 2,
        JsonKind::Number => 1,
        JsonKind::Object if matches!(variant.ty, Ty::JsonObject | Ty::Map(_)) => 1,
        _ => 0,
    }
}

type Tagged = (String, Vec<(String, Pointer)>);

/// The tag of a union, and what its values stand for.
fn tags(union: &crate::pipeline::resolve::Union, types: &Types<'_>) -> Option<Tagged> {
    match &union.discriminator {
        Some(discriminator) => stated_tags(union, discriminator, types),
        None => shared_constant(union, types),
    }
}

fn stated_tags(
    union: &crate::pipeline::resolve::Union,
    discriminator: &Discriminator,
    types: &Types<'_>,
) -> Option<Tagged> {
    let mut tagged = Vec::new();
    for variant in &union.variants {
        let target = end(variant, types)?;
        let Kind::Object(_) = target.kind else { return None };
        let stands_for = |to: &Pointer| to == variant || *to == target.at;
        let mapped = discriminator.mapping.iter().filter(|(_, to)| stands_for(to));
        let mut values: Vec<_> = mapped.map(|(value, _)| value.clone()).collect();
        if values.is_empty() {
            let constant = constant(target, &discriminator.property, types);
            values.push(constant.or_else(|| target.at.steps().next_back())?);
        }
        tagged.extend(values.into_iter().map(|value| (value, variant.clone())));
    }
    // Where one value stands for two variants, it tells nothing.
    let mut values: Vec<_> = tagged.iter().map(|(value, _)| value).collect();
    values.sort_unstable();
    let distinct = values.windows(2).all(|pair| pair.first() != pair.last());
    distinct.then(|| (discriminator.property.clone(), tagged))
}

/// A property that has a value of its own in each variant.
fn shared_constant(union: &crate::pipeline::resolve::Union, types: &Types<'_>) -> Option<Tagged> {
    let first = end(union.variants.first()?, types)?;
    let Kind::Object(object) = &first.kind else { return None };
    object.fields.iter().find_map(|field| {
        let mut tagged: Vec<(String, Pointer)> = Vec::new();
        for variant in &union.variants {
            let value = constant(end(variant, types)?, &field.name, types)?;
            if tagged.iter().any(|(known, _)| *known == value) {
                return None;
            }
            tagged.push((value, variant.clone()));
        }
        (tagged.len() > 1).then(|| (field.name.clone(), tagged))
    })
}

/// The only value that a property can have.
fn constant(schema: &Schema, property: &str, types: &Types<'_>) -> Option<String> {
    let Kind::Object(object) = &schema.kind else { return None };
    let field = object.fields.iter().find(|field| field.name == property)?;
    match &end(field.schema.as_ref()?, types)?.kind {
        Kind::Texts(texts) if texts.len() == 1 => texts.first().cloned(),
        _ => None,
    }
}

fn end<'a>(at: &Pointer, types: &Types<'a>) -> Option<&'a Schema> {
    types.follow_aliases(types.resolved.schemas.get(at)?)
}
