//! Unions: their variants, and how a value finds its variant.

use super::documentation;
use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::tables::TypeTable;
use crate::pipeline::model::{JsonKind, Selector, Ty, Union, UnionVariant};
use crate::pipeline::resolve::{Discriminator, Kind, Schema};
use crate::pointer::Pointer;
use crate::rust::names::{Case, Scope};

/// The union of a `oneOf` or `anyOf`.
pub fn union(
    schema: &Schema,
    union: &crate::pipeline::resolve::Union,
    table: &TypeTable<'_>,
    diagnostics: &mut DiagnosticSink,
) -> Union {
    let tags = tags(union, table);
    let selector = tags.as_ref().map_or(Selector::Kind, |(tag, _)| Selector::Tag(tag.clone()));
    let tagged: Vec<(String, Pointer)> = match tags {
        Some((_, tagged)) => tagged,
        None => union.variants.iter().map(|at| (String::new(), at.clone())).collect(),
    };
    if tagged.is_empty() {
        diagnostics.widened(&schema.at, "the union has no variant; any value is taken");
    }
    let mut scope = Scope::reserving(&["Unrecognized"]);
    let variants = tagged.into_iter();
    let variants = variants.map(|(tag, at)| variant(&tag, &at, &mut scope, table));
    Union { selector, variants: variants.collect() }
}

fn variant(tag: &str, at: &Pointer, scope: &mut Scope, table: &TypeTable<'_>) -> UnionVariant {
    let ty = match table.rust_type_of(at) {
        // The field that has the union may be null, not the variant.
        Ty::Nullable(ty) => *ty,
        ty => ty,
    };
    let (schema, target) = (table.schema(at), table.follow_aliases(at));
    UnionVariant {
        at: at.clone(),
        name: scope.name_as(tag, word(&ty), Case::Type),
        description: documentation::of_variant(schema, target),
        kind: json_kind(&ty, target),
        ty,
    }
}

/// The word that a variant is named after.
fn word(ty: &Ty) -> &str {
    match ty {
        Ty::Named(name) | Ty::Boxed(name) => name.rust(),
        Ty::Bool => "Boolean",
        Ty::Integer(_) => "Integer",
        Ty::Float => "Number",
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

/// The kind of JSON that a type writes; `target` is the schema of a named type.
fn json_kind(ty: &Ty, target: Option<&Schema>) -> JsonKind {
    match ty {
        Ty::Bool => JsonKind::Boolean,
        Ty::Integer(_) => JsonKind::Integer,
        Ty::Float => JsonKind::Number,
        Ty::String | Ty::Timestamp | Ty::Date | Ty::Formatted(_) | Ty::File => JsonKind::String,
        Ty::JsonObject | Ty::Map(_) => JsonKind::Object,
        Ty::List(_) | Ty::Tuple(_) => JsonKind::Array,
        Ty::Named(_) => target.map_or(JsonKind::Any, kind_of_type),
        Ty::Boxed(_) | Ty::Json | Ty::Nullable(_) => JsonKind::Any,
    }
}

fn kind_of_type(schema: &Schema) -> JsonKind {
    match &schema.kind {
        Kind::Object(_) => JsonKind::Object,
        Kind::StringEnum(_) => JsonKind::String,
        Kind::IntegerEnum(_) => JsonKind::Integer,
        _ => JsonKind::Any,
    }
}

type Tagged = (String, Vec<(String, Pointer)>);

/// The tag of a union, and what its values stand for.
fn tags(union: &crate::pipeline::resolve::Union, table: &TypeTable<'_>) -> Option<Tagged> {
    match &union.discriminator {
        Some(discriminator) => stated_tags(union, discriminator, table),
        None => shared_constant(union, table),
    }
}

fn stated_tags(
    union: &crate::pipeline::resolve::Union,
    discriminator: &Discriminator,
    table: &TypeTable<'_>,
) -> Option<Tagged> {
    let mut tagged = Vec::new();
    for variant in &union.variants {
        let target = table.follow_aliases(variant)?;
        let Kind::Object(_) = target.kind else { return None };
        let stands_for = |to: &Pointer| to == variant || *to == target.at;
        let mapped = discriminator.mapping.iter().filter(|(_, to)| stands_for(to));
        let mut values: Vec<_> = mapped.map(|(value, _)| value.clone()).collect();
        if values.is_empty() {
            let constant = constant(target, &discriminator.property, table);
            values.push(constant.or_else(|| target.at.steps().next_back())?);
        }
        tagged.extend(values.into_iter().map(|value| (value, variant.clone())));
    }
    // If one value stands for two variants, the tag cannot distinguish them.
    let mut values: Vec<_> = tagged.iter().map(|(value, _)| value).collect();
    values.sort_unstable();
    let distinct = values.windows(2).all(|pair| pair.first() != pair.last());
    distinct.then(|| (discriminator.property.clone(), tagged))
}

/// A property that has a value of its own in each variant.
fn shared_constant(
    union: &crate::pipeline::resolve::Union,
    table: &TypeTable<'_>,
) -> Option<Tagged> {
    let first = table.follow_aliases(union.variants.first()?)?;
    let Kind::Object(object) = &first.kind else { return None };
    object.fields.iter().find_map(|field| {
        let mut tagged: Vec<(String, Pointer)> = Vec::new();
        for variant in &union.variants {
            let value = constant(table.follow_aliases(variant)?, &field.name, table)?;
            if tagged.iter().any(|(known, _)| *known == value) {
                return None;
            }
            tagged.push((value, variant.clone()));
        }
        (tagged.len() > 1).then(|| (field.name.clone(), tagged))
    })
}

/// The only value that a property can have.
fn constant(schema: &Schema, property: &str, table: &TypeTable<'_>) -> Option<String> {
    let Kind::Object(object) = &schema.kind else { return None };
    let field = object.fields.iter().find(|field| field.name == property)?;
    match &table.follow_aliases(field.schema.as_ref()?)?.kind {
        Kind::StringEnum(texts) if texts.len() == 1 => texts.first().cloned(),
        _ => None,
    }
}
