//! The items of replies that are streams.

use crate::pipeline::model::EventData;
use crate::pipeline::resolve::{self, EventObject, Kind, Media, MediaClass, MediaType, Resolved};
use crate::pointer::Pointer;

/// The content of an item.
pub enum Item<'a> {
    Json(&'a Pointer),
    AnyJson,
    Text,
    /// An event as an object with its fields.
    EventObject(&'a Pointer, EventData),
}

/// The content by the schema of an item, or else by that of the whole reply, which may be a list of them.
pub fn item<'a>(media: &'a Media, resolved: &'a Resolved) -> Item<'a> {
    let is_event = media.media_type.class() == MediaClass::Events;
    let without_schema = if is_event { Item::Text } else { Item::AnyJson };
    let Some(at) = media.item.as_ref().or_else(|| item_of_whole(media, resolved)) else {
        return without_schema;
    };
    match resolve::event_objects(at, resolved).filter(|_| is_event).as_deref() {
        None => Item::Json(at),
        Some([EventObject { data: Some(data), .. }]) if media.item.is_some() => {
            item_of_data(data, resolved)
        }
        Some(objects) => Item::EventObject(at, event_data(objects, resolved)),
    }
}

/// The schema of an item. That of an event is the schema of its data, or of the object that it is described as.
pub fn schema<'a>(media: &'a Media, resolved: &'a Resolved) -> Option<&'a Pointer> {
    match item(media, resolved) {
        Item::Json(at) | Item::EventObject(at, _) => Some(at),
        Item::AnyJson | Item::Text => None,
    }
}

/// Which events have JSON and which have text. Those without a described name are all others.
fn event_data(objects: &[EventObject<'_>], resolved: &Resolved) -> EventData {
    let (texts, json): (Vec<_>, Vec<_>) =
        objects.iter().partition(|object| resolve::is_text(object.data, resolved));
    let names = |objects: Vec<&EventObject<'_>>| {
        objects.into_iter().flat_map(|object| object.names.clone()).collect()
    };
    match texts.iter().any(|object| object.names.is_empty()) {
        true => EventData::JsonIn(names(json)),
        false => EventData::TextIn(names(texts)),
    }
}

/// Data are JSON if the description says so, or if they are no text.
fn item_of_data<'a>(data: &'a Pointer, resolved: &'a Resolved) -> Item<'a> {
    if !resolve::is_text(Some(data), resolved) {
        return Item::Json(data);
    }
    let Some(schema) = resolved.schemas.get(data) else { return Item::Text };
    match schema.content.media_type.as_deref() {
        Some(MediaType::JSON) => Item::AnyJson,
        _ => Item::Text,
    }
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
