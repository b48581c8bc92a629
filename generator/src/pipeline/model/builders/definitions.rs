//! Definitions of types: a struct, an enum or a union each.

use super::{aliases, documentation, enums, structs, unions};
use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::items::Definition;
use crate::pipeline::model::tables::TypeTable;
use crate::pipeline::model::{Owner, Shape};
use crate::pipeline::resolve::{Extension, Kind, Schema};
use crate::pointer::Pointer;
use crate::rust::names::Name;

/// The definitions of all types, in the order of the description.
pub fn definitions(table: &TypeTable<'_>, diagnostics: &mut DiagnosticSink) -> Vec<Definition> {
    refuse_aliases_of_nothing(table, diagnostics);
    let mut scope = table.name_scope().clone();
    let mut defined = |(schema, name): (&Schema, &Name)| {
        let aliases = aliases::aliases(&schema.extensions, &schema.at, &mut scope, diagnostics);
        Definition { aliases, ..definition(schema, name, table, diagnostics) }
    };
    table.defining().map(&mut defined).collect()
}

/// Only what has a type can have had another name.
fn refuse_aliases_of_nothing(table: &TypeTable<'_>, diagnostics: &mut DiagnosticSink) {
    let untyped = table.resolved.schemas.values().filter(|one| table.name_of(&one.at).is_none());
    for schema in untyped.filter(|one| one.extensions.get(Extension::RustAlias).is_some()) {
        let message = "the schema has no type of its own, so that this is the name of nothing";
        diagnostics.invalid_extension(&schema.at.at(Extension::RustAlias.word()), message);
    }
}

fn definition(
    schema: &Schema,
    name: &Name,
    table: &TypeTable<'_>,
    diagnostics: &mut DiagnosticSink,
) -> Definition {
    Definition {
        docs: documentation::of_type(schema, name, owner(&schema.at, table)),
        shape: shape(schema, table, diagnostics),
        example: schema.example.clone(),
        name: name.clone(),
        aliases: Vec::new(),
        at: schema.at.clone(),
    }
}

fn shape(schema: &Schema, table: &TypeTable<'_>, diagnostics: &mut DiagnosticSink) -> Shape {
    match &schema.kind {
        Kind::StringEnum(texts) => Shape::Enum(enums::of_texts(texts, schema)),
        Kind::IntegerEnum(integers) => Shape::IntegerEnum(enums::of_integers(integers, schema)),
        Kind::MixedEnum(values) => Shape::ScalarEnum(enums::of_scalars(values)),
        Kind::Union(union) => Shape::Union(unions::union(schema, union, table, diagnostics)),
        Kind::Object(object) => {
            Shape::Struct(structs::structure(schema, object, table, diagnostics))
        }
        // Nothing else defines a type.
        _ => Shape::Enum(Vec::new()),
    }
}

/// The property whose type an inline schema is, or the type of its items or of its content.
fn owner(at: &Pointer, table: &TypeTable<'_>) -> Option<Owner> {
    let parent = at.parent()?;
    let property = at.steps().next_back()?;
    let ty = parent.parent()?;
    match parent.steps().next_back()?.as_str() {
        "properties" => Some(Owner { property, ty: table.name_of(&ty)?.clone() }),
        _ if property == "items" || property == "contentSchema" => owner(&parent, table),
        _ => None,
    }
}
