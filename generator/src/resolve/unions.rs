//! Unions that are no more than a list of texts.

use indexmap::IndexMap;

use super::{Kind, Schema, Union};
use crate::pointer::Pointer;

type Schemas = IndexMap<Pointer, Schema>;

/// Folds unions of texts into enums: enums are open, so a text besides says no more.
///
/// `oneOf: [{const: a, description: First}, {const: b}]` → `enum: [a, b]` with what `a` means;
/// `anyOf: [{type: string}, {enum: [a, b]}]` → `enum: [a, b]`
pub fn fold(mut schemas: Schemas) -> Schemas {
    let folded: Vec<_> = schemas.values().filter_map(|schema| texts(schema, &schemas)).collect();
    for (at, texts, meanings) in folded {
        if let Some(schema) = schemas.get_mut(&at) {
            schema.kind = Kind::Texts(texts);
            schema.meanings = meanings;
        }
    }
    schemas
}

type Folded = (Pointer, Vec<String>, IndexMap<String, String>);

fn texts(schema: &Schema, schemas: &Schemas) -> Option<Folded> {
    let Kind::Union(Union { variants, .. }) = &schema.kind else { return None };
    let mut texts: Vec<String> = Vec::new();
    let mut meanings = IndexMap::new();
    for at in variants {
        let variant = schemas.get(at)?;
        let end = end(variant, schemas)?;
        match &end.kind {
            Kind::Texts(values) => {
                let new = values.iter().filter(|value| !texts.contains(value));
                let new: Vec<String> = new.cloned().collect();
                texts.extend(new);
                meanings.extend(end.meanings.clone());
                if let ([only], Some(meaning)) = (values.as_slice(), &variant.description) {
                    meanings.insert(only.clone(), meaning.clone());
                }
            }
            // An open enum keeps any text.
            Kind::String(None) => {}
            _ => return None,
        }
    }
    (!texts.is_empty()).then(|| (schema.at.clone(), texts, meanings))
}

/// The schema at the end of a chain of references.
pub(super) fn end<'a>(schema: &'a Schema, schemas: &'a Schemas) -> Option<&'a Schema> {
    let mut found = schema;
    // Chains that lead back to their start were refused, so each step is a new schema.
    while let Kind::Same(to) = &found.kind {
        found = schemas.get(to)?;
    }
    Some(found)
}
