//! Parameters in a form: the properties of a body's schema in OpenAPI 3.0.

use serde_json::{Map, Value, json};

use super::lists::{Place, is_file};
use super::media_types::MediaTypes;
use super::parameters::{Input, take_value};
use super::{Members, Upgrade};
use crate::diagnostics::code::DiagnosticCode;
use crate::pipeline::resolve::MediaType;
use crate::pointer::Pointer;

const MULTIPART: &str = "multipart/form-data";

/// The fields of a form.
#[derive(Default)]
struct Form {
    properties: Map<String, Value>,
    required: Vec<Value>,
    /// The styles of lists.
    encoding: Map<String, Value>,
}

impl Upgrade<'_> {
    /// The fields of a form as the request body at `at`.
    ///
    /// `[{in: formData, name: a, type: string}]` →
    /// `{content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: string}}}}}}`
    pub(super) fn form(&mut self, fields: &[Input], consumes: &MediaTypes, at: &Pointer) -> Value {
        let media_types = self.media_types_of(fields, consumes);
        let in_parts = media_types.iter().any(|media_type| is(media_type, MULTIPART));
        let place = if in_parts { Place::Parts } else { Place::Form };
        let mut form = Form::default();
        for field in fields {
            self.field(field, place, &mut form);
        }
        let mut schema = json!({ "type": "object", "properties": form.properties });
        if !form.required.is_empty() {
            schema["required"] = form.required.clone().into();
        }
        let mut content = Map::new();
        for media_type in media_types {
            let mut media = json!({ "schema": schema });
            if !form.encoding.is_empty() {
                media["encoding"] = form.encoding.clone().into();
            }
            let at = at.at("content").at(&media_type).at("schema").at("properties");
            for field in fields {
                self.moves.copied(&field.written_at(), at.at(field.name()));
            }
            content.insert(media_type, media);
        }
        match form.required.is_empty() {
            true => json!({ "content": content }),
            false => json!({ "content": content, "required": true }),
        }
    }

    fn field(&mut self, field: &Input, place: Place, form: &mut Form) {
        let mut parameter = field.parameter.clone();
        let mut schema = take_value(&mut parameter);
        let mut encoding = Members::new();
        let style = self.list_style(&mut schema, place, &field.written_at());
        style.state(&mut encoding);
        let name = field.name().to_owned();
        if parameter.shift_remove("required") == Some(Value::Bool(true)) {
            form.required.push(name.clone().into());
        }
        // A field that may be empty is a string that may be.
        ["name", "in", "allowEmptyValue"].iter().for_each(|key| drop(parameter.shift_remove(*key)));
        if let Some(example) = parameter.shift_remove("x-example") {
            parameter.entry("example").or_insert(example);
        }
        schema.extend(parameter);
        if !encoding.is_empty() {
            form.encoding.insert(name.clone(), encoding.into());
        }
        form.properties.insert(name, schema.into());
    }

    /// The media types of forms among those that are consumed. Files are sent in parts only.
    fn media_types_of(&mut self, fields: &[Input], consumes: &MediaTypes) -> Vec<String> {
        let has_files =
            fields.iter().any(|field| is_file(Some(&Value::from(field.parameter.clone()))));
        let is_form =
            |text: &&String| is(text, MULTIPART) || (!has_files && is(text, MediaType::FORM));
        let stated: Vec<String> = consumes.stated().iter().filter(is_form).cloned().collect();
        if !stated.is_empty() {
            return stated;
        }
        let usual = if has_files { MULTIPART } else { MediaType::FORM };
        if let Some(first) = fields.first().filter(|_| !consumes.stated().is_empty()) {
            let message = format!("the form is sent as `{usual}`: `consumes` names no form for it");
            self.diagnostics.warn(DiagnosticCode::Corrected, &first.at, message);
        }
        vec![usual.to_owned()]
    }
}

fn is(media_type: &str, known: &str) -> bool {
    media_type.to_ascii_lowercase().starts_with(known)
}
