//! Which members each object of a description has: the one table that every walk goes by.

use serde_json::Value;

use super::keywords;
use crate::pointer::Pointer;
use tables::{carried, texts};

mod tables;
mod words;

pub(super) use words::words;

/// An object of OpenAPI (OpenAPI 3.1.0, 4.8), by its name there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Object {
    Description,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Tag,
    ExternalDocumentation,
    Components,
    PathItem,
    Operation,
    Callback,
    Parameter,
    Header,
    RequestBody,
    MediaType,
    Encoding,
    Response,
    Link,
    Example,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
    Discriminator,
    Schema,
}

impl Object {
    /// How diagnostics speak of one: `a schema`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Description => "the description",
            Self::Info => "the info object",
            Self::Contact => "a contact",
            Self::License => "a licence",
            Self::Server => "a server",
            Self::ServerVariable => "a server variable",
            Self::Tag => "a tag",
            Self::ExternalDocumentation => "external documentation",
            Self::Components => "the components object",
            Self::PathItem => "a path item",
            Self::Operation => "an operation",
            Self::Callback => "a callback",
            Self::Parameter => "a parameter",
            Self::Header => "a header",
            Self::RequestBody => "a request body",
            Self::MediaType => "a media type",
            Self::Encoding => "an encoding",
            Self::Response => "a response",
            Self::Link => "a link",
            Self::Example => "an example",
            Self::SecurityScheme => "a security scheme",
            Self::OAuthFlows => "a set of OAuth flows",
            Self::OAuthFlow => "an OAuth flow",
            Self::Discriminator => "a discriminator",
            Self::Schema => "a schema",
        }
    }

    /// Where the components of this kind stand: `schemas`.
    pub(super) fn section(self) -> Option<&'static str> {
        Some(match self {
            Self::Schema => "schemas",
            Self::Response => "responses",
            Self::Parameter => "parameters",
            Self::Example => "examples",
            Self::RequestBody => "requestBodies",
            Self::Header => "headers",
            Self::SecurityScheme => "securitySchemes",
            Self::Link => "links",
            Self::Callback => "callbacks",
            Self::PathItem => "pathItems",
            _ => return None,
        })
    }
}

/// What may stand at a member of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Member {
    /// A string.
    Text,
    /// A list of strings.
    Texts,
    /// A map of strings.
    TextMap,
    /// `true` or `false`.
    Flag,
    /// A whole number from 0.
    Count,
    /// Any value.
    Any,
    /// An object.
    One(Object),
    /// A schema, or `true` or `false` that is no schema.
    SchemaOrFlag,
    /// A list of objects.
    Each(Object),
    /// Objects by name.
    Named(Object),
    /// Objects by name, beside `x-…` members.
    Patterned(Object),
    /// A keyword that OpenAPI 3.0 or `openapiv3` lacks and that later stages read from its carry word.
    Carried,
    /// A keyword of which no code is made.
    NotGenerated,
}

/// What stands at the member `key` of `object`; `None` where OpenAPI knows no such member.
pub(super) fn member(object: Object, key: &str) -> Option<Member> {
    match object {
        Object::Description => tables::description(key),
        Object::Info => tables::info(key),
        Object::Contact => texts(key, &["name", "url", "email"]),
        Object::License => texts(key, &["name", "url"]).or(carried(key, &["identifier"])),
        Object::Server => tables::server(key),
        Object::ServerVariable => tables::server_variable(key),
        Object::Tag => tables::tag(key),
        Object::ExternalDocumentation => texts(key, &["description", "url"]),
        Object::Components => tables::components(key),
        Object::PathItem => tables::path_item(key),
        Object::Operation => tables::operation(key),
        Object::Callback => tables::callback(key),
        Object::Parameter => tables::parameter(key),
        Object::Header => tables::header(key),
        Object::RequestBody => tables::request_body(key),
        Object::MediaType => tables::media_type(key),
        Object::Encoding => tables::encoding(key),
        Object::Response => tables::response(key),
        Object::Link => tables::link(key),
        Object::Example => tables::example(key),
        Object::SecurityScheme => tables::security_scheme(key),
        Object::OAuthFlows => tables::oauth_flows(key),
        Object::OAuthFlow => tables::oauth_flow(key),
        Object::Discriminator => tables::discriminator(key),
        Object::Schema => keywords::member(key),
    }
}

/// What stands at a place, by the grammar alone; `None` where it is no object of OpenAPI.
pub(super) fn kind_at(place: &Pointer) -> Option<Object> {
    let mut kind = Object::Description;
    let mut steps = place.steps();
    while let Some(key) = steps.next() {
        kind = match member(kind, &key)? {
            Member::One(object) => object,
            Member::SchemaOrFlag => Object::Schema,
            Member::Each(object) | Member::Named(object) | Member::Patterned(object) => {
                steps.next()?;
                object
            }
            Member::Text | Member::Texts | Member::TextMap | Member::Flag | Member::Count => {
                return None;
            }
            Member::Any | Member::Carried | Member::NotGenerated => return None,
        };
    }
    Some(kind)
}

/// The objects that stand directly in `value`, in their order, each with its place.
pub(crate) fn children<'v>(
    object: Object,
    value: &'v mut Value,
    at: &Pointer,
) -> Vec<(Object, &'v mut Value, Pointer)> {
    let mut found = Vec::new();
    let Value::Object(members) = value else { return found };
    for (key, value) in members {
        if let Some(member) = member(object, key) {
            member_children(member, value, || at.at(key), &mut found);
        }
    }
    found
}

fn member_children<'v>(
    member: Member,
    value: &'v mut Value,
    at: impl FnOnce() -> Pointer,
    found: &mut Vec<(Object, &'v mut Value, Pointer)>,
) {
    match (member, value) {
        (Member::SchemaOrFlag, Value::Bool(_)) => {}
        (Member::SchemaOrFlag, value) => found.push((Object::Schema, value, at())),
        (Member::One(object), value) => found.push((object, value, at())),
        (Member::Each(object), Value::Array(items)) => {
            let at = at();
            let items = items.iter_mut().enumerate();
            found.extend(items.map(|(index, item)| (object, item, at.at(index))));
        }
        (Member::Named(object), Value::Object(entries)) => {
            let at = at();
            found.extend(entries.iter_mut().map(|(name, item)| (object, item, at.at(name))));
        }
        (Member::Patterned(object), Value::Object(entries)) => {
            let at = at();
            let entries = entries.iter_mut().filter(|(name, _)| !name.starts_with("x-"));
            found.extend(entries.map(|(name, item)| (object, item, at.at(name))));
        }
        _ => {}
    }
}

/// Visits an object, then the objects in it; nothing is looked for below a `$ref`.
pub(crate) fn walk(
    object: Object,
    value: &mut Value,
    at: &Pointer,
    visit: &mut dyn FnMut(Object, &mut Value, &Pointer),
) {
    visit(object, value, at);
    if is_reference(value) {
        return;
    }
    for (object, child, at) in children(object, value, at) {
        walk(object, child, &at, visit);
    }
}

/// Whether a value is a Reference Object.
pub(crate) fn is_reference(value: &Value) -> bool {
    value.get("$ref").is_some_and(Value::is_string)
}
