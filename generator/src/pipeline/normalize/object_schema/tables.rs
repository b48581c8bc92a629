//! The members of each object (OpenAPI 3.1.0, 4.8), with those of 3.2.

use crate::pipeline::normalize::object_kind::{MemberKind, ObjectKind};

/// A string, if the member is one of these.
pub(super) fn texts(key: &str, names: &[&str]) -> Option<MemberKind> {
    names.contains(&key).then_some(MemberKind::Text)
}

/// A member that is kept as an extension, if it is one of these.
pub(super) fn aside(key: &str, names: &[&str]) -> Option<MemberKind> {
    names.contains(&key).then_some(MemberKind::Aside)
}

/// The members of an OpenAPI Object (OpenAPI 3.1.0, 4.8.1).
pub(super) fn description(key: &str) -> Option<MemberKind> {
    Some(match key {
        "openapi" => MemberKind::Text,
        "info" => MemberKind::One(ObjectKind::Info),
        "servers" => MemberKind::Each(ObjectKind::Server),
        "paths" | "x-ms-paths" => MemberKind::Patterned(ObjectKind::PathItem),
        "components" => MemberKind::One(ObjectKind::Components),
        "security" => MemberKind::Any,
        "tags" => MemberKind::Each(ObjectKind::Tag),
        "externalDocs" => MemberKind::One(ObjectKind::ExternalDocumentation),
        "$defs" | "definitions" => MemberKind::Named(ObjectKind::Schema),
        // OpenAPI 3.0 has no word for webhooks; Redoc's extension is what people write there.
        "webhooks" | "x-webhooks" => MemberKind::Named(ObjectKind::PathItem),
        "jsonSchemaDialect" | "$self" => MemberKind::Aside,
        _ => return None,
    })
}

/// The members of an Info Object (4.8.2).
pub(super) fn info(key: &str) -> Option<MemberKind> {
    Some(match key {
        "title" | "description" | "termsOfService" | "version" => MemberKind::Text,
        "contact" => MemberKind::One(ObjectKind::Contact),
        "license" => MemberKind::One(ObjectKind::License),
        "summary" => MemberKind::Aside,
        _ => return None,
    })
}

/// The members of a Server Object (4.8.5).
pub(super) fn server(key: &str) -> Option<MemberKind> {
    Some(match key {
        "url" | "description" => MemberKind::Text,
        "variables" => MemberKind::Named(ObjectKind::ServerVariable),
        "name" => MemberKind::Aside,
        _ => return None,
    })
}

/// The members of a Server Variable Object (4.8.6).
pub(super) fn server_variable(key: &str) -> Option<MemberKind> {
    Some(match key {
        "default" | "description" => MemberKind::Text,
        "enum" => MemberKind::Texts,
        _ => return None,
    })
}

/// The members of a Tag Object (4.8.22).
pub(super) fn tag(key: &str) -> Option<MemberKind> {
    Some(match key {
        "name" | "description" => MemberKind::Text,
        "externalDocs" => MemberKind::One(ObjectKind::ExternalDocumentation),
        "summary" | "parent" | "kind" => MemberKind::Aside,
        _ => return None,
    })
}

/// The members of a Components Object (4.8.7).
pub(super) fn components(key: &str) -> Option<MemberKind> {
    Some(match key {
        "schemas" => MemberKind::Named(ObjectKind::Schema),
        "responses" => MemberKind::Named(ObjectKind::Response),
        "parameters" => MemberKind::Named(ObjectKind::Parameter),
        "examples" => MemberKind::Named(ObjectKind::Example),
        "requestBodies" => MemberKind::Named(ObjectKind::RequestBody),
        "headers" => MemberKind::Named(ObjectKind::Header),
        "securitySchemes" => MemberKind::Named(ObjectKind::SecurityScheme),
        "links" => MemberKind::Named(ObjectKind::Link),
        "callbacks" => MemberKind::Named(ObjectKind::Callback),
        "mediaTypes" => MemberKind::Named(ObjectKind::MediaType),
        "pathItems" => MemberKind::Aside,
        _ => return None,
    })
}

/// The members of a Path Item Object (4.8.9).
pub(super) fn path_item(key: &str) -> Option<MemberKind> {
    Some(match key {
        "summary" | "description" | "$ref" => MemberKind::Text,
        "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query" => {
            MemberKind::One(ObjectKind::Operation)
        }
        "servers" => MemberKind::Each(ObjectKind::Server),
        "parameters" => MemberKind::Each(ObjectKind::Parameter),
        "additionalOperations" => MemberKind::Named(ObjectKind::Operation),
        _ => return None,
    })
}

/// The members of an Operation Object (4.8.10).
pub(super) fn operation(key: &str) -> Option<MemberKind> {
    Some(match key {
        "summary" | "description" | "operationId" => MemberKind::Text,
        "tags" => MemberKind::Texts,
        "externalDocs" => MemberKind::One(ObjectKind::ExternalDocumentation),
        "parameters" => MemberKind::Each(ObjectKind::Parameter),
        "requestBody" => MemberKind::One(ObjectKind::RequestBody),
        "responses" => MemberKind::Patterned(ObjectKind::Response),
        "callbacks" => MemberKind::Named(ObjectKind::Callback),
        "deprecated" => MemberKind::Flag,
        "security" => MemberKind::Any,
        "servers" => MemberKind::Each(ObjectKind::Server),
        _ => return None,
    })
}

/// The members of a Callback Object (4.8.18): expressions, and a path item for each.
pub(super) fn callback(key: &str) -> Option<MemberKind> {
    (!key.starts_with("x-")).then_some(MemberKind::One(ObjectKind::PathItem))
}

/// The members of a Parameter Object (4.8.12).
pub(super) fn parameter(key: &str) -> Option<MemberKind> {
    Some(match key {
        "name" | "in" => MemberKind::Text,
        "allowEmptyValue" | "explode" | "allowReserved" => MemberKind::Flag,
        _ => return parameter_or_header(key),
    })
}

/// The members of a Header Object (4.8.21).
pub(super) fn header(key: &str) -> Option<MemberKind> {
    parameter_or_header(key).or(aside(key, &["explode"]))
}

fn parameter_or_header(key: &str) -> Option<MemberKind> {
    Some(match key {
        "description" | "style" | "$ref" => MemberKind::Text,
        "required" | "deprecated" => MemberKind::Flag,
        "schema" => MemberKind::One(ObjectKind::Schema),
        "example" => MemberKind::Any,
        "examples" => MemberKind::Named(ObjectKind::Example),
        "content" => MemberKind::Named(ObjectKind::MediaType),
        _ => return None,
    })
}

/// The members of a Request Body Object (4.8.13).
pub(super) fn request_body(key: &str) -> Option<MemberKind> {
    Some(match key {
        "description" | "$ref" => MemberKind::Text,
        "content" => MemberKind::Named(ObjectKind::MediaType),
        "required" => MemberKind::Flag,
        _ => return None,
    })
}

/// The members of a Media Type Object (4.8.14).
pub(super) fn media_type(key: &str) -> Option<MemberKind> {
    Some(match key {
        "$ref" => MemberKind::Text,
        "schema" | "itemSchema" => MemberKind::One(ObjectKind::Schema),
        "example" => MemberKind::Any,
        "examples" => MemberKind::Named(ObjectKind::Example),
        "encoding" => MemberKind::Named(ObjectKind::Encoding),
        "itemEncoding" | "prefixEncoding" => MemberKind::Aside,
        _ => return None,
    })
}

/// The members of an Encoding Object (4.8.15).
pub(super) fn encoding(key: &str) -> Option<MemberKind> {
    Some(match key {
        "contentType" | "style" => MemberKind::Text,
        "headers" => MemberKind::Named(ObjectKind::Header),
        "explode" | "allowReserved" => MemberKind::Flag,
        "encoding" | "itemEncoding" | "prefixEncoding" => MemberKind::Aside,
        _ => return None,
    })
}

/// The members of a Response Object (4.8.17).
pub(super) fn response(key: &str) -> Option<MemberKind> {
    Some(match key {
        "description" | "$ref" => MemberKind::Text,
        "headers" => MemberKind::Named(ObjectKind::Header),
        "content" => MemberKind::Named(ObjectKind::MediaType),
        "links" => MemberKind::Named(ObjectKind::Link),
        "summary" => MemberKind::Aside,
        _ => return None,
    })
}

/// The members of a Link Object (4.8.20).
pub(super) fn link(key: &str) -> Option<MemberKind> {
    Some(match key {
        "operationRef" | "operationId" | "description" | "$ref" => MemberKind::Text,
        "parameters" | "requestBody" => MemberKind::Any,
        "server" => MemberKind::NotGenerated,
        _ => return None,
    })
}

/// The members of an Example Object (4.8.19).
pub(super) fn example(key: &str) -> Option<MemberKind> {
    Some(match key {
        "summary" | "description" | "externalValue" | "$ref" => MemberKind::Text,
        "value" => MemberKind::Any,
        "dataValue" | "serializedValue" => MemberKind::Aside,
        _ => return None,
    })
}

/// The members of a Security Scheme Object (4.8.27).
pub(super) fn security_scheme(key: &str) -> Option<MemberKind> {
    Some(match key {
        "flows" => MemberKind::One(ObjectKind::OAuthFlows),
        "oauth2MetadataUrl" | "deprecated" => MemberKind::Aside,
        _ => {
            let names = ["type", "description", "name", "in", "scheme", "bearerFormat"];
            return texts(key, &names).or(texts(key, &["openIdConnectUrl", "$ref"]));
        }
    })
}

/// The members of an OAuth Flows Object (4.8.28).
pub(super) fn oauth_flows(key: &str) -> Option<MemberKind> {
    Some(match key {
        "implicit" | "password" | "clientCredentials" | "authorizationCode" => {
            MemberKind::One(ObjectKind::OAuthFlow)
        }
        // Who signs in on another device gives the client the token, as with the flows that need a browser.
        "deviceAuthorization" => MemberKind::Aside,
        _ => return None,
    })
}

/// The members of an OAuth Flow Object (4.8.29).
pub(super) fn oauth_flow(key: &str) -> Option<MemberKind> {
    Some(match key {
        "authorizationUrl" | "tokenUrl" | "refreshUrl" => MemberKind::Text,
        "scopes" => MemberKind::TextMap,
        _ => return None,
    })
}

/// The members of a Discriminator Object (4.8.25).
pub(super) fn discriminator(key: &str) -> Option<MemberKind> {
    Some(match key {
        "propertyName" | "defaultMapping" => MemberKind::Text,
        "mapping" => MemberKind::TextMap,
        _ => return None,
    })
}
