//! How a caller signs in, and what a service says of itself in replies.

use super::Ty;
use crate::rust::names::Name;

/// A security scheme and the setter of the builder that takes its value.
#[derive(Clone, Debug)]
pub struct Credential {
    /// The scheme's name, and the setter's.
    pub name: Name,
    /// Where the value goes.
    pub placement: crate::pipeline::resolve::Placement,
    /// The environment variable that holds the value.
    pub variable: String,
    /// How a client asks for values of its own.
    pub grant: Option<Grant>,
}

/// How a client gets tokens by an id and a secret (RFC 6749, 4.4), and the setters for it.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The setter of the id and the secret.
    pub client: Name,
    /// That of another place to ask at.
    pub token_url: Name,
    /// That of other scopes.
    pub scopes: Name,
    /// The environment variables that hold the id, the secret, and another place.
    pub variables: [String; 3],
    /// Where tokens are asked for, relative to the base URL at times; `None` where that is not known.
    pub url: Option<String>,
    /// What the operations need, in their order.
    pub needed: Vec<String>,
}

impl Grant {
    /// The variables of the environment that stand for a token.
    #[must_use]
    pub fn client_variables(&self) -> String {
        let [id, secret, _] = &self.variables;
        format!("`{id}` and `{secret}`")
    }
}

/// Where replies speak of success, limits and credits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResponseConventions {
    /// The member of a body that is false where a 2xx reply is a failure after all.
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
    /// What it says: Markdown of the description.
    pub description: Option<String>,
    /// The type of its value: a scalar.
    pub ty: Ty,
}
