//! Warns of variants of a union that a value can be alike.

use std::collections::HashMap;

use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::items::Definition;
use crate::pipeline::model::{Field, Presence, Selector, Shape, Struct, Ty, Union, UnionVariant};
use crate::rust::names::Name;

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

impl<'a> Shapes<'a> {
    /// The variants of a union that come before others which a value can be alike.
    fn alike(&self, union: &'a Union) -> Vec<(&'a Name, Vec<&'a Name>)> {
        // A tag is there or nothing is guessed.
        if union.selector != Selector::Kind {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut rest = union.variants.as_slice();
        while let [first, others @ ..] = rest {
            let alike = others.iter().filter(|other| self.are_alike(first, other));
            let alike: Vec<&Name> = alike.map(|other| &other.name).collect();
            found.extend((!alike.is_empty()).then_some((&first.name, alike)));
            rest = others;
        }
        found
    }

    fn are_alike(&self, one: &UnionVariant, other: &UnionVariant) -> bool {
        match (&one.ty, &other.ty) {
            // A struct that stands there twice may be told apart by its constants.
            (first, second) if first == second && self.structure(first).is_none() => true,
            (Ty::Named(one_name), Ty::Named(other_name)) => {
                match (self.0.get(one_name), self.0.get(other_name)) {
                    (Some(Shape::Struct(first)), Some(Shape::Struct(second))) => {
                        !exclude(one, other, first, second)
                            && self.structs_overlap(first, second, 0)
                    }
                    (Some(Shape::Union(first)), Some(Shape::Union(second))) => {
                        second.variants.iter().any(|leaf| self.holds_alike(first, leaf))
                    }
                    (Some(Shape::Union(inner)), _) => self.holds_alike(inner, other),
                    (_, Some(Shape::Union(inner))) => self.holds_alike(inner, one),
                    _ => self.overlap(&one.ty, &other.ty, 0),
                }
            }
            (Ty::List(_), Ty::List(_)) => self.overlap(&one.ty, &other.ty, 0),
            (Ty::JsonObject | Ty::Map(_), Ty::JsonObject | Ty::Map(_)) => true,
            _ => false,
        }
    }

    /// Whether a variant of a union within the union is alike another variant.
    fn holds_alike(&self, inner: &Union, other: &UnionVariant) -> bool {
        let names_tag = |ty: &Ty| match (&inner.selector, self.structure(ty)) {
            (Selector::Tag(tag), Some(it)) => it.fields.iter().any(|one| one.name.wire() == tag),
            (Selector::Tag(_), None) => self.is(ty, Kinds::Object),
            (Selector::Kind, _) => true,
        };
        let is_alike =
            |one: &UnionVariant| one.ty != other.ty && self.overlap(&one.ty, &other.ty, 0);
        names_tag(&other.ty) && inner.variants.iter().any(|one| one.ty == other.ty || is_alike(one))
    }

    fn structure(&self, ty: &Ty) -> Option<&'a Struct> {
        match ty {
            Ty::Named(name) | Ty::Boxed(name) => match self.0.get(name)? {
                Shape::Struct(object) => Some(object),
                _ => None,
            },
            _ => None,
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
        let is_number = |ty: &Ty| matches!(ty, Ty::Integer(_) | Ty::Float);
        match (one, other) {
            _ if one == other || depth > DEEPEST => true,
            (Ty::Json, _) | (_, Ty::Json) => true,
            (Ty::Nullable(one), other) => self.overlap(one, other, depth),
            (one, Ty::Nullable(other)) => self.overlap(one, other, depth),
            (Ty::List(one), Ty::List(other)) => self.overlap(one, other, depth + 1),
            (Ty::List(_) | Ty::Tuple(_), Ty::List(_) | Ty::Tuple(_)) => true,
            _ if is_number(one) && is_number(other) => true,
            _ => match (self.structure(one), self.structure(other)) {
                (Some(one), Some(other)) => self.structs_overlap(one, other, depth),
                (Some(_), None) => self.is(other, Kinds::Object),
                (None, Some(_)) => self.is(one, Kinds::Object),
                (None, None) => [Kinds::Object, Kinds::Text]
                    .into_iter()
                    .any(|kind| self.is(one, kind) && self.is(other, kind)),
            },
        }
    }

    /// Whether values of a type that is no struct may be of this kind.
    fn is(&self, ty: &Ty, kind: Kinds) -> bool {
        match ty {
            Ty::JsonObject | Ty::Map(_) => kind == Kinds::Object,
            Ty::String | Ty::Formatted(_) | Ty::File => kind == Kinds::Text,
            Ty::Named(name) | Ty::Boxed(name) => match self.0.get(name) {
                Some(Shape::Enum(_)) => kind == Kinds::Text,
                Some(Shape::Union(_) | Shape::ScalarEnum(_)) => true,
                _ => false,
            },
            _ => false,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kinds {
    Object,
    Text,
}

/// Whether a property that one of them requires has other values in each.
fn exclude(one: &UnionVariant, other: &UnionVariant, first: &Struct, second: &Struct) -> bool {
    let requires = |object: &Struct, name: &str| {
        object.fields.iter().any(|field| field.name.wire() == name && is_required(field))
    };
    one.members.iter().any(|(name, values)| {
        (requires(first, name) || requires(second, name))
            && other.members.iter().any(|(other, theirs)| {
                other == name && !theirs.iter().any(|value| values.contains(value))
            })
    })
}

fn is_required(field: &Field) -> bool {
    field.presence == Presence::Required
}
