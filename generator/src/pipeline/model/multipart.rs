//! Bodies of several parts (OpenAPI 3.1.0, 4.8.14.4): which types are sent so, and what each of
//! their fields is.

use std::collections::HashMap;

use super::messages::Messages;
use super::types::Types;
use super::{BodyEncoding, Field, Part, PartForm, Ty, bodies, schema_usage};
use crate::pipeline::resolve::{Encoding, Kind, Media, Object, Resolved, Schema};
use crate::pointer::Pointer;
use crate::rust::rustdoc::inside_code;

/// The media type whose parts are fields.
pub const FORM_DATA: &str = "multipart/form-data";

/// The schemas of such bodies.
#[derive(Debug)]
pub struct Multiparts<'a> {
    bodies: HashMap<Pointer, Multipart<'a>>,
}

#[derive(Debug)]
struct Multipart<'a> {
    stands: Stands,
    /// The bodies that have it.
    media: Vec<&'a Media>,
}

/// Where the schema of such a body stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    /// Nowhere else: then it needs no JSON.
    Alone,
    /// In other forms of bodies that callers send, too.
    Sent,
    /// In what is received or in parameters, which have no word for files.
    Elsewhere,
}

impl<'a> Multiparts<'a> {
    pub fn of(resolved: &'a Resolved) -> Self {
        let mut bodies: HashMap<Pointer, Multipart<'a>> = HashMap::new();
        let contents = resolved.operations.iter().flat_map(|operation| &operation.body);
        for media in contents.flat_map(|body| &body.content) {
            let end = media.schema.as_ref().and_then(|at| resolved.follow_aliases(at));
            let Some(end) = end.filter(|_| media.media_type == FORM_DATA) else { continue };
            let found = bodies.entry(end.at.clone());
            let new = || Multipart { stands: Stands::Alone, media: Vec::new() };
            found.or_insert_with(new).media.push(media);
        }
        let sent = resolved.operations.iter().flat_map(bodies::written_of);
        let sent = sent.filter_map(|media| media.schema.as_ref()).collect();
        let sent = schema_usage::reached(resolved, sent);
        let elsewhere = schema_usage::reached(resolved, elsewhere(resolved, &bodies));
        for (at, found) in &mut bodies {
            found.stands = match (elsewhere.contains(at), sent.contains(at)) {
                (true, _) => Stands::Elsewhere,
                (false, true) => Stands::Sent,
                (false, false) => Stands::Alone,
            };
        }
        Self { bodies }
    }

    /// Whether a schema is the body of parts, and nothing else.
    pub fn are_alone(&self, at: &Pointer) -> bool {
        self.bodies.get(at).is_some_and(|found| found.stands == Stands::Alone)
    }

    /// Whether files may stand in a schema.
    fn take_files(&self, at: &Pointer) -> bool {
        self.bodies.get(at).is_some_and(|found| found.stands != Stands::Elsewhere)
    }
}

/// What is received, what parameters are, and what stands in a part.
fn elsewhere<'a>(
    resolved: &'a Resolved,
    bodies: &HashMap<Pointer, Multipart<'_>>,
) -> Vec<&'a Pointer> {
    let inner = bodies.keys().filter_map(|at| resolved.schemas.get(at));
    let inner = inner.flat_map(|schema| schema.kind.pointers());
    let parameters = resolved.operations.iter().flat_map(|operation| &operation.parameters);
    let parameters = parameters.map(|parameter| &parameter.schema);
    inner.chain(parameters).chain(schema_usage::received(resolved)).collect()
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
        if !self.multiparts.take_files(owner) {
            return None;
        }
        let (ty, is_exact) = self.files_of(schema, 2)?;
        if !is_exact {
            messages.widened(&schema.at, "what may be a file is taken as files");
        }
        let end = self.follow_aliases(schema);
        Some(match schema.nullable || end.is_some_and(|end| end.nullable) {
            true => Ty::Nullable(Box::new(ty)),
            false => ty,
        })
    }

    /// Whether the schema allows nothing else comes with the type.
    fn files_of(&self, schema: &'a Schema, depth: usize) -> Option<(Ty, bool)> {
        let end = self.follow_aliases(schema)?;
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
    ) -> BodyEncoding {
        let Some(body) = self.multiparts.bodies.get(at) else { return BodyEncoding::Json };
        let schemas = object
            .fields
            .iter()
            .map(|field| field.schema.as_ref().and_then(|at| self.resolved.schemas.get(at)));
        let parts = schemas.zip(fields);
        let parts = parts.map(|(schema, field)| self.part(schema, field, body, messages)).collect();
        match body.stands {
            Stands::Alone => BodyEncoding::Parts(parts),
            Stands::Sent | Stands::Elsewhere => BodyEncoding::Both(parts),
        }
    }

    fn part(
        &self,
        schema: Option<&'a Schema>,
        field: &Field,
        body: &Multipart<'_>,
        messages: &mut Messages,
    ) -> Part {
        let stated = body.encoding(field.name.wire(), messages);
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
            let message =
                "the type stands in replies or parameters, too, so its files are taken as texts";
            messages.widened(&schema.at, message);
        }
        let is_json = media_type.is_none_or(|stated| stated.ends_with("json"));
        let is_object =
            matches!(self.follow_aliases(schema), Some(end) if matches!(end.kind, Kind::Object(_)));
        if is_object && !is_json {
            let message = "the part is written as JSON, whatever its media type";
            messages.widened(&schema.at, message);
        }
    }
}

impl<'a> Multipart<'a> {
    /// How a part is written: as the first body says that says anything of it.
    fn encoding(&self, part: &str, messages: &mut Messages) -> Option<&'a Encoding> {
        let stated = self.media.iter().map(|media| (*media, encoding(media, part)));
        let (first, found) = stated.clone().find(|(_, found)| found.is_some())?;
        let told = |found: Option<&Encoding>| {
            found.map(|found| (found.content_type.clone(), found.is_deep))
        };
        for (other, _) in stated.filter(|(_, other)| told(*other) != told(found)) {
            let name = inside_code(part);
            let message = format!("the part `{name}` is written as in the body at {}", first.at);
            messages.widened(&other.at, message);
        }
        found
    }
}

fn encoding<'a>(media: &'a Media, part: &str) -> Option<&'a Encoding> {
    media.encodings.iter().find(|found| found.name == part)
}

/// A part has one media type: `image/png, image/jpeg` and `image/*` say nothing of it.
fn media_type(stated: &str) -> Option<String> {
    let is_one = !stated.contains([',', '*']) && stated.contains('/');
    let is_text = stated.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    (is_one && is_text).then(|| stated.trim().to_owned())
}
