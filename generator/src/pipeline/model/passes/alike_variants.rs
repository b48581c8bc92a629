//! Warns of variants of a union that a value can be alike.

use std::collections::HashMap;

use serde_json::Value;

use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::items::Definition;
use crate::pipeline::model::{
    Field, JsonKind, Presence, Selector, Shape, Struct, Ty, Union, UnionVariant,
};
use crate::rust::names::Name;

mod exclusion;

/// Fields within fields are compared to this depth; below it they are taken to be alike.
const DEEPEST: usize = 3;

/// Warns of each variant as which values of later variants are read.
pub fn warn_of_alike_variants(definitions: &[Definition], diagnostics: &mut DiagnosticSink) {
    let shapes = definitions.iter().map(|one| (&one.name, &one.shape)).collect();
    let shapes = Shapes(shapes);
    for definition in definitions {
        let Shape::Union(union) = &definition.shape else { continue };
        for (first, others) in shapes.alike(union) {
            let others: Vec<_> = others.iter().map(|one| format!("`{}`", one.rust())).collect();
            let first = first.rust();
            let message = format!(
                "some values of {} are values of `{first}`, too, and are read as `{first}`",
                others.join(", ")
            );
            diagnostics.alike_variants(&definition.at, message);
        }
    }
}

struct Shapes<'a>(HashMap<&'a Name, &'a Shape>);

/// A variant of a union, or of one within it.
#[derive(Clone, Copy)]
struct Leaf<'a> {
    variant: &'a UnionVariant,
    /// The member that has to have this value, and the value.
    tag: Option<(&'a str, &'a Value)>,
}

impl<'a> Leaf<'a> {
    fn new(variant: &'a UnionVariant) -> Self {
        Self { variant, tag: None }
    }
}

impl<'a> Shapes<'a> {
    /// The variants of a union that come before others which a value can be alike. A list that is within an earlier
    /// one tells nothing more.
    fn alike(&self, union: &'a Union) -> Vec<(&'a Name, Vec<&'a Name>)> {
        // A tag is there or nothing is guessed.
        if union.selector != Selector::Kind {
            return Vec::new();
        }
        let mut found: Vec<(&Name, Vec<&Name>)> = Vec::new();
        let mut rest = union.variants.as_slice();
        while let [first, others @ ..] = rest {
            let is_alike =
                |other: &&UnionVariant| self.are_alike(Leaf::new(first), Leaf::new(other), 0);
            let alike: Vec<&Name> =
                others.iter().filter(is_alike).map(|other| &other.name).collect();
            let names_all = |(_, known): &(&Name, Vec<&Name>)| {
                known.contains(&&first.name) && alike.iter().all(|name| known.contains(name))
            };
            if !alike.is_empty() && !found.iter().any(names_all) {
                found.push((&first.name, alike));
            }
            rest = others;
        }
        found
    }

    /// Whether a value can be both.
    fn are_alike(&self, one: Leaf<'a>, other: Leaf<'a>, depth: usize) -> bool {
        match (self.leaves(one), self.leaves(other)) {
            _ if depth > DEEPEST => true,
            (None, None) => !self.exclude(one, other) && self.types_are_alike(one, other),
            (firsts, seconds) => {
                let seconds = seconds.unwrap_or_else(|| vec![other]);
                firsts
                    .unwrap_or_else(|| vec![one])
                    .into_iter()
                    .any(|one| seconds.iter().any(|other| self.are_alike(one, *other, depth + 1)))
            }
        }
    }

    /// The variants of the union that a variant is.
    fn leaves(&self, leaf: Leaf<'a>) -> Option<Vec<Leaf<'a>>> {
        let (Ty::Named(name) | Ty::Boxed(name)) = &leaf.variant.ty else { return None };
        let Shape::Union(union) = self.0.get(name)? else { return None };
        let tag = |variant: &'a UnionVariant| match &union.selector {
            Selector::Tag(tag) => variant.tag.as_ref().map(|value| (tag.as_str(), value)),
            Selector::Kind => leaf.tag,
        };
        Some(union.variants.iter().map(|variant| Leaf { variant, tag: tag(variant) }).collect())
    }

    /// Whether values of the types of two variants can be alike. Those of a type that takes more than another one are
    /// what that one does not take.
    fn types_are_alike(&self, one: Leaf<'_>, other: Leaf<'_>) -> bool {
        match (&one.variant.ty, &other.variant.ty) {
            (one, other) if self.takes_more(one, other) || self.takes_more(other, one) => false,
            (Ty::Named(_), Ty::Named(_))
            | (Ty::List(_) | Ty::Tuple(_), Ty::List(_) | Ty::Tuple(_))
            | (Ty::Map(_), Ty::Map(_))
            | (Ty::Integer(_), Ty::Integer(_)) => {
                self.overlap(&one.variant.ty, &other.variant.ty, 0)
            }
            (one, other) => one == other,
        }
    }

    /// Whether a type takes all values of another one and more, so that it is tried later.
    fn takes_more(&self, one: &Ty, other: &Ty) -> bool {
        match (one, other) {
            (Ty::Json, other) => *other != Ty::Json,
            (Ty::String, Ty::Formatted(_)) | (Ty::Float, Ty::Integer(_)) => true,
            (Ty::String | Ty::Float | Ty::JsonObject, Ty::Own(_)) => self.overlap(one, other, 0),
            (Ty::String, Ty::Named(_)) => {
                let values = self.values(other).unwrap_or_default();
                !values.is_empty() && values.iter().all(Value::is_string)
            }
            (Ty::List(one), Ty::List(other)) | (Ty::Map(one), Ty::Map(other)) => {
                self.takes_more(one, other)
            }
            (Ty::List(all), Ty::Tuple(items)) => {
                items.iter().all(|item| **all == *item || self.takes_more(all, item))
            }
            _ => false,
        }
    }

    /// Whether a value can have what both require, and no member that one of them does not name.
    fn structs_overlap(&self, one: &Struct, other: &Struct, depth: usize) -> bool {
        let has_all = |one: &Struct, other: &Struct| {
            one.fields.iter().filter(|field| is_required(field)).all(|field| {
                let same = other.fields.iter().find(|it| it.name.wire() == field.name.wire());
                same.is_some_and(|same| self.overlap(&field.ty, &same.ty, depth + 1))
            })
        };
        has_all(one, other) && has_all(other, one)
    }

    /// Whether a value can be of both types.
    fn overlap(&self, one: &Ty, other: &Ty, depth: usize) -> bool {
        let is_own_number = |ty: &Ty| is_own(ty, JsonKind::Integer) || is_own(ty, JsonKind::Number);
        let is_number = |ty: &Ty| matches!(ty, Ty::Integer(_) | Ty::Float) || is_own_number(ty);
        match (one, other) {
            _ if one == other || depth > DEEPEST => true,
            (Ty::Json, _) | (_, Ty::Json) => true,
            (Ty::Own(own), _) | (_, Ty::Own(own)) if own.kind == JsonKind::Any => true,
            (Ty::Nullable(one), other) | (other, Ty::Nullable(one)) => {
                self.overlap(one, other, depth)
            }
            (Ty::List(one), Ty::List(other)) | (Ty::Map(one), Ty::Map(other)) => {
                self.overlap(one, other, depth + 1)
            }
            (Ty::List(all), Ty::Tuple(items)) | (Ty::Tuple(items), Ty::List(all)) => {
                items.iter().all(|item| self.overlap(item, all, depth + 1))
            }
            (Ty::Tuple(one), Ty::Tuple(other)) => {
                let mut pairs = one.iter().zip(other);
                one.len() == other.len()
                    && pairs.all(|(one, other)| self.overlap(one, other, depth + 1))
            }
            (Ty::Formatted(one), Ty::Formatted(other)) => one.overlaps(*other),
            _ if is_number(one) && is_number(other) => true,
            _ => match (self.variants(one), self.variants(other)) {
                (Some(variants), _) => {
                    variants.iter().any(|it| self.overlap(&it.ty, other, depth + 1))
                }
                (_, Some(variants)) => {
                    variants.iter().any(|it| self.overlap(one, &it.ty, depth + 1))
                }
                (None, None) => self.plain_overlap(one, other, depth),
            },
        }
    }

    fn variants(&self, ty: &Ty) -> Option<&'a [UnionVariant]> {
        let (Ty::Named(name) | Ty::Boxed(name)) = ty else { return None };
        match self.0.get(name)? {
            Shape::Union(union) => Some(&union.variants),
            _ => None,
        }
    }

    /// The same for types that are no unions.
    fn plain_overlap(&self, one: &Ty, other: &Ty, depth: usize) -> bool {
        match (self.structure(one), self.structure(other)) {
            (Some(one), Some(other)) => self.structs_overlap(one, other, depth),
            (Some(_), None) => is_object(other),
            (None, Some(_)) => is_object(one),
            (None, None) => match (self.values(one), self.values(other)) {
                (Some(one), Some(other)) => one.iter().any(|value| other.contains(value)),
                (Some(values), None) => values.iter().any(|value| may_be(other, value)),
                (None, Some(values)) => values.iter().any(|value| may_be(one, value)),
                (None, None) => [is_object, is_text].iter().any(|is| is(one) && is(other)),
            },
        }
    }
}

fn is_object(ty: &Ty) -> bool {
    matches!(ty, Ty::JsonObject | Ty::Map(_)) || is_own(ty, JsonKind::Object)
}

fn is_text(ty: &Ty) -> bool {
    matches!(ty, Ty::String | Ty::Formatted(_) | Ty::File) || is_own(ty, JsonKind::String)
}

fn is_own(ty: &Ty, kind: JsonKind) -> bool {
    matches!(ty, Ty::Own(own) if own.kind == kind)
}

/// Whether a value that an enum knows may be one of a type.
fn may_be(ty: &Ty, value: &Value) -> bool {
    match ty {
        Ty::String => value.is_string(),
        Ty::Integer(_) | Ty::Float => value.is_number(),
        Ty::Bool => value.is_boolean(),
        _ => false,
    }
}

fn is_required(field: &Field) -> bool {
    field.presence == Presence::Required
}
