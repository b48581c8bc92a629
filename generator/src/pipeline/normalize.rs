//! Stage 2: any description → a flat one, its schemas in the words of JSON Schema 2020-12, the rest read by `openapiv3`.

use openapiv3::OpenAPI;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::{Diagnostics, WithDiagnostics};
use crate::pipeline::load::{self, Loaded};
use crate::pointer::Pointer;
use diagnostic_sink::DiagnosticSink;
pub(crate) use flatten::is_component;
pub use json_schema::{AdditionalProperties, Discriminator, JsonSchema, SchemaType};
use object_kind::ObjectKind;
use object_schema::walk;
use pointer_rewrites::PointerRewrites;
use read::Reading;
pub use read::{FurtherOperation, Schemas, Webhooks};
pub use schema::{BIG_INTEGER, is_wider_integer};
use source_mapping::Overlaid;
pub use source_mapping::SourceMapping;

mod described;
mod diagnostic_sink;
mod document;
mod dynamic_references;
mod faulty_operation;
mod faulty_operations;
mod flatten;
mod hoist;
mod json_schema;
pub(crate) mod kept_facts;
mod keywords;
mod media_types;
mod members;
pub(crate) mod methods;
mod ms_paths;
mod object_editor;
pub(crate) mod object_kind;
pub(crate) mod object_schema;
mod overlay;
mod own_words;
mod parameters;
mod path_items;
pub(crate) mod path_parameters;
pub(crate) mod path_template;
mod pointer_rewrites;
mod query_strings;
mod read;
mod references;
mod requirements;
mod schema;
mod source_mapping;
mod swagger_2;
mod version;
pub(crate) mod whole_members;

#[cfg(test)]
mod tests;

/// Whether a word is a keyword of schemas.
pub(crate) fn is_keyword(word: &str) -> bool {
    keywords::member(word).is_some()
}

/// The deepest nesting of objects and lists that is worked on.
const DEEPEST: usize = 300;

/// A description whose schemas stand beside it: each by its JSON pointer in the document, where `$ref: "#<pointer>"` stands
/// in its place.
#[derive(Clone, Debug)]
pub struct Description {
    /// Where its parts were written.
    pub origins: SourceMapping,
    /// The description in OpenAPI 3.0 words, without its schemas and the parts that were reported.
    pub openapi: OpenAPI,
    /// Its schemas.
    pub schemas: Schemas,
    /// Its webhooks by their places, for which OpenAPI 3.0 has no word.
    pub webhooks: Webhooks,
    /// The operations of paths whose methods OpenAPI 3.0 has no word for.
    pub further: Vec<FurtherOperation>,
    /// Whether nothing was left out.
    pub is_whole: bool,
}

/// Puts a description of Swagger 2.0 or OpenAPI 3.0 to 3.2 into plain words, after its overlays were applied.
///
/// Parts of which no correct client can be made are reported and left out.
pub fn normalize(description: Loaded, overlays: Vec<Loaded>) -> WithDiagnostics<Description> {
    overlaid(description, overlays).then(in_plain_words)
}

/// The same, but an overlay's action that matches nothing is only warned of (`skipped-action`).
pub fn normalize_where_it_fits(
    description: Loaded,
    overlays: Vec<Loaded>,
) -> WithDiagnostics<Description> {
    let overlaid = overlaid(description, overlays);
    overlaid
        .recoded(DiagnosticCode::UnmatchedAction, DiagnosticCode::SkippedAction)
        .then(in_plain_words)
}

/// As a document with its schemas as components by their places, to be looked at.
impl Serialize for Description {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serde_json::to_value(&self.openapi).map_err(S::Error::custom)?;
        if !self.schemas.is_empty() {
            let schemas = serde_json::to_value(&self.schemas).map_err(S::Error::custom)?;
            document["components"]["schemas"] = schemas;
        }
        document.serialize(serializer)
    }
}

/// Applies overlays to a description, one after the other, and does nothing else.
///
/// Reports `invalid-overlay` and `unmatched-action`, and leaves such actions out.
pub fn effective(description: Loaded, overlays: Vec<Loaded>) -> WithDiagnostics<Loaded> {
    overlaid(description, overlays).map(|(description, _)| description)
}

/// The description as it was written, its overlays applied. It is read once more, since few ask for it and all would pay
/// for keeping it.
pub(crate) fn written(origins: &SourceMapping) -> Value {
    let written = load::parse(origins.source())
        .with(origins.overlays().map(load::parse))
        .then(|(description, overlays)| effective(description, overlays));
    written.into_value().map_or(Value::Null, |written| written.value)
}

/// A description with its overlays applied, and what each brought.
fn overlaid(
    description: Loaded,
    overlays: Vec<Loaded>,
) -> WithDiagnostics<(Loaded, Vec<Overlaid>)> {
    let start = WithDiagnostics::new((description, Vec::new()), Diagnostics::default());
    overlays.into_iter().fold(start, |outcome, Loaded { source, value }| {
        outcome.then(|(mut description, mut earlier)| {
            let mut diagnostics = DiagnosticSink::about(&source.file);
            let additions = overlay::apply(&value, &mut description, &mut diagnostics);
            earlier.push(Overlaid { source, additions });
            diagnostics.finish((description, earlier))
        })
    })
}

fn in_plain_words(
    (description, overlays): (Loaded, Vec<Overlaid>),
) -> WithDiagnostics<Description> {
    let Loaded { source, mut value } = description;
    let mut diagnostics = DiagnosticSink::about(&source.file);
    let is_readable = version::check(&value, &mut diagnostics);
    if is_too_deep(&value) {
        let message = format!("the description is nested more than {DEEPEST} levels deep");
        diagnostics.error(DiagnosticCode::TooDeep, &Pointer::root(), message);
        return WithDiagnostics::nothing(diagnostics.give_up());
    }
    if !is_readable {
        return WithDiagnostics::nothing(diagnostics.give_up());
    }
    let mut moves = rewrite(&mut value, &overlays, &mut diagnostics);
    let schemas = flatten::flatten(&mut value);
    described::inline(&mut value);
    hoist::hoist(&mut value, &mut moves);
    let read = read::read(value, schemas, &mut diagnostics);
    let is_whole = !diagnostics.has_left_out();
    let faulty = diagnostics.tolerate_operations();
    let origins = diagnostics.relocate(source, overlays, moves);
    match read {
        Some(Reading { mut openapi, schemas, webhooks, mut further }) => {
            faulty_operations::leave_out(&faulty, &mut openapi, &mut further);
            let read = Description { origins, openapi, schemas, webhooks, further, is_whole };
            diagnostics.finish(read)
        }
        None => WithDiagnostics::nothing(diagnostics.give_up()),
    }
}

/// Puts a whole document into plain words, and gives what was moved in it.
fn rewrite(
    value: &mut Value,
    overlays: &[Overlaid],
    diagnostics: &mut DiagnosticSink,
) -> PointerRewrites {
    let mut moves = PointerRewrites::default();
    move_to_places_of_openapi_3(value, &mut moves, diagnostics);
    query_strings::normalize(value, &mut moves);
    if let Some(own) = value.get("$self").and_then(Value::as_str).filter(|own| !own.is_empty()) {
        moves.named(own.to_owned(), &Pointer::root());
    }
    dynamic_references::expand(value, &mut moves, diagnostics);
    own_words::read_prefixed(value, overlays, &mut moves, diagnostics);
    path_items::keep_order(value);
    path_parameters::declare(value, diagnostics);
    walk(ObjectKind::Description, value, &Pointer::root(), &mut |object, value, at| {
        if object == ObjectKind::Schema {
            schema::rewrite(value, &mut schema::Context { at, diagnostics, moves: &mut moves });
        }
        document::correct(object, value, at, diagnostics);
    });
    references::correct(value, &moves, diagnostics);
    moves
}

/// A description with its operations and schemas where the stages say that they are, otherwise as it was written: of
/// Swagger 2.0, `/components/schemas/Pet` instead of `/definitions/Pet`.
pub fn in_places_of_openapi_3(description: &Loaded) -> Value {
    let (mut value, mut moves) = (description.value.clone(), PointerRewrites::default());
    let mut diagnostics = DiagnosticSink::about(&description.source.file);
    move_to_places_of_openapi_3(&mut value, &mut moves, &mut diagnostics);
    references::correct(&mut value, &moves, &mut diagnostics);
    value
}

fn move_to_places_of_openapi_3(
    value: &mut Value,
    moves: &mut PointerRewrites,
    diagnostics: &mut DiagnosticSink,
) {
    whole_members::inline(value, diagnostics);
    ms_paths::move_to_paths(value, moves, diagnostics);
    path_items::inline(value, diagnostics);
    swagger_2::upgrade(value, moves, diagnostics);
    media_types::inline(value, moves);
}

/// Looks with a list of its own instead of by recursion, so that no depth can exhaust the stack.
fn is_too_deep(value: &Value) -> bool {
    let mut open = vec![(value, 1)];
    while let Some((value, depth)) = open.pop() {
        if depth > DEEPEST {
            return true;
        }
        match value {
            Value::Array(items) => open.extend(items.iter().map(|item| (item, depth + 1))),
            Value::Object(members) => open.extend(members.values().map(|item| (item, depth + 1))),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    false
}
