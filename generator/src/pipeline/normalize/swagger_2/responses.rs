//! Responses: the schema of their body stands under each media type in OpenAPI 3.0.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::lists::is_file;
use super::media_types::{MediaTypes, essence};
use super::{Members, Upgrade};
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::Pointer;

impl Upgrade<'_> {
    /// Brings the responses of an operation to OpenAPI 3.0.
    pub(super) fn responses(
        &mut self,
        operation: &mut Members,
        produces: &MediaTypes,
        at: &Pointer,
    ) {
        let at = at.at("responses");
        let Some(Value::Object(responses)) = operation.get_mut("responses") else { return };
        for (status, response) in responses.iter_mut().filter(|(key, _)| !key.starts_with("x-")) {
            let at = at.at(status);
            self.apart(response, produces, &at);
            if let Value::Object(response) = response {
                self.response(response, &produces_of(status, response, produces), &at);
            }
        }
    }

    /// Copies a shared response to an operation whose replies have other media types than usual.
    fn apart(&mut self, response: &mut Value, produces: &MediaTypes, at: &Pointer) {
        let reference = response.get("$ref").and_then(Value::as_str);
        let name = reference.and_then(|reference| reference.strip_prefix("#/responses/"));
        let shared = name.and_then(|name| Some((name, self.responses.get(name)?)));
        let Some((name, shared)) = shared.filter(|_| *produces != self.produces) else { return };
        if shared.get("schema").is_some() {
            self.moves.copied(&Pointer::root().at("responses").at(name), at.clone());
            *response = shared.clone();
        }
    }

    /// `{schema: …, examples: {text/plain: a}}` → `{content: {text/plain: {schema: …, example: a}}}`
    pub(super) fn response(&mut self, response: &mut Members, produces: &MediaTypes, at: &Pointer) {
        if response.contains_key("$ref") || response.contains_key("content") {
            return;
        }
        if let Some(Value::Object(headers)) = response.get_mut("headers") {
            let at = at.at("headers");
            for (name, header) in headers {
                if let Value::Object(header) = header {
                    self.header(header, &at.at(name));
                }
            }
        }
        let schema = response.shift_remove("schema");
        let examples = response.shift_remove("examples");
        let media_types = reply_media_types(schema.as_ref(), examples.as_ref(), produces);
        if schema.is_none() && examples.is_none() {
            return;
        }
        let mut content = self.content(schema, &media_types, &at.at("schema"), at);
        self.examples(examples, &mut content, at);
        if !content.is_empty() {
            response.insert("content".to_owned(), content.into());
        }
    }

    /// Gives each media type its example.
    fn examples(
        &mut self,
        examples: Option<Value>,
        content: &mut Map<String, Value>,
        at: &Pointer,
    ) {
        let Some(Value::Object(examples)) = examples else { return };
        let from = at.at("examples");
        for (media_type, example) in examples {
            let from = from.at(&media_type);
            // That of `application/json` is one of `application/json; charset=utf-8`.
            let is_meant =
                |key: &&String| **key == media_type || essence(key) == essence(&media_type);
            let key = content.keys().find(is_meant).cloned();
            match key.and_then(|key| Some((content.get_mut(&key)?, key))) {
                Some((media, key)) => {
                    self.moves.moved(from, at.at("content").at(key).at("example"));
                    media["example"] = example;
                }
                None => {
                    let message = "the example is left out: no reply is of this media type";
                    self.diagnostics.warn(DiagnosticCode::MisplacedKeyword, &from, message);
                }
            }
        }
    }
}

/// The media types of a response. An operation that produces images names only these, but tells its errors in JSON.
fn produces_of<'p>(
    status: &str,
    response: &Members,
    produces: &'p MediaTypes,
) -> Cow<'p, MediaTypes> {
    let is_error = status == "default" || status.starts_with(['4', '5']);
    let is_text = |schema: &Value| matches!(schema["type"].as_str(), Some("string" | "file"));
    let has_members = response.get("schema").is_some_and(|schema| !is_text(schema));
    match is_error && has_members && !produces.have_members() {
        true => Cow::Owned(MediaTypes::default()),
        false => Cow::Borrowed(produces),
    }
}

/// The media types of a reply. Those of its examples stand for them where nothing else is stated.
fn reply_media_types(
    schema: Option<&Value>,
    examples: Option<&Value>,
    produces: &MediaTypes,
) -> Vec<String> {
    let shown = examples.and_then(Value::as_object).into_iter().flatten();
    let shown: Vec<String> =
        shown.map(|(key, _)| key.clone()).filter(|key| key.contains('/')).collect();
    match schema {
        _ if is_file(schema) => produces.of_files(),
        None => shown,
        Some(_) if produces.stated().is_empty() && !shown.is_empty() => shown,
        Some(_) => produces.or_json(),
    }
}
