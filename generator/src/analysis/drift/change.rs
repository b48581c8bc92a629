//! What a group of events changes in a description.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::kinds::{self, Dialect};
use super::{Action, Event, Kind, Subject, places, written};
use crate::pipeline::resolve;
use crate::pointer::Pointer;

/// What a group of events changes.
pub enum Change {
    /// These actions.
    Actions(Vec<Action>),
    /// Nothing: the description has it already.
    None,
    /// What no action says, for this reason.
    Left(String),
}

impl Change {
    fn left(reason: &str) -> Self {
        Self::Left(reason.to_owned())
    }

    /// Actions, if all of them can be written.
    fn of(actions: Option<Vec<Action>>) -> Self {
        match actions {
            Some(actions) if actions.is_empty() => Self::None,
            Some(actions) => Self::Actions(actions),
            None => Self::left("what the description has there takes no action; change it by hand"),
        }
    }
}

const GONE: &str = "the description has no such place; was the client made of another one?";

/// What the events of one place change. `why` says what was seen.
pub fn change(subject: &Subject, group: &[&Event], why: &str) -> Change {
    let Some(event) = group.first() else { return Change::None };
    match event.kind {
        Kind::UndescribedStatus => status(subject, event, why),
        Kind::UndescribedMediaType => media_type(subject, event),
        Kind::UnknownValue => values(subject, group, why),
        Kind::UndescribedMember => member(subject, group, why),
        Kind::MissingMember => required(subject, group, why),
        Kind::OtherKind => kind(subject, group, why),
    }
}

fn status(subject: &Subject, event: &Event, why: &str) -> Change {
    let Some(responses) = places::responses(event, subject) else { return Change::left(GONE) };
    if places::describes(event, subject) {
        return Change::None;
    }
    let status = event.status;
    if (200..300).contains(&status) {
        return Change::Left(format!(
            "what a successful reply holds is what the method returns; describe it at {}",
            responses.as_str()
        ));
    }
    let update = json!({ status.to_string(): { "description": "Seen, but not described." } });
    Change::of(
        Action::update(&responses, &subject.document, why, update).map(|action| vec![action]),
    )
}

fn media_type(subject: &Subject, event: &Event) -> Change {
    let Some(responses) = places::responses(event, subject) else { return Change::left(GONE) };
    let (status, responses) = (event.status, responses.as_str());
    Change::Left(format!(
        "what it holds was not compared, and it may be of a proxy; describe it at {responses}/{status}"
    ))
}

fn values(subject: &Subject, group: &[&Event], why: &str) -> Change {
    let Some(at) = group.first().and_then(|event| places::schema(event, subject)) else {
        // The tag of a union is a member of its variants.
        return Change::left(
            "the tag stands for a schema that is not described; add it to the union by hand",
        );
    };
    let values: Vec<&Value> = group.iter().filter_map(|event| event.value.as_ref()).collect();
    if values.len() < group.len() {
        return Change::left(
            "there are too many values, or too long ones, for an enum; take it out by hand",
        );
    }
    let end = subject.resolved.follow_aliases(&at).map_or(&at, |end| &end.at);
    let lists = ["enum", "oneOf", "anyOf"].map(|keyword| written::lists(end, keyword, subject));
    let Some(lists) = lists.into_iter().find(|lists| !lists.is_empty()) else {
        return Change::left("its values are not listed in one place; add it by hand");
    };
    // The parts of an `allOf` must all have it.
    let actions = lists.iter().flat_map(|list| {
        let new = lacking(list, &values, subject);
        new.into_iter().map(|item| written::push(list, item, why, subject))
    });
    Change::of(actions.collect())
}

/// What values are as items of a list, without those that it has.
fn lacking(list: &Pointer, values: &[&Value], subject: &Subject) -> Vec<Value> {
    let known = subject.at(list).and_then(Value::as_array).map_or(&[] as &[_], Vec::as_slice);
    let is_enum = list.as_str().ends_with("/enum");
    let mut new: Vec<Value> = Vec::new();
    for value in values {
        let item = if is_enum { (*value).clone() } else { json!({ "const": value }) };
        if !known.contains(&item) && !new.contains(&item) {
            new.push(item);
        }
    }
    new
}

fn member(subject: &Subject, group: &[&Event], why: &str) -> Change {
    let Some((event, at)) = found(subject, group) else { return Change::left(GONE) };
    let name = event.member.as_deref().unwrap_or("*");
    if name == "*" {
        return Change::left(
            "there are too many names, or too long ones; if it is a map, describe it by `additionalProperties`",
        );
    }
    let Some(end) = subject.resolved.follow_aliases(&at) else { return Change::left(GONE) };
    if let resolve::Kind::Object(object) = &end.kind
        && object.fields.iter().any(|field| field.name == name)
    {
        return Change::None;
    }
    let schema = kinds::schema(&kinds(group), Dialect::of(&subject.document));
    let update = json!({ "properties": { name: schema } });
    let places = [&end.at].into_iter().chain(&end.repeated_at);
    let update = |at| Action::update(&subject.written(at), &subject.document, why, update.clone());
    Change::of(places.map(update).collect())
}

fn required(subject: &Subject, group: &[&Event], why: &str) -> Change {
    let Some((_, at)) = found(subject, group) else { return Change::left(GONE) };
    let Some(end) = subject.resolved.follow_aliases(&at) else { return Change::left(GONE) };
    let names: BTreeSet<_> = group.iter().filter_map(|event| event.member.as_deref()).collect();
    let mut actions = Vec::new();
    for at in [&end.at].into_iter().chain(&end.repeated_at) {
        for part in written::parts(at, subject) {
            let list = part.at("required");
            let listed = subject.at(&list).and_then(Value::as_array);
            let listed = listed.into_iter().flatten().filter_map(Value::as_str);
            let listed = listed.filter(|name| names.contains(name));
            actions.extend(listed.map(|name| written::without(&list, name, why, subject)));
        }
    }
    Change::of(Some(actions))
}

fn kind(subject: &Subject, group: &[&Event], why: &str) -> Change {
    let Some((event, at)) = found(subject, group) else { return Change::left(GONE) };
    let (kinds, dialect) = (kinds(group), Dialect::of(&subject.document));
    let mut actions = Vec::new();
    for at in repeated(event, at, subject) {
        // A variant of a union is widened by others beside it.
        let written = variants_around(subject.written(&at));
        let Some(schema) = subject.at(&written) else { return Change::left(GONE) };
        let Some(edit) = kinds::widen(schema, &kinds, dialect) else {
            return Change::left("Swagger 2.0 has no words for several types; change it by hand");
        };
        match written::edit(&written, &edit, why, subject) {
            Some(edited) => actions.extend(edited),
            None => return Change::of(None),
        }
    }
    Change::of(Some(actions))
}

/// The union that a schema is written as a variant of, or the schema itself.
fn variants_around(at: Pointer) -> Pointer {
    let around = at.parent().filter(|list| list.as_str().ends_with("/anyOf"));
    around.and_then(|list| list.parent()).unwrap_or(at)
}

/// A place, and the same place of inline schemas that are the same.
fn repeated(event: &Event, at: Pointer, subject: &Subject) -> Vec<Pointer> {
    let around = Pointer::parse(&event.schema);
    let schema = around.as_ref().and_then(|around| subject.resolved.schemas.get(around));
    let others = schema.into_iter().flat_map(|schema| {
        schema.repeated_at.iter().filter_map(|other| at.moved(&schema.at, other))
    });
    let others: Vec<_> = others.collect();
    [at].into_iter().chain(others).collect()
}

/// The first event of a group, and its place in the description.
fn found<'e>(subject: &Subject, group: &[&'e Event]) -> Option<(&'e Event, Pointer)> {
    let event = *group.first()?;
    Some((event, places::schema(event, subject)?))
}

fn kinds<'e>(group: &[&'e Event]) -> BTreeSet<&'e str> {
    group.iter().filter_map(|event| event.seen.as_deref()).collect()
}
