//! References: spelled one way, following what was moved, each to something that fits, and none out of the document.

use serde_json::{Map, Value, json};

use super::diagnostic_sink::DiagnosticSink;
use super::flatten::is_component;
use super::object_kind::ObjectKind;
use super::object_schema::{is_reference, kind_at, walk};
use super::pointer_rewrites::PointerRewrites;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::{Diagnostic, SpanKind};
use crate::pointer::{Pointer, percent_decoded};

mod instead;
mod near;

/// How many references may follow each other: far more than anybody writes.
const LONGEST_CHAIN: usize = 64;

/// Puts every `$ref` of the document right; one that leads nowhere is reported and left out.
pub(super) fn correct(
    description: &mut Value,
    moves: &PointerRewrites,
    diagnostics: &mut DiagnosticSink,
) {
    let references = references(description, moves, diagnostics);
    let mut ends = Vec::new();
    for reference in &references {
        let end = reference.end(description, moves);
        ends.push(match end {
            Ok(end) => Some(end),
            Err(fault) => reference.mended(&fault, description, moves, diagnostics),
        });
    }
    for (reference, end) in references.iter().zip(ends).filter(|(it, end)| !it.is_right(end)) {
        if let Some(place) = description.pointer_mut(reference.at.as_str()) {
            reference.replace(place, end);
        }
    }
}

/// A Reference Object (OpenAPI 3.1.0, 4.8.23), or a schema that is one.
struct Reference {
    /// What has to stand at its end.
    object: ObjectKind,
    at: Pointer,
    written: String,
}

/// What is wrong with a reference.
enum Fault {
    /// It leads out of the document.
    External,
    /// There is nothing at its place.
    Dangling(Pointer),
    /// There is something else.
    Unfit(Option<ObjectKind>),
    /// It leads back to itself.
    Circle,
}

fn references(
    description: &mut Value,
    moves: &PointerRewrites,
    diagnostics: &mut DiagnosticSink,
) -> Vec<Reference> {
    let mut references = Vec::new();
    walk(ObjectKind::Description, description, &Pointer::root(), &mut |object, value, at| {
        let Value::Object(members) = value else { return };
        if object == ObjectKind::Discriminator {
            correct_mapping(members, moves);
        }
        let Some(Value::String(written)) = members.get("$ref") else { return };
        references.push(Reference { object, at: at.clone(), written: written.clone() });
        warn_of_siblings(object, members, at, diagnostics);
    });
    references
}

impl Reference {
    /// Where it leads, past schemas that are references themselves and have no name.
    fn end(&self, description: &Value, moves: &PointerRewrites) -> Result<Pointer, Fault> {
        let mut place = spelled(&self.written, moves).ok_or(Fault::External)?;
        let mut end = None;
        for _ in 0..LONGEST_CHAIN {
            let Some((real, found)) = there(&place, description, moves) else {
                return end.ok_or(Fault::Dangling(place));
            };
            place = real;
            if place == self.at {
                return Err(Fault::Circle);
            }
            let kind = kind_at(&place);
            if end.is_none() && kind != Some(self.object) {
                return Err(Fault::Unfit(kind));
            }
            if end.is_none() && (is_named(self.object, &place) || !is_reference(found)) {
                end = Some(place.clone());
            }
            let next = found.get("$ref").and_then(Value::as_str);
            match next.and_then(|next| spelled(next, moves)) {
                Some(next) => place = next,
                // What is wrong with the next one is told at its own place.
                None => return Ok(end.unwrap_or(place)),
            }
        }
        end.ok_or(Fault::Circle)
    }

    /// What is meant where it can be nothing else, with a warning; else the fault is reported.
    fn mended(
        &self,
        fault: &Fault,
        description: &Value,
        moves: &PointerRewrites,
        diagnostics: &mut DiagnosticSink,
    ) -> Option<Pointer> {
        let namesake = near::namesake(fault, self.object, &self.written, description);
        if let Some(namesake) = &namesake {
            let (_, message) = fault.told(&self.written, self.object.name());
            let message = format!("{message}; `#{}` was read", moves.before(namesake).as_str());
            diagnostics.warn(DiagnosticCode::Corrected, &self.at.at("$ref"), message);
            return Some(namesake.clone());
        }
        if let Some(schema) = self.schema_instead(fault, description, moves) {
            let (_, message) = fault.told(&self.written, self.object.name());
            let message = format!("{message}; it was read as JSON of that schema");
            diagnostics.warn(DiagnosticCode::Corrected, &self.at.at("$ref"), message);
            return Some(schema);
        }
        let like = diagnostics
            .may_propose()
            .then(|| near::place(fault, self.object, &self.written, description));
        let like = like.flatten().map(|like| moves.before(&like));
        let diagnostic = self.diagnostic(fault, like, diagnostics);
        diagnostics.push(diagnostic);
        None
    }

    fn diagnostic(
        &self,
        fault: &Fault,
        like: Option<Pointer>,
        diagnostics: &DiagnosticSink,
    ) -> Diagnostic {
        let (code, message) = match fault {
            Fault::Circle | Fault::External => fault.told(&self.written, self.object.name()),
            Fault::Dangling(_) | Fault::Unfit(_) => {
                let (code, message) = fault.told(&self.written, self.object.name());
                let (code, instead) = match self.object {
                    ObjectKind::Schema => (DiagnosticCode::MissingSchema, "any value is taken"),
                    ObjectKind::RequestBody => (code, "no code is made of the operation"),
                    ObjectKind::MediaType => (code, "any content is taken"),
                    _ => (code, "it is left out"),
                };
                (code, format!("{message}; {instead}"))
            }
        };
        let diagnostic = Diagnostic::new(code, diagnostics.place(&self.at.at("$ref")), message);
        match (like, fault) {
            (Some(like), _) => diagnostic
                .help(format!("did you mean `#{}`?", like.as_str()))
                .related(diagnostics.place(&like).spot(SpanKind::Key), "this has a like name"),
            (None, Fault::External) => diagnostic.help(
                "only files in the folder of the description are read: save the file there, or bundle the description",
            ),
            (None, _) => diagnostic,
        }
    }

    /// Whether it is written already as it would be put right.
    fn is_right(&self, end: &Option<Pointer>) -> bool {
        let written = self.written.strip_prefix('#');
        end.as_ref().is_some_and(|end| written == Some(end.as_str()) && !self.is_schema(end))
    }

    /// Puts the reference right; without an end, any value is taken in the place of a schema, and anything else is
    /// absent.
    fn replace(&self, place: &mut Value, end: Option<Pointer>) {
        match (end, self.object) {
            (Some(end), _) if self.is_schema(&end) => *place = instead::json_of(self.object, &end),
            (Some(end), _) => {
                if let Some(members) = place.as_object_mut() {
                    members.insert("$ref".to_owned(), format!("#{}", end.as_str()).into());
                }
            }
            (None, ObjectKind::Schema | ObjectKind::MediaType) => *place = json!({}),
            (None, ObjectKind::Response) => *place = json!({ "description": "" }),
            (None, _) => *place = Value::Null,
        }
    }
}

impl Fault {
    fn told(&self, written: &str, needed: &str) -> (DiagnosticCode, String) {
        match self {
            Self::External => (
                DiagnosticCode::ExternalReference,
                format!("`{written}` leads out of this document"),
            ),
            Self::Dangling(_) => {
                (DiagnosticCode::DanglingReference, format!("nothing is at `{written}`"))
            }
            Self::Unfit(None) => (
                DiagnosticCode::DanglingReference,
                format!("what is at `{written}` is not {needed}, which is needed here"),
            ),
            Self::Unfit(Some(kind)) => (
                DiagnosticCode::DanglingReference,
                format!("`{written}` is {}, and {needed} is needed here", kind.name()),
            ),
            Self::Circle => (
                DiagnosticCode::CyclicReference,
                format!("`{written}` leads back to this place, so it has no value"),
            ),
        }
    }
}

/// What is at a place, and where that stands itself if references are on the way there.
///
/// `/paths/~1pets/get/responses/200/content` → `/components/responses/Pets/content`, where the response is a reference
fn there<'v>(
    place: &Pointer,
    description: &'v Value,
    moves: &PointerRewrites,
) -> Option<(Pointer, &'v Value)> {
    if let Some(found) = description.pointer(place.as_str()) {
        return Some((place.clone(), found));
    }
    let (mut at, mut here) = (Pointer::root(), description);
    for step in place.steps() {
        for _ in 0..LONGEST_CHAIN {
            if step_into(here, &step).is_some() {
                break;
            }
            at = spelled(here.get("$ref")?.as_str()?, moves)?;
            here = description.pointer(at.as_str())?;
        }
        here = step_into(here, &step)?;
        at = at.at(step);
    }
    Some((at, here))
}

fn step_into<'v>(value: &'v Value, step: &str) -> Option<&'v Value> {
    match value {
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        value => value.get(step),
    }
}

/// Whether a place keeps its name when it is only a reference: of the schemas, those that others speak of.
fn is_named(object: ObjectKind, place: &Pointer) -> bool {
    object != ObjectKind::Schema || is_component(place)
}

/// The place that a reference means (RFC 6901); `None` where it leads out of the document.
///
/// `#/paths/~1users~1%7Bid%7D` → `/paths/~1users~1{id}`, `#user` → `/components/schemas/User` by its `$anchor`
fn spelled(reference: &str, moves: &PointerRewrites) -> Option<Pointer> {
    let (schema, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let place = match (moves.place_of(reference), moves.place_of(schema)) {
        (Some(place), _) => place.clone(),
        // `page#/properties/total`, where a schema has the `$id` `page`.
        (None, Some(schema)) => {
            Pointer::parse(&percent_decoded(fragment))?.moved(&Pointer::root(), schema)?
        }
        (None, None) => Pointer::parse(&percent_decoded(reference.strip_prefix('#')?))?,
    };
    Some(moves.follow(&place))
}

fn correct_mapping(discriminator: &mut Map<String, Value>, moves: &PointerRewrites) {
    let (mut default, mut mapping) = (None, None);
    for (member, value) in discriminator {
        match member.as_str() {
            "defaultMapping" => default = Some(value),
            "mapping" => mapping = value.as_object_mut(),
            _ => {}
        }
    }
    for value in mapping.into_iter().flat_map(Map::values_mut).chain(default) {
        if let Some(place) = value.as_str().and_then(|reference| spelled(reference, moves)) {
            *value = format!("#{}", place.as_str()).into();
        }
    }
}

/// A Reference Object may have a summary and a description and nothing else (OpenAPI 3.1.0, 4.8.23).
fn warn_of_siblings(
    object: ObjectKind,
    members: &Map<String, Value>,
    at: &Pointer,
    diagnostics: &mut DiagnosticSink,
) {
    let beside = |key: &&String| !["$ref", "summary", "description"].contains(&key.as_str());
    if object == ObjectKind::Schema {
        return;
    }
    for key in members.keys().filter(beside) {
        let message = format!("`{key}` says nothing beside a `$ref`");
        diagnostics.warn(DiagnosticCode::MisplacedKeyword, &at.at(key), message);
    }
}
