//! Webhooks and callbacks: what the service sends by itself.

use super::{DocumentedResponse, Ty, WebhookDocs};
use crate::pipeline::resolve::Method;
use crate::pointer::Pointer;
use crate::rust::names::Name;

/// What the service sends by itself, in a module of its own.
#[derive(Clone, Debug)]
pub struct Webhooks {
    /// The module: `webhooks`.
    pub module: Name,
    /// The webhooks in the order of the description, then the callbacks.
    pub all: Vec<Webhook>,
    /// How they are signed, if the description or an overlay says it.
    pub signature: Option<WebhookSignature>,
}

/// How webhooks are signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookSignature {
    /// What is signed, and where the signature is.
    pub scheme: SignatureScheme,
    /// The greatest age of a request in seconds, if it is not the usual one.
    pub tolerance: Option<u64>,
}

/// What is signed, and where the signature is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignatureScheme {
    /// Standard Webhooks.
    Standard,
    /// As Stripe signs.
    Stripe,
    /// As GitHub signs.
    GitHub,
    /// The body alone.
    Body {
        /// The header of the signature.
        header: String,
        /// What stands before it there.
        prefix: String,
        /// Whether it is base64 and not hexadecimal.
        is_base64: bool,
    },
}

/// A webhook or a callback: a type that reads its body.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// Its name in the description, and the type's.
    pub name: Name,
    /// Its documentation.
    pub docs: WebhookDocs,
    /// Where the description has it.
    pub at: Pointer,
    /// The tag of a webhook.
    pub tag: Option<String>,
    /// The operations that declare a callback.
    pub declared_by: Vec<Pointer>,
    /// The method of the request: `POST`.
    pub method: Method,
    /// Its body.
    pub payload: Payload,
    /// The documented responses to it.
    pub responses: Vec<DocumentedResponse>,
}

/// The body of a webhook.
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
