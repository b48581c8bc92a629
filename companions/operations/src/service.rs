//! What all operations share: servers, security schemes, rate limits, and what replies state.

use serde::{Deserialize, Serialize};

use crate::ClientCredentials;

/// A server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Server {
    /// Its URL, its variables replaced by their defaults. It may be relative: `/api/v3`.
    pub url: String,
    /// What it is, as plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its URL with variables, if it has any: `https://{region}.example.com`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// The variables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<ServerVariable>,
}

/// A variable in the URL of a server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerVariable {
    /// Its name.
    pub name: String,
    /// Its value if nothing else is chosen.
    pub default: String,
    /// The values that it may have; none if it may have any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
}

/// A security scheme: a secret, and where it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecurityScheme {
    /// Its name, which [`Operation::security`](crate::Operation::security) has.
    pub name: String,
    /// Where the secret is sent.
    pub placement: Placement,
    /// The environment variable that has the secret: `LANTERN_API_KEY`.
    pub variable: String,
    /// What the secret is called, in words joined by hyphens: `api-key`.
    pub secret: String,
    /// Whether it is better not used.
    #[serde(default, skip_serializing_if = "crate::is_false")]
    pub deprecated: bool,
    /// How its tokens are requested by a client id and its secret, if they can be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_credentials: Option<ClientCredentials>,
}

/// Where a secret is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Placement {
    /// `Authorization: Bearer …`
    Bearer,
    /// `Authorization: Basic …`; the secret is `user:password`.
    Basic,
    /// In the header of this name.
    Header(String),
    /// In the query parameter of this name.
    Query(String),
    /// In the cookie of this name.
    Cookie(String),
}

/// Operations that share a rate limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateLimitGroup {
    /// Its name, which [`Policy::rate_limit`](crate::Policy::rate_limit) has.
    pub name: String,
    /// How many requests are allowed in a window of time; `None` if that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requests: Option<u32>,
    /// The length of the window, which slides; `None` if it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u64>,
}

/// Which headers and members of replies state success, limits and credits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Conventions {
    /// The member of a body that is false if a 2xx reply is a failure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub success_field: Option<String>,
    /// The header that states the rate limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate_limit_header: Option<String>,
    /// The header that states the credits that are left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub balance_header: Option<String>,
    /// The members of bodies that state them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub balance_fields: Vec<String>,
    /// The members of bodies that state how many credits a call cost.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cost_fields: Vec<String>,
    /// The members of a 402 that state how many credits the call needs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub required_fields: Vec<String>,
    /// The member of a request's body, or its query parameter, that caps what the call costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap_field: Option<String>,
}

impl Conventions {
    /// Whether replies state nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
