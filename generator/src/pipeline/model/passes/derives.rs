//! What types derive beyond what all of their kind do: by `x-rust-derive`, with all that they are made of, and what is said
//! of all types, where it is possible.

use std::collections::HashMap;

use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::items::Definition;
use crate::pipeline::model::queries::used_types::types_in;
use crate::pipeline::model::tables::TypeTable;
use crate::pipeline::model::{Derive, Shape, Ty};
use crate::pipeline::resolve::Extension;
use crate::rust::names::Name;

/// What each type derives.
pub type Derives = HashMap<Name, Vec<Derive>>;

/// Finds what types derive.
///
/// Reports what a schema asks for and its type cannot have.
pub fn derives(
    definitions: &[Definition],
    table: &TypeTable<'_>,
    diagnostics: &mut DiagnosticSink,
) -> Derives {
    let mut derives = Derives::new();
    refuse_without_a_type(table, diagnostics);
    let mut reasons = HashMap::new();
    for definition in definitions {
        let Some(schema) = table.schema(&definition.at) else { continue };
        for derive in table.own.derives_of(schema, diagnostics) {
            let hindered =
                reasons.entry(derive.clone()).or_insert_with(|| hindered(definitions, &derive));
            match hindered.get(&definition.name) {
                None => give(&derive, definition, definitions, &mut derives),
                Some(why) => {
                    let message = format!(
                        "`{}` cannot be `{}`: {why}",
                        definition.name.rust(),
                        derive.rust()
                    );
                    let at = definition.at.at(Extension::RustDerive.word());
                    diagnostics.invalid_extension(&at, message);
                }
            }
        }
    }
    for derive in table.own.derives() {
        let hindered =
            reasons.entry(derive.clone()).or_insert_with(|| self::hindered(definitions, derive));
        let able = definitions.iter().filter(|it| !hindered.contains_key(&it.name));
        able.for_each(|definition| {
            add(derive, definition, &mut derives);
        });
    }
    derives.values_mut().for_each(|list| list.sort());
    derives
}

/// What is said of a schema that is no struct, no enum and no union would be lost.
fn refuse_without_a_type(table: &TypeTable<'_>, diagnostics: &mut DiagnosticSink) {
    let word = Extension::RustDerive.word();
    for schema in table.resolved.schemas.values() {
        if schema.extensions.get(Extension::RustDerive).is_some() && !table.defines(&schema.at) {
            let message = format!("`{word}` means nothing here: the schema has no type of its own");
            diagnostics.invalid_extension(&schema.at.at(word), message);
        }
    }
}

/// Gives a type a trait, with all types that it is made of.
fn give(derive: &Derive, definition: &Definition, all: &[Definition], derives: &mut Derives) {
    let mut open = vec![definition];
    while let Some(definition) = open.pop() {
        if !add(derive, definition, derives) || matches!(derive, Derive::Macro(_)) {
            continue;
        }
        let names = types_in(&definition.shape).into_iter().flat_map(Ty::names);
        open.extend(names.filter_map(|name| all.iter().find(|other| other.name == *name)));
    }
}

/// Whether a type did not have a trait before.
fn add(derive: &Derive, definition: &Definition, derives: &mut Derives) -> bool {
    // Enums have these anyway.
    let is_enum = !matches!(definition.shape, Shape::Struct(_) | Shape::Union(_));
    if is_enum && matches!(derive, Derive::Eq | Derive::Hash) {
        return false;
    }
    let list = derives.entry(definition.name.clone()).or_default();
    let is_new = !list.contains(derive);
    list.extend(is_new.then(|| derive.clone()));
    is_new
}

/// The types that cannot have a trait, and why.
fn hindered(definitions: &[Definition], derive: &Derive) -> HashMap<Name, String> {
    let mut hindered = HashMap::new();
    for definition in definitions {
        let why = own_hindrance(&definition.shape, derive);
        hindered.extend(why.map(|why| (definition.name.clone(), why)));
    }
    loop {
        let known = hindered.len();
        for definition in definitions {
            if hindered.contains_key(&definition.name) {
                continue;
            }
            let by = parts(&definition.shape).find_map(|(part, ty)| {
                let name = ty.names().find(|name| hindered.contains_key(*name))?;
                Some(format!("`{part}` is of `{}`, where {}", name.rust(), hindered[name]))
            });
            hindered.extend(by.map(|by| (definition.name.clone(), by)));
        }
        if hindered.len() == known {
            return hindered;
        }
    }
}

/// Why a type cannot have a trait, whatever other types have.
fn own_hindrance(shape: &Shape, derive: &Derive) -> Option<String> {
    let is_order = matches!(derive, Derive::Ord | Derive::PartialOrd);
    let whole = match shape {
        Shape::Struct(object) => object.extra.as_ref().filter(|extra| extra.values.is_none()).map(|extra| {
            format!(
                "`{}` keeps members of any value, which have no order; without it where the schema says \
                 `additionalProperties: false`",
                extra.name.rust()
            )
        }),
        Shape::Union(_) | Shape::ScalarEnum(_) => {
            Some("`Unrecognized` keeps any value, which has no order".to_owned())
        }
        Shape::Enum(_) | Shape::IntegerEnum(_) => None,
    };
    let part = || {
        parts(shape).find_map(|(part, ty)| {
            let lacking = ty.leaves().into_iter().find_map(|leaf| lacks(leaf, derive))?;
            Some(format!("`{part}` is `{lacking}`"))
        })
    };
    part().or(whole.filter(|_| is_order))
}

/// The type, if it does not have a trait. Types of other crates are taken to have it.
fn lacks(leaf: &Ty, derive: &Derive) -> Option<&'static str> {
    let is_order = matches!(derive, Derive::Ord | Derive::PartialOrd);
    match (leaf, derive) {
        (Ty::Float, Derive::Eq | Derive::Ord | Derive::Hash) => Some("f64"),
        (Ty::File, Derive::Hash | Derive::Ord | Derive::PartialOrd) => Some("FilePart"),
        (Ty::Json, _) if is_order => Some("serde_json::Value"),
        (Ty::JsonObject, _) if is_order => Some("serde_json::Map"),
        _ => None,
    }
}

/// The fields or the variants of a type.
fn parts(shape: &Shape) -> Box<dyn Iterator<Item = (&str, &Ty)> + '_> {
    match shape {
        Shape::Struct(object) => {
            let extra = object.extra.iter();
            let extra = extra.filter_map(|extra| Some((extra.name.rust(), extra.values.as_ref()?)));
            Box::new(object.fields.iter().map(|field| (field.name.rust(), &field.ty)).chain(extra))
        }
        Shape::Union(union) => {
            Box::new(union.variants.iter().map(|variant| (variant.name.rust(), &variant.ty)))
        }
        Shape::Enum(_) | Shape::IntegerEnum(_) | Shape::ScalarEnum(_) => {
            Box::new(std::iter::empty())
        }
    }
}
