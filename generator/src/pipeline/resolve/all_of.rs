//! `allOf`: one object instead of its parts.

use indexmap::IndexMap;

use super::context::Context;
use super::duplicates::is_component;
use super::unions::{self, Enums};
use super::{Additional, Constraint, EnumValueDocs, Field, Kind, Object, Schema, StringContent};
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::Pointer;

mod choices;
mod compatibility;

use compatibility::{are_disjoint, is_enum, narrows};

type Schemas = IndexMap<Pointer, Schema>;

/// How often unions in unions are distributed over their parts.
const MOST_ROUNDS: usize = 3;

/// Replaces every [`Kind::AllOf`] by what its parts are together.
///
/// `allOf: [Named, {properties: {age}}]` → an object with the fields of both;
/// `allOf: [Named]` → the same as `Named`;
/// `allOf: [Named, {oneOf: [A, B]}]` → `oneOf: [{allOf: [A, Named]}, {allOf: [B, Named]}]`.
pub fn fold(mut schemas: Schemas, context: &mut Context) -> Schemas {
    for at in circles(&schemas, context) {
        schemas.entry(at).and_modify(|schema| schema.kind = Kind::Any);
    }
    // A union that is an enum is not distributed.
    let mut schemas = unions::fold(schemas, Enums::Closed);
    let mut open: Vec<Pointer> = schemas.keys().cloned().collect();
    for round in 0..=MOST_ROUNDS {
        context.last_round = round == MOST_ROUNDS;
        let folded: Vec<_> = open
            .iter()
            .filter_map(|at| schemas.get(at))
            .filter_map(|schema| Some((schema.at.clone(), folded(schema, &schemas, context)?)))
            .collect();
        open.clear();
        for (at, folded) in folded {
            open.extend(folded.further.iter().map(|further| further.at.clone()));
            schemas.extend(folded.further.into_iter().map(|further| (further.at.clone(), further)));
            // If one variant of a union is left, its parts are merged in the next round.
            open.extend(matches!(folded.kind, Kind::AllOf(_)).then(|| at.clone()));
            if let Some(schema) = schemas.get_mut(&at) {
                schema.kind = folded.kind;
                schema.constraints.extend(folded.constraints);
                schema.value_docs.extend(folded.value_docs);
            }
        }
    }
    schemas
}

/// What an `allOf` is together, and the schemas that are made for it.
struct Folded {
    kind: Kind,
    constraints: Vec<Constraint>,
    value_docs: IndexMap<String, EnumValueDocs>,
    further: Vec<Schema>,
}

impl From<Kind> for Folded {
    fn from(kind: Kind) -> Self {
        Self { kind, constraints: Vec::new(), value_docs: IndexMap::new(), further: Vec::new() }
    }
}

/// Reports chains of references and `allOf`s that lead back to their start.
fn circles(schemas: &Schemas, context: &mut Context) -> Vec<Pointer> {
    let is_circle = |at: &&Pointer| parts(at, schemas, &mut vec![(*at).clone()]).is_none();
    let circles: Vec<Pointer> = schemas.keys().filter(is_circle).cloned().collect();
    for at in &circles {
        let message = "the schema refers to itself and to nothing else, so it has no value";
        context.report(DiagnosticCode::CyclicReference, at, message);
    }
    circles
}

fn folded(schema: &Schema, schemas: &Schemas, context: &mut Context) -> Option<Folded> {
    let Kind::AllOf(members) = &schema.kind else { return None };
    // A part that allows anything changes nothing.
    let says_something =
        |member: &&Pointer| schemas.get(*member).is_none_or(|schema| schema.kind != Kind::Any);
    let mut telling = members.iter().filter(says_something);
    match (telling.next(), telling.next()) {
        (None, _) => return Some(Kind::Any.into()),
        // A tag of its own makes it an object of its own.
        (Some(only), None) if schema.own_tags.is_empty() => {
            return Some(Kind::Alias(only.clone()).into());
        }
        _ => {}
    }
    let parts = parts(&schema.at, schemas, &mut vec![schema.at.clone()])?;
    Some(together(&schema.at, &parts, schemas, context))
}

/// The schemas at the ends of all references and `allOf`s below a schema.
///
/// `None` if they lead back to a schema on the chain.
fn parts<'a>(
    at: &Pointer,
    schemas: &'a Schemas,
    way: &mut Vec<Pointer>,
) -> Option<Vec<&'a Schema>> {
    let Some(schema) = schemas.get(at) else { return Some(Vec::new()) };
    let next: &[Pointer] = match &schema.kind {
        Kind::Alias(to) => std::slice::from_ref(to),
        Kind::AllOf(members) => members,
        _ => return Some(vec![schema]),
    };
    let mut ends = Vec::new();
    for to in next {
        if way.contains(to) {
            return None;
        }
        way.push(to.clone());
        ends.extend(parts(to, schemas, way)?);
        way.pop();
    }
    Some(ends)
}

fn together(at: &Pointer, parts: &[&Schema], schemas: &Schemas, context: &mut Context) -> Folded {
    let telling = parts.iter().copied().filter(|part| part.kind != Kind::Any);
    let (unions, plain): (Vec<&Schema>, Vec<&Schema>) =
        telling.partition(|part| matches!(part.kind, Kind::Union(_)));
    let (choices, unions): (Vec<&Schema>, Vec<&Schema>) = unions
        .into_iter()
        .partition(|union| !plain.is_empty() && choices::is_of_required(union, schemas));
    let constraints = choices.iter().filter_map(|choice| choices::member_sets(choice, schemas));
    let mut folded = match (unions.as_slice(), plain.as_slice()) {
        ([], _) => of_plain(at, &plain, schemas, context),
        ([only], []) => Folded::from(Kind::Alias(only.at.clone())),
        (unions, plain) => choices::distributed(at, unions, plain, schemas, context),
    };
    folded.constraints.extend(constraints);
    let rules = plain.iter().flat_map(|part| &part.constraints);
    let rules = rules.filter(|constraint| matches!(constraint, Constraint::Rule(_)));
    folded.constraints.extend(rules.cloned());
    folded
}

fn of_plain(at: &Pointer, parts: &[&Schema], schemas: &Schemas, context: &mut Context) -> Folded {
    let objects: Option<Vec<_>> = parts.iter().map(|part| as_object(&part.kind)).collect();
    if let Some(objects) = objects {
        return Kind::Object(merged(at, &objects, schemas, context)).into();
    }
    let says_all = |part: &&&Schema| parts.iter().all(|other| narrows(&part.kind, &other.kind));
    match (parts.iter().find(says_all), compatibility::shared(parts)) {
        // An enum with a name keeps it.
        (Some(narrowest), Some(_)) if is_component(&narrowest.at) && !narrowest.nullable => {
            Kind::Alias(narrowest.at.clone()).into()
        }
        (_, Some(shared)) => of_values(shared, parts),
        (Some(narrowest), None) => narrowest.kind.clone().into(),
        (None, None) => {
            let message =
                "the parts of this allOf are of different kinds; it is taken as any value";
            context.report(DiagnosticCode::WidenedKeyword, at, message);
            Kind::Any.into()
        }
    }
}

/// An enum, with the documentation of its values in the parts.
fn of_values(kind: Kind, parts: &[&Schema]) -> Folded {
    let known = kind.values();
    let value_docs = parts.iter().flat_map(|part| &part.value_docs);
    let value_docs = value_docs.filter(|(value, _)| known.contains(value));
    let value_docs = value_docs.map(|(value, meaning)| (value.clone(), meaning.clone())).collect();
    Folded { value_docs, ..kind.into() }
}

fn as_object(kind: &Kind) -> Option<&Object> {
    match kind {
        Kind::Object(object) => Some(object),
        _ => None,
    }
}

fn merged(at: &Pointer, objects: &[&Object], schemas: &Schemas, context: &mut Context) -> Object {
    let mut fields: IndexMap<&str, Field> = IndexMap::new();
    for field in objects.iter().flat_map(|object| &object.fields) {
        match fields.get_mut(field.name.as_str()) {
            Some(known) => narrow(at, known, field, schemas, context),
            None => {
                fields.insert(&field.name, field.clone());
            }
        }
    }
    let additional = objects.iter().map(|object| &object.additional);
    Object {
        fields: fields.into_values().collect(),
        additional: additional.fold(Additional::Unspecified, stricter),
    }
}

/// A field in two parts follows both of its schemas; the narrower one is enough.
fn narrow(
    at: &Pointer,
    known: &mut Field,
    further: &Field,
    schemas: &Schemas,
    context: &mut Context,
) {
    known.required |= further.required;
    let (Some(old), Some(new)) = (&known.schema, &further.schema) else {
        known.schema = known.schema.take().or_else(|| further.schema.clone());
        return;
    };
    let end = |at| parts(at, schemas, &mut Vec::new()).unwrap_or_default();
    let has_content = |at| end(at).iter().any(|schema| schema.content != StringContent::default());
    let kinds = |at| end(at).first().map_or(Kind::Any, |schema| schema.kind.clone());
    match (kinds(old), kinds(new)) {
        _ if old == new => {}
        (Kind::String(_), Kind::String(_)) if has_content(new) && !has_content(old) => {
            known.schema = further.schema.clone();
        }
        (old, new) if new == Kind::Any || narrows(&old, &new) => {}
        (old, new) if old == Kind::Any || narrows(&new, &old) => {
            known.schema = further.schema.clone();
        }
        // Both are objects or lists that differ in depth: the later part repeats the earlier.
        (Kind::Object(_), Kind::Object(_)) | (Kind::Array(_), Kind::Array(_)) => {
            known.schema = further.schema.clone();
        }
        // Enums are open, so either takes what both allow.
        (old, new) if is_enum(&old) && is_enum(&new) && !are_disjoint(&old, &new) => {
            known.schema = further.schema.clone();
        }
        _ => {
            let name = &known.name;
            let message = format!("the parts of this allOf contradict each other about `{name}`");
            context.report(DiagnosticCode::WidenedKeyword, at, message);
            known.schema = None;
        }
    }
}

/// The additional members of all parts of an `allOf`.
///
/// A part that forbids them means all but its own fields, so it does not count for the others.
fn stricter(all: Additional, one: &Additional) -> Additional {
    match (all, one) {
        (Additional::Unspecified, one) => one.clone(),
        (Additional::Forbidden, one @ (Additional::Any | Additional::Schema(_))) => one.clone(),
        (Additional::Any, one @ Additional::Schema(_)) => one.clone(),
        (all, _) => all,
    }
}
