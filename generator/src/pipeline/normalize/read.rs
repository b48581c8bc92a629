//! The plain, flat description as types, part by part, so that a diagnostic has an exact place: the schemas in the words of
//! JSON Schema, and the rest as `openapiv3` has it.

use indexmap::IndexMap;
use openapiv3::{
    Callback, Components, Encoding, Header, MediaType, OpenAPI, Operation, Parameter, PathItem,
    Paths, ReferenceOr, RequestBody, Response, Responses, StatusCode,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::diagnostic_sink::DiagnosticSink;
use super::flatten::Taken;
use super::json_schema::{JsonSchema, reader};
use super::kept_facts::KeptFact;
use crate::diagnostics::code::DiagnosticCode;
use crate::parallel;
use crate::pointer::Pointer;
pub use further_operations::FurtherOperation;

mod further_operations;

/// What was read.
pub(super) struct Reading {
    pub(super) openapi: OpenAPI,
    pub(super) schemas: Schemas,
    pub(super) webhooks: Webhooks,
    pub(super) further: Vec<FurtherOperation>,
}

/// Reads a description whose schemas were taken out; what cannot be read is reported and left out.
pub(super) fn read(
    description: Value,
    schemas: Taken,
    diagnostics: &mut DiagnosticSink,
) -> Option<Reading> {
    let mut of_schemas = diagnostics.beside();
    let (schemas, rest) = parallel::both(
        || self::schemas(schemas, &mut of_schemas),
        || outside_schemas(description, diagnostics),
    );
    diagnostics.append(of_schemas);
    let (openapi, webhooks, further) = rest?;
    Some(Reading { openapi, schemas, webhooks, further })
}

/// Everything but the schemas.
fn outside_schemas(
    mut description: Value,
    diagnostics: &mut DiagnosticSink,
) -> Option<(OpenAPI, Webhooks, Vec<FurtherOperation>)> {
    let further = further_operations::read(&mut description, diagnostics);
    let mut whole = Part::of(description, Pointer::root(), diagnostics)?;
    let webhooks = webhooks(&mut whole);
    let paths = whole.one("paths", paths).unwrap_or_default();
    let components = whole.one("components", components);
    let servers = whole.list("servers", plain);
    let tags = whole.list("tags", plain);
    whole.members.insert("paths".to_owned(), json!({}));
    let rest: OpenAPI = whole.rest()?;
    Some((OpenAPI { paths, components, servers, tags, ..rest }, webhooks, further))
}

/// Schemas by their places, in the order of the description.
pub type Schemas = IndexMap<Pointer, JsonSchema>;

fn schemas(schemas: Taken, diagnostics: &mut DiagnosticSink) -> Schemas {
    let read = |(at, schema)| {
        let schema = reader::read(schema, &at, diagnostics);
        (at, schema)
    };
    schemas.into_iter().map(read).collect()
}

/// Webhooks by their places; OpenAPI 3.0 has no word for them.
pub type Webhooks = Vec<(Pointer, ReferenceOr<PathItem>)>;

fn webhooks(whole: &mut Part) -> Webhooks {
    let mut found = Vec::new();
    for section in ["webhooks", "x-webhooks"] {
        let at = Pointer::root().at(section);
        let items = whole.named(section, path_item);
        found.extend(items.into_iter().map(|(name, item)| (at.at(name), item)));
    }
    found
}

/// How a value is read; `None` where it was reported.
type Read<T> = fn(Value, Pointer, &mut DiagnosticSink) -> Option<T>;

/// An object whose members are taken out and read one by one.
struct Part<'c> {
    members: Map<String, Value>,
    at: Pointer,
    diagnostics: &'c mut DiagnosticSink,
}

impl<'c> Part<'c> {
    fn of(value: Value, at: Pointer, diagnostics: &'c mut DiagnosticSink) -> Option<Self> {
        match value {
            Value::Object(members) => Some(Self { members, at, diagnostics }),
            _ => {
                diagnostics.error(
                    DiagnosticCode::InvalidDescription,
                    &at,
                    "an object is expected here",
                );
                None
            }
        }
    }

    fn one<T>(&mut self, key: &str, read: Read<T>) -> Option<T> {
        let value = self.members.shift_remove(key).filter(|value| !value.is_null())?;
        read(value, self.at.at(key), self.diagnostics)
    }

    fn list<T>(&mut self, key: &str, read: Read<T>) -> Vec<T> {
        let Some(Value::Array(items)) = self.members.shift_remove(key) else { return Vec::new() };
        let at = self.at.at(key);
        let items = items.into_iter().enumerate();
        // What was reported and left out is null.
        let items = items.filter(|(_, item)| !item.is_null());
        items.filter_map(|(index, item)| read(item, at.at(index), self.diagnostics)).collect()
    }

    fn references<T>(&mut self, key: &str, read: Read<T>) -> Vec<ReferenceOr<T>> {
        let Some(Value::Array(items)) = self.members.shift_remove(key) else { return Vec::new() };
        let at = self.at.at(key);
        let items = items.into_iter().enumerate();
        items
            .filter_map(|(index, item)| or_reference(item, at.at(index), self.diagnostics, read))
            .collect()
    }

    fn map<T>(&mut self, key: &str, read: Read<T>) -> IndexMap<String, T> {
        self.entries(key, read)
    }

    fn named<T: DeserializeOwned>(
        &mut self,
        key: &str,
        read: Read<T>,
    ) -> IndexMap<String, ReferenceOr<T>> {
        self.entries(key, |value, at, diagnostics| or_reference(value, at, diagnostics, read))
    }

    fn entries<T>(
        &mut self,
        key: &str,
        read: impl Fn(Value, Pointer, &mut DiagnosticSink) -> Option<T>,
    ) -> IndexMap<String, T> {
        let Some(Value::Object(entries)) = self.members.shift_remove(key) else {
            return IndexMap::new();
        };
        let at = self.at.at(key);
        let read =
            |(name, value)| read(value, at.at(&name), self.diagnostics).map(|value| (name, value));
        entries.into_iter().filter_map(read).collect()
    }

    /// Reads what was not taken out.
    fn rest<T: DeserializeOwned>(self) -> Option<T> {
        plain(self.members.into(), self.at, self.diagnostics)
    }
}

fn plain<T: DeserializeOwned>(
    value: Value,
    at: Pointer,
    diagnostics: &mut DiagnosticSink,
) -> Option<T> {
    match serde_json::from_value(value) {
        Ok(value) => Some(value),
        Err(why) => {
            diagnostics.error(
                DiagnosticCode::InvalidDescription,
                &at,
                format!("this cannot be read: {why}"),
            );
            None
        }
    }
}

fn or_reference<T>(
    value: Value,
    at: Pointer,
    diagnostics: &mut DiagnosticSink,
    read: Read<T>,
) -> Option<ReferenceOr<T>> {
    match value.get("$ref") {
        Some(Value::String(reference)) => Some(ReferenceOr::ref_(reference)),
        // What was reported and left out.
        None if value.is_null() => None,
        _ => read(value, at, diagnostics).map(ReferenceOr::Item),
    }
}

fn paths(value: Value, at: Pointer, diagnostics: &mut DiagnosticSink) -> Option<Paths> {
    let mut paths = Paths::default();
    let members = Part::of(value, at.clone(), diagnostics)?.members;
    // Path items are large, so they are not moved while there are more and more.
    paths.paths.reserve(members.len());
    for (key, value) in members {
        if key.starts_with("x-") {
            paths.extensions.insert(key, value);
        } else if let Some(item) = or_reference(value, at.at(&key), diagnostics, path_item) {
            paths.paths.insert(key, item);
        }
    }
    Some(paths)
}

fn path_item(value: Value, at: Pointer, diagnostics: &mut DiagnosticSink) -> Option<PathItem> {
    let mut part = Part::of(value, at, diagnostics)?;
    let verbs = PathItem {
        get: part.one("get", operation),
        put: part.one("put", operation),
        post: part.one("post", operation),
        delete: part.one("delete", operation),
        options: part.one("options", operation),
        head: part.one("head", operation),
        patch: part.one("patch", operation),
        trace: part.one("trace", operation),
        parameters: part.references("parameters", plain::<Parameter>),
        servers: part.list("servers", plain),
        ..PathItem::default()
    };
    let PathItem { summary, description, extensions, .. } = part.rest()?;
    Some(PathItem { summary, description, extensions, ..verbs })
}

fn operation(value: Value, at: Pointer, diagnostics: &mut DiagnosticSink) -> Option<Operation> {
    let mut part = Part::of(value, at, diagnostics)?;
    if part.members.get("requestBody").is_some_and(Value::is_null) {
        // Its reference leads nowhere, and without a body the operation would do something else.
        return None;
    }
    let parameters = part.references("parameters", plain::<Parameter>);
    let request_body = part.one("requestBody", |value, at, diagnostics| {
        or_reference(value, at, diagnostics, self::request_body)
    });
    let responses = part.one("responses", responses).unwrap_or_default();
    let callbacks = part.named("callbacks", callback);
    part.members.insert("responses".to_owned(), json!({}));
    let mut rest: Operation = part.rest()?;
    let callbacks = without_references(callbacks, &mut rest.extensions);
    Some(Operation { parameters, request_body, responses, callbacks, ..rest })
}

/// The callbacks that are written out; `openapiv3` has no place for references to others.
fn without_references(
    callbacks: IndexMap<String, ReferenceOr<Callback>>,
    extensions: &mut IndexMap<String, Value>,
) -> IndexMap<String, Callback> {
    let (mut plain, mut references) = (IndexMap::new(), Map::new());
    for (name, callback) in callbacks {
        match callback {
            ReferenceOr::Item(callback) => _ = plain.insert(name, callback),
            ReferenceOr::Reference { reference } => _ = references.insert(name, reference.into()),
        }
    }
    if !references.is_empty() {
        KeptFact::CallbackReferences.keep_among(extensions, references);
    }
    plain
}

fn callback(value: Value, at: Pointer, diagnostics: &mut DiagnosticSink) -> Option<Callback> {
    let mut callback = Callback::new();
    let members = Part::of(value, at.clone(), diagnostics)?.members;
    for (key, value) in members.into_iter().filter(|(key, _)| !key.starts_with("x-")) {
        callback.insert(key.clone(), path_item(value, at.at(key), diagnostics)?);
    }
    Some(callback)
}

fn request_body(
    value: Value,
    at: Pointer,
    diagnostics: &mut DiagnosticSink,
) -> Option<RequestBody> {
    let mut part = Part::of(value, at, diagnostics)?;
    let content = part.map("content", media_type);
    Some(RequestBody { content, ..part.rest()? })
}

fn media_type(value: Value, at: Pointer, diagnostics: &mut DiagnosticSink) -> Option<MediaType> {
    let mut part = Part::of(value, at, diagnostics)?;
    let encoding = part.map("encoding", encoding);
    let examples = part.named("examples", plain);
    if let Some(item) = part.members.shift_remove("itemSchema") {
        KeptFact::ItemSchema.keep_in(&mut part.members, item);
    }
    Some(MediaType { encoding, examples, ..part.rest()? })
}

fn encoding(value: Value, at: Pointer, diagnostics: &mut DiagnosticSink) -> Option<Encoding> {
    let mut part = Part::of(value, at, diagnostics)?;
    let headers = part.named("headers", plain::<Header>);
    Some(Encoding { headers, ..part.rest()? })
}

fn responses(value: Value, at: Pointer, diagnostics: &mut DiagnosticSink) -> Option<Responses> {
    let mut responses = Responses::default();
    for (key, value) in Part::of(value, at.clone(), diagnostics)?.members {
        let at = at.at(&key);
        if key.starts_with("x-") {
            responses.extensions.insert(key, value);
            continue;
        }
        let Some(answer) = or_reference(value, at.clone(), diagnostics, response) else { continue };
        if key == "default" {
            responses.default = Some(answer);
        } else if let Some(status) = plain::<StatusCode>(key.into(), at, diagnostics) {
            responses.responses.insert(status, answer);
        }
    }
    Some(responses)
}

fn response(value: Value, at: Pointer, diagnostics: &mut DiagnosticSink) -> Option<Response> {
    let mut part = Part::of(value, at, diagnostics)?;
    let headers = part.named("headers", plain::<Header>);
    let content = part.map("content", media_type);
    let links = part.named("links", plain);
    Some(Response { headers, content, links, ..part.rest()? })
}

fn components(value: Value, at: Pointer, diagnostics: &mut DiagnosticSink) -> Option<Components> {
    let mut part = Part::of(value, at, diagnostics)?;
    // The schemas are read from the flat list.
    part.members.shift_remove("schemas");
    // Each stands where it is referred to.
    part.members.shift_remove("mediaTypes");
    let components = Components {
        responses: part.named("responses", response),
        parameters: part.named("parameters", plain),
        examples: part.named("examples", plain),
        request_bodies: part.named("requestBodies", request_body),
        headers: part.named("headers", plain),
        security_schemes: part.named("securitySchemes", plain),
        links: part.named("links", plain),
        callbacks: part.named("callbacks", callback),
        ..Components::default()
    };
    let rest: Components = part.rest()?;
    Some(Components { extensions: rest.extensions, ..components })
}
