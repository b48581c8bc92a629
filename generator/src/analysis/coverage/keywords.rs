//! What became of keywords: by the schemas where they are used, by diagnostics where they are not.

use indexmap::IndexMap;
use serde::Serialize;

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::pipeline::normalize::SourceMapping;
use crate::pipeline::normalize::methods::{ADDITIONAL, METHODS};
use crate::pipeline::render::documentation::constraints::sentence;
use crate::pipeline::resolve::{Access, Additional, Kind, Schema};

/// What became of a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// The client does as it says, or tells of it.
    Used,
    /// The client takes more than it allows.
    Widened,
    /// No code is made of it.
    Ignored,
}

/// A keyword, and how often what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Keyword {
    /// The keyword; for a diagnostic about more than one, the diagnostic's code.
    pub keyword: String,
    /// What became of it.
    pub fate: Fate,
    /// How often.
    pub count: usize,
    /// The first place of it.
    pub first: String,
}

/// What the schemas of the description say, in the words of OpenAPI 3.0, once each is read.
pub fn used(schemas: &[&Schema], origins: &SourceMapping) -> Vec<Keyword> {
    let said = schemas.iter().flat_map(|schema| {
        let place = origins.place(&schema.at).pointer;
        words(schema).into_iter().map(move |word| (word.to_owned(), Fate::Used, place.to_string()))
    });
    counted(said)
}

/// What diagnostics tell of.
pub fn told(said: &Diagnostics) -> Vec<Keyword> {
    counted(said.iter().filter_map(|one| {
        let fate = fate(one)?;
        Some((keyword(one), fate, one.place.pointer.to_string()))
    }))
}

/// How many operations have no code, because their method is none.
pub fn lost_operations(said: &Diagnostics) -> usize {
    let lost = said.iter().filter(|one| one.code == DiagnosticCode::NotGenerated);
    let lost = lost.map(|one| one.place.pointer.steps().collect::<Vec<_>>());
    lost.filter(|steps| match steps.as_slice() {
        [paths, _, additional, _] => paths == "paths" && additional == ADDITIONAL,
        [paths, _, method] => paths == "paths" && METHODS.contains(&method.as_str()),
        _ => false,
    })
    .count()
}

fn counted(said: impl Iterator<Item = (String, Fate, String)>) -> Vec<Keyword> {
    let mut counts: IndexMap<(Fate, String), (usize, String)> = IndexMap::new();
    for (keyword, fate, place) in said {
        counts.entry((fate, keyword)).or_insert((0, place)).0 += 1;
    }
    let counts = counts.into_iter();
    let mut counted: Vec<_> = counts
        .map(|((fate, keyword), (count, first))| Keyword { keyword, fate, count, first })
        .collect();
    counted.sort_by_key(|one| (one.fate as u8, std::cmp::Reverse(one.count)));
    counted
}

fn fate(said: &Diagnostic) -> Option<Fate> {
    match said.code {
        DiagnosticCode::WidenedKeyword
        | DiagnosticCode::MissingSchema
        | DiagnosticCode::UnknownType => Some(Fate::Widened),
        DiagnosticCode::UnknownKeyword
        | DiagnosticCode::MisplacedKeyword
        | DiagnosticCode::NotGenerated => Some(Fate::Ignored),
        // What else is warned of loses nothing of the description.
        _ => None,
    }
}

/// The word at the place of a diagnostic, where it is one of a schema and not a name that somebody chose.
fn keyword(said: &Diagnostic) -> String {
    let last = said.place.pointer.steps().next_back().unwrap_or_default();
    match said.code {
        DiagnosticCode::WidenedKeyword if !crate::pipeline::normalize::is_keyword(&last) => {
            said.code.as_str().to_owned()
        }
        DiagnosticCode::MissingSchema => "$ref".to_owned(),
        _ => last,
    }
}

fn words(schema: &Schema) -> Vec<&'static str> {
    let said = [
        ("title", schema.title.is_some()),
        ("description", schema.description.is_some()),
        ("nullable", schema.nullable),
        ("default", schema.default.is_some()),
        ("example", schema.example.is_some()),
        ("deprecated", schema.deprecated),
        ("readOnly", schema.access == Access::ReadOnly),
        ("writeOnly", schema.access == Access::WriteOnly),
        ("limits, told in words", schema.constraints.iter().any(|it| sentence(it).is_some())),
    ];
    let mut words = of_kind(&schema.kind);
    words.extend(said.into_iter().filter(|(_, is_said)| *is_said).map(|(word, _)| word));
    words
}

fn of_kind(kind: &Kind) -> Vec<&'static str> {
    match kind {
        Kind::Any => Vec::new(),
        Kind::Boolean(_) => vec!["type"],
        Kind::Integer(format) | Kind::Number(format) | Kind::String(format) => {
            if format.is_some() {
                vec!["type", "format"]
            } else {
                vec!["type"]
            }
        }
        Kind::StringEnum(_) | Kind::IntegerEnum(_) => vec!["type", "enum"],
        Kind::MixedEnum(_) => vec!["enum"],
        Kind::Array(items) => {
            if items.is_some() {
                vec!["type", "items"]
            } else {
                vec!["type"]
            }
        }
        Kind::Object(object) => {
            let said = [
                ("properties", !object.fields.is_empty()),
                ("required", object.fields.iter().any(|field| field.required)),
                ("additionalProperties", object.additional != Additional::Unspecified),
            ];
            let said = said.into_iter().filter(|(_, is_said)| *is_said).map(|(word, _)| word);
            std::iter::once("type").chain(said).collect()
        }
        Kind::Union(union) => {
            let by = union.discriminator.as_ref().map(|_| "discriminator");
            std::iter::once("oneOf or anyOf").chain(by).collect()
        }
        Kind::Alias(_) => vec!["$ref"],
        Kind::AllOf(_) => vec!["allOf"],
        Kind::Tuple(_) => vec!["type", "prefixItems"],
    }
}
