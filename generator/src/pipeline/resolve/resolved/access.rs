//! Where a service is, and how a caller signs in.

use super::Extensions;
use crate::pointer::Pointer;

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
    /// Its value where the caller does not set one.
    pub default: String,
    /// The values that it may have; none where it may have any.
    pub values: Vec<String>,
    /// Its documentation.
    pub description: Option<String>,
}

impl ServerVariable {
    /// How it stands in a URL: `{region}`
    #[must_use]
    pub fn placeholder(&self) -> String {
        format!("{{{}}}", self.name)
    }
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
