//! Bodies of requests: in which of the forms that are described they are sent.

use super::messages::Messages;
use super::multipart::FORM_DATA;
use super::types::Types;
use super::{BodyForm, Ty, replies};
use crate::resolve::{self, Kind, Media};

/// The first form that is understood, JSON before all others.
pub fn chosen(body: &resolve::Body) -> Option<&Media> {
    let json = body.content.iter().find(|media| replies::is_json(&media.media_type));
    json.or_else(|| body.content.first())
}

/// That of an operation's body.
pub fn chosen_of(operation: &resolve::Operation) -> Option<&Media> {
    operation.body.as_ref().and_then(chosen)
}

/// How a body is written.
pub fn form(
    body: &resolve::Body,
    types: &mut Types<'_>,
    messages: &mut Messages,
) -> Option<BodyForm> {
    let media = chosen(body)?;
    for other in body.content.iter().filter(|other| other.media_type != media.media_type) {
        let message = format!("the body is sent as `{}`", media.media_type);
        messages.not_generated(&other.at, message);
    }
    for encoding in media.encodings.iter().filter(|encoding| encoding.has_headers) {
        let at = media.at.at("encoding").at(&encoding.name).at("headers");
        messages.not_generated(&at, "a part is sent without further headers");
    }
    Some(form_of(media, types, messages))
}

fn form_of(media: &Media, types: &mut Types<'_>, messages: &mut Messages) -> BodyForm {
    if media.media_type == FORM_DATA {
        return multipart(media, types, messages);
    }
    let ty = media.schema.as_ref().map(|schema| types.ty(schema, messages));
    match media.media_type.as_str() {
        json if replies::is_json(json) => {
            BodyForm::Json(sent_as(json, "application/json"), ty.unwrap_or(Ty::Json))
        }
        "application/x-www-form-urlencoded" => BodyForm::Form(ty.unwrap_or(Ty::JsonObject)),
        text if replies::is_text(text) => BodyForm::Text(sent_as(text, "text/plain")),
        other => {
            if other.starts_with("multipart/") {
                let message = "a multipart body is taken as bytes that the caller has encoded";
                messages.widened(&media.at, message);
            }
            BodyForm::Bytes(sent_as(other, "application/octet-stream"))
        }
    }
}

/// The fields of an object are parts; what else there may be is left to the caller.
fn multipart(media: &Media, types: &mut Types<'_>, messages: &mut Messages) -> BodyForm {
    let schema = media.schema.as_ref().and_then(|at| types.resolved.schemas.get(at));
    let end = schema.and_then(|schema| types.end(schema));
    let is_struct = |end: &&resolve::Schema| matches!(&end.kind, Kind::Object(object) if !object.fields.is_empty());
    let ty = end.filter(is_struct).map(|end| types.ty(&end.at, messages));
    let ty = match ty {
        Some(Ty::Nullable(ty)) => Some(*ty),
        other => other,
    };
    if ty.is_none() {
        messages.widened(&media.at, "the body has no named parts; any are taken");
    }
    BodyForm::Multipart(ty)
}

/// A range of media types cannot be sent: `*/*` → `application/json`.
fn sent_as(media_type: &str, usual: &str) -> String {
    match media_type.contains('*') || media_type.is_empty() {
        true => usual.to_owned(),
        false => media_type.to_owned(),
    }
}
