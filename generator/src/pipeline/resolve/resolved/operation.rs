//! Operations: their parameters and their bodies.

use serde_json::Value;

use super::{Extensions, MediaType, Method, Requirement, Response, Server};
use crate::pointer::Pointer;

/// An operation (OpenAPI 3.1.0, 4.8.10).
#[derive(Clone, Debug)]
pub struct Operation {
    /// Where it stands.
    pub at: Pointer,
    /// Its method.
    pub method: Method,
    /// Its path, with placeholders: `/v1/workflows/{workflow_id}/trigger`.
    pub path: String,
    /// Its `operationId`.
    pub id: Option<String>,
    /// Its first tag, which is where it is filed.
    pub tag: Option<String>,
    /// What it does, in a line.
    pub summary: Option<String>,
    /// What it does, as Markdown.
    pub description: Option<String>,
    /// Whether callers should do without it.
    pub deprecated: bool,
    /// Where the service is that it is sent to, where it or its path says so; the first one is the usual one.
    pub servers: Vec<Server>,
    /// Its parameters, those of its path included.
    pub parameters: Vec<Parameter>,
    /// What is sent.
    pub body: Option<Body>,
    /// What may come back.
    pub responses: Vec<Response>,
    /// Sets of security schemes of which one is needed; none if the service is open.
    pub security: Vec<Vec<Requirement>>,
    /// Its extensions.
    pub extensions: Extensions,
}

/// A request that the service sends: a webhook (OpenAPI 3.1.0, 4.8.1), or a callback (4.8.18).
#[derive(Clone, Debug)]
pub struct Webhook {
    /// The name of the webhook, or of the callback.
    pub name: String,
    /// The operations that ask for a callback; none where it is a webhook.
    pub declared_by: Vec<Pointer>,
    /// The request. Its path is the name of a webhook, or the expression of a callback's URL.
    pub request: Operation,
}

/// A parameter (OpenAPI 3.1.0, 4.8.12).
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Where it stands.
    pub at: Pointer,
    /// Its name on the wire.
    pub name: String,
    /// Where it goes.
    pub location: ParameterLocation,
    /// How a list of values is written.
    pub list: ListStyle,
    /// How it is written beyond that.
    pub style: ParameterStyle,
    /// Whether each item or member is written on its own.
    pub explode: bool,
    /// What it means, as Markdown.
    pub description: Option<String>,
    /// Whether it has to be given.
    pub required: bool,
    /// Its schema.
    pub schema: Pointer,
    /// An example of its value.
    pub example: Option<Value>,
    /// Its extensions.
    pub extensions: Extensions,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParameterLocation {
    /// Into the path.
    Path,
    /// Behind the `?`.
    Query,
    /// Into a header.
    Header,
    /// Into a cookie.
    Cookie,
}

/// The style of a parameter (OpenAPI 3.1.0, 4.8.12.3), lists apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterStyle {
    /// `simple`, `form` and its like.
    Plain,
    /// `.blue.black`
    Label,
    /// `;color=blue,black`
    Matrix,
    /// `color[R]=100&color[G]=200`
    Deep,
    /// As JSON text, because the parameter has a media type.
    Json,
}

/// How a list of values is written (OpenAPI 3.1.0, 4.8.12.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListStyle {
    /// `color=blue&color=black`
    Repeated,
    /// `color=blue,black`, with this between the values.
    Joined(&'static str),
}

/// A request body (OpenAPI 3.1.0, 4.8.13).
#[derive(Clone, Debug)]
pub struct Body {
    /// Where it stands.
    pub at: Pointer,
    /// What it means, as Markdown.
    pub description: Option<String>,
    /// Whether it has to be sent.
    pub required: bool,
    /// The forms it may have.
    pub content: Vec<Media>,
}

/// A form that a body may have: a media type and the schema it has there.
#[derive(Clone, Debug)]
pub struct Media {
    /// Where it stands.
    pub at: Pointer,
    /// The media type.
    pub media_type: MediaType,
    /// Its schema.
    pub schema: Option<Pointer>,
    /// The schema of each item, where it is a row of items (OpenAPI 3.2.0, 4.14).
    pub item: Option<Pointer>,
    /// Examples of it.
    pub examples: Vec<Value>,
    /// How the fields of a form are written.
    pub encodings: Vec<Encoding>,
}

/// How a field of a form is written (OpenAPI 3.1.0, 4.8.15).
#[derive(Clone, Debug)]
pub struct Encoding {
    /// The field.
    pub name: String,
    /// The media type of its part.
    pub content_type: Option<String>,
    /// Whether it is written as `a[b]=1`.
    pub is_deep: bool,
    /// Whether its part has headers of its own.
    pub has_headers: bool,
}
