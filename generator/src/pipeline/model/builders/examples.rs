//! Examples of types and of replies: those of the description, and values made of what it says.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::bodies::in_order;
use super::replies::is_success;
use crate::parallel;
use crate::pipeline::model::items::Definition;
use crate::pipeline::model::schema_values::{Extent, Maker};
use crate::pipeline::model::tables::TypeTable;
use crate::pipeline::model::tables::stream_items::{self, Item};
use crate::pipeline::model::{
    ExampleBody, Examples, Operation, ReplyExample, Shape, Ty, TypeExample,
};
use crate::pipeline::resolve::{self, Media, MediaClass, Response};
use crate::pointer::Pointer;
use crate::rust::names::Name;

/// A made value has no more bytes with all that is described; otherwise it has only what is required.
const MOST_IN_FULL: usize = 4 * 1024;

/// Longer examples are left out: tests would be slow to compile.
const MOST: usize = 16 * 1024;

/// The examples of a client.
pub fn examples<'a>(
    table: &'a TypeTable<'_>,
    definitions: &'a [Definition],
    operations: impl Iterator<Item = &'a Operation>,
    success_field: Option<&'a str>,
) -> Examples {
    let unions = definitions.iter().filter_map(|found| match &found.shape {
        Shape::Union(union) => Some((&found.at, union)),
        _ => None,
    });
    let operations: Vec<_> = operations.collect();
    let errors = operations.iter().flat_map(|operation| &operation.errors);
    let errors = errors.filter_map(|error| error.ty.as_ref()?.named()).collect();
    let maker =
        Maker::new(table.resolved, unions).with_examples().with_own_types(table.own.kinds());
    let described = table.resolved.operations.iter().map(|one| (&one.at, one)).collect();
    let finder = Finder { table, maker, errors, described, success_field };
    // Any of them may be the largest.
    let types = parallel::map(definitions, |_| 1, |found| finder.of_type(found));
    let types: Vec<_> = types.into_iter().flatten().collect();
    let names = types.iter().map(|known| &known.name).collect();
    let replies = parallel::map(&operations, |_| 1, |one| finder.of_reply(one, &names));
    Examples { types, replies }
}

struct Finder<'a, 'b> {
    table: &'a TypeTable<'b>,
    maker: Maker<'a>,
    /// The types of errors.
    errors: HashSet<&'a Name>,
    /// The operations of the description by their places.
    described: HashMap<&'a Pointer, &'a resolve::Operation>,
    /// The member that says whether a reply is a success.
    success_field: Option<&'a str>,
}

impl Finder<'_, '_> {
    fn of_type(&self, found: &Definition) -> Option<TypeExample> {
        let is_json = match &found.shape {
            Shape::Struct(object) => object.written.is_json(),
            _ => true,
        };
        let stated = found.example.as_ref().filter(|example| !example.is_null()).and_then(written);
        let made = || self.made(&found.at, !self.errors.contains(&found.name));
        let values: Vec<_> =
            is_json.then(|| stated.into_iter().chain(made())).into_iter().flatten().collect();
        (!values.is_empty()).then(|| TypeExample { name: found.name.clone(), values })
    }

    /// A value of a schema, as JSON text.
    fn made(&self, at: &Pointer, succeeds: bool) -> Option<String> {
        let value = |extent, most| {
            let value = self.maker.value_of(at, extent, most);
            let text = self.with_success(value?, succeeds).to_string();
            Some(text).filter(|text| text.len() <= most)
        };
        value(Extent::All, MOST_IN_FULL).or_else(|| value(Extent::Required, MOST))
    }

    fn with_success(&self, mut value: Value, succeeds: bool) -> Value {
        let member = self.success_field.and_then(|name| value.get_mut(name));
        if let Some(member) = member.filter(|member| member.is_boolean()) {
            *member = succeeds.into();
        }
        value
    }

    /// `types` are those that have an example.
    fn of_reply(&self, operation: &Operation, types: &HashSet<&Name>) -> ReplyExample {
        let described = self.described.get(&operation.at);
        let response = described.and_then(|described| {
            described.responses.iter().find(|one| is_success(one, described))
        });
        let status = response.and_then(|response| response.status.code()).unwrap_or(200);
        let Some(media) = response.and_then(usual_media) else {
            return ReplyExample { status, media_type: String::new(), body: ExampleBody::Nothing };
        };
        let body = match media.media_type.class() {
            _ if media.media_type.is_stream() => self.of_stream(media, operation),
            _ if media.media_type.is_json() => self.of_json(media, types),
            _ if media.media_type.is_text() => {
                let stated = media.examples.iter().find_map(Value::as_str);
                ExampleBody::Text(stated.unwrap_or("text").to_owned())
            }
            _ => ExampleBody::Text(String::new()),
        };
        ReplyExample { status, media_type: stated_media_type(media), body }
    }

    fn of_json(&self, media: &Media, types: &HashSet<&Name>) -> ExampleBody {
        if let Some(stated) = media.examples.first().and_then(written) {
            return ExampleBody::Text(stated);
        }
        let Some(schema) = &media.schema else { return ExampleBody::Text("{}".to_owned()) };
        let named = match self.table.rust_type_of(schema) {
            Ty::Named(name) if types.contains(&name) => Some(name),
            _ => None,
        };
        match named {
            Some(name) => ExampleBody::OfType(name),
            None => self.made(schema, true).map_or(ExampleBody::Unknown, ExampleBody::Text),
        }
    }

    /// One item, and what ends the stream.
    fn of_stream(&self, media: &Media, operation: &Operation) -> ExampleBody {
        let item = match stream_items::item(media, self.table.resolved) {
            Item::Json(at) | Item::EventObject(at, _) => self.made(at, true),
            Item::AnyJson => Some("{}".to_owned()),
            Item::Text => Some("text".to_owned()),
        };
        let Some(item) = item else { return ExampleBody::Unknown };
        let (start, end) = match media.media_type.class() {
            MediaClass::Events => ("data: ", "\n\n"),
            _ if media.media_type.as_str() == "application/json-seq" => ("\u{1e}", "\n"),
            _ => ("", "\n"),
        };
        let items = [Some(&item), operation.policy.stream_end.as_ref()].into_iter().flatten();
        ExampleBody::Text(items.map(|item| format!("{start}{item}{end}")).collect())
    }
}

/// The text of a value, unless it is too long.
fn written(value: &Value) -> Option<String> {
    Some(value.to_string()).filter(|text| text.len() <= MOST)
}

/// The media type that callers get if they say nothing: JSON, or the first one.
fn usual_media(response: &Response) -> Option<&Media> {
    let content = in_order(&response.content);
    let json = content.iter().find(|media| media.media_type.is_json());
    json.or(content.first()).copied()
}

/// A media type that a reply can state: no range.
fn stated_media_type(media: &Media) -> String {
    match media.media_type.with_parameters() {
        range if range.contains('*') && media.media_type.is_json() => "application/json".to_owned(),
        range if range.contains('*') => "application/octet-stream".to_owned(),
        media_type => media_type,
    }
}
