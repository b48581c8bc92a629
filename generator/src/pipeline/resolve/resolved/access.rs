//! Servers and security schemes.

use super::Extensions;
use crate::pointer::Pointer;

/// A server (OpenAPI 3.1.0, 4.8.5).
#[derive(Clone, Debug)]
pub struct Server {
    /// Its location.
    pub at: Pointer,
    /// Its URL, which may be relative, its variables replaced by their defaults.
    pub url: String,
    /// Its URL with variables: `https://{region}.example.com`
    pub template: String,
    /// The variables in it, in the order of the description.
    pub variables: Vec<ServerVariable>,
    /// Its name (OpenAPI 3.2.0, 4.6).
    pub name: Option<String>,
    /// Its documentation.
    pub description: Option<String>,
    /// Its extensions.
    pub extensions: Extensions,
}

/// A variable in the URL of a server (OpenAPI 3.1.0, 4.8.6).
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Its name.
    pub name: String,
    /// Its value if the caller does not set one.
    pub default: String,
    /// The values that it may have; none if it may have any.
    pub values: Vec<String>,
    /// Its documentation.
    pub description: Option<String>,
    /// Its extensions.
    pub extensions: Extensions,
}

impl ServerVariable {
    /// The variable in a URL: `{region}`
    #[must_use]
    pub fn placeholder(&self) -> String {
        format!("{{{}}}", self.name)
    }
}

/// A security scheme (OpenAPI 3.1.0, 4.8.27).
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// Its location.
    pub at: Pointer,
    /// Its name.
    pub name: String,
    /// Where its value is sent.
    pub placement: Placement,
    /// The client credentials flow, if it has one.
    pub client_credentials: Option<ClientCredentials>,
    /// Whether it is deprecated (OpenAPI 3.2.0, 4.29).
    pub deprecated: bool,
    /// Its extensions.
    pub extensions: Extensions,
}

/// The client credentials flow of OAuth2 (OpenAPI 3.1.0, 4.8.29).
#[derive(Clone, Debug)]
pub struct ClientCredentials {
    /// Its location.
    pub at: Pointer,
    /// The token URL; it may be relative.
    pub token_url: String,
}

/// A security scheme that is needed (OpenAPI 3.1.0, 4.8.30).
#[derive(Clone, Debug)]
pub struct Requirement {
    /// Its name.
    pub scheme: String,
    /// The scopes that are needed.
    pub scopes: Vec<String>,
}

/// Where the value of a security scheme is sent.
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
