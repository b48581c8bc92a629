//! Unions that are lists of constants, and unions within unions.

use indexmap::{IndexMap, IndexSet};

use super::{EnumValueDocs, Kind, Schema, Union};
use crate::pointer::Pointer;

type Schemas = IndexMap<Pointer, Schema>;

/// A longer title is a sentence, and not a name.
const LONGEST_WORD: usize = 40;

/// Which unions are enums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enums {
    /// Those of constants only.
    Closed,
    /// Also those that allow any string or integer besides, because types of enums are open.
    Open,
}

/// Takes variants that allow only null out of unions, which are nullable instead. One that is written where it is
/// used is gone already; these are components, as drf-spectacular writes them.
///
/// `oneOf: [{$ref: Size}, {$ref: Nothing}]` → `oneOf: [{$ref: Size}], nullable: true`, if `Nothing` is `type: 'null'`
pub fn take_null(mut schemas: Schemas) -> Schemas {
    let is_null = |at: &Pointer| {
        let end = schemas.get(at).and_then(|schema| follow_aliases(schema, &schemas));
        end.is_some_and(|end| end.is_null)
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

/// Folds unions of constants into enums.
///
/// `oneOf: [{const: a, description: First}, {const: b}]` → `enum: [a, b]` with what `a` means;
/// `oneOf: [{const: 1, title: LOW}, {const: 2}]` → `enum: [1, 2]` with what to call `1`;
/// `anyOf: [{type: string}, {enum: [a, b]}]` → `enum: [a, b]`
pub fn fold(mut schemas: Schemas, enums: Enums) -> Schemas {
    let folded: Vec<_> = schemas.values().filter_map(|it| constants(it, enums, &schemas)).collect();
    for Constants { at, kind, value_docs, nullable } in folded {
        if let Some(schema) = schemas.get_mut(&at) {
            schema.kind = kind;
            schema.value_docs = value_docs;
            schema.nullable |= nullable;
        }
    }
    schemas
}

/// Puts the variants of unions that have no name and no discriminator into the unions around them.
///
/// `oneOf: [A, {oneOf: [B, C]}]` → `oneOf: [A, B, C]`
pub fn flatten(mut schemas: Schemas) -> Schemas {
    let flat = |schema: &Schema| {
        let Kind::Union(union) = &schema.kind else { return None };
        let mut flat = Flat { variants: IndexSet::new(), holds_null: false };
        flat.extend(&schema.at, union, &schemas);
        let is_same = flat.variants.iter().eq(&union.variants);
        (!is_same && union.discriminator.is_none()).then(|| (schema.at.clone(), flat))
    };
    let flattened: Vec<(Pointer, Flat)> = schemas.values().filter_map(flat).collect();
    for (at, Flat { variants, holds_null }) in flattened {
        if let Some(schema) = schemas.get_mut(&at) {
            let variants = variants.into_iter().collect();
            schema.kind = Kind::Union(Union { variants, discriminator: None });
            schema.nullable |= holds_null;
        }
    }
    schemas
}

/// The variants of a union and of the unnamed ones within it.
struct Flat {
    variants: IndexSet<Pointer>,
    /// Whether one of the unnamed ones may be null.
    holds_null: bool,
}

impl Flat {
    fn extend(&mut self, at: &Pointer, union: &Union, schemas: &Schemas) {
        for variant in &union.variants {
            // One that is described elsewhere may lead back here.
            let inner = schemas.get(variant).filter(|inner| is_within(&inner.at, at));
            match inner.and_then(|inner| Some((inner, unnamed(inner)?))) {
                Some((inner, union)) => {
                    self.holds_null |= inner.nullable;
                    self.extend(&inner.at, union, schemas);
                }
                None => drop(self.variants.insert(variant.clone())),
            }
        }
    }
}

fn is_within(inner: &Pointer, outer: &Pointer) -> bool {
    inner.as_str().strip_prefix(outer.as_str()).is_some_and(|rest| rest.starts_with('/'))
}

/// The union that a schema is, if nothing calls it by a name.
fn unnamed(schema: &Schema) -> Option<&Union> {
    let has_name = schema.title.is_some() || schema.extensions.rust_name().is_some();
    match &schema.kind {
        Kind::Union(union) if union.discriminator.is_none() && !has_name => Some(union),
        _ => None,
    }
}

/// The enum that a union is.
struct Constants {
    at: Pointer,
    kind: Kind,
    value_docs: IndexMap<String, EnumValueDocs>,
    nullable: bool,
}

fn constants(schema: &Schema, enums: Enums, schemas: &Schemas) -> Option<Constants> {
    let Kind::Union(Union { variants, .. }) = &schema.kind else { return None };
    let pair = |at| {
        let variant = schemas.get(at)?;
        Some((variant, follow_aliases(variant, schemas)?))
    };
    let variants: Vec<(&Schema, &Schema)> = variants.iter().map(pair).collect::<Option<_>>()?;
    let kinds: Vec<&Kind> = variants.iter().map(|(_, end)| &end.kind).collect();
    Some(Constants {
        at: schema.at.clone(),
        kind: texts(&kinds, enums).or_else(|| integers(&kinds, enums))?,
        value_docs: variants.iter().flat_map(|(variant, end)| value_docs(variant, end)).collect(),
        nullable: variants.iter().any(|(variant, end)| variant.nullable || end.nullable),
    })
}

fn texts(kinds: &[&Kind], enums: Enums) -> Option<Kind> {
    let mut all = IndexSet::new();
    for kind in kinds {
        match kind {
            Kind::StringEnum(texts) => all.extend(texts.iter().cloned()),
            Kind::String(None) if enums == Enums::Open => {}
            _ => return None,
        }
    }
    (!all.is_empty()).then(|| Kind::StringEnum(all.into_iter().collect()))
}

fn integers(kinds: &[&Kind], enums: Enums) -> Option<Kind> {
    let mut all = IndexSet::new();
    for kind in kinds {
        match kind {
            Kind::IntegerEnum(integers) => all.extend(integers),
            Kind::Integer(None) if enums == Enums::Open => {}
            _ => return None,
        }
    }
    (!all.is_empty()).then(|| Kind::IntegerEnum(all.into_iter().collect()))
}

/// The documentation of the values of a variant; that of a variant with one value is about this value.
fn value_docs(variant: &Schema, end: &Schema) -> IndexMap<String, EnumValueDocs> {
    let mut value_docs = end.value_docs.clone();
    if let [only] = end.kind.values().as_slice() {
        let meaning = value_docs.entry(only.clone()).or_default();
        let own = EnumValueDocs::from_constant(variant, &end.kind);
        meaning.word = own.word.or(meaning.word.take());
        meaning.text = own.text.or(meaning.text.take());
    }
    value_docs
}

impl EnumValueDocs {
    /// An integer is named after its title, a string after itself.
    fn from_constant(constant: &Schema, kind: &Kind) -> Self {
        let title = constant.title.as_deref().filter(|title| !title.trim().is_empty());
        let is_word = matches!(kind, Kind::IntegerEnum(_));
        let word = title.filter(|title| is_word && title.len() <= LONGEST_WORD);
        let description = constant.description.as_deref().filter(|text| !text.trim().is_empty());
        let text = description.or(title.filter(|_| word.is_none()));
        Self { word: word.map(str::to_owned), text: text.map(str::to_owned) }
    }
}

/// The schema at the end of a chain of references.
pub(super) fn follow_aliases<'a>(schema: &'a Schema, schemas: &'a Schemas) -> Option<&'a Schema> {
    let mut found = schema;
    // Chains that lead back to their start were refused, so each step is a new schema.
    while let Kind::Alias(to) = &found.kind {
        found = schemas.get(to)?;
    }
    Some(found)
}
