//! Operations with everything that belongs to them in place.

use indexmap::IndexMap;
use openapiv3::{OpenAPI, PathItem, ReferenceOr, Responses, StatusCode};
use serde_json::Value;

use super::context::{Context, target};
use super::{
    Body, Encoding, EncodingStyle, Extensions, Header, ListStyle, Media, MediaType, Method,
    Operation, Parameter, Requirement, Response, Schema, Status, components, placeholders,
    security, servers,
};
use crate::pipeline::normalize::FurtherOperation;
use crate::pipeline::normalize::kept_facts::KeptFact;
use crate::pointer::Pointer;

type Schemas = IndexMap<Pointer, Schema>;

/// Reads operations, and what else has the form of one.
pub struct Reader<'a> {
    pub openapi: &'a OpenAPI,
    /// Those whose methods `openapiv3` does not know.
    pub further: &'a [FurtherOperation],
    schemas: &'a Schemas,
    /// What operations need that do not say it themselves.
    security: Vec<Vec<Requirement>>,
    pub context: &'a mut Context,
}

impl<'a> Reader<'a> {
    pub fn new(
        openapi: &'a OpenAPI,
        further: &'a [FurtherOperation],
        schemas: &'a Schemas,
        context: &'a mut Context,
    ) -> Self {
        let root = Pointer::root();
        let security = security::requirements(openapi.security.as_ref(), &root, openapi, context);
        Self { openapi, further, schemas, security: security.unwrap_or_default(), context }
    }

    /// All operations, in the order of the paths and of the methods there.
    pub fn operations(&mut self) -> Vec<Operation> {
        let mut operations = Vec::new();
        for (path, item) in &self.openapi.paths.paths {
            let at = Pointer::root().at("paths").at(path);
            match item {
                ReferenceOr::Item(item) => {
                    for mut operation in self.path_item(path, item, &at) {
                        placeholders::move_query_parameters(&mut operation);
                        placeholders::name_path_parameters(&mut operation);
                        operations.push(operation);
                    }
                }
                ReferenceOr::Reference { reference } => self.context.dangling(&at, reference),
            }
        }
        operations
    }

    /// The operations of a path item.
    pub fn path_item(&mut self, path: &str, item: &'a PathItem, at: &Pointer) -> Vec<Operation> {
        let shared = self.parameters(&item.parameters, &at.at("parameters"));
        let mut operations = Vec::new();
        for (at_operation, method, operation) in self.described(item, at) {
            let mut found = self.operation(path, method, operation, &at_operation, &shared);
            if found.servers.is_empty() {
                found.servers = servers::servers(&item.servers, at);
            }
            operations.push(found);
        }
        operations
    }

    /// The operations of a path item as they are described, with their places and methods.
    pub fn described(
        &self,
        item: &'a PathItem,
        at: &Pointer,
    ) -> Vec<(Pointer, Method, &'a openapiv3::Operation)> {
        let known = methods(item).into_iter();
        let known = known.map(|(method, operation)| (at.at(method.key()), method, operation));
        let further = self.further.iter().filter(|one| {
            one.at.parent().is_some_and(|up| up == *at || up.parent().as_ref() == Some(at))
        });
        let further =
            further.map(|one| (one.at.clone(), Method::further(&one.method), &one.operation));
        known.chain(further).collect()
    }

    fn operation(
        &mut self,
        path: &str,
        method: Method,
        operation: &'a openapiv3::Operation,
        at: &Pointer,
        shared: &[Parameter],
    ) -> Operation {
        let own = self.parameters(&operation.parameters, &at.at("parameters"));
        let body = operation.request_body.as_ref();
        let stated = operation.security.as_ref();
        let security = security::requirements(stated, at, self.openapi, self.context);
        Operation {
            at: at.clone(),
            method,
            path: path.to_owned(),
            id: operation.operation_id.clone(),
            tag: operation.tags.first().cloned(),
            summary: operation.summary.clone(),
            description: operation.description.clone(),
            deprecated: operation.deprecated,
            servers: servers::servers(&operation.servers, at),
            parameters: overridden(shared, own),
            body: body.and_then(|body| self.body(body, at.at("requestBody"))),
            responses: self.responses(&operation.responses, &at.at("responses")),
            security: security.unwrap_or_else(|| self.security.clone()),
            extensions: Extensions::new(&operation.extensions),
        }
    }

    fn body(
        &mut self,
        place: &'a ReferenceOr<openapiv3::RequestBody>,
        at: Pointer,
    ) -> Option<Body> {
        let all = self.openapi.components.as_ref().map(|components| &components.request_bodies);
        let (body, at) = components::follow(place, at, "requestBodies", all, self.context)?;
        let content = self.content(&body.content, &at.at("content"));
        let description = body.description.clone();
        Some(Body { at, description, required: body.required, content })
    }

    fn content(&mut self, content: &'a openapiv3::Content, at: &Pointer) -> Vec<Media> {
        let mut media = Vec::new();
        for (name, found) in content {
            let at = at.at(name);
            let schema = found.schema.as_ref().and_then(target);
            media.push(Media {
                media_type: MediaType::new(name),
                schema: schema.and_then(|schema| self.existing(schema, &at.at("schema"))),
                item: item_schema(found).filter(|at| self.schemas.contains_key(at)),
                examples: self.examples(found, &at),
                encodings: self.encodings(found, &at),
                at,
            });
        }
        media
    }

    fn encodings(&mut self, media: &'a openapiv3::MediaType, at: &Pointer) -> Vec<Encoding> {
        let mut encodings = Vec::new();
        for (name, found) in &media.encoding {
            let at = at.at("encoding").at(name).at("headers");
            encodings.push(Encoding {
                name: name.clone(),
                content_type: found.content_type.clone(),
                style: encoding_style(found),
                allow_reserved: found.allow_reserved,
                headers: self.headers(&found.headers, &at),
            });
        }
        encodings
    }

    fn examples(&mut self, media: &'a openapiv3::MediaType, at: &Pointer) -> Vec<Value> {
        let all = self.openapi.components.as_ref().map(|components| &components.examples);
        let mut examples: Vec<Value> = media.example.iter().cloned().collect();
        for (name, place) in &media.examples {
            let at = at.at("examples").at(name);
            let found = components::follow(place, at, "examples", all, self.context);
            examples.extend(found.and_then(|(example, _)| example.value.clone()));
        }
        examples
    }

    fn responses(&mut self, responses: &'a Responses, at: &Pointer) -> Vec<Response> {
        let stated = responses.responses.iter().map(|(code, place)| {
            let status = match *code {
                StatusCode::Code(code) => Status::Code(code),
                StatusCode::Range(class) => Status::Class(class),
            };
            (status, place)
        });
        let default = responses.default.iter().map(|place| (Status::Default, place));
        let all = stated.chain(default);
        all.filter_map(|(status, place)| self.response(status, place, at.at(status.to_string())))
            .collect()
    }

    fn response(
        &mut self,
        status: Status,
        place: &'a ReferenceOr<openapiv3::Response>,
        at: Pointer,
    ) -> Option<Response> {
        let all = self.openapi.components.as_ref().map(|components| &components.responses);
        let (response, at) = components::follow(place, at, "responses", all, self.context)?;
        let content = self.content(&response.content, &at.at("content"));
        let headers = self.headers(&response.headers, &at.at("headers"));
        let links = self.links(&response.links, &at.at("links"));
        let description = response.description.clone();
        Some(Response { status, description, content, headers, links, at })
    }

    fn headers(
        &mut self,
        headers: &'a IndexMap<String, ReferenceOr<openapiv3::Header>>,
        at: &Pointer,
    ) -> Vec<Header> {
        let all = self.openapi.components.as_ref().map(|components| &components.headers);
        let mut found = Vec::new();
        for (name, place) in headers {
            let header = components::follow(place, at.at(name), "headers", all, self.context);
            found.extend(header.map(|(header, at)| self.header(name, header, &at)));
        }
        found
    }

    fn header(&mut self, name: &str, header: &openapiv3::Header, at: &Pointer) -> Header {
        let schema = match &header.format {
            openapiv3::ParameterSchemaOrContent::Schema(place) => target(place),
            openapiv3::ParameterSchemaOrContent::Content(_) => None,
        };
        Header {
            at: at.clone(),
            name: name.to_owned(),
            description: header.description.clone(),
            required: header.required,
            deprecated: header.deprecated == Some(true),
            schema: schema.and_then(|schema| self.existing(schema, at)),
            extensions: Extensions::new(&header.extensions),
        }
    }

    /// A schema, if it is one that was read.
    pub fn existing(&mut self, schema: Pointer, at: &Pointer) -> Option<Pointer> {
        if self.schemas.contains_key(&schema) {
            return Some(schema);
        }
        self.context.dangling(at, &format!("#{schema}"));
        None
    }
}

/// The operations of a path in the order in which the description has them.
fn methods(item: &PathItem) -> Vec<(Method, &openapiv3::Operation)> {
    let all = [
        (Method::Get, &item.get),
        (Method::Put, &item.put),
        (Method::Post, &item.post),
        (Method::Delete, &item.delete),
        (Method::Options, &item.options),
        (Method::Head, &item.head),
        (Method::Patch, &item.patch),
        (Method::Trace, &item.trace),
    ];
    let there = all.into_iter();
    let mut there: Vec<_> =
        there.filter_map(|(method, operation)| Some((method, operation.as_ref()?))).collect();
    let order = KeptFact::MethodOrder.find_among(&item.extensions);
    if let Some(order) = order.and_then(Value::as_array) {
        there.sort_by_key(|(method, _)| order.iter().position(|known| *known == method.key()));
    }
    there
}

/// A parameter of an operation replaces that of its path with the same name and place
/// (OpenAPI 3.1.0, 4.8.10).
fn overridden(shared: &[Parameter], own: Vec<Parameter>) -> Vec<Parameter> {
    let same = |one: &Parameter, other: &Parameter| {
        one.name == other.name && one.location == other.location
    };
    let kept = shared.iter().filter(|one| !own.iter().any(|other| same(one, other)));
    kept.cloned().chain(own.iter().cloned()).collect()
}

fn item_schema(media: &openapiv3::MediaType) -> Option<Pointer> {
    let item = KeptFact::ItemSchema.find_among(&media.extensions)?;
    Pointer::parse(item.get("$ref")?.as_str()?)
}

/// `explode` alone means `style: form` (OpenAPI 3.1.1, 4.8.15.1.2).
fn encoding_style(encoding: &openapiv3::Encoding) -> Option<EncodingStyle> {
    use openapiv3::QueryStyle;
    let explode = KeptFact::Explode.find_among(&encoding.extensions).and_then(Value::as_bool);
    let style = encoding.style.as_ref().or_else(|| explode.map(|_| &QueryStyle::Form))?;
    Some(match ListStyle::new(style, explode) {
        _ if matches!(style, QueryStyle::DeepObject) => EncodingStyle::Deep,
        ListStyle::Repeated => EncodingStyle::Exploded,
        ListStyle::Joined(by) => EncodingStyle::Joined(by),
    })
}
