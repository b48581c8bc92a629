//! The members of each object (OpenAPI 3.1.0, 4.8), with those of 3.2 that are carried.

use super::{Member, Object};

/// A string, if the member is one of these.
pub(super) fn texts(key: &str, names: &[&str]) -> Option<Member> {
    names.contains(&key).then_some(Member::Text)
}

/// A carried member, if it is one of these.
pub(super) fn carried(key: &str, names: &[&str]) -> Option<Member> {
    names.contains(&key).then_some(Member::Carried)
}

/// The members of an OpenAPI Object (OpenAPI 3.1.0, 4.8.1).
pub(super) fn description(key: &str) -> Option<Member> {
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
        // OpenAPI 3.0 has no word for webhooks; Redoc's extension is what people write there.
        "webhooks" | "x-webhooks" => Member::Named(Object::PathItem),
        "jsonSchemaDialect" | "$self" => Member::Carried,
        _ => return None,
    })
}

/// The members of an Info Object (4.8.2).
pub(super) fn info(key: &str) -> Option<Member> {
    Some(match key {
        "title" | "description" | "termsOfService" | "version" => Member::Text,
        "contact" => Member::One(Object::Contact),
        "license" => Member::One(Object::License),
        "summary" => Member::Carried,
        _ => return None,
    })
}

/// The members of a Server Object (4.8.5).
pub(super) fn server(key: &str) -> Option<Member> {
    Some(match key {
        "url" | "description" => Member::Text,
        "variables" => Member::Named(Object::ServerVariable),
        "name" => Member::Carried,
        _ => return None,
    })
}

/// The members of a Server Variable Object (4.8.6).
pub(super) fn server_variable(key: &str) -> Option<Member> {
    Some(match key {
        "default" | "description" => Member::Text,
        "enum" => Member::Texts,
        _ => return None,
    })
}

/// The members of a Tag Object (4.8.22).
pub(super) fn tag(key: &str) -> Option<Member> {
    Some(match key {
        "name" | "description" => Member::Text,
        "externalDocs" => Member::One(Object::ExternalDocumentation),
        "summary" | "parent" | "kind" => Member::Carried,
        _ => return None,
    })
}

/// The members of a Components Object (4.8.7).
pub(super) fn components(key: &str) -> Option<Member> {
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

/// The members of a Path Item Object (4.8.9).
pub(super) fn path_item(key: &str) -> Option<Member> {
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

/// The members of an Operation Object (4.8.10).
pub(super) fn operation(key: &str) -> Option<Member> {
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

/// The members of a Callback Object (4.8.18): expressions, and a path item for each.
pub(super) fn callback(key: &str) -> Option<Member> {
    (!key.starts_with("x-")).then_some(Member::One(Object::PathItem))
}

/// The members of a Parameter Object (4.8.12).
pub(super) fn parameter(key: &str) -> Option<Member> {
    Some(match key {
        "name" | "in" => Member::Text,
        "allowEmptyValue" | "explode" | "allowReserved" => Member::Flag,
        _ => return parameter_or_header(key),
    })
}

/// The members of a Header Object (4.8.21).
pub(super) fn header(key: &str) -> Option<Member> {
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

/// The members of a Request Body Object (4.8.13).
pub(super) fn request_body(key: &str) -> Option<Member> {
    Some(match key {
        "description" | "$ref" => Member::Text,
        "content" => Member::Named(Object::MediaType),
        "required" => Member::Flag,
        _ => return None,
    })
}

/// The members of a Media Type Object (4.8.14).
pub(super) fn media_type(key: &str) -> Option<Member> {
    Some(match key {
        "schema" | "x-openapi-item-schema" => Member::One(Object::Schema),
        "example" => Member::Any,
        "examples" => Member::Named(Object::Example),
        "encoding" => Member::Named(Object::Encoding),
        "itemSchema" | "itemEncoding" | "prefixEncoding" => Member::Carried,
        _ => return None,
    })
}

/// The members of an Encoding Object (4.8.15).
pub(super) fn encoding(key: &str) -> Option<Member> {
    Some(match key {
        "contentType" | "style" => Member::Text,
        "headers" => Member::Named(Object::Header),
        "explode" | "allowReserved" => Member::Flag,
        "encoding" | "itemEncoding" | "prefixEncoding" => Member::Carried,
        _ => return None,
    })
}

/// The members of a Response Object (4.8.17).
pub(super) fn response(key: &str) -> Option<Member> {
    Some(match key {
        "description" | "$ref" => Member::Text,
        "headers" => Member::Named(Object::Header),
        "content" => Member::Named(Object::MediaType),
        "links" => Member::Named(Object::Link),
        "summary" => Member::Carried,
        _ => return None,
    })
}

/// The members of a Link Object (4.8.20).
pub(super) fn link(key: &str) -> Option<Member> {
    Some(match key {
        "operationRef" | "operationId" | "description" | "$ref" => Member::Text,
        "parameters" | "requestBody" => Member::Any,
        "server" => Member::NotGenerated,
        _ => return None,
    })
}

/// The members of an Example Object (4.8.19).
pub(super) fn example(key: &str) -> Option<Member> {
    Some(match key {
        "summary" | "description" | "externalValue" | "$ref" => Member::Text,
        "value" => Member::Any,
        "dataValue" | "serializedValue" => Member::Carried,
        _ => return None,
    })
}

/// The members of a Security Scheme Object (4.8.27).
pub(super) fn security_scheme(key: &str) -> Option<Member> {
    Some(match key {
        "flows" => Member::One(Object::OAuthFlows),
        "oauth2MetadataUrl" | "deprecated" => Member::Carried,
        _ => {
            let names = ["type", "description", "name", "in", "scheme", "bearerFormat"];
            return texts(key, &names).or(texts(key, &["openIdConnectUrl", "$ref"]));
        }
    })
}

/// The members of an OAuth Flows Object (4.8.28).
pub(super) fn oauth_flows(key: &str) -> Option<Member> {
    Some(match key {
        "implicit" | "password" | "clientCredentials" | "authorizationCode" => {
            Member::One(Object::OAuthFlow)
        }
        "deviceAuthorization" => Member::NotGenerated,
        _ => return None,
    })
}

/// The members of an OAuth Flow Object (4.8.29).
pub(super) fn oauth_flow(key: &str) -> Option<Member> {
    Some(match key {
        "authorizationUrl" | "tokenUrl" | "refreshUrl" => Member::Text,
        "scopes" => Member::TextMap,
        _ => return None,
    })
}

/// The members of a Discriminator Object (4.8.25).
pub(super) fn discriminator(key: &str) -> Option<Member> {
    Some(match key {
        "propertyName" => Member::Text,
        "mapping" => Member::TextMap,
        "defaultMapping" => Member::Carried,
        _ => return None,
    })
}
