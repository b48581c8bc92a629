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
pub(crate) fn children_in<'v>(
    dialect: Dialect,
    object: ObjectKind,
    value: &'v mut Value,
    at: &Pointer,
) -> Vec<(ObjectKind, &'v mut Value, Pointer)> {
    let mut found = Vec::new();
    each_child(dialect, object, value, &mut at.clone(), &mut |object, child, at| {
        found.push((object, child, at.clone()));
    });
    found
}

/// What is done with an object in another one.
type Visit<'a, 'v> = &'a mut dyn FnMut(ObjectKind, &'v mut Value, &mut Pointer);

/// Visits the objects that stand directly in `value`, in their order. The place is the same text for all of them, which
/// most visitors only look at.
pub(super) fn each_child<'v>(
    dialect: Dialect,
    object: ObjectKind,
    value: &'v mut Value,
    at: &mut Pointer,
    visit: Visit<'_, 'v>,
) {
    let Value::Object(members) = value else { return };
    for (key, value) in members {
        if let Some(member) = member(object, key).or_else(|| dialect.member(object, key)) {
            at.within(key, |at| member_children(member, value, at, visit));
        }
    }
}

fn member_children<'v>(
    member: MemberKind,
    value: &'v mut Value,
    at: &mut Pointer,
    visit: Visit<'_, 'v>,
) {
    match (member, value) {
        (MemberKind::SchemaOrFlag, Value::Bool(_)) => {}
        (MemberKind::SchemaOrFlag, value) => visit(ObjectKind::Schema, value, at),
        (MemberKind::One(object), value) => visit(object, value, at),
        (MemberKind::Each(object), Value::Array(items)) => {
            for (index, item) in items.iter_mut().enumerate() {
                at.within(index, |at| visit(object, item, at));
            }
        }
        (MemberKind::Named(object), Value::Object(entries)) => {
            for (name, item) in entries {
                at.within(name, |at| visit(object, item, at));
            }
        }
        (MemberKind::Patterned(object), Value::Object(entries)) => {
            for (name, item) in entries.iter_mut().filter(|(name, _)| !name.starts_with("x-")) {
                at.within(name, |at| visit(object, item, at));
            }
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
    walk_from(object, value, &mut at.clone(), visit);
}

fn walk_from(
    object: ObjectKind,
    value: &mut Value,
    at: &mut Pointer,
    visit: &mut dyn FnMut(ObjectKind, &mut Value, &Pointer),
) {
    visit(object, value, at);
    if is_reference(value) {
        return;
    }
    each_child(Dialect::OpenApi, object, value, at, &mut |object, child, at| {
        walk_from(object, child, at, visit);
    });
}

/// The same without the schemas, which have no other objects in them than schemas.
pub(super) fn walk_outside_schemas(
    description: &mut Value,
    visit: &mut dyn FnMut(ObjectKind, &mut Value, &Pointer),
) {
    visit(ObjectKind::Description, description, &Pointer::root());
    walk_around_schemas(ObjectKind::Description, description, &mut Pointer::root(), visit);
}

fn walk_around_schemas(
    object: ObjectKind,
    value: &mut Value,
    at: &mut Pointer,
    visit: &mut dyn FnMut(ObjectKind, &mut Value, &Pointer),
) {
    each_child(Dialect::OpenApi, object, value, at, &mut |object, child, at| {
        if object != ObjectKind::Schema {
            visit(object, child, at);
            if !is_reference(child) {
                walk_around_schemas(object, child, at, visit);
            }
        }
    });
}

/// Whether a value is a Reference Object.
pub(crate) fn is_reference(value: &Value) -> bool {
    value.get("$ref").is_some_and(Value::is_string)
}
