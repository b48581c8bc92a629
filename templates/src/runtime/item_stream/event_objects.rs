//! Events that are described as objects with their fields: `{event, data, id, retry}` (OpenAPI 3.2.0, 4.14).

use std::collections::BTreeMap;

use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;

use super::frames::{Framing, Record};
use super::{Event, ItemStream};
use crate::runtime::decode::{Undecodable, from_slice};
use crate::runtime::json::Json;
use crate::runtime::{Error, Received};

/// The fields of an event (HTML Standard, 9.2.6).
const FIELDS: [&str; 4] = ["data", "event", "id", "retry"];

/// What events are called that have no name (HTML Standard, 9.2.6).
const UNNAMED: &str = "message";

/// Names of events.
type Names = &'static [&'static str];

impl Received {
    /// Server-sent events, each as an object with its fields. The data are a string in events of these names, and JSON
    /// in all others.
    pub(crate) fn events_with_text_in<T: Json>(
        &self,
        names: Names,
    ) -> Result<ItemStream<Event<T>>, Error> {
        self.event_objects(move |name| names.contains(&name))
    }

    /// Server-sent events, each as an object with its fields. The data are JSON in events of these names, and a string
    /// in all others.
    pub(crate) fn events_with_json_in<T: Json>(
        &self,
        names: Names,
    ) -> Result<ItemStream<Event<T>>, Error> {
        self.event_objects(move |name| !names.contains(&name))
    }

    fn event_objects<T: Json>(
        &self,
        has_text: impl Fn(&str) -> bool + Send + Sync + 'static,
    ) -> Result<ItemStream<Event<T>>, Error> {
        let read = move |record: Record| object(&record, &has_text).map(|it| record.event(it));
        ItemStream::new(self, Framing::Events, read)
    }
}

/// The object of an event. Some services send it whole within the data.
fn object<T: Json>(record: &Record, has_text: &impl Fn(&str) -> bool) -> Result<T, Undecodable> {
    if is_object_of_event(record) {
        return from_slice(record.data.as_bytes());
    }
    let read = |name| from_slice::<T>(text(record, name, has_text).as_bytes());
    let object = read(record.name.as_deref());
    let is_read = object.as_ref().is_ok_and(|object| !object.is_unrecognized());
    match is_read || record.name.is_some() {
        true => object,
        // The description may state the name that an event without a name has, or mean the data alone.
        false => read(Some(UNNAMED))
            .or(object)
            .or_else(|error| from_slice(record.data.as_bytes()).map_err(|_| error)),
    }
}

/// Whether the data are an object with the fields of an event, and no other name than the event's.
fn is_object_of_event(record: &Record) -> bool {
    let members = serde_json::from_str::<BTreeMap<String, &RawValue>>(&record.data);
    let Ok(object) = members else { return false };
    let name = object.get("event").and_then(|name| serde_json::from_str(name.get()).ok());
    let is_event = match (&record.name, &name) {
        (None, name) => name.is_some() || object.contains_key("data"),
        (sent, name) => *sent == *name,
    };
    is_event && object.keys().all(|key| FIELDS.contains(&key.as_str()))
}

/// The fields of an event as JSON text. Data that are no JSON are a string.
fn text(record: &Record, name: Option<&str>, has_text: &impl Fn(&str) -> bool) -> String {
    let is_json = || serde_json::from_str::<IgnoredAny>(&record.data).is_ok();
    let data = match !has_text(name.unwrap_or(UNNAMED)) && is_json() {
        true => record.data.clone(),
        false => Value::from(record.data.as_str()).to_string(),
    };
    let name = name.map(|name| format!("\"event\":{},", Value::from(name)));
    let id = record.id.as_deref().map(|id| format!("\"id\":{},", Value::from(id)));
    let retry = record.retry.map(|retry| format!("\"retry\":{},", retry.as_millis()));
    let further: String = [name, id, retry].into_iter().flatten().collect();
    format!("{{{further}\"data\":{data}}}")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use super::{Record, Value, object};

    fn read(name: Option<&str>, data: &str) -> Value {
        let name = name.map(str::to_owned);
        let (id, retry) = (Some("7".to_owned()), Some(Duration::from_millis(50)));
        let record = Record { data: data.to_owned(), name, id, retry };
        object(&record, &|name| name == "noted").expect("an object")
    }

    #[test]
    fn data_are_json_unless_they_are_text() {
        let event = read(Some("placed"), "{\"a\": 1}");
        assert_eq!(event, json!({"event": "placed", "id": "7", "retry": 50, "data": {"a": 1}}));
        assert_eq!(read(Some("noted"), "{}")["data"], "{}");
        assert_eq!(read(Some("placed"), "not JSON")["data"], "not JSON");
        assert_eq!(read(None, "1")["data"], 1);
    }

    #[test]
    fn an_event_may_be_whole_within_its_data() {
        let within = r#"{"event": "placed", "data": 1}"#;
        for name in [None, Some("placed")] {
            assert_eq!(read(name, within), json!({"event": "placed", "data": 1}));
        }
        // These are the data of an event.
        assert_eq!(read(Some("noted"), within)["data"], within);
        assert_eq!(read(Some("placed"), r#"{"data": 1}"#)["data"]["data"], 1);
        assert_eq!(read(None, r#"{"event": "placed", "further": 1}"#)["data"]["further"], 1);
    }
}
