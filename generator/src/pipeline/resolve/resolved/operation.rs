//! Operations and their parameters.

use serde_json::Value;

use super::{Body, Extensions, Method, Requirement, Response, Server};
use crate::pointer::Pointer;

/// An operation (OpenAPI 3.1.0, 4.8.10).
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its location.
    pub at: Pointer,
    /// Its method.
    pub method: Method,
    /// Its path, with placeholders: `/v1/workflows/{workflow_id}/trigger`.
    pub path: String,
    /// Its `operationId`.
    pub id: Option<String>,
    /// Its first tag, whose module it is in.
    pub tag: Option<String>,
    /// Its summary.
    pub summary: Option<String>,
    /// Its description, as Markdown.
    pub description: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The servers of it or its path; the first one is the default.
    pub servers: Vec<Server>,
    /// Its parameters, those of its path included.
    pub parameters: Vec<Parameter>,
    /// Its request body.
    pub body: Option<Body>,
    /// Its responses.
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
    /// The operations that declare a callback; none if it is a webhook.
    pub declared_by: Vec<Pointer>,
    /// The request. Its path is the name of a webhook, or the expression of a callback's URL.
    pub request: Operation,
}

/// A parameter (OpenAPI 3.1.0, 4.8.12).
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its location.
    pub at: Pointer,
    /// Its name on the wire.
    pub name: String,
    /// Its location in the request.
    pub location: ParameterLocation,
    /// How a list of values is written.
    pub list: ListStyle,
    /// Its style, apart from lists.
    pub style: ParameterStyle,
    /// Whether each item or member is written separately.
    pub explode: bool,
    /// Whether reserved characters of its value are not encoded (OpenAPI 3.1.1, 4.8.12.2.1).
    pub allow_reserved: bool,
    /// Its description, as Markdown.
    pub description: Option<String>,
    /// Whether it is required.
    pub required: bool,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Its schema.
    pub schema: Pointer,
    /// An example of its value.
    pub example: Option<Value>,
    /// Its extensions.
    pub extensions: Extensions,
}

/// The location of a parameter in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParameterLocation {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// The whole query (OpenAPI 3.2.0, 4.12.1).
    QueryString,
    /// In a header.
    Header,
    /// In a cookie.
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

impl ListStyle {
    /// The form of lists in queries and forms; only `style: form` has `explode` without saying so.
    pub(in crate::pipeline::resolve) fn new(
        style: &openapiv3::QueryStyle,
        explode: Option<bool>,
    ) -> Self {
        use openapiv3::QueryStyle::{DeepObject, Form, PipeDelimited, SpaceDelimited};
        match (style, explode.unwrap_or(matches!(style, Form))) {
            (_, true) | (DeepObject, _) => Self::Repeated,
            (Form, false) => Self::Joined(","),
            (SpaceDelimited, false) => Self::Joined(" "),
            (PipeDelimited, false) => Self::Joined("|"),
        }
    }
}
