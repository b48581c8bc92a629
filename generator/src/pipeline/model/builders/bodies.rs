//! Request bodies: their forms, and which of those are the same.

use std::collections::HashSet;

use super::{media_words, parts};
use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::tables::TypeTable;
use crate::pipeline::model::{BodyCase, BodyForm, FormStyles, IntegerType, RequestBody, Ty};
use crate::pipeline::resolve::{self, Encoding, EncodingStyle, Kind, Media, MediaClass, MediaType};
use crate::rust::names::{self, Name, Scope};

/// Up to so many media types of bytes are a case each; more of them are one case.
const MOST_BYTES: usize = 3;

/// How a body is sent; `type_name` is the name of the operation's type.
pub fn request_body(
    body: &resolve::Body,
    type_name: &Name,
    scope: &mut Scope,
    table: &TypeTable<'_>,
    diagnostics: &mut DiagnosticSink,
) -> Option<RequestBody> {
    let mut found = Vec::new();
    let mut known = HashSet::new();
    for media in in_order(&body.content) {
        let form = form(media, table, diagnostics);
        warn_of_format(media, &form, body, table, diagnostics);
        if known.insert(canonical_form(media, &form)) && !is_range_of(media, &form, &found) {
            found.push(form);
        }
    }
    let mut forms = bytes_together(found);
    if forms.len() < 2 {
        return forms.pop().map(RequestBody::One);
    }
    let words = format!("{} body", type_name.rust());
    let name = scope.name_as(type_name.wire(), &words, names::Case::Type);
    Some(RequestBody::Several { name, cases: cases(forms) })
}

/// Media types in the order in which they are preferred: `application/json`, then other JSON, then all others.
pub fn in_order(content: &[Media]) -> Vec<&Media> {
    let mut content: Vec<_> = content.iter().collect();
    content.sort_by_key(|media| {
        let media_type = &media.media_type;
        let is_usual = media_type.as_str() == MediaType::JSON;
        let is_range = media_type.is_json() && !media_type.is_exact();
        (!media_type.is_json(), is_range, !media_type.is_plain_json(), !is_usual)
    });
    content
}

fn form(media: &Media, table: &TypeTable<'_>, diagnostics: &mut DiagnosticSink) -> BodyForm {
    let media_type = &media.media_type;
    match media_type.class() {
        MediaClass::Json | MediaClass::JsonSuffix => json(media, table),
        MediaClass::JsonRange if !is_binary(media, table) => json(media, table),
        MediaClass::FormData => multipart(media, table, diagnostics),
        MediaClass::Form => url_encoded(media, table, diagnostics),
        // A range is not a valid media type (RFC 9110, 12.5.1), and only the caller knows the boundary of a multipart body.
        class if class == MediaClass::Multipart || !media_type.is_exact() => {
            warn_of_parts(media, table, diagnostics);
            BodyForm::Content(vec![media_type.to_string()])
        }
        _ if media_type.is_text() => BodyForm::Text(media_type.sent()),
        _ => BodyForm::Bytes(media_type.sent()),
    }
}

/// JSON of a range is sent as `application/json`.
fn json(media: &Media, table: &TypeTable<'_>) -> BodyForm {
    let media_type = &media.media_type;
    let sent = match media_type.is_exact() {
        true => media_type.with_parameters(),
        false => MediaType::JSON.to_owned(),
    };
    BodyForm::Json(sent, ty(media, table).unwrap_or(Ty::Json))
}

fn ty(media: &Media, table: &TypeTable<'_>) -> Option<Ty> {
    media.schema.as_ref().map(|schema| table.rust_type_of(schema))
}

/// A form has the fields of an object. Anything else is a string that the caller has encoded.
fn url_encoded(media: &Media, table: &TypeTable<'_>, diagnostics: &mut DiagnosticSink) -> BodyForm {
    match kind(media, table) {
        Some(Kind::String(_) | Kind::StringEnum(_)) => {}
        Some(
            Kind::Boolean(_)
            | Kind::Integer(_)
            | Kind::Number(_)
            | Kind::IntegerEnum(_)
            | Kind::MixedEnum(_)
            | Kind::Array(_)
            | Kind::Tuple(_),
        ) => {
            let message = "only an object has the fields of a form; the body is taken as a string";
            diagnostics.widened(&media.at, message);
        }
        Some(Kind::Object(_) | Kind::Union(_) | Kind::AllOf(_) | Kind::Alias(_) | Kind::Any)
        | None => {
            warn_of_reserved(media, diagnostics);
            return BodyForm::Form(ty(media, table).unwrap_or(Ty::JsonObject), form_styles(media));
        }
    }
    BodyForm::Text(MediaType::FORM.to_owned())
}

/// `&`, `=`, `+` and `%` have a meaning in a form (WHATWG URL, 5.1), so all reserved characters are encoded.
fn warn_of_reserved(media: &Media, diagnostics: &mut DiagnosticSink) {
    for encoding in media.encodings.iter().filter(|encoding| encoding.allow_reserved) {
        let at = media.at.at("encoding").at(&encoding.name).at("allowReserved");
        let message = "reserved characters are percent-encoded in a form, which means the same";
        diagnostics.not_generated(&at, message);
    }
}

fn form_styles(media: &Media) -> FormStyles {
    let is_deep = |encoding: &&Encoding| encoding.style == Some(EncodingStyle::Deep);
    let deep = media.encodings.iter().filter(is_deep);
    let joined = media
        .encodings
        .iter()
        .filter_map(|encoding| Some((encoding.name.clone(), encoding.joined_by()?)));
    FormStyles {
        deep: deep.map(|encoding| encoding.name.clone()).collect(),
        joined: joined.collect(),
    }
}

/// The fields of an object are parts; without fields, the caller chooses the parts.
fn multipart(media: &Media, table: &TypeTable<'_>, diagnostics: &mut DiagnosticSink) -> BodyForm {
    let is_struct = has_fields(media, table);
    let ty = match is_struct.then(|| ty(media, table)).flatten() {
        Some(Ty::Nullable(ty)) => Some(*ty),
        other => other,
    };
    if ty.is_none() && !parts::are_files(media, table) {
        diagnostics.widened(&media.at, "the body has no named parts; any are taken");
    }
    BodyForm::Multipart(ty)
}

/// Where there is a form that a client writes itself, a caller needs no other.
fn warn_of_format(
    media: &Media,
    form: &BodyForm,
    body: &resolve::Body,
    table: &TypeTable<'_>,
    diagnostics: &mut DiagnosticSink,
) {
    // Of a stream, only the items may be described (OpenAPI 3.2.0, 4.14.2).
    let is_written = |media: &Media| !media.is_opaque(table.resolved) && media.item.is_none();
    let is_raw = matches!(form, BodyForm::Text(_) | BodyForm::Bytes(_));
    if is_raw && !is_written(media) && !body.content.iter().any(is_written) {
        let message = "the client does not write this format: the caller gives it written";
        diagnostics.widened(&media.at, message);
    }
}

/// The caller writes the parts of other multipart bodies.
fn warn_of_parts(media: &Media, table: &TypeTable<'_>, diagnostics: &mut DiagnosticSink) {
    if media.media_type.is_multipart() && has_fields(media, table) {
        let message = "the body is taken as bytes: the caller writes its parts, and states the \
                       boundary between them";
        diagnostics.widened(&media.at, message);
    }
}

fn has_fields(media: &Media, table: &TypeTable<'_>) -> bool {
    let kind = kind(media, table);
    matches!(kind, Some(Kind::Object(object)) if !object.fields.is_empty())
}

fn is_binary(media: &Media, table: &TypeTable<'_>) -> bool {
    matches!(kind(media, table), Some(Kind::String(Some(format))) if format == "binary")
}

fn kind<'a>(media: &Media, table: &TypeTable<'a>) -> Option<&'a Kind> {
    table.follow_aliases(media.schema.as_ref()?).map(|end| &end.kind)
}

/// A value that is equal for forms that are the same to a caller: the same type as JSON, and XML under its two names.
fn canonical_form(media: &Media, form: &BodyForm) -> BodyForm {
    let named = || media.media_type.canonical_with_parameters();
    match form {
        BodyForm::Json(_, ty) => BodyForm::Json(named(), ty.clone()),
        BodyForm::Text(_) => BodyForm::Text(named()),
        other => other.clone(),
    }
}

/// Whether a range says no more than an exact media type before it.
fn is_range_of(media: &Media, form: &BodyForm, found: &[BodyForm]) -> bool {
    let BodyForm::Json(_, ty) = form else { return false };
    let is_same = |form: &BodyForm| matches!(form, BodyForm::Json(_, known) if known == ty);
    !media.media_type.is_exact() && found.iter().any(is_same)
}

/// Many media types of bytes become one case, for which the caller states the media type.
fn bytes_together(forms: Vec<BodyForm>) -> Vec<BodyForm> {
    let are_bytes = |form: &BodyForm| matches!(form, BodyForm::Bytes(_) | BodyForm::Content(_));
    let bytes: Vec<_> = forms.iter().filter(|form| are_bytes(form)).collect();
    if bytes.len() <= MOST_BYTES {
        return forms;
    }
    let all = bytes.iter().flat_map(|form| form.media_types()).map(str::to_owned).collect();
    let mut all = Some(BodyForm::Content(all));
    let together = |form| if are_bytes(&form) { all.take() } else { Some(form) };
    forms.into_iter().filter_map(together).collect()
}

fn cases(forms: Vec<BodyForm>) -> Vec<BodyCase> {
    let mut scope = Scope::default();
    let mut taken = HashSet::new();
    let case = |form: BodyForm| BodyCase {
        name: scope.name_as("", &words(&form), names::Case::Type),
        is_usual: taken.insert(input_type(&form)),
        form,
    };
    forms.into_iter().map(case).collect()
}

fn words(form: &BodyForm) -> String {
    let first = form.media_types().first().copied().unwrap_or_default();
    match form {
        BodyForm::Form(..) => "form".to_owned(),
        BodyForm::Multipart(_) => "multipart".to_owned(),
        BodyForm::Content(all) if all.len() > 1 => "content".to_owned(),
        _ => media_words::words(&MediaType::new(first)),
    }
}

/// The type of the content, as far as `From` can distinguish it.
#[derive(PartialEq, Eq, Hash)]
enum InputType {
    Ty(Ty),
    AnyParts,
    Content,
}

/// Strings and bytes may be the content of JSON, too.
fn input_type(form: &BodyForm) -> InputType {
    match form {
        BodyForm::Json(_, ty) | BodyForm::Form(ty, _) | BodyForm::Multipart(Some(ty)) => {
            InputType::Ty(ty.clone())
        }
        BodyForm::Text(_) => InputType::Ty(Ty::String),
        BodyForm::Bytes(_) => InputType::Ty(Ty::List(Box::new(Ty::Integer(IntegerType::U8)))),
        BodyForm::Multipart(None) => InputType::AnyParts,
        BodyForm::Content(_) => InputType::Content,
    }
}
