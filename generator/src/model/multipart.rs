//! Bodies of several parts (OpenAPI 3.1.0, 4.8.14.4): which types are sent so, and what each of
//! their fields is.

use std::collections::HashMap;

use super::messages::Messages;
use super::types::Types;
use super::{Field, Part, PartForm, Ty, Written, bodies, ways};
use crate::pointer::Pointer;
use crate::resolve::{Encoding, Kind, Object, Resolved, Schema};

/// The media type whose parts are fields.
pub const FORM_DATA: &str = "multipart/form-data";

/// The schemas of such bodies.
#[derive(Debug)]
pub struct Multiparts<'a> {
    bodies: HashMap<Pointer, Multipart<'a>>,
}

#[derive(Debug)]
struct Multipart<'a> {
    /// Whether it stands nowhere else: then it needs no JSON, which has no word for files.
    is_alone: bool,
    encodings: Vec<&'a Encoding>,
}

impl<'a> Multiparts<'a> {
    pub fn of(resolved: &'a Resolved) -> Self {
        let mut bodies: HashMap<Pointer, Multipart<'a>> = HashMap::new();
        for media in resolved.operations.iter().filter_map(bodies::chosen_of) {
            let end = media.schema.as_ref().and_then(|at| resolved.end(at));
            let Some(end) = end.filter(|_| media.media_type == FORM_DATA) else { continue };
            let found = bodies.entry(end.at.clone());
            let found = found.or_insert(Multipart { is_alone: true, encodings: Vec::new() });
            found.encodings.extend(&media.encodings);
        }
        let elsewhere = ways::reached(resolved, elsewhere(resolved, &bodies));
        for (at, found) in &mut bodies {
            found.is_alone = !elsewhere.contains(at);
        }
        Self { bodies }
    }

    /// Whether a schema is the body of parts, and nothing else.
    pub fn are_alone(&self, at: &Pointer) -> bool {
        self.bodies.get(at).is_some_and(|found| found.is_alone)
    }
}

/// What is no body of parts, or stands in one.
fn elsewhere<'a>(
    resolved: &'a Resolved,
    bodies: &HashMap<Pointer, Multipart<'_>>,
) -> Vec<&'a Pointer> {
    let inner = bodies.keys().filter_map(|at| resolved.schemas.get(at));
    let inner = inner.flat_map(|schema| schema.kind.pointers());
    let parameters = resolved.operations.iter().flat_map(|operation| &operation.parameters);
    let others = resolved.operations.iter().filter_map(bodies::chosen_of);
    let others = others.filter(|media| media.media_type != FORM_DATA);
    let received = ways::received(resolved);
    let parameters = parameters.map(|parameter| &parameter.schema);
    let others = others.filter_map(|media| media.schema.as_ref());
    inner.chain(parameters).chain(others).chain(received).collect()
}

impl<'a> Types<'a> {
    /// The type of a schema of files in a body of parts: `format: binary` (OpenAPI 3.0.3,
    /// 4.7.14.2), or a list of such.
    pub(super) fn files(
        &self,
        owner: &Pointer,
        schema: &'a Schema,
        messages: &mut Messages,
    ) -> Option<Ty> {
        if !self.multiparts.are_alone(owner) {
            return None;
        }
        let (ty, is_exact) = self.files_of(schema, 2)?;
        if !is_exact {
            messages.widened(&schema.at, "what may be a file is taken as files");
        }
        let end = self.end(schema);
        Some(match schema.nullable || end.is_some_and(|end| end.nullable) {
            true => Ty::Nullable(Box::new(ty)),
            false => ty,
        })
    }

    /// Whether the schema allows nothing else comes with the type.
    fn files_of(&self, schema: &'a Schema, depth: usize) -> Option<(Ty, bool)> {
        let end = self.end(schema)?;
        let inner = |at: &Pointer| {
            let depth = depth.checked_sub(1)?;
            self.files_of(self.resolved.schemas.get(at)?, depth)
        };
        match &end.kind {
            Kind::String(Some(format)) if format == "binary" => Some((Ty::File, true)),
            Kind::Array(Some(items)) => match inner(items)? {
                (Ty::File, is_exact) => Some((Ty::List(Box::new(Ty::File)), is_exact)),
                _ => None,
            },
            Kind::Union(_) => {
                let variants = end.kind.pointers().filter_map(inner);
                variants.map(|(ty, _)| (ty, false)).max_by_key(|(ty, _)| *ty != Ty::File)
            }
            _ => None,
        }
    }

    /// As what an object is sent.
    pub(super) fn written(
        &self,
        at: &Pointer,
        object: &Object,
        fields: &[Field],
        messages: &mut Messages,
    ) -> Written {
        let Some(body) = self.multiparts.bodies.get(at) else { return Written::Json };
        let schemas = object
            .fields
            .iter()
            .map(|field| field.schema.as_ref().and_then(|at| self.resolved.schemas.get(at)));
        let parts = schemas.zip(fields);
        let parts = parts.map(|(schema, field)| self.part(schema, field, body, messages)).collect();
        match body.is_alone {
            true => Written::Parts(parts),
            false => Written::Both(parts),
        }
    }

    fn part(
        &self,
        schema: Option<&'a Schema>,
        field: &Field,
        body: &Multipart<'_>,
        messages: &mut Messages,
    ) -> Part {
        let stated = body.encodings.iter().find(|found| found.name == field.name.wire());
        let form = match &field.ty {
            Ty::File => PartForm::Files,
            Ty::List(items) if **items == Ty::File => PartForm::Files,
            _ if stated.is_some_and(|stated| stated.is_deep) => PartForm::Deep,
            _ => PartForm::Value,
        };
        let media_type = stated.and_then(|stated| media_type(stated.content_type.as_deref()?));
        if let Some(schema) = schema {
            self.warn_of_part(schema, form, media_type.as_deref(), messages);
        }
        Part { field: field.name.clone(), form, media_type }
    }

    fn warn_of_part(
        &self,
        schema: &'a Schema,
        form: PartForm,
        media_type: Option<&str>,
        messages: &mut Messages,
    ) {
        if form == PartForm::Files {
            return;
        }
        if self.files_of(schema, 2).is_some() {
            let message = "the type stands in JSON, too, so its files are taken as texts";
            messages.widened(&schema.at, message);
        }
        let is_json = media_type.is_none_or(|stated| stated.ends_with("json"));
        let is_object =
            matches!(self.end(schema), Some(end) if matches!(end.kind, Kind::Object(_)));
        if is_object && !is_json {
            let message = "the part is written as JSON, whatever its media type";
            messages.widened(&schema.at, message);
        }
    }
}

/// A part has one media type: `image/png, image/jpeg` and `image/*` say nothing of it.
fn media_type(stated: &str) -> Option<String> {
    let is_one = !stated.contains([',', '*']) && stated.contains('/');
    let is_text = stated.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    (is_one && is_text).then(|| stated.trim().to_owned())
}
