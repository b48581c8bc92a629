//! Everything of a description outside its schemas, in the words of OpenAPI 3.0.

use serde_json::{Map, Value, json};

use super::diagnostic_sink::DiagnosticSink;
use super::kept_facts::{KeptFact, extension};
use super::object_editor::ObjectEditor;
use super::object_kind::ObjectKind;
use super::object_schema::is_reference;
use super::path_items::SECTIONS;
use super::{members, parameters, requirements};
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::Pointer;

/// Puts one object right; the objects in it come later.
pub(super) fn correct(
    object: ObjectKind,
    value: &mut Value,
    at: &Pointer,
    diagnostics: &mut DiagnosticSink,
) {
    if object == ObjectKind::Schema {
        return;
    }
    short_form(object, value);
    if is_reference(value) {
        return;
    }
    let Value::Object(members) = value else { return };
    // A callback's members are expressions, and each is a path item.
    if object != ObjectKind::Callback {
        members::normalize(object, members, at, diagnostics);
    }
    rule(object, &mut ObjectEditor { members, at, diagnostics });
}

/// `tags: [users]` → `tags: [{name: users}]`, `examples: {a: 1}` → `examples: {a: {value: 1}}`
fn short_form(object: ObjectKind, value: &mut Value) {
    match object {
        ObjectKind::Tag if value.is_string() => *value = json!({ "name": value.take() }),
        ObjectKind::Example if !value.is_object() => *value = json!({ "value": value.take() }),
        // A parameter that was taken out.
        ObjectKind::Parameter if value.is_null() => {}
        _ if value.is_null() || is_empty_list(value) => *value = json!({}),
        _ => {}
    }
}

/// Whether a value is an empty list, as PHP writes an empty map.
pub(super) fn is_empty_list(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty)
}

fn rule(object: ObjectKind, part: &mut ObjectEditor) {
    match object {
        ObjectKind::Description => description(part),
        ObjectKind::Info => info(part),
        ObjectKind::License => license(part),
        ObjectKind::Server => part.supply("url", "/".into()),
        ObjectKind::ServerVariable => server_variable(part),
        ObjectKind::ExternalDocumentation => part.supply("url", "".into()),
        ObjectKind::Components => components(part),
        ObjectKind::PathItem => parameters::of_list(part),
        ObjectKind::Operation => operation(part),
        ObjectKind::Parameter => parameters::parameter(part),
        ObjectKind::Header => parameters::header(part),
        ObjectKind::Encoding => parameters::encoding(part),
        ObjectKind::Response => part.require("description", "".into()),
        ObjectKind::Link => link(part),
        ObjectKind::OAuthFlow => part.require("scopes", json!({})),
        ObjectKind::OAuthFlows => oauth_flows(part),
        ObjectKind::SecurityScheme => security_scheme(part),
        ObjectKind::Contact | ObjectKind::Tag | ObjectKind::Callback | ObjectKind::RequestBody => {}
        ObjectKind::Example => example(part),
        ObjectKind::MediaType | ObjectKind::Discriminator | ObjectKind::Schema => {}
    }
}

fn description(part: &mut ObjectEditor) {
    // Without a version there was a diagnostic; it is read on as the usual one.
    part.require("openapi", "3.1.0".into());
    part.supply("info", json!({}));
    part.require("paths", json!({}));
    requirements::normalize(part);
    if let Some(Value::Object(paths)) = part.members.get_mut("paths") {
        for (path, item) in std::mem::take(paths) {
            let path = rooted(path, &part.at.at("paths"), part.diagnostics);
            paths.entry(path.clone()).or_insert(item);
        }
    }
    // An extension may be extended in turn, as `paths` may: `x-webhooks: {x-tool: …}`.
    if let Some(Value::Object(webhooks)) = part.members.get_mut("x-webhooks") {
        webhooks.retain(|name, _| !name.starts_with("x-"));
    }
    for section in SECTIONS {
        let items = part.members.get_mut(section).and_then(Value::as_object_mut);
        for (path, item) in items.into_iter().flatten() {
            verbs_in_lower_case(item, &part.at.at(section).at(path), part.diagnostics);
        }
    }
}

/// `users` → `/users`; `openapiv3` drops a path that does not begin with a slash.
fn rooted(path: String, at: &Pointer, diagnostics: &mut DiagnosticSink) -> String {
    if path.starts_with('/') || path.starts_with("x-") {
        return path;
    }
    let message = format!("the path `{path}` was given the slash it has to begin with");
    diagnostics.warn(DiagnosticCode::Corrected, &at.at(&path), message);
    format!("/{path}")
}

/// `GET` → `get`
fn verbs_in_lower_case(item: &mut Value, at: &Pointer, diagnostics: &mut DiagnosticSink) {
    let Value::Object(members) = item else { return };
    for (key, value) in std::mem::take(members) {
        let small = key.to_ascii_lowercase();
        let verb = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
        if small != key && verb.contains(&small.as_str()) && !members.contains_key(&small) {
            diagnostics.warn(
                DiagnosticCode::Corrected,
                &at.at(&key),
                format!("`{key}` was read as `{small}`"),
            );
            members.insert(small, value);
        } else {
            members.insert(key, value);
        }
    }
}

fn info(part: &mut ObjectEditor) {
    part.supply("title", "API".into());
    part.supply("version", "0.0.0".into());
}

/// A licence may be named by its SPDX identifier alone only in 3.1.
fn license(part: &mut ObjectEditor) {
    let identifier = KeptFact::Identifier.find_in(part.members).cloned();
    match identifier {
        Some(identifier) => part.require("name", identifier),
        None => part.supply("name", "".into()),
    }
}

fn server_variable(part: &mut ObjectEditor) {
    let first = part.members.get("enum").and_then(|values| values.get(0)).cloned();
    part.supply("default", first.unwrap_or_else(|| "".into()));
}

fn components(part: &mut ObjectEditor) {
    let readable = |scheme: &Value| {
        let kind = scheme.get("type").and_then(Value::as_str);
        is_reference(scheme)
            || matches!(kind, Some("apiKey" | "http" | "oauth2" | "openIdConnect" | "basic"))
    };
    set_entries_aside(part, "securitySchemes", |_, scheme| readable(scheme));
    set_entries_aside(part, "callbacks", |_, callback| is_plain_callback(callback));
    let sendable = |_: &str, parameter: &Value| parameters::is_sendable(parameter);
    set_entries_aside(part, "parameters", sendable);
}

/// Moves the entries that 3.0 cannot say out of a map, and keeps them as an extension.
fn set_entries_aside(part: &mut ObjectEditor, key: &str, keep: impl Fn(&str, &Value) -> bool) {
    let Some(Value::Object(entries)) = part.members.get_mut(key) else { return };
    let (kept, aside): (Map<_, _>, Map<_, _>) =
        std::mem::take(entries).into_iter().partition(|(name, entry)| keep(name, entry));
    *entries = kept;
    // How a client certificate is given is said in the documentation of the client.
    for name in aside.iter().filter(|(_, entry)| !is_mutual_tls(entry)).map(|(name, _)| name) {
        let message = format!("no code is made of `{name}`: it is of an unknown kind");
        part.diagnostics.warn(DiagnosticCode::NotGenerated, &part.at.at(key).at(name), message);
    }
    if !aside.is_empty() {
        part.members.insert(extension(key), aside.into());
    }
}

/// Whether a security scheme asks for a client certificate.
fn is_mutual_tls(entry: &Value) -> bool {
    entry.get("type").is_some_and(|kind| kind == "mutualTLS")
}

fn operation(part: &mut ObjectEditor) {
    part.require("responses", json!({}));
    parameters::of_list(part);
    statuses(part);
    requirements::normalize(part);
    set_entries_aside(part, "callbacks", |_, callback| is_plain_callback(callback));
}

/// Whether a callback is a reference, or has nothing but path items in full.
fn is_plain_callback(callback: &Value) -> bool {
    let plain = |(key, item): (&String, &Value)| {
        key.starts_with("x-") || (item.is_object() && !is_reference(item))
    };
    is_reference(callback) || callback.as_object().is_some_and(|them| them.iter().all(plain))
}

fn statuses(part: &mut ObjectEditor) {
    let Some(Value::Object(responses)) = part.members.get_mut("responses") else { return };
    let at = part.at.at("responses");
    for (key, response) in std::mem::take(responses) {
        let status = status(&key);
        if status != key {
            let message = format!("the status `{key}` was read as `{status}`");
            part.diagnostics.warn(DiagnosticCode::Corrected, &at.at(&key), message);
        }
        responses.entry(status).or_insert(response);
    }
}

/// A status as OpenAPI writes it (OpenAPI 3.1.0, 4.8.16): a code, a range or `default`.
///
/// `2xx` → `2XX`, `20X` → `2XX`, `Default` → `default`, `success` → `x-kept-success`
fn status(key: &str) -> String {
    let upper = key.trim().to_ascii_uppercase();
    match upper.as_bytes() {
        _ if key.starts_with("x-") => key.to_owned(),
        b"DEFAULT" => "default".to_owned(),
        [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9'] => upper,
        [first @ b'1'..=b'9', b'0'..=b'9' | b'X' | b'*', b'X' | b'*'] => {
            format!("{}XX", char::from(*first))
        }
        _ => extension(key),
    }
}

/// `dataValue: 1` → `value: 1` (OpenAPI 3.2.0, 4.19), and `serializedValue: '{"a": 1}'` → `value: {a: 1}`
fn example(part: &mut ObjectEditor) {
    let data = KeptFact::DataValue.find_in(part.members).cloned();
    let text = KeptFact::SerializedValue.find_in(part.members).and_then(Value::as_str);
    // What is written otherwise than as JSON is shown by no example.
    let read = || {
        let read = serde_json::from_str::<Value>(text?).ok();
        read.filter(|value| value.is_object() || value.is_array())
    };
    if let Some(value) = data.or_else(read) {
        part.require("value", value);
    }
}

fn link(part: &mut ObjectEditor) {
    if !part.members.contains_key("operationRef") {
        part.supply("operationId", "".into());
    }
}

fn oauth_flows(part: &mut ObjectEditor) {
    let needed = [
        ("implicit", &["authorizationUrl"][..]),
        ("password", &["tokenUrl"]),
        ("clientCredentials", &["tokenUrl"]),
        ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
    ];
    for (flow, urls) in needed {
        let Some(Value::Object(members)) = part.members.get_mut(flow) else { continue };
        let at = &part.at.at(flow);
        let mut flow = ObjectEditor { members, at, diagnostics: &mut *part.diagnostics };
        urls.iter().for_each(|url| flow.supply(url, "".into()));
    }
}

fn security_scheme(part: &mut ObjectEditor) {
    match part.members.get("type").and_then(Value::as_str) {
        Some("oauth2") => part.supply("flows", json!({})),
        Some("basic") => {
            part.corrected("type", "the Swagger 2.0 type `basic` was read as `http`");
            part.members.insert("type".to_owned(), "http".into());
            part.members.insert("scheme".to_owned(), "basic".into());
        }
        _ => {}
    }
}
