//! The keywords of a schema: what stands at each, and the types each says something about.

use super::object_kind::{MemberKind, ObjectKind};

/// What stands at a schema's keyword; `None` where neither OpenAPI nor JSON Schema 2020-12 knows it.
pub(super) fn member(keyword: &str) -> Option<MemberKind> {
    Some(match keyword {
        "title" | "description" | "pattern" | "format" | "$ref" => MemberKind::Text,
        "contentEncoding" | "contentMediaType" => MemberKind::Text,
        "nullable" | "readOnly" | "writeOnly" | "deprecated" | "uniqueItems" => MemberKind::Flag,
        "minLength" | "maxLength" | "minItems" | "maxItems" => MemberKind::Count,
        "minProperties" | "maxProperties" => MemberKind::Count,
        "required" => MemberKind::Texts,
        "type" | "enum" | "default" | "example" | "examples" | "multipleOf" | "xml" => {
            MemberKind::Any
        }
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => MemberKind::Any,
        "externalDocs" => MemberKind::One(ObjectKind::ExternalDocumentation),
        "discriminator" => MemberKind::One(ObjectKind::Discriminator),
        _ => return holder(keyword).or_else(|| left_out(keyword)),
    })
}

/// The keywords that hold schemas.
fn holder(keyword: &str) -> Option<MemberKind> {
    Some(match keyword {
        "items" | "not" | "contentSchema" => MemberKind::One(ObjectKind::Schema),
        "additionalProperties" => MemberKind::SchemaOrFlag,
        "allOf" | "oneOf" | "anyOf" | "prefixItems" => MemberKind::Each(ObjectKind::Schema),
        "properties" | "patternProperties" | "$defs" | "definitions" => {
            MemberKind::Named(ObjectKind::Schema)
        }
        _ => return None,
    })
}

fn left_out(keyword: &str) -> Option<MemberKind> {
    let known = widening(keyword) || silent(keyword);
    known.then_some(MemberKind::Aside)
}

/// Whether a keyword narrows a schema in a way that no type can say.
pub(super) fn widening(keyword: &str) -> bool {
    let conditional = ["if", "then", "else", "dependentSchemas", "dependentRequired", "contains"];
    let rest = ["patternProperties", "propertyNames", "dependencies", "minContains", "maxContains"];
    let unevaluated = ["unevaluatedItems", "unevaluatedProperties", "additionalItems"];
    conditional.contains(&keyword) || rest.contains(&keyword) || unevaluated.contains(&keyword)
}

/// Whether a keyword is left out without a word, because that does not widen the schema.
fn silent(keyword: &str) -> bool {
    let identity = ["$id", "$anchor", "$dynamicAnchor", "$schema", "$vocabulary", "$comment"];
    identity.contains(&keyword) || ["const", "$dynamicRef"].contains(&keyword)
}

/// Whether a keyword describes a schema without restricting it.
pub(super) fn is_annotation(keyword: &str) -> bool {
    let docs = ["title", "description", "deprecated", "externalDocs", "xml"];
    let values = ["default", "example", "examples"];
    let access = ["readOnly", "writeOnly", "nullable", "discriminator", "$defs", "definitions"];
    let known = docs.contains(&keyword) || values.contains(&keyword) || access.contains(&keyword);
    known || keyword.starts_with("x-")
}

/// Whether a keyword combines schemas.
pub(super) fn is_combinator(keyword: &str) -> bool {
    ["allOf", "oneOf", "anyOf"].contains(&keyword)
}

/// The types that a keyword says something about, in the order in which a missing type is guessed.
pub(super) fn types(keyword: &str) -> &'static [&'static str] {
    match keyword {
        "properties" | "required" | "additionalProperties" => &["object"],
        "minProperties" | "maxProperties" | "patternProperties" => &["object"],
        "items" | "minItems" | "maxItems" | "uniqueItems" | "prefixItems" => &["array"],
        "pattern" | "minLength" | "maxLength" => &["string"],
        "contentEncoding" | "contentMediaType" | "contentSchema" => &["string"],
        "multipleOf" | "minimum" | "maximum" => &["number", "integer"],
        "exclusiveMinimum" | "exclusiveMaximum" => &["number", "integer"],
        "format" => &["string", "number", "integer"],
        "enum" => &["string", "number", "integer", "boolean"],
        _ => &[],
    }
}
