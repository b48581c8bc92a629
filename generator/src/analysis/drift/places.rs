//! Which schema of the description a place of a body has.

use super::{Event, Subject};
use crate::pipeline::resolve::{Additional, Kind, Status};
use crate::pointer::Pointer;

/// The step to any item of a list, and to any value of a map.
const ANY: &str = "*";

/// The schema of an event's place, as the place refers to it: it may be a reference.
pub fn schema(event: &Event, subject: &Subject) -> Option<Pointer> {
    let (start, steps) = match event.schema.is_empty() {
        true => (reply(event, subject)?, &event.at),
        false => (Pointer::parse(&event.schema)?, &event.within),
    };
    let steps: Vec<_> = Pointer::parse(steps)?.steps().collect();
    steps.iter().try_fold(start, |at, step| below(&at, step, subject))
}

/// The operation of an event.
fn operation<'s>(
    event: &Event,
    subject: &'s Subject,
) -> Option<&'s crate::pipeline::resolve::Operation> {
    let request =
        |one: &crate::pipeline::resolve::Operation| format!("{} {}", one.method, one.path);
    let mut operations = subject.resolved.operations.iter();
    operations
        .find(|one| request(one) == event.request || one.id.as_ref() == Some(&event.operation))
}

/// Where the responses of an event's operation are described.
pub fn responses(event: &Event, subject: &Subject) -> Option<Pointer> {
    Some(subject.written(&operation(event, subject)?.at.at("responses")))
}

/// Whether an operation describes a status.
pub fn describes(event: &Event, subject: &Subject) -> bool {
    let statuses = operation(event, subject).into_iter().flat_map(|one| &one.responses);
    statuses.into_iter().any(|one| is_for(one.status, event.status))
}

fn is_for(described: Status, status: u16) -> bool {
    match described {
        Status::Code(code) => code == status,
        Status::Class(class) => class == status / 100,
        Status::Default => true,
    }
}

/// The schema of a reply's JSON: that of the status itself comes first.
fn reply(event: &Event, subject: &Subject) -> Option<Pointer> {
    let responses = &operation(event, subject)?.responses;
    let fitting = responses.iter().filter(|one| is_for(one.status, event.status));
    let exact = fitting.min_by_key(|one| match one.status {
        Status::Code(_) => 0,
        Status::Class(_) => 1,
        Status::Default => 2,
    })?;
    let named = exact.content.iter().find(|one| one.media_type.as_str() == event.media_type);
    let json = exact.content.iter().find(|one| one.media_type.is_json());
    named.or(json)?.schema.clone()
}

/// The schema one step further in a value.
fn below(at: &Pointer, step: &str, subject: &Subject) -> Option<Pointer> {
    match &subject.resolved.follow_aliases(at)?.kind {
        Kind::Object(object) => {
            let field = object.fields.iter().find(|field| field.name == step);
            match (field, &object.additional) {
                (Some(field), _) => field.schema.clone(),
                (None, Additional::Schema(values)) if step == ANY => Some(values.clone()),
                (None, _) => None,
            }
        }
        Kind::Array(Some(items)) if step == ANY => Some(items.clone()),
        Kind::Union(union) => {
            // The only variant that has such a place.
            let mut found = union.variants.iter().filter_map(|one| below(one, step, subject));
            found.next().filter(|_| found.next().is_none())
        }
        _ => None,
    }
}
