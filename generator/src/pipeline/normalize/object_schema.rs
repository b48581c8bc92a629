//! Which members each object of a description has: the one table that every walk goes by.

use serde_json::Value;

use super::keywords;
use super::object_kind::{MemberKind, ObjectKind};
use crate::pointer::Pointer;
use tables::{aside, texts};

mod dialect;
mod tables;
mod words;

pub(crate) use dialect::Dialect;
pub(super) use words::words;

/// What stands at the member `key` of `object`; `None` where OpenAPI knows no such member.
pub(super) fn member(object: ObjectKind, key: &str) -> Option<MemberKind> {
    match object {
        ObjectKind::Description => tables::description(key),
        ObjectKind::Info => tables::info(key),
        ObjectKind::Contact => texts(key, &["name", "url", "email"]),
        ObjectKind::License => texts(key, &["name", "url"]).or(aside(key, &["identifier"])),
        ObjectKind::Server => tables::server(key),
        ObjectKind::ServerVariable => tables::server_variable(key),
        ObjectKind::Tag => tables::tag(key),
        ObjectKind::ExternalDocumentation => texts(key, &["description", "url"]),
        ObjectKind::Components => tables::components(key),
        ObjectKind::PathItem => tables::path_item(key),
        ObjectKind::Operation => tables::operation(key),
        ObjectKind::Callback => tables::callback(key),
        ObjectKind::Parameter => tables::parameter(key),
        ObjectKind::Header => tables::header(key),
        ObjectKind::RequestBody => tables::request_body(key),
        ObjectKind::MediaType => tables::media_type(key),
        ObjectKind::Encoding => tables::encoding(key),
        ObjectKind::Response => tables::response(key),
        ObjectKind::Link => tables::link(key),
        ObjectKind::Example => tables::example(key),
        ObjectKind::SecurityScheme => tables::security_scheme(key),
        ObjectKind::OAuthFlows => tables::oauth_flows(key),
        ObjectKind::OAuthFlow => tables::oauth_flow(key),
        ObjectKind::Discriminator => tables::discriminator(key),
        ObjectKind::Schema => keywords::member(key),
    }
}

/// What stands at a place, by the tables alone; `None` where it is no object of OpenAPI.
pub(super) fn kind_at(place: &Pointer) -> Option<ObjectKind> {
    let mut kind = ObjectKind::Description;
    let mut steps = place.steps();
    while let Some(key) = steps.next() {
        kind = match member(kind, &key)? {
            MemberKind::One(object) => object,
            MemberKind::SchemaOrFlag => ObjectKind::Schema,
            MemberKind::Each(object)
            | MemberKind::Named(object)
            | MemberKind::Patterned(object) => {
                steps.next()?;
                object
            }
            MemberKind::Text
            | MemberKind::Texts
            | MemberKind::TextMap
            | MemberKind::Flag
            | MemberKind::Count => {
                return None;
            }
            MemberKind::Any | MemberKind::Aside | MemberKind::NotGenerated => return None,
        };
    }
    Some(kind)
}

/// The objects that stand directly in `value`, in their order, each with its place.
pub(crate) fn children<'v>(
    object: ObjectKind,
    value: &'v mut Value,
    at: &Pointer,
) -> Vec<(ObjectKind, &'v mut Value, Pointer)> {
    children_in(Dialect::OpenApi, object, value, at)
}

/// The same in a description of another version.
pub(crate) fn children_in<'v>(
    dialect: Dialect,
    object: ObjectKind,
    value: &'v mut Value,
    at: &Pointer,
) -> Vec<(ObjectKind, &'v mut Value, Pointer)> {
    let mut found = Vec::new();
    let Value::Object(members) = value else { return found };
    for (key, value) in members {
        if let Some(member) = member(object, key).or_else(|| dialect.member(object, key)) {
            member_children(member, value, || at.at(key), &mut found);
        }
    }
    found
}

fn member_children<'v>(
    member: MemberKind,
    value: &'v mut Value,
    at: impl FnOnce() -> Pointer,
    found: &mut Vec<(ObjectKind, &'v mut Value, Pointer)>,
) {
    match (member, value) {
        (MemberKind::SchemaOrFlag, Value::Bool(_)) => {}
        (MemberKind::SchemaOrFlag, value) => found.push((ObjectKind::Schema, value, at())),
        (MemberKind::One(object), value) => found.push((object, value, at())),
        (MemberKind::Each(object), Value::Array(items)) => {
            let at = at();
            let items = items.iter_mut().enumerate();
            found.extend(items.map(|(index, item)| (object, item, at.at(index))));
        }
        (MemberKind::Named(object), Value::Object(entries)) => {
            let at = at();
            found.extend(entries.iter_mut().map(|(name, item)| (object, item, at.at(name))));
        }
        (MemberKind::Patterned(object), Value::Object(entries)) => {
            let at = at();
            let entries = entries.iter_mut().filter(|(name, _)| !name.starts_with("x-"));
            found.extend(entries.map(|(name, item)| (object, item, at.at(name))));
        }
        _ => {}
    }
}

/// Visits an object, then the objects in it; nothing is looked for below a `$ref`.
pub(crate) fn walk(
    object: ObjectKind,
    value: &mut Value,
    at: &Pointer,
    visit: &mut dyn FnMut(ObjectKind, &mut Value, &Pointer),
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
