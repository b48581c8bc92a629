//! Unions of texts, or of numbers, that nothing distinguishes.

use super::super::{Extension, Extensions, Kind, Schema, Union};
use super::{Schemas, is_within};
use crate::pointer::Pointer;

/// The formats of JSON Schema (2020-12, Validation, 7.3) whose values stay plain texts, and `url`, which many write for
/// `uri`.
const PLAIN_FORMATS: [&str; 15] = [
    "duration",
    "email",
    "hostname",
    "idn-email",
    "idn-hostname",
    "iri",
    "iri-reference",
    "json-pointer",
    "regex",
    "relative-json-pointer",
    "time",
    "uri",
    "uri-reference",
    "uri-template",
    "url",
];

/// Makes a plain text of a union of texts, and a number of one of numbers, whose variants have neither names nor types of
/// their own: which of them a value is would say nothing.
///
/// `anyOf: [{type: string, format: uri}, {type: string, format: email}]` → `type: string`;
/// `anyOf: [{type: number, minimum: 1}, {type: number, maximum: -1}]` → `type: number`
pub fn join_plain(mut schemas: Schemas, root: &Extensions) -> Schemas {
    // Any format may have a type there.
    let formats = if root.get(Extension::RustTypes).is_some() { &[][..] } else { &PLAIN_FORMATS };
    let joined: Vec<Joined> =
        schemas.values().filter_map(|schema| joined(schema, formats, &schemas)).collect();
    for Joined { at, kind, description } in joined {
        if let Some(schema) = schemas.get_mut(&at) {
            schema.kind = kind;
            schema.description = description;
        }
    }
    schemas
}

/// What a union is instead.
struct Joined {
    at: Pointer,
    kind: Kind,
    description: Option<String>,
}

fn joined(schema: &Schema, formats: &[&str], schemas: &Schemas) -> Option<Joined> {
    let Kind::Union(Union { variants, discriminator: None }) = &schema.kind else { return None };
    let variants: Vec<&Schema> =
        variants.iter().map(|at| schemas.get(at)).collect::<Option<_>>()?;
    let is_nameless = |variant: &&Schema| {
        let own = [Extension::RustName, Extension::RustType, Extension::Sensitive];
        is_within(&variant.at, &schema.at)
            && variant.title.is_none()
            && !own.iter().any(|word| variant.extensions.get(*word).is_some())
    };
    let kind = plain_kind(&variants.first()?.kind, formats)?;
    let is_alike = |variant: &&Schema| plain_kind(&variant.kind, formats).as_ref() == Some(&kind);
    let is_plain = variants.iter().all(|variant| is_nameless(variant) && is_alike(variant));
    is_plain.then(|| Joined {
        at: schema.at.clone(),
        description: joined_descriptions(schema, &variants),
        kind,
    })
}

/// Texts or numbers, if all that a kind says beyond that are limits.
fn plain_kind(kind: &Kind, formats: &[&str]) -> Option<Kind> {
    let is_plain = |format: &String| formats.contains(&format.as_str());
    match kind {
        Kind::String(format) if format.as_ref().is_none_or(is_plain) => Some(Kind::String(None)),
        Kind::Number(None) => Some(Kind::Number(None)),
        _ => None,
    }
}

/// The description of a union, then those of its variants as a list.
fn joined_descriptions(union: &Schema, variants: &[&Schema]) -> Option<String> {
    let texts = variants.iter().filter_map(|variant| variant.description.as_deref());
    let items: Vec<String> =
        texts.map(|text| format!("- {}", text.trim().replace('\n', "\n  "))).collect();
    let list = (!items.is_empty()).then(|| items.join("\n"));
    let parts: Vec<String> = union.description.clone().into_iter().chain(list).collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}
