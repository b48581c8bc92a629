//! Stage 3: every reference followed, every `allOf` folded.
//!
//! What comes out speaks of operations and schemas only: nothing in it is a reference to a
//! component other than a schema, and no schema stands inside another one. Schemas refer to
//! each other by their [`Pointer`], which is the key under which [`Resolved::schemas`] has them.

use indexmap::IndexMap;
use openapiv3::OpenAPI;
use serde_json::Value;

use crate::diagnostics::Outcome;
use crate::normalize::{Description, Origins};
use crate::pointer::Pointer;

mod all_of;
mod components;
mod constraint;
mod context;
mod duplicates;
mod incoming;
mod inheritance;
mod links;
mod operations;
mod placeholders;
mod schema;
mod security;
mod servers;
mod unions;

pub use constraint::{Bound, Constraint, Count, Figure};

use context::Context;

/// Extensions (`x-…`) by name, as the description and its overlays give them.
pub type Extensions = IndexMap<String, Value>;

/// A description without references to look up.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// Where its parts were written.
    pub origins: Origins,
    /// What it says of itself.
    pub info: Info,
    /// Where the service is; the first one is the usual one.
    pub servers: Vec<Server>,
    /// How a caller signs in.
    pub security_schemes: Vec<SecurityScheme>,
    /// The tags that the description declares, in its order.
    pub tags: Vec<Tag>,
    /// All operations, in the order of the paths.
    pub operations: Vec<Operation>,
    /// What the service sends of its own accord: webhooks, then callbacks.
    pub incoming: Vec<Incoming>,
    /// All schemas, parents before children.
    pub schemas: IndexMap<Pointer, Schema>,
    /// Extensions of the whole document.
    pub extensions: Extensions,
}

impl Resolved {
    /// The schema at the end of a chain of references.
    pub(crate) fn end(&self, at: &Pointer) -> Option<&Schema> {
        let mut found = self.schemas.get(at)?;
        // Chains that lead back to their start were refused, so each step is a new schema.
        while let Kind::Same(to) = &found.kind {
            found = self.schemas.get(to)?;
        }
        Some(found)
    }
}

/// What a description says of itself (OpenAPI 3.1.0, 4.8.2).
#[derive(Clone, Debug)]
pub struct Info {
    /// The name of the API.
    pub title: String,
    /// Its version; any text.
    pub version: String,
    /// What it is for, as Markdown.
    pub description: Option<String>,
}

/// A server (OpenAPI 3.1.0, 4.8.5).
#[derive(Clone, Debug)]
pub struct Server {
    /// Where it stands.
    pub at: Pointer,
    /// Its URL, which may be relative, its variables replaced by their defaults.
    pub url: String,
    /// Its URL as it is described: `https://{region}.example.com`
    pub template: String,
    /// The variables that stand in it, in the order of the description.
    pub variables: Vec<ServerVariable>,
    /// What is said of it.
    pub description: Option<String>,
    /// Its extensions.
    pub extensions: IndexMap<String, Value>,
}

/// A variable in the URL of a server (OpenAPI 3.1.0, 4.8.6).
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Its name.
    pub name: String,
    /// Its value where the caller does not set one.
    pub default: String,
    /// The values that it may have; none where it may have any.
    pub values: Vec<String>,
    /// What is said of it.
    pub description: Option<String>,
}

/// A security scheme (OpenAPI 3.1.0, 4.8.27).
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// Where it stands.
    pub at: Pointer,
    /// Its name.
    pub name: String,
    /// Where its value goes.
    pub placement: Placement,
    /// How a client asks for tokens, where it can.
    pub client_credentials: Option<ClientCredentials>,
    /// Its extensions.
    pub extensions: Extensions,
}

/// The flow of OAuth2 in which a client signs in on its own behalf (OpenAPI 3.1.0, 4.8.29).
#[derive(Clone, Debug)]
pub struct ClientCredentials {
    /// Where it stands.
    pub at: Pointer,
    /// Where tokens are asked for; it may be relative.
    pub token_url: String,
}

/// A security scheme that is needed (OpenAPI 3.1.0, 4.8.30).
#[derive(Clone, Debug)]
pub struct Requirement {
    /// Its name.
    pub scheme: String,
    /// What has to be granted.
    pub scopes: Vec<String>,
}

/// Where the value of a security scheme goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placement {
    /// `Authorization: Bearer …`
    Bearer,
    /// `Authorization: Basic …`
    Basic,
    /// A header.
    Header(String),
    /// A query parameter.
    Query(String),
    /// A cookie.
    Cookie(String),
}

/// A tag (OpenAPI 3.1.0, 4.8.22).
#[derive(Clone, Debug)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// What it stands for, as Markdown.
    pub description: Option<String>,
    /// Its extensions.
    pub extensions: Extensions,
}

/// An operation (OpenAPI 3.1.0, 4.8.10).
#[derive(Clone, Debug)]
pub struct Operation {
    /// Where it stands.
    pub at: Pointer,
    /// Its method, in lower case: `get`.
    pub method: &'static str,
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
pub struct Incoming {
    /// The name of the webhook, or of the callback.
    pub name: String,
    /// The operations that ask for a callback; none where it is a webhook.
    pub asked_by: Vec<Pointer>,
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
    pub location: Location,
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
pub enum Location {
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
    /// The media type, in lower case and without parameters: `application/json`.
    pub media_type: String,
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

/// A response (OpenAPI 3.1.0, 4.8.17).
#[derive(Clone, Debug)]
pub struct Response {
    /// Where it stands.
    pub at: Pointer,
    /// For which statuses.
    pub status: Status,
    /// When it comes, as Markdown.
    pub description: String,
    /// The forms its body may have; none if it has no body.
    pub content: Vec<Media>,
    /// The headers it may have.
    pub headers: Vec<Header>,
    /// What its values are good for.
    pub links: Vec<Link>,
}

/// How the values of a response feed another operation (OpenAPI 3.1.0, 4.8.20).
#[derive(Clone, Debug)]
pub struct Link {
    /// Where it stands.
    pub at: Pointer,
    /// The operation.
    pub to: Target,
    /// Its parameters, and the expressions or values that are given to them.
    pub parameters: Vec<(String, Value)>,
    /// The expression or value that is its body.
    pub body: Option<Value>,
    /// What is to be known of it, as Markdown.
    pub description: Option<String>,
}

/// The operation that a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The one with this `operationId`.
    Id(String),
    /// The one that a reference leads to.
    Reference(String),
}

/// The statuses that a response is for (OpenAPI 3.1.0, 4.8.16).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// One status: `404`.
    Code(u16),
    /// A hundred of them: `4XX`.
    Range(u16),
    /// All that no other response is for.
    Default,
}

/// A header of a response (OpenAPI 3.1.0, 4.8.21).
#[derive(Clone, Debug)]
pub struct Header {
    /// Its name on the wire.
    pub name: String,
    /// What it means, as Markdown.
    pub description: Option<String>,
    /// Its schema.
    pub schema: Option<Pointer>,
    /// Its extensions.
    pub extensions: Extensions,
}

/// A schema (OpenAPI 3.1.0, 4.8.24).
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// Where it stands.
    pub at: Pointer,
    /// Its title.
    pub title: Option<String>,
    /// What it means, as Markdown.
    pub description: Option<String>,
    /// Whether null is one of its values.
    pub nullable: bool,
    /// What a service takes it to be when it is absent.
    pub default: Option<Value>,
    /// An example of its value.
    pub example: Option<Value>,
    /// Whether callers should do without it.
    pub deprecated: bool,
    /// Who may set it.
    pub access: Access,
    /// What its values have to fulfil.
    pub constraints: Vec<Constraint>,
    /// What the values of an enum stand for, as far as it is said, by their texts.
    pub meanings: IndexMap<String, Meaning>,
    /// The member that says which of the schemas that extend this one a value follows.
    pub discriminator: Option<Discriminator>,
    /// Where else an inline schema stands that is the same.
    pub repeated_at: Vec<Pointer>,
    /// What its values are.
    pub kind: Kind,
    /// Its extensions.
    pub extensions: Extensions,
}

/// What a value of an enum stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meaning {
    /// What to call it, where that is more than its text.
    pub word: Option<String>,
    /// What it means, as Markdown.
    pub text: Option<String>,
}

/// Who may set a value (OpenAPI 3.0.4, 4.7.24.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// Both sides.
    #[default]
    Both,
    /// The service: it stands in replies only.
    ReadOnly,
    /// The caller: it stands in requests only.
    WriteOnly,
}

/// What the values of a schema are.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Anything.
    Any,
    /// `true` and `false`.
    Boolean,
    /// Integers, with their `format`.
    Integer(Option<String>),
    /// Numbers, with their `format`.
    Number(Option<String>),
    /// Texts, with their `format`.
    String(Option<String>),
    /// One of these texts.
    Texts(Vec<String>),
    /// One of these integers.
    Integers(Vec<i64>),
    /// One of these texts, numbers and truth values.
    Scalars(Vec<Value>),
    /// Lists of values.
    Array(Option<Pointer>),
    /// Lists of as many values as there are schemas, each with its own.
    Tuple(Vec<Pointer>),
    /// Objects.
    Object(Object),
    /// One of several schemas.
    Union(Union),
    /// What another schema's values are.
    Same(Pointer),
    /// What fulfils all of these schemas; folded away before the stage ends.
    AllOf(Vec<Pointer>),
}

/// Objects: their fields, and what else they may hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// The fields, in order.
    pub fields: Vec<Field>,
    /// Members beyond the fields.
    pub additional: Additional,
}

/// A field of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Whether it is always there.
    pub required: bool,
    /// Its schema; `None` where it is only named as required.
    pub schema: Option<Pointer>,
}

/// Members of an object beyond its fields.
#[derive(Clone, Debug, PartialEq)]
pub enum Additional {
    /// Nothing is said of them: there may be some, but they carry no promise.
    Unsaid,
    /// There are none.
    Denied,
    /// They may be anything.
    Any,
    /// They follow a schema.
    Schema(Pointer),
}

/// One of several schemas.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// The schemas.
    pub variants: Vec<Pointer>,
    /// The member whose value says which one it is.
    pub discriminator: Option<Discriminator>,
}

/// The member of an object that says which schema it follows (OpenAPI 3.1.0, 4.8.25).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discriminator {
    /// The member's name.
    pub property: String,
    /// Values of the member, and the schemas they stand for.
    pub mapping: Vec<(String, Pointer)>,
}

/// Follows every reference and folds every `allOf`.
///
/// Complains of `dangling-reference` where there is nothing, and of `cyclic-reference` where a reference leads back
/// to itself.
pub fn resolve(description: Description) -> Outcome<Resolved> {
    let Description { origins, openapi, webhooks, is_whole } = description;
    let mut context = Context::new(origins, is_whole);
    let schemas = schema::schemas(&openapi, &mut context);
    let schemas = all_of::fold(inheritance::fold(schemas), &mut context);
    let schemas = duplicates::fold(unions::fold(schemas, unions::Enums::Open));
    let mut reader = operations::Reader::new(&openapi, &schemas, &mut context);
    let (operations, incoming) = (reader.operations(), reader.incoming(&webhooks));
    let resolved = Resolved {
        origins: context.origins.clone(),
        info: info(&openapi),
        servers: servers::servers(&openapi.servers, &Pointer::root()),
        security_schemes: security::schemes(&openapi, &mut context),
        tags: tags(&openapi),
        operations,
        incoming,
        schemas,
        extensions: openapi.extensions,
    };
    Outcome::new(resolved, context.found)
}

fn info(openapi: &OpenAPI) -> Info {
    let info = &openapi.info;
    Info {
        title: info.title.clone(),
        version: info.version.clone(),
        description: info.description.clone(),
    }
}

fn tags(openapi: &OpenAPI) -> Vec<Tag> {
    let tag = |tag: &openapiv3::Tag| Tag {
        name: tag.name.clone(),
        description: tag.description.clone(),
        extensions: tag.extensions.clone(),
    };
    openapi.tags.iter().map(tag).collect()
}
