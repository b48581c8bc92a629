//! Credentials, and what every reply of a service may state.

use super::Ty;
use crate::rust::names::Name;

/// A security scheme and the setter of the builder that takes its value.
#[derive(Clone, Debug)]
pub struct Credential {
    /// The scheme's name, and the setter's.
    pub name: Name,
    /// Where the value is sent.
    pub placement: crate::pipeline::resolve::Placement,
    /// The environment variable that holds the value.
    pub variable: String,
    /// Whether it is better not used.
    pub deprecated: bool,
    /// How a client requests tokens itself.
    pub grant: Option<Grant>,
}

/// The client credentials grant (RFC 6749, 4.4): how a client requests tokens, and the setters for it.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The setter of the id and the secret.
    pub client: Name,
    /// The setter of another token URL.
    pub token_url: Name,
    /// The setter of other scopes.
    pub scopes: Name,
    /// The environment variables of the id, the secret and the token URL.
    pub variables: [String; 3],
    /// The token URL, which may be relative to the base URL; `None` if it is not known.
    pub url: Option<String>,
    /// The scopes that the operations need, in their order.
    pub needed: Vec<String>,
}

impl Grant {
    /// The environment variables that replace the one of a token.
    #[must_use]
    pub fn client_variables(&self) -> String {
        let [id, secret, _] = &self.variables;
        format!("`{id}` and `{secret}`")
    }
}

/// Which headers and members of replies state success, limits and credits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResponseConventions {
    /// The member of a body that is false if a 2xx reply is a failure.
    pub success_field: Option<String>,
    /// The header that states the rate limit.
    pub rate_limit_header: Option<String>,
    /// The header that states the credits that are left.
    pub balance_header: Option<String>,
    /// The members of bodies that state them.
    pub balance_fields: Vec<String>,
    /// The members of bodies that state how many credits a call cost.
    pub cost_fields: Vec<String>,
    /// The members of a 402 that state how many credits the call needs.
    pub required_fields: Vec<String>,
    /// The member of a request's body, or its query parameter, that caps what the call costs.
    pub cap_field: Option<String>,
}

/// A response header that has an accessor.
#[derive(Clone, Debug)]
pub struct MetaHeader {
    /// The header's name, and the accessor's.
    pub name: Name,
    /// Its description, as Markdown.
    pub description: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The type of its value: a scalar, or a list of such.
    pub ty: Ty,
}
