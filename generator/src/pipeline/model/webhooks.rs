//! What the service sends of its own accord: webhooks (OpenAPI 3.1.0, 4.8.1), and the callbacks that operations
//! ask for (4.8.18).

use super::messages::Messages;
use super::types::Types;
use super::{
    DocumentedResponse, MethodPath, Tag, Ty, WebhookDocs, WebhookParameter, bodies, documentation,
    operations, replies,
};
use crate::pipeline::resolve::{self, Incoming, Media, Parameter};
use crate::pointer::Pointer;
use crate::rust::names::{Case, Name, Scope};

/// What the service sends of its own accord, in a module of its own.
#[derive(Clone, Debug)]
pub struct Webhooks {
    /// The module: `webhooks`.
    pub module: Name,
    /// The webhooks in the order of the description, then the callbacks.
    pub all: Vec<Webhook>,
}

/// A webhook or a callback: a type that knows what its body holds.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// Its name in the description, and the type's.
    pub name: Name,
    /// What is said of it.
    pub docs: WebhookDocs,
    /// Where the description has it.
    pub at: Pointer,
    /// The tag of a webhook.
    pub tag: Option<String>,
    /// The operations that ask for a callback.
    pub declared_by: Vec<Pointer>,
    /// The method by which it comes: `POST`.
    pub method: String,
    /// What its body holds.
    pub payload: Payload,
    /// What it may be answered with.
    pub responses: Vec<DocumentedResponse>,
}

/// What the body of a webhook holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    /// Nothing.
    Nothing,
    /// JSON.
    Json(Ty),
    /// A text.
    Text,
    /// Anything.
    Bytes,
}

impl Payload {
    /// The type of the JSON in it.
    #[must_use]
    pub fn ty(&self) -> Option<&Ty> {
        match self {
            Self::Json(ty) => Some(ty),
            Self::Nothing | Self::Text | Self::Bytes => None,
        }
    }
}

impl Webhook {
    /// The types that it names.
    pub fn types(&self) -> impl Iterator<Item = &Ty> {
        self.payload.ty().into_iter().chain(self.responses.iter().filter_map(|one| one.ty.as_ref()))
    }
}

/// What the module has other uses for.
const RESERVED: &[&str] = &[
    "Err",
    "None",
    "Ok",
    "Option",
    "Result",
    "Self",
    "Some",
    "String",
    "Undecodable",
    "Vec",
    "Webhook",
];

/// The webhooks and callbacks of a description.
pub fn webhooks(types: &mut Types<'_>, tags: &[Tag], messages: &mut Messages) -> Webhooks {
    let mut scope = Scope::reserving(RESERVED);
    let mut all = Vec::new();
    for incoming in &types.resolved.incoming {
        let words = types.words(&incoming.request.at);
        let chosen = incoming.request.extensions.get("x-rust-name").and_then(|name| name.as_str());
        let name = scope.name_as(&incoming.name, chosen.unwrap_or(&words), Case::Type);
        all.push(webhook(incoming, name, tags, types, messages));
    }
    Webhooks { module: module(tags), all }
}

/// `webhooks`, unless the operations that manage them are there already.
fn module(tags: &[Tag]) -> Name {
    let is_taken = tags.iter().any(|tag| tag.name.rust() == "webhooks");
    operations::module_beside(tags, if is_taken { "incoming webhooks" } else { "webhooks" })
}

fn webhook(
    incoming: &Incoming,
    name: Name,
    tags: &[Tag],
    types: &mut Types<'_>,
    messages: &mut Messages,
) -> Webhook {
    let request = &incoming.request;
    Webhook {
        name,
        docs: documented(incoming, tags),
        at: request.at.clone(),
        tag: request.tag.clone().filter(|_| incoming.declared_by.is_empty()),
        declared_by: incoming.declared_by.clone(),
        method: request.method.to_uppercase(),
        payload: payload(request, types, messages),
        responses: replies::all(request, types, messages),
    }
}

fn payload(
    request: &resolve::Operation,
    types: &mut Types<'_>,
    messages: &mut Messages,
) -> Payload {
    let Some(media) = bodies::chosen_of(request) else { return Payload::Nothing };
    let others = request.body.iter().flat_map(|body| &body.content);
    for other in others.filter(|other| other.media_type != media.media_type) {
        let message = format!("the body is read as `{}`", media.media_type);
        messages.not_generated(&other.at, message);
    }
    read_as(media, types, messages)
}

fn read_as(media: &Media, types: &mut Types<'_>, messages: &mut Messages) -> Payload {
    let ty = media.schema.as_ref().map(|schema| types.ty(schema, messages));
    match media.media_type.as_str() {
        json if replies::is_json(json) => Payload::Json(ty.unwrap_or(Ty::Json)),
        text if replies::is_text(text) => Payload::Text,
        _ if matches!(ty, None | Some(Ty::String)) => Payload::Bytes,
        other => {
            let message = format!("a body of `{other}` is left as bytes");
            messages.widened(&media.at, message);
            Payload::Bytes
        }
    }
}

/// What is said of it, and who asks for it.
fn documented(incoming: &Incoming, tags: &[Tag]) -> WebhookDocs {
    let request = &incoming.request;
    WebhookDocs {
        summary: documentation::summary(request),
        description: documentation::description(request),
        body: request.body.as_ref().and_then(|body| body.description.clone()),
        parameters: request.parameters.iter().map(parameter).collect(),
        callers: incoming.declared_by.iter().filter_map(|at| method(at, tags)).collect(),
        url: request.path.clone(),
        deprecated: request.deprecated,
    }
}

fn method(at: &Pointer, tags: &[Tag]) -> Option<MethodPath> {
    tags.iter().find_map(|tag| {
        let operation = tag.operations.iter().find(|operation| operation.at == *at)?;
        Some(MethodPath::new(tag, operation))
    })
}

fn parameter(parameter: &Parameter) -> WebhookParameter {
    WebhookParameter {
        location: parameter.location,
        name: parameter.name.clone(),
        description: parameter.description.clone(),
    }
}
