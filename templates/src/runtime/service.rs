//! What the description says of the service: its URL, security schemes, and where replies state limits and credits.

use reqwest::header::{AUTHORIZATION, COOKIE, HeaderName, PROXY_AUTHORIZATION};

/// What the description says of the service as a whole.
#[derive(Debug)]
pub struct Service {
    /// The first server, unless it is relative or has variables without a default.
    pub base_url: Option<&'static str>,
    /// The path of the first server, if that is relative: it follows a base URL that has no path.
    pub base_path: Option<&'static str>,
    /// The environment variable that names another.
    pub base_url_variable: &'static str,
    /// The security schemes.
    pub credentials: &'static [Credential],
    /// Whether every operation needs one of them.
    pub needs_credential: bool,
    /// Where replies speak of success, limits and credits.
    pub conventions: ResponseConventions,
    /// The names of the rate limit groups.
    pub rate_limit_groups: &'static [&'static str],
}

/// Where replies speak of success, limits and credits.
#[derive(Clone, Copy, Debug)]
pub struct ResponseConventions {
    /// The member of a body that is false where a 2xx reply is a failure after all.
    pub success_field: Option<&'static str>,
    /// The header that states the rate limit.
    pub rate_limit_header: Option<&'static str>,
    /// The header that states the credits that are left.
    pub balance_header: Option<&'static str>,
    /// The members of bodies that state them.
    pub balance_fields: &'static [&'static str],
    /// The members of bodies that state how many credits a call cost.
    pub cost_fields: &'static [&'static str],
    /// The members of a 402 that state how many credits the call needs.
    pub required_fields: &'static [&'static str],
    /// The member of a request's body, or its query parameter, that caps what the call costs.
    pub cap_field: Option<&'static str>,
}

impl ResponseConventions {
    /// Replies that speak of nothing.
    pub const NONE: Self = Self {
        success_field: None,
        rate_limit_header: None,
        balance_header: None,
        balance_fields: &[],
        cost_fields: &[],
        required_fields: &[],
        cap_field: None,
    };
}

/// The headers among the conventions, read once so that each reply is searched quickly.
#[derive(Debug)]
pub struct ConventionHeaders {
    pub rate_limit: Option<HeaderName>,
    pub balance: Option<HeaderName>,
}

impl From<&ResponseConventions> for ConventionHeaders {
    fn from(conventions: &ResponseConventions) -> Self {
        let read = |name: &str| HeaderName::from_bytes(name.as_bytes()).ok();
        Self {
            rate_limit: conventions.rate_limit_header.and_then(read),
            balance: conventions.balance_header.and_then(read),
        }
    }
}

/// A security scheme (OpenAPI 3.1.0, 4.8.27).
#[derive(Debug)]
pub struct Credential {
    /// Its name in the description.
    pub scheme: &'static str,
    /// Where its value goes.
    pub placement: Placement,
    /// The environment variable that holds its value.
    pub variable: &'static str,
}

impl Service {
    /// Whether a header may hold a credential.
    pub fn hides(&self, name: &HeaderName) -> bool {
        let is_one = |header: &str| header.eq_ignore_ascii_case(name.as_str());
        let hides = |known: &Credential| matches!(known.placement, Placement::Header(header) if is_one(header));
        [AUTHORIZATION, PROXY_AUTHORIZATION, COOKIE].contains(name)
            || self.credentials.iter().any(hides)
    }
}

/// Where the value of a security scheme goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// `Authorization: Bearer <value>` (RFC 6750, 2.1).
    Bearer,
    /// `Authorization: Basic <value>`, the value being `user:password` (RFC 7617, 2).
    Basic,
    /// A header of its own.
    Header(&'static str),
    /// A query parameter.
    Query(&'static str),
    /// A cookie.
    Cookie(&'static str),
}
