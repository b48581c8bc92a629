//! Unions that are lists of constants.

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
