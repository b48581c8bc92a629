//! The items of replies that are streams.

use crate::pipeline::resolve::{Kind, Media, MediaClass, MediaType, Resolved, Schema};
use crate::pointer::Pointer;

/// The content of an item.
pub enum Item<'a> {
    Json(&'a Pointer),
    AnyJson,
    Text,
}

/// The content by the schema of an item, or else by that of the whole reply, which may be a list of them.
pub fn item<'a>(media: &'a Media, resolved: &'a Resolved) -> Item<'a> {
    let is_event = media.media_type.class() == MediaClass::Events;
    let without_schema = if is_event { Item::Text } else { Item::AnyJson };
    let Some(item) = &media.item else {
        return item_of_whole(media, resolved).map_or(without_schema, Item::Json);
    };
    match data_of(item, resolved).filter(|_| is_event) {
        Some(data) => item_of_data(data, resolved),
        None => Item::Json(item),
    }
}

/// The schema of an item. That of an event is the schema of its data.
pub fn schema<'a>(media: &'a Media, resolved: &'a Resolved) -> Option<&'a Pointer> {
    match item(media, resolved) {
        Item::Json(at) => Some(at),
        Item::AnyJson | Item::Text => None,
    }
}

/// The field of an event that has its data: `{data, event, id, retry}`.
fn data_of<'a>(event: &Pointer, resolved: &'a Resolved) -> Option<&'a Pointer> {
    let Kind::Object(object) = &resolved.follow_aliases(event)?.kind else { return None };
    let known = ["data", "event", "id", "retry"];
    let is_event = object.fields.iter().all(|field| known.contains(&field.name.as_str()));
    let data = object.fields.iter().find(|field| field.name == "data").filter(|_| is_event);
    data.and_then(|field| field.schema.as_ref())
}

/// Data are JSON if the description says so, or if they are no text.
fn item_of_data<'a>(data: &'a Pointer, resolved: &'a Resolved) -> Item<'a> {
    let end = resolved.follow_aliases(data).map(|schema| &schema.kind);
    if !matches!(end, Some(Kind::String(_) | Kind::StringEnum(_))) {
        return Item::Json(data);
    }
    let Some(schema) = resolved.schemas.get(data) else { return Item::Text };
    match (content(schema, resolved), schema.content.media_type.as_deref()) {
        (Some(content), _) => Item::Json(content),
        (None, Some(MediaType::JSON)) => Item::AnyJson,
        (None, _) => Item::Text,
    }
}

/// The schema of the content of a string (JSON Schema 2020-12, Validation, 8.5).
fn content<'a>(schema: &Schema, resolved: &'a Resolved) -> Option<&'a Pointer> {
    let at = schema.content.schema.as_ref()?;
    resolved.schemas.get(at).map(|schema| &schema.at)
}

/// A text does not describe its items.
fn item_of_whole<'a>(media: &'a Media, resolved: &'a Resolved) -> Option<&'a Pointer> {
    let whole = media.schema.as_ref()?;
    match &resolved.follow_aliases(whole)?.kind {
        Kind::Array(items) => items.as_ref(),
        Kind::String(_) | Kind::Any => None,
        _ => Some(whole),
    }
}
