//! Parameters, headers and encodings in the words of OpenAPI 3.0.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::kept_facts::KeptFact;
use super::object_editor::ObjectEditor;
use super::object_schema::is_reference;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::DiagnosticCode;

/// Whether a client can send a parameter: one `in: body` it cannot. A whole query is `in: query` by now.
pub(super) fn is_sendable(parameter: &Value) -> bool {
    let place = parameter.get("in").and_then(Value::as_str);
    let is_sent = matches!(place, Some("path" | "query" | "header" | "cookie"));
    is_reference(parameter) || (is_sent && is_named(parameter))
}

fn is_named(parameter: &Value) -> bool {
    parameter.get("name").is_some_and(Value::is_string)
}

/// Takes from a list of parameters those that are there twice or of an unknown kind, and leaves null there.
pub(super) fn of_list(part: &mut ObjectEditor) {
    let Some(Value::Array(items)) = part.members.get_mut("parameters") else { return };
    let at = part.at.at("parameters");
    let mut met = HashMap::new();
    let mut aside = Vec::new();
    let mut kept = Vec::new();
    for (index, item) in std::mem::take(items).into_iter().enumerate() {
        if item.is_null() {
            // It was taken out before.
        } else if !is_sendable(&item) {
            let message = match is_named(&item) {
                true => "no code is made of this parameter: its place is unknown",
                false => "no code is made of this parameter: it has no name",
            };
            part.diagnostics.warn(DiagnosticCode::NotGenerated, &at.at(index), message);
            aside.push(item);
        } else if let Some(first) = met.get(&identity(&item)) {
            let message = "this parameter stands in the list twice; the first is used";
            let [place, first] = [index, *first].map(|index| part.diagnostics.place(&at.at(index)));
            let told = Diagnostic::new(DiagnosticCode::Corrected, place, message);
            part.diagnostics.push(told.related(first, "it stands here first"));
        } else {
            met.insert(identity(&item), index);
            kept.push(item);
            continue;
        }
        // The others keep their places.
        kept.push(Value::Null);
    }
    *items = kept;
    if !aside.is_empty() {
        KeptFact::Parameters.keep_in(part.members, aside);
    }
}

/// A parameter is known by its name and its place (OpenAPI 3.1.0, 4.8.12), or by its reference.
fn identity(parameter: &Value) -> String {
    match parameter.get("$ref") {
        Some(reference) => reference.to_string(),
        None => format!("{:?} {:?}", parameter.get("name"), parameter.get("in")),
    }
}

/// Puts a parameter right (OpenAPI 3.1.0, 4.8.12).
pub(super) fn parameter(part: &mut ObjectEditor) {
    let place = part.members.get("in").and_then(Value::as_str).unwrap_or_default().to_owned();
    if place == "path" && part.members.get("required") != Some(&Value::Bool(true)) {
        part.corrected("required", "a path parameter is always required");
        part.members.insert("required".to_owned(), true.into());
    }
    schema_or_content(part);
    // The runtime writes cookies as they are, which is the style `cookie` (OpenAPI 3.2.0, 4.12.2).
    if place == "cookie" && part.members.get("style").is_some_and(|style| style == "cookie") {
        part.members.shift_remove("style");
    }
    style(part, styles(&place));
}

/// Puts a header right (OpenAPI 3.1.0, 4.8.21).
pub(super) fn header(part: &mut ObjectEditor) {
    schema_or_content(part);
    style(part, styles("header"));
}

/// Puts an encoding right (OpenAPI 3.1.0, 4.8.15); it has the styles of query parameters.
pub(super) fn encoding(part: &mut ObjectEditor) {
    style(part, styles("query"));
    // `openapiv3` reads an absent `explode` as false, though its default depends on the style.
    if let Some(explode) = part.members.get("explode").cloned() {
        KeptFact::Explode.keep_in(part.members, explode);
    }
}

fn schema_or_content(part: &mut ObjectEditor) {
    let content = part.members.contains_key("content");
    match part.members.contains_key("schema") {
        true if content => part.set_aside("content", "there is a schema"),
        false if !content => drop(part.members.insert("schema".to_owned(), json!({}))),
        _ => {}
    }
}

fn style(part: &mut ObjectEditor, known: &[&str]) {
    let style = part.members.get("style").and_then(Value::as_str);
    if style.is_some_and(|style| !known.contains(&style)) {
        part.set_aside("style", "it does not exist here");
    }
}

fn styles(place: &str) -> &'static [&'static str] {
    match place {
        "path" => &["matrix", "label", "simple"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "cookie" => &["form"],
        _ => &["simple"],
    }
}
