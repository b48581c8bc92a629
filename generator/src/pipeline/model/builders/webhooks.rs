//! Webhooks (OpenAPI 3.1.0, 4.8.1), and the callbacks that operations declare (4.8.18).

use super::methods::Methods;
use super::{documentation, replies, webhook_signature};
use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::tables::TypeTable;
use crate::pipeline::model::{Payload, Ty, Webhook, WebhookDocs, WebhookParameter, Webhooks};
use crate::pipeline::resolve::{self, Media, Parameter};
use crate::rust::names::{Case, Name, Scope};

/// Names that the module uses otherwise.
const RESERVED: &[&str] = &[
    "Encoding",
    "Err",
    "None",
    "Ok",
    "Option",
    "Result",
    "SIGNATURE",
    "Self",
    "Signature",
    "Some",
    "String",
    "Undecodable",
    "Unverified",
    "Vec",
    "Webhook",
];

/// The webhooks and callbacks of a description.
pub fn webhooks(
    table: &TypeTable<'_>,
    methods: &Methods<'_>,
    diagnostics: &mut DiagnosticSink,
) -> Webhooks {
    let mut scope = Scope::reserving(RESERVED);
    let mut all = Vec::new();
    for described in &table.resolved.webhooks {
        let words = table.words_of_request(&described.request.at);
        let chosen = described.request.extensions.rust_name();
        let name = scope.name_as(&described.name, chosen.unwrap_or(words), Case::Type);
        all.push(webhook(described, name, methods, table, diagnostics));
    }
    let signature = webhook_signature::signature(table.resolved, diagnostics);
    Webhooks { module: module(methods), all, signature }
}

/// `webhooks`, unless the operations that manage them have that module.
fn module(methods: &Methods<'_>) -> Name {
    let is_taken = methods.have_module("webhooks");
    methods.module_beside(if is_taken { "incoming webhooks" } else { "webhooks" })
}

fn webhook(
    described: &resolve::Webhook,
    name: Name,
    methods: &Methods<'_>,
    table: &TypeTable<'_>,
    diagnostics: &mut DiagnosticSink,
) -> Webhook {
    let request = &described.request;
    Webhook {
        name,
        docs: documented(described, methods),
        at: request.at.clone(),
        tag: request.tag.clone().filter(|_| described.declared_by.is_empty()),
        declared_by: described.declared_by.clone(),
        method: request.method.clone(),
        payload: payload(request, table, diagnostics),
        responses: replies::all(request, table),
    }
}

fn payload(
    request: &resolve::Operation,
    table: &TypeTable<'_>,
    diagnostics: &mut DiagnosticSink,
) -> Payload {
    let Some(media) = chosen_media(request) else { return Payload::Nothing };
    let others = request.body.iter().flat_map(|body| &body.content);
    for other in others.filter(|other| other.media_type != media.media_type) {
        let message = format!("the body is read as `{}`", media.media_type);
        diagnostics.not_generated(&other.at, message);
    }
    read_as(media, table, diagnostics)
}

/// The form that is read: JSON before all others.
fn chosen_media(request: &resolve::Operation) -> Option<&Media> {
    let body = request.body.as_ref()?;
    let json = body.content.iter().find(|media| media.media_type.is_json());
    json.or_else(|| body.content.first())
}

fn read_as(media: &Media, table: &TypeTable<'_>, diagnostics: &mut DiagnosticSink) -> Payload {
    let ty = media.schema.as_ref().map(|schema| table.rust_type_of(schema));
    match &media.media_type {
        json if json.is_json() => Payload::Json(ty.unwrap_or(Ty::Json)),
        text if text.is_text() => Payload::Text,
        _ if matches!(ty, None | Some(Ty::String)) => Payload::Bytes,
        other => {
            let message = format!("a body of `{other}` is left as bytes");
            diagnostics.widened(&media.at, message);
            Payload::Bytes
        }
    }
}

/// Its documentation, and the operations that declare it.
fn documented(described: &resolve::Webhook, methods: &Methods<'_>) -> WebhookDocs {
    let request = &described.request;
    let callers = described.declared_by.iter().filter_map(|at| methods.get(at));
    WebhookDocs {
        summary: documentation::summary(request),
        description: documentation::description(request),
        body: request.body.as_ref().and_then(|body| body.description.clone()),
        parameters: request.parameters.iter().map(parameter).collect(),
        callers: callers.map(|method| method.path.clone()).collect(),
        url: request.path.clone(),
        deprecated: request.deprecated,
    }
}

fn parameter(parameter: &Parameter) -> WebhookParameter {
    WebhookParameter {
        location: parameter.location,
        name: parameter.name.clone(),
        description: parameter.description.clone(),
    }
}
