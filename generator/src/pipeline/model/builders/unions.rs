//! Unions and their variants.

use super::documentation;
use super::union_selection::{self as selection, Selected, Selection};
use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::tables::{TypeTable, variant_words};
use crate::pipeline::model::{JsonKind, Ty, Union, UnionVariant};
use crate::pipeline::resolve::{Kind, Schema};
use crate::pointer::Pointer;
use crate::rust::names::{Case, Scope};

/// The union of a `oneOf` or `anyOf`.
pub fn union(
    schema: &Schema,
    union: &crate::pipeline::resolve::Union,
    table: &TypeTable<'_>,
    diagnostics: &mut DiagnosticSink,
) -> Union {
    let Selection { selector, variants: selected } = selection::of(union, table);
    if selected.is_empty() {
        diagnostics.widened(&schema.at, "the union has no variant; any value is taken");
    }
    let selected = without_repetitions(selected, table);
    let mut scope = Scope::reserving(&["Unrecognized"]);
    let is_repeated = |one: &Selected| selected.iter().filter(|it| it.at == one.at).count() > 1;
    let repeated: Vec<bool> = selected.iter().map(is_repeated).collect();
    let variants = selected.into_iter().zip(repeated).map(|(one, is_repeated)| {
        // Only their tags are different.
        let word = one.tag.as_ref().filter(|_| is_repeated).map(selection::text);
        variant(one, word, &schema.at, &mut scope, table)
    });
    Union { selector, variants: variants.collect() }
}

/// Without variants that have no tag, and the type and the limits of an earlier one: every value is the earlier one.
fn without_repetitions(selected: Vec<Selected>, table: &TypeTable<'_>) -> Vec<Selected> {
    let limits = |at: &Pointer| table.follow_aliases(at).map(|schema| &schema.constraints);
    let is_same = |one: &Selected, other: &Selected| {
        table.rust_type_of(&one.at) == table.rust_type_of(&other.at)
            && limits(&one.at) == limits(&other.at)
    };
    let mut kept: Vec<Selected> = Vec::new();
    for one in selected {
        if one.tag.is_some() || !kept.iter().any(|other| is_same(&one, other)) {
            kept.push(one);
        }
    }
    kept
}

fn variant(
    selected: Selected,
    word: Option<String>,
    union: &Pointer,
    scope: &mut Scope,
    table: &TypeTable<'_>,
) -> UnionVariant {
    let Selected { at, tag, members } = selected;
    let at = &at;
    let ty = match table.rust_type_of(at) {
        // The field that has the union may be null, not the variant.
        Ty::Nullable(ty) => *ty,
        ty => ty,
    };
    let (schema, target) = (table.schema(at), table.follow_aliases(at));
    UnionVariant {
        at: at.clone(),
        name: scope.name_as(
            &tag.as_ref().map_or_else(String::new, selection::text),
            &word
                .or_else(|| inline_word(at, union, table))
                .unwrap_or_else(|| type_word(&ty).into()),
            Case::Type,
        ),
        tag,
        members,
        description: documentation::of_variant(schema, target),
        kind: json_kind(&ty, target),
        ty,
    }
}

/// The word of a variant that is described within the union, and has no name of its own.
fn inline_word(at: &Pointer, union: &Pointer, table: &TypeTable<'_>) -> Option<String> {
    let list = at.parent().filter(|list| is_list_of(list, union))?;
    let is_named = table.schema(at)?.extensions.rust_name().is_some();
    let has_type = table.name_of(at).is_some();
    let index = at.steps().next_back().filter(|_| has_type && !is_named)?;
    Some(variant_words::word(table.resolved, &list, &index))
}

/// Whether a list such as `oneOf` is that of a union, or of one within it whose variants it has.
fn is_list_of(list: &Pointer, union: &Pointer) -> bool {
    let rest = list.as_str().strip_prefix(union.as_str()).unwrap_or_default();
    let is_step = |step: &str| {
        ["", "oneOf", "anyOf"].contains(&step) || step.bytes().all(|it| it.is_ascii_digit())
    };
    !rest.is_empty() && rest.split('/').all(is_step)
}

/// The word that a variant is named after.
fn type_word(ty: &Ty) -> &str {
    match ty {
        Ty::Named(name) | Ty::Boxed(name) => name.rust(),
        Ty::Bool => "Boolean",
        Ty::Integer(_) => "Integer",
        Ty::Float => "Number",
        Ty::String => "String",
        Ty::Formatted(format) => format.word(),
        Ty::File => "File",
        Ty::Json => "Value",
        Ty::JsonObject | Ty::Map(_) => "Object",
        Ty::List(_) => "List",
        Ty::Tuple(_) => "Tuple",
        Ty::Nullable(ty) => type_word(ty),
    }
}

/// The kind of JSON that a type writes; `target` is the schema of a named type.
fn json_kind(ty: &Ty, target: Option<&Schema>) -> JsonKind {
    match ty {
        Ty::Bool => JsonKind::Boolean,
        Ty::Integer(_) => JsonKind::Integer,
        Ty::Float => JsonKind::Number,
        Ty::String | Ty::Formatted(_) | Ty::File => JsonKind::String,
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
