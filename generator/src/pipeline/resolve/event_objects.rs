//! Server-sent events that are described as objects with their fields: `{event, data, id, retry}`.

use indexmap::IndexMap;

use super::{Discriminator, Field, Kind, Media, MediaClass, Operation, Resolved, Schema};
use crate::pointer::Pointer;

/// The fields of an event (OpenAPI 3.2.0, 4.14; HTML Standard, 9.2.6).
const FIELDS: [&str; 4] = ["data", "event", "id", "retry"];

/// An event, described as an object.
pub struct EventObject<'a> {
    /// The object.
    pub at: &'a Pointer,
    /// The names of such events, if they are described.
    pub names: Vec<String>,
    /// The schema of its data.
    pub data: Option<&'a Pointer>,
}

/// The events that a schema describes as objects: one, or the variants of a union.
pub fn event_objects<'a>(at: &Pointer, resolved: &'a Resolved) -> Option<Vec<EventObject<'a>>> {
    match &resolved.follow_aliases(at)?.kind {
        Kind::Union(union) => {
            let tags = union.discriminator.as_ref().filter(|it| it.property == "event");
            let variants = union.variants.iter();
            variants.map(|at| event_object(at, tags, resolved)).collect()
        }
        _ => {
            event_object(at, None, resolved).filter(|event| event.data.is_some()).map(|it| vec![it])
        }
    }
}

fn event_object<'a>(
    at: &Pointer,
    tags: Option<&Discriminator>,
    resolved: &'a Resolved,
) -> Option<EventObject<'a>> {
    let schema = resolved.follow_aliases(at)?;
    let Kind::Object(object) = &schema.kind else { return None };
    let is_event = object.fields.iter().all(|field| FIELDS.contains(&field.name.as_str()));
    let field = |name: &str| object.fields.iter().find(|field| field.name == name);
    let of_field = |name: &str| field(name)?.schema.as_ref();
    let is_told = field("data").or(field("event")).is_some();
    (is_event && is_told).then(|| EventObject {
        at: &schema.at,
        names: names(at, schema, of_field("event"), tags, resolved),
        data: of_field("data"),
    })
}

/// The names that the field allows, or that the discriminator gives.
fn names(
    variant: &Pointer,
    schema: &Schema,
    field: Option<&Pointer>,
    tags: Option<&Discriminator>,
    resolved: &Resolved,
) -> Vec<String> {
    if let Some(Kind::StringEnum(names)) =
        field.and_then(|at| resolved.follow_aliases(at)).map(|it| &it.kind)
    {
        return names.clone();
    }
    let Some(tags) = tags else { return Vec::new() };
    let is_meant = |to: &Pointer| to == variant || *to == schema.at;
    let mapped: Vec<_> =
        tags.mapping.iter().filter(|(_, to)| is_meant(to)).map(|(name, _)| name.clone()).collect();
    match mapped.is_empty() {
        true => schema.at.steps().next_back().into_iter().collect(),
        false => mapped,
    }
}

/// Whether data are a string, as an event has them, and no JSON.
pub fn is_text(data: Option<&Pointer>, resolved: &Resolved) -> bool {
    let end = data.and_then(|at| resolved.follow_aliases(at));
    end.is_none_or(|schema| schema.kind.is_string())
}

/// The schema of the JSON in a string (JSON Schema 2020-12, Validation, 8.5).
fn content<'a>(data: &Pointer, resolved: &'a Resolved) -> Option<&'a Pointer> {
    let at = resolved.schemas.get(data)?.content.schema.as_ref()?;
    resolved.schemas.get(at).map(|schema| &schema.at)
}

/// Gives the data of event objects the schemas of their JSON, as the client reads both at once.
pub fn read_contents(resolved: &mut Resolved) {
    let streams = resolved.operations.iter().flat_map(streams);
    let objects = streams.filter_map(|at| event_objects(at, resolved)).flatten();
    let content = |object: EventObject<'_>| {
        Some((object.at.clone(), content(object.data?, resolved)?.clone()))
    };
    let contents: Vec<(Pointer, Pointer)> = objects.filter_map(content).collect();
    for (object, content) in contents {
        set_data(&mut resolved.schemas, &object, content);
    }
}

fn set_data(schemas: &mut IndexMap<Pointer, Schema>, object: &Pointer, content: Pointer) {
    let Some(Kind::Object(object)) = schemas.get_mut(object).map(|schema| &mut schema.kind) else {
        return;
    };
    let data: Option<&mut Field> = object.fields.iter_mut().find(|field| field.name == "data");
    if let Some(field) = data {
        field.schema = Some(content);
    }
}

/// The schemas of the events of an operation, or of its streams as a whole.
fn streams(operation: &Operation) -> impl Iterator<Item = &Pointer> {
    let content = operation.responses.iter().flat_map(|response| &response.content);
    let events = content.filter(|media| media.media_type.class() == MediaClass::Events);
    events.filter_map(|media: &Media| media.item.as_ref().or(media.schema.as_ref()))
}
