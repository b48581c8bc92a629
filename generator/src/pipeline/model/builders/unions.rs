//! Unions and their variants.

use std::collections::HashMap;
use std::hash::Hash;

use serde_json::Value;

use super::documentation;
use super::union_selection::{self as selection, Selected, Selection};
use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::tables::type_words::is_component_schema;
use crate::pipeline::model::tables::{TypeTable, variant_words};
use crate::pipeline::model::{Allowed, JsonKind, Ty, Union, UnionVariant};
use crate::pipeline::resolve::{Kind, Schema};
use crate::pointer::Pointer;
use crate::rust::names::{Case, Scope};
use words::{Word, type_name};

mod words;

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
    let is_default_missing = !selected.iter().any(|one| one.is_default);
    if is_default_missing && union.discriminator.as_ref().is_some_and(|it| it.default.is_some()) {
        let at = schema.at.at("discriminator").at("defaultMapping");
        diagnostics.widened(&at, "it names no variant that values find by a tag; it is ignored");
    }
    let selected = without_repetitions(selected, table);
    let mut scope = Scope::reserving(&["Unrecognized"]);
    let uses = count_each(selected.iter().map(|one| &one.at));
    let words: Vec<Word> = selected
        .iter()
        .map(|one| {
            // Only their tags are different.
            let tag = one.tag.as_ref().filter(|_| uses[&one.at] > 1).map(selection::text);
            let word = word(&one.at, &schema.at, table);
            Word { own: tag.or(word.own), ..word }
        })
        .collect();
    let mut words = Word::told_apart(&words);
    if let Some(own) = table.name_of(&schema.at) {
        let tags: Vec<_> =
            selected.iter().filter_map(|one| one.tag.as_ref().map(selection::text)).collect();
        words = Word::within(own.rust(), &words, &tags);
    }
    let variants =
        selected.into_iter().zip(words).map(|(one, word)| variant(one, &word, &mut scope, table));
    let mut variants: Vec<UnionVariant> = variants.collect();
    keep_telling_values(&mut variants);
    Union { selector, variants }
}

/// Forgets the listed values of variants whose kind says enough.
fn keep_telling_values(variants: &mut [UnionVariant]) {
    let kinds = count_each(variants.iter().map(|variant| variant.kind));
    let of_any_kind = kinds.get(&JsonKind::Any).copied().unwrap_or_default();
    for variant in variants {
        let is_any = variant.kind == JsonKind::Any;
        let alike = if is_any { of_any_kind } else { kinds[&variant.kind] + of_any_kind };
        if alike < 2 {
            variant.values.clear();
        }
    }
}

/// How often each of these occurs.
fn count_each<T: Eq + Hash>(all: impl Iterator<Item = T>) -> HashMap<T, usize> {
    let mut counts = HashMap::new();
    for one in all {
        *counts.entry(one).or_default() += 1;
    }
    counts
}

/// What a value of a schema may be, if its type does not say so.
fn told_values(ty: &Ty, target: Option<&Schema>) -> Vec<Allowed> {
    let is_plain = matches!(ty, Ty::String | Ty::Integer(_));
    let values = target.filter(|_| is_plain).map(selection::allowed).unwrap_or_default();
    if values.contains(&Allowed::Anything) { Vec::new() } else { values }
}

/// Without variants that have no tag, and the type and the limits of an earlier one: every value is the earlier one.
fn without_repetitions(selected: Vec<Selected>, table: &TypeTable<'_>) -> Vec<Selected> {
    let told_by = |at: &Pointer| {
        let end = table.follow_aliases(at);
        let limits = end.map(|schema| (&schema.constraints, selection::listed(&schema.kind)));
        (table.rust_type_of(at), limits)
    };
    let mut known = Vec::new();
    let is_new = |one: &Selected| {
        let told_by = told_by(&one.at);
        let is_new = one.tag.is_some() || !known.contains(&told_by);
        known.push(told_by);
        is_new
    };
    selected.into_iter().filter(is_new).collect()
}

fn variant(
    selected: Selected,
    word: &str,
    scope: &mut Scope,
    table: &TypeTable<'_>,
) -> UnionVariant {
    let Selected { at, tag, is_default, members } = selected;
    let ty = type_of(&at, table);
    let (schema, target) = (table.schema(&at), table.follow_aliases(&at));
    UnionVariant {
        name: scope.name_as(
            &tag.as_ref().map_or_else(String::new, selection::text),
            word,
            Case::Type,
        ),
        tag,
        values: told_values(&ty, target),
        is_default,
        members,
        description: documentation::of_variant(schema, target),
        kind: json_kind(&ty, target),
        ty,
        at,
    }
}

/// The type that a variant holds. The field that has the union may be null, not the variant.
fn type_of(at: &Pointer, table: &TypeTable<'_>) -> Ty {
    match table.rust_type_of(at) {
        Ty::Nullable(ty) => *ty,
        ty => ty,
    }
}

fn word(at: &Pointer, union: &Pointer, table: &TypeTable<'_>) -> Word {
    let own = inline_word(at, union, table);
    let is_of_union =
        |word: &String| table.name_of(union).is_some_and(|union| union.rust() == type_name(word));
    let target = table.follow_aliases(at);
    let own = own.or_else(|| {
        let word = plain_word(at, target, table);
        word.filter(|word| !is_of_union(word))
    });
    let limits = match target.map(selection::allowed).as_deref() {
        Some([Allowed::Integers(from, to)]) => Some((*from, *to)),
        _ => None,
    };
    Word { own, ty: type_of(at, table), limits }
}

/// The word of a variant that is described within the union, and has no name of its own.
fn inline_word(at: &Pointer, union: &Pointer, table: &TypeTable<'_>) -> Option<String> {
    let list = at.parent().filter(|list| is_list_of(list, union))?;
    let is_named = table.schema(at)?.extensions.rust_name().is_some();
    let has_type = table.name_of(at).is_some() || is_repeated(at, table);
    let index = at.steps().next_back().filter(|_| has_type && !is_named)?;
    Some(variant_words::word(table.resolved, &list, &index))
}

/// Whether an inline schema with a title has the type of one that is the same elsewhere.
fn is_repeated(at: &Pointer, table: &TypeTable<'_>) -> bool {
    let has_title = table.schema(at).is_some_and(|schema| schema.title.is_some());
    let first = table.follow_aliases(at).filter(|first| first.repeated_at.contains(at));
    has_title && first.is_some_and(|first| table.name_of(&first.at).is_some())
}

/// The word of a variant whose type has no name of its own: the only value, its title, or what the schema is called
/// that it refers to.
fn plain_word(at: &Pointer, target: Option<&Schema>, table: &TypeTable<'_>) -> Option<String> {
    if table.name_of(&target?.at).is_some() {
        return None;
    }
    if let Some([only @ Value::String(_)]) = selection::listed(&target?.kind).as_deref() {
        return Some(selection::text(only));
    }
    let is_inline = |schema: &&Schema| !is_component_schema(&schema.at);
    let title = table.schema(at).filter(is_inline).and_then(|schema| schema.title.clone());
    title.or_else(|| component_word(at, table))
}

/// The key of the first component that a chain of references leads to.
fn component_word(at: &Pointer, table: &TypeTable<'_>) -> Option<String> {
    let mut found = table.schema(at)?;
    while !is_component_schema(&found.at) {
        let Kind::Alias(to) = &found.kind else { return None };
        found = table.schema(to)?;
    }
    found.at.steps().next_back()
}

/// Whether a list such as `oneOf` is that of a union, or of one within it whose variants it has.
fn is_list_of(list: &Pointer, union: &Pointer) -> bool {
    let rest = list.as_str().strip_prefix(union.as_str()).unwrap_or_default();
    let is_step = |step: &str| {
        ["", "oneOf", "anyOf"].contains(&step) || step.bytes().all(|it| it.is_ascii_digit())
    };
    !rest.is_empty() && rest.split('/').all(is_step)
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
        Ty::Own(own) => own.kind,
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
