//! Multipart bodies (OpenAPI 3.1.0, 4.8.14.4): how each of their fields is written.

use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::tables::{Multipart, MultipartUse, TypeTable};
use crate::pipeline::model::{BodyEncoding, Field, Part, PartForm, Ty};
use crate::pipeline::resolve::{Encoding, Kind, Media, Object, Schema};
use crate::pointer::Pointer;
use crate::rust::rustdoc::inside_code;

/// The type of a schema of files in a multipart body: `format: binary` (OpenAPI 3.0.3,
/// 4.7.14.2), or a list of such.
pub fn files(
    owner: &Pointer,
    schema: &Schema,
    table: &TypeTable<'_>,
    diagnostics: &mut DiagnosticSink,
) -> Option<Ty> {
    if !table.multiparts.take_files(owner) {
        return None;
    }
    let (ty, is_exact) = files_of(&schema.at, 2, table)?;
    if !is_exact {
        diagnostics.widened(&schema.at, "what may be a file is taken as files");
    }
    let end = table.follow_aliases(&schema.at);
    Some(match schema.nullable || end.is_some_and(|end| end.nullable) {
        true => Ty::Nullable(Box::new(ty)),
        false => ty,
    })
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
        Kind::Union(_) => {
            let variants = end.kind.pointers().filter_map(inner);
            variants.map(|(ty, _)| (ty, false)).max_by_key(|(ty, _)| *ty != Ty::File)
        }
        _ => None,
    }
}

/// How an object is sent.
pub fn encoding(
    at: &Pointer,
    object: &Object,
    fields: &[Field],
    table: &TypeTable<'_>,
    diagnostics: &mut DiagnosticSink,
) -> BodyEncoding {
    let Some(body) = table.multiparts.get(at) else { return BodyEncoding::Json };
    let schemas = object.fields.iter();
    let schemas = schemas.map(|field| field.schema.as_ref().and_then(|at| table.schema(at)));
    let parts = schemas.zip(fields);
    let parts =
        parts.map(|(schema, field)| part(schema, field, body, table, diagnostics)).collect();
    match body.used {
        MultipartUse::Alone => BodyEncoding::Parts(parts),
        MultipartUse::InRequests | MultipartUse::Elsewhere => BodyEncoding::Both(parts),
    }
}

fn part(
    schema: Option<&Schema>,
    field: &Field,
    body: &Multipart<'_>,
    table: &TypeTable<'_>,
    diagnostics: &mut DiagnosticSink,
) -> Part {
    let stated = stated_encoding(body, field.name.wire(), diagnostics);
    let form = match &field.ty {
        Ty::File => PartForm::Files,
        Ty::List(items) if **items == Ty::File => PartForm::Files,
        _ if stated.is_some_and(|stated| stated.is_deep) => PartForm::Deep,
        _ => PartForm::Value,
    };
    let media_type = stated.and_then(|stated| media_type(stated.content_type.as_deref()?));
    if let Some(schema) = schema.filter(|_| form != PartForm::Files) {
        warn_of_part(schema, media_type.as_deref(), table, diagnostics);
    }
    Part { field: field.name.clone(), form, media_type }
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
    let is_json = media_type.is_none_or(|stated| stated.ends_with("json"));
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
        |found: Option<&Encoding>| found.map(|found| (found.content_type.clone(), found.is_deep));
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
