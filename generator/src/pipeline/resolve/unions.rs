//! Unions that are lists of constants, and unions within unions.

use indexmap::{IndexMap, IndexSet};

use super::{EnumValueDocs, Kind, Schema, Union};
use crate::pointer::Pointer;

mod null;
mod plain;

pub use null::{spread_null, take_null};
pub use plain::join_plain;

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

/// Folds unions of constants into enums.
///
/// `oneOf: [{const: a, description: First}, {const: b}]` → `enum: [a, b]` with what `a` means;
/// `oneOf: [{const: 1, title: LOW}, {const: 2}]` → `enum: [1, 2]` with what to call `1`;
/// `anyOf: [{type: string}, {enum: [a, b]}]` → `enum: [a, b]`
pub fn fold(mut schemas: Schemas, enums: Enums) -> Schemas {
    join_constants(&mut schemas);
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

/// Makes one enum of the constants that a union has beside something else.
///
/// `oneOf: [{const: auto}, {const: none}, {type: integer}]` → `oneOf: [{enum: [auto, none]}, {type: integer}]`
fn join_constants(schemas: &mut Schemas) {
    let joined: Vec<Joined> = schemas.values().flat_map(|union| joined(union, schemas)).collect();
    for Joined { union, rest, constants: Constants { at, kind, value_docs, nullable } } in joined {
        if let Some(Kind::Union(union)) = schemas.get_mut(&union).map(|union| &mut union.kind) {
            union.variants.retain(|variant| !rest.contains(variant));
        }
        if let Some(first) = schemas.get_mut(&at) {
            first.kind = kind;
            first.value_docs = value_docs;
            first.nullable |= nullable;
            // They were about the first value, which has them now.
            (first.title, first.description) = (None, None);
            first.deprecated = false;
        }
    }
}

/// Constants of a union that are one enum: that of the first one.
struct Joined {
    union: Pointer,
    rest: Vec<Pointer>,
    constants: Constants,
}

/// The constants of a union that have no name: those that are texts, and those that are integers.
fn joined(union: &Schema, schemas: &Schemas) -> Vec<Joined> {
    let Kind::Union(Union { variants, discriminator: None }) = &union.kind else {
        return Vec::new();
    };
    let is_nameless = |variant: &&Schema| {
        is_within(&variant.at, &union.at) && variant.extensions.rust_name().is_none()
    };
    let inline = variants.iter().filter_map(|at| schemas.get(at)).filter(is_nameless);
    let constants: Vec<&Schema> = inline.filter(|it| it.kind.values().len() == 1).collect();
    let of_kind = |is_kind: fn(&Kind) -> bool| {
        let group: Vec<&Schema> =
            constants.iter().copied().filter(|constant| is_kind(&constant.kind)).collect();
        let (first, rest) = group.split_first().filter(|(_, rest)| !rest.is_empty())?;
        let is_all = group.len() == variants.len();
        let constants = enum_of(&first.at, group.iter().map(|it| (*it, *it)), Enums::Closed)?;
        let rest = rest.iter().map(|schema| schema.at.clone()).collect();
        (!is_all).then(|| Joined { union: union.at.clone(), rest, constants })
    };
    let texts = of_kind(|kind| matches!(kind, Kind::StringEnum(_)));
    let integers = of_kind(|kind| matches!(kind, Kind::IntegerEnum(_)));
    texts.into_iter().chain(integers).collect()
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
    enum_of(&schema.at, variants.into_iter(), enums)
}

/// The enum of variants, each with the schema that it leads to.
fn enum_of<'a>(
    at: &Pointer,
    variants: impl Iterator<Item = (&'a Schema, &'a Schema)>,
    enums: Enums,
) -> Option<Constants> {
    let variants: Vec<(&Schema, &Schema)> = variants.collect();
    let kinds: Vec<&Kind> = variants.iter().map(|(_, end)| &end.kind).collect();
    Some(Constants {
        at: at.clone(),
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
        meaning.deprecated |= own.deprecated || end.deprecated;
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
        Self {
            word: word.map(str::to_owned),
            text: text.map(str::to_owned),
            deprecated: constant.deprecated,
        }
    }
}

/// The schema at the end of a chain of references.
pub(super) fn follow_aliases<'a>(schema: &'a Schema, schemas: &'a Schemas) -> Option<&'a Schema> {
    let mut found = schema;
    // A chain that is longer than this leads back to its start.
    for _ in 0..=schemas.len() {
        let Kind::Alias(to) = &found.kind else { return Some(found) };
        found = schemas.get(to)?;
    }
    None
}
