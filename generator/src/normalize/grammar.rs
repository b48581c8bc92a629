//! Which members each object of a description has: the one table that every walk goes by.

use serde_json::Value;

use super::keywords;
use crate::pointer::Pointer;

/// An object of OpenAPI (OpenAPI 3.1.0, 4.8), by its name there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Object {
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
        Object::Description => description(key),
        Object::Info => info(key),
        Object::Contact => texts(key, &["name", "url", "email"]),
        Object::License => texts(key, &["name", "url"]).or(carried(key, &["identifier"])),
        Object::Server => server(key),
        Object::ServerVariable => server_variable(key),
        Object::Tag => tag(key),
        Object::ExternalDocumentation => texts(key, &["description", "url"]),
        Object::Components => components(key),
        Object::PathItem => path_item(key),
        Object::Operation => operation(key),
        Object::Callback => Some(Member::One(Object::PathItem)),
        Object::Parameter => parameter(key),
        Object::Header => header(key),
        Object::RequestBody => request_body(key),
        Object::MediaType => media_type(key),
        Object::Encoding => encoding(key),
        Object::Response => response(key),
        Object::Link => link(key),
        Object::Example => example(key),
        Object::SecurityScheme => security_scheme(key),
        Object::OAuthFlows => oauth_flows(key),
        Object::OAuthFlow => oauth_flow(key),
        Object::Discriminator => discriminator(key),
        Object::Schema => keywords::member(key),
    }
}

/// The objects that stand directly in `value`, in their order, each with its place.
pub(super) fn children<'v>(
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
pub(super) fn walk(
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
pub(super) fn is_reference(value: &Value) -> bool {
    value.get("$ref").is_some_and(Value::is_string)
}

fn texts(key: &str, names: &[&str]) -> Option<Member> {
    names.contains(&key).then_some(Member::Text)
}

fn carried(key: &str, names: &[&str]) -> Option<Member> {
    names.contains(&key).then_some(Member::Carried)
}

fn description(key: &str) -> Option<Member> {
    Some(match key {
        "openapi" => Member::Text,
        "info" => Member::One(Object::Info),
        "servers" => Member::Each(Object::Server),
        "paths" => Member::Patterned(Object::PathItem),
        "components" => Member::One(Object::Components),
        "security" => Member::Any,
        "tags" => Member::Each(Object::Tag),
        "externalDocs" => Member::One(Object::ExternalDocumentation),
        "$defs" | "definitions" => Member::Named(Object::Schema),
        "webhooks" => Member::NotGenerated,
        "jsonSchemaDialect" | "$self" => Member::Carried,
        _ => return None,
    })
}

fn info(key: &str) -> Option<Member> {
    Some(match key {
        "title" | "description" | "termsOfService" | "version" => Member::Text,
        "contact" => Member::One(Object::Contact),
        "license" => Member::One(Object::License),
        "summary" => Member::Carried,
        _ => return None,
    })
}

fn server(key: &str) -> Option<Member> {
    Some(match key {
        "url" | "description" => Member::Text,
        "variables" => Member::Named(Object::ServerVariable),
        "name" => Member::Carried,
        _ => return None,
    })
}

fn server_variable(key: &str) -> Option<Member> {
    Some(match key {
        "default" | "description" => Member::Text,
        "enum" => Member::Texts,
        _ => return None,
    })
}

fn tag(key: &str) -> Option<Member> {
    Some(match key {
        "name" | "description" => Member::Text,
        "externalDocs" => Member::One(Object::ExternalDocumentation),
        "summary" | "parent" | "kind" => Member::Carried,
        _ => return None,
    })
}

fn components(key: &str) -> Option<Member> {
    Some(match key {
        "schemas" => Member::Named(Object::Schema),
        "responses" => Member::Named(Object::Response),
        "parameters" => Member::Named(Object::Parameter),
        "examples" => Member::Named(Object::Example),
        "requestBodies" => Member::Named(Object::RequestBody),
        "headers" => Member::Named(Object::Header),
        "securitySchemes" => Member::Named(Object::SecurityScheme),
        "links" => Member::Named(Object::Link),
        "callbacks" => Member::Named(Object::Callback),
        "pathItems" | "mediaTypes" => Member::Carried,
        _ => return None,
    })
}

fn path_item(key: &str) -> Option<Member> {
    Some(match key {
        "summary" | "description" | "$ref" => Member::Text,
        "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" => {
            Member::One(Object::Operation)
        }
        "servers" => Member::Each(Object::Server),
        "parameters" => Member::Each(Object::Parameter),
        "query" | "additionalOperations" => Member::NotGenerated,
        _ => return None,
    })
}

fn operation(key: &str) -> Option<Member> {
    Some(match key {
        "summary" | "description" | "operationId" => Member::Text,
        "tags" => Member::Texts,
        "externalDocs" => Member::One(Object::ExternalDocumentation),
        "parameters" => Member::Each(Object::Parameter),
        "requestBody" => Member::One(Object::RequestBody),
        "responses" => Member::Patterned(Object::Response),
        "callbacks" => Member::Named(Object::Callback),
        "deprecated" => Member::Flag,
        "security" => Member::Any,
        "servers" => Member::Each(Object::Server),
        _ => return None,
    })
}

fn parameter(key: &str) -> Option<Member> {
    Some(match key {
        "name" | "in" => Member::Text,
        "allowEmptyValue" | "explode" | "allowReserved" => Member::Flag,
        _ => return parameter_or_header(key),
    })
}

fn header(key: &str) -> Option<Member> {
    parameter_or_header(key).or(carried(key, &["explode"]))
}

fn parameter_or_header(key: &str) -> Option<Member> {
    Some(match key {
        "description" | "style" | "$ref" => Member::Text,
        "required" | "deprecated" => Member::Flag,
        "schema" => Member::One(Object::Schema),
        "example" => Member::Any,
        "examples" => Member::Named(Object::Example),
        "content" => Member::Named(Object::MediaType),
        _ => return None,
    })
}

fn request_body(key: &str) -> Option<Member> {
    Some(match key {
        "description" | "$ref" => Member::Text,
        "content" => Member::Named(Object::MediaType),
        "required" => Member::Flag,
        _ => return None,
    })
}

fn media_type(key: &str) -> Option<Member> {
    Some(match key {
        "schema" | "x-openapi-item-schema" => Member::One(Object::Schema),
        "example" => Member::Any,
        "examples" => Member::Named(Object::Example),
        "encoding" => Member::Named(Object::Encoding),
        "itemSchema" | "itemEncoding" | "prefixEncoding" => Member::Carried,
        _ => return None,
    })
}

fn encoding(key: &str) -> Option<Member> {
    Some(match key {
        "contentType" | "style" => Member::Text,
        "headers" => Member::Named(Object::Header),
        "explode" | "allowReserved" => Member::Flag,
        "encoding" | "itemEncoding" | "prefixEncoding" => Member::Carried,
        _ => return None,
    })
}

fn response(key: &str) -> Option<Member> {
    Some(match key {
        "description" | "$ref" => Member::Text,
        "headers" => Member::Named(Object::Header),
        "content" => Member::Named(Object::MediaType),
        "links" => Member::Named(Object::Link),
        "summary" => Member::Carried,
        _ => return None,
    })
}

fn link(key: &str) -> Option<Member> {
    Some(match key {
        "operationRef" | "operationId" | "description" | "$ref" => Member::Text,
        "parameters" | "requestBody" => Member::Any,
        "server" => Member::One(Object::Server),
        _ => return None,
    })
}

fn example(key: &str) -> Option<Member> {
    Some(match key {
        "summary" | "description" | "externalValue" | "$ref" => Member::Text,
        "value" => Member::Any,
        "dataValue" | "serializedValue" => Member::Carried,
        _ => return None,
    })
}

fn security_scheme(key: &str) -> Option<Member> {
    Some(match key {
        "flows" => Member::One(Object::OAuthFlows),
        "oauth2MetadataUrl" | "deprecated" => Member::Carried,
        _ => {
            let names = ["type", "description", "name", "in", "scheme", "bearerFormat"];
            return texts(key, &names).or(texts(key, &["openIdConnectUrl", "$ref"]));
        }
    })
}

fn oauth_flows(key: &str) -> Option<Member> {
    Some(match key {
        "implicit" | "password" | "clientCredentials" | "authorizationCode" => {
            Member::One(Object::OAuthFlow)
        }
        "deviceAuthorization" => Member::NotGenerated,
        _ => return None,
    })
}

fn oauth_flow(key: &str) -> Option<Member> {
    Some(match key {
        "authorizationUrl" | "tokenUrl" | "refreshUrl" => Member::Text,
        "scopes" => Member::TextMap,
        _ => return None,
    })
}

fn discriminator(key: &str) -> Option<Member> {
    Some(match key {
        "propertyName" => Member::Text,
        "mapping" => Member::TextMap,
        "defaultMapping" => Member::Carried,
        _ => return None,
    })
}
