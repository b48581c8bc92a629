//! Multipart bodies (OpenAPI 3.1.0, 4.8.14.4): how each of their fields is written.

use serde_json::Value;

use super::{documentation, headers};
use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::tables::{Multipart, MultipartUse, TypeTable};
use crate::pipeline::model::{BodyEncoding, Field, Part, PartForm, Presence, Ty};
use crate::pipeline::resolve::{
    Additional, Encoding, EncodingStyle, Header, Kind, Media, MediaClass, MediaType, Object, Schema,
};
use crate::pointer::Pointer;
use crate::rust::names::{Case, Scope};
use crate::rust::rustdoc::inside_code;

/// The type of a field of files in a multipart body: `format: binary` (OpenAPI 3.0.3, 4.7.14.2), a list or a map of
/// such, or what has no other type than the media type of its part (OpenAPI 3.1.1, 4.8.15.1.1).
pub fn files(
    owner: &Pointer,
    field: &str,
    schema: &Schema,
    table: &TypeTable<'_>,
    diagnostics: &mut DiagnosticSink,
) -> Option<Ty> {
    if !table.multiparts.take_files(owner) {
        return None;
    }
    let (ty, is_exact) = match files_of(&schema.at, 2, table) {
        Some(found) => found,
        None if has_bytes(owner, field, schema, table) => (Ty::File, true),
        None => return None,
    };
    if !is_exact {
        diagnostics.widened(&schema.at, "what may be a file is taken as files");
    }
    let end = table.follow_aliases(&schema.at);
    Some(match schema.nullable || end.is_some_and(|end| end.nullable) {
        true => Ty::Nullable(Box::new(ty)),
        false => ty,
    })
}

/// The type of members that have no name in a multipart body, if they are files.
pub fn further_files(owner: &Pointer, values: &Pointer, table: &TypeTable<'_>) -> Option<Ty> {
    let (ty, _) = files_of(values, 1, table).filter(|_| table.multiparts.take_files(owner))?;
    Some(ty)
}

/// Whether a body is files of any names.
pub fn are_files(media: &Media, table: &TypeTable<'_>) -> bool {
    let end = media.schema.as_ref().and_then(|at| table.follow_aliases(at));
    end.is_some_and(|end| matches!(files_of(&end.at, 2, table), Some((Ty::Map(_), true))))
}

/// Whether a part is bytes by its media type alone.
fn has_bytes(owner: &Pointer, field: &str, schema: &Schema, table: &TypeTable<'_>) -> bool {
    let end = table.follow_aliases(&schema.at);
    let is_open = end.is_some_and(|end| matches!(end.kind, Kind::Any | Kind::String(None)));
    let stated = table.multiparts.get(owner).and_then(|body| {
        let mut all = body.media.iter().filter_map(|media| encoding_in(media, field));
        all.find_map(|encoding| encoding.content_type.as_deref())
    });
    let is_bytes = |stated: &str| MediaType::new(stated).class() == MediaClass::Bytes;
    is_open && stated.is_some_and(|stated| stated.split(',').all(is_bytes))
}

/// The type, and whether the schema allows nothing but files.
fn files_of(at: &Pointer, depth: usize, table: &TypeTable<'_>) -> Option<(Ty, bool)> {
    let end = table.follow_aliases(at)?;
    let inner = |at: &Pointer| files_of(at, depth.checked_sub(1)?, table);
    match &end.kind {
        Kind::String(Some(format)) if format == "binary" => Some((Ty::File, true)),
        Kind::Array(Some(items)) => match inner(items)? {
            (Ty::File, is_exact) => Some((Ty::List(Box::new(Ty::File)), is_exact)),
            _ => None,
        },
        Kind::Object(Object { fields, additional: Additional::Schema(values) })
            if fields.is_empty() =>
        {
            let (ty, is_exact) = inner(values)?;
            Some((Ty::Map(Box::new(ty)), is_exact))
        }
        Kind::Union(_) => {
            let variants = end.kind.pointers().filter_map(inner);
            variants.map(|(ty, _)| (ty, false)).max_by_key(|(ty, _)| *ty != Ty::File)
        }
        _ => None,
    }
}

/// Builds the parts of a body, after its fields have their names.
pub struct PartsBuilder<'a, 'b> {
    pub scope: &'b mut Scope,
    /// Fields that are headers of parts.
    pub headers: Vec<Field>,
    pub table: &'b TypeTable<'a>,
    pub diagnostics: &'b mut DiagnosticSink,
}

impl PartsBuilder<'_, '_> {
    /// How an object is sent.
    pub fn encoding(&mut self, at: &Pointer, object: &Object, fields: &[Field]) -> BodyEncoding {
        let table = self.table;
        let Some(body) = table.multiparts.get(at) else { return BodyEncoding::Json };
        let schemas = object.fields.iter();
        let schemas = schemas.map(|field| field.schema.as_ref().and_then(|at| table.schema(at)));
        let parts = schemas.zip(fields);
        let parts = parts.map(|(schema, field)| self.part(schema, field, body)).collect();
        match body.used {
            MultipartUse::Alone => BodyEncoding::Parts(parts),
            MultipartUse::InRequests | MultipartUse::Elsewhere => BodyEncoding::Both(parts),
        }
    }

    fn part(&mut self, schema: Option<&Schema>, field: &Field, body: &Multipart<'_>) -> Part {
        let table = self.table;
        let stated = stated_encoding(body, field.name.wire(), self.diagnostics);
        let form = match stated.and_then(|stated| stated.style) {
            _ if field.ty.leaves().contains(&&Ty::File) => PartForm::Files,
            Some(EncodingStyle::Deep) => PartForm::Deep,
            Some(EncodingStyle::Joined(by)) => PartForm::Joined(by),
            Some(EncodingStyle::Exploded) if is_object(schema, table) => PartForm::Fields,
            Some(EncodingStyle::Exploded) | None => PartForm::Value,
        };
        let media_type = stated.and_then(|stated| media_type(stated.content_type.as_deref()?));
        if let Some(schema) = schema.filter(|_| form != PartForm::Files) {
            warn_of_part(schema, media_type.as_deref(), table, self.diagnostics);
        }
        let mut part = Part {
            field: field.name.clone(),
            form,
            media_type,
            headers: Vec::new(),
            given_headers: Vec::new(),
        };
        for header in stated.into_iter().flat_map(|stated| &stated.headers) {
            // The media type is not said by a header (OpenAPI 3.1.1, 4.8.15.1.1).
            if !header.name.eq_ignore_ascii_case("content-type") {
                self.header(header, field, body.used, &mut part);
            }
        }
        part
    }

    /// Adds a header that has one value, or a field for any other. Of files, callers set those themselves.
    fn header(&mut self, header: &Header, field: &Field, used: MultipartUse, part: &mut Part) {
        match only_value(header, self.table) {
            Some(value) => part.headers.push((header.name.clone(), value)),
            None if part.form == PartForm::Files => {}
            None if used == MultipartUse::Alone => {
                let given = header_field(header, field, self.scope, self.table);
                part.given_headers.push(given.name.clone());
                self.headers.push(given);
            }
            None => {
                let message = "the part is sent without this header, as its type is also written without parts";
                self.diagnostics.not_generated(&header.at, message);
            }
        }
    }
}

/// `note` with the header `X-Language` → `note_x_language`
fn header_field(header: &Header, part: &Field, scope: &mut Scope, table: &TypeTable<'_>) -> Field {
    let schema = header.schema.as_ref().and_then(|at| table.schema(at));
    let target = header.schema.as_ref().and_then(|at| table.follow_aliases(at));
    let words = format!("{} {}", part.name.wire(), header.name);
    let chosen = header.extensions.rust_name();
    let is_required = header.required && part.presence == Presence::Required;
    let mut docs = documentation::of_value(schema, target);
    let description = documentation::shown(header.description.as_deref()).or(docs.description);
    docs.description = description.or_else(|| {
        let (name, part) = (inside_code(&header.name), inside_code(part.name.wire()));
        Some(format!("The header `{name}` of the part `{part}`."))
    });
    docs.limits.deprecated |= header.deprecated;
    Field {
        name: scope.name_as(&header.name, chosen.unwrap_or(&words), Case::Value),
        docs,
        ty: header.schema.as_ref().map_or(Ty::String, |at| headers::ty(at, table.resolved)),
        presence: if is_required { Presence::Required } else { Presence::Optional },
        clear_setter: None,
        constant: None,
        own_tag: None,
        is_asked: false,
        example: schema.and_then(|schema| schema.example.clone()),
        is_secret: false,
    }
}

fn is_object(schema: Option<&Schema>, table: &TypeTable<'_>) -> bool {
    let end = schema.and_then(|schema| table.follow_aliases(&schema.at));
    end.is_some_and(|end| matches!(end.kind, Kind::Object(_)))
}

/// The constant or the default of a header, if it can be sent.
fn only_value(header: &Header, table: &TypeTable<'_>) -> Option<String> {
    let end = table.follow_aliases(header.schema.as_ref()?)?;
    let value = match (&end.kind, &end.default) {
        (Kind::StringEnum(texts), _) if texts.len() == 1 => texts.first().cloned(),
        (_, Some(Value::String(text))) => Some(text.clone()),
        (_, Some(number @ (Value::Number(_) | Value::Bool(_)))) => Some(number.to_string()),
        _ => None,
    };
    let is_sent = |text: &String| text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    value.filter(is_sent)
}

fn warn_of_part(
    schema: &Schema,
    media_type: Option<&str>,
    table: &TypeTable<'_>,
    diagnostics: &mut DiagnosticSink,
) {
    if files_of(&schema.at, 2, table).is_some() {
        let message =
            "the type stands in replies or parameters, too, so its files are taken as texts";
        diagnostics.widened(&schema.at, message);
    }
    let is_json = media_type.is_none_or(|stated| MediaType::new(stated).is_json());
    let end = table.follow_aliases(&schema.at);
    if !is_json && end.is_some_and(|end| matches!(end.kind, Kind::Object(_))) {
        let message = "the part is written as JSON, whatever its media type";
        diagnostics.widened(&schema.at, message);
    }
}

/// How a part is written: as the first body that describes it says.
fn stated_encoding<'a>(
    body: &Multipart<'a>,
    part: &str,
    diagnostics: &mut DiagnosticSink,
) -> Option<&'a Encoding> {
    let stated = body.media.iter().map(|media| (*media, encoding_in(media, part)));
    let (first, found) = stated.clone().find(|(_, found)| found.is_some())?;
    let facts =
        |found: Option<&Encoding>| found.map(|found| (found.content_type.clone(), found.style));
    for (other, _) in stated.filter(|(_, other)| facts(*other) != facts(found)) {
        let name = inside_code(part);
        let message = format!("the part `{name}` is written as in the body at {}", first.at);
        diagnostics.widened(&other.at, message);
    }
    found
}

fn encoding_in<'a>(media: &'a Media, part: &str) -> Option<&'a Encoding> {
    media.encodings.iter().find(|found| found.name == part)
}

/// The media type of a part, if it is one: `image/png, image/jpeg` and `image/*` are not.
fn media_type(stated: &str) -> Option<String> {
    let is_one = !stated.contains([',', '*']) && stated.contains('/');
    let is_text = stated.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    (is_one && is_text).then(|| stated.trim().to_owned())
}
