//! The objects of OpenAPI, and what may stand at their members.

/// An object of OpenAPI (OpenAPI 3.1.0, 4.8), by its name there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ObjectKind {
    Description,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Tag,
    ExternalDocumentation,
    Components,
    PathItem,
    Operation,
    Callback,
    Parameter,
    Header,
    RequestBody,
    MediaType,
    Encoding,
    Response,
    Link,
    Example,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
    Discriminator,
    Schema,
}

impl ObjectKind {
    /// How diagnostics speak of one: `a schema`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Description => "the description",
            Self::Info => "the info object",
            Self::Contact => "a contact",
            Self::License => "a licence",
            Self::Server => "a server",
            Self::ServerVariable => "a server variable",
            Self::Tag => "a tag",
            Self::ExternalDocumentation => "external documentation",
            Self::Components => "the components object",
            Self::PathItem => "a path item",
            Self::Operation => "an operation",
            Self::Callback => "a callback",
            Self::Parameter => "a parameter",
            Self::Header => "a header",
            Self::RequestBody => "a request body",
            Self::MediaType => "a media type",
            Self::Encoding => "an encoding",
            Self::Response => "a response",
            Self::Link => "a link",
            Self::Example => "an example",
            Self::SecurityScheme => "a security scheme",
            Self::OAuthFlows => "a set of OAuth flows",
            Self::OAuthFlow => "an OAuth flow",
            Self::Discriminator => "a discriminator",
            Self::Schema => "a schema",
        }
    }

    /// Where the components of this kind stand: `schemas`.
    pub(super) fn section(self) -> Option<&'static str> {
        Some(match self {
            Self::Schema => "schemas",
            Self::Response => "responses",
            Self::Parameter => "parameters",
            Self::Example => "examples",
            Self::RequestBody => "requestBodies",
            Self::Header => "headers",
            Self::SecurityScheme => "securitySchemes",
            Self::Link => "links",
            Self::Callback => "callbacks",
            Self::PathItem => "pathItems",
            Self::MediaType => "mediaTypes",
            _ => return None,
        })
    }
}

/// What may stand at a member of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MemberKind {
    /// A string.
    Text,
    /// A list of strings.
    Texts,
    /// A map of strings.
    TextMap,
    /// `true` or `false`.
    Flag,
    /// A whole number from 0.
    Count,
    /// Any value.
    Any,
    /// An object.
    One(ObjectKind),
    /// A schema, or `true` or `false` that is no schema.
    SchemaOrFlag,
    /// A list of objects.
    Each(ObjectKind),
    /// Objects by name.
    Named(ObjectKind),
    /// Objects by name, beside `x-…` members.
    Patterned(ObjectKind),
    /// A member that `openapiv3` has no place for: left out of a schema, kept as an extension of any other object.
    Aside,
    /// A keyword of which no code is made.
    NotGenerated,
}
