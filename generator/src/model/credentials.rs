//! Security schemes: the setters and the environment variables that take their values.

use super::Credential;
use crate::docs;
use crate::names::{Case, Scope};
use crate::resolve::{Placement, Resolved, SecurityScheme};

/// What the builder of a client has already.
const RESERVED: &[&str] = &[
    "allow_plain_http",
    "base_url",
    "build",
    "credential",
    "fault",
    "from_env",
    "http_client",
    "max_body",
    "new",
    "timeout",
];

/// The credentials that operations ask for.
pub fn credentials(resolved: &Resolved, prefix: &str) -> Vec<Credential> {
    let mut scope = Scope::reserving(RESERVED);
    let asked_for = |scheme: &&SecurityScheme| {
        let mut sets = resolved.operations.iter().flat_map(|operation| &operation.security);
        sets.any(|set| set.contains(&scheme.name))
    };
    let schemes = resolved.security_schemes.iter().filter(asked_for);
    schemes.map(|scheme| credential(scheme, prefix, &mut scope)).collect()
}

fn credential(scheme: &SecurityScheme, prefix: &str, scope: &mut Scope) -> Credential {
    let chosen = scheme.extensions.get("x-rust-name").and_then(|name| name.as_str());
    let words = chosen.unwrap_or(match scheme.placement {
        Placement::Bearer => "token",
        Placement::Basic => "user_and_password",
        Placement::Header(_) | Placement::Query(_) | Placement::Cookie(_) => "api_key",
    });
    let name = scope.name_as(&scheme.name, words, Case::Value);
    Credential {
        variable: format!("{prefix}_{}", name.rust().trim_end_matches('_').to_uppercase()),
        placement: scheme.placement.clone(),
        docs: described(scheme),
        name,
    }
}

fn described(scheme: &SecurityScheme) -> Vec<String> {
    let place = match &scheme.placement {
        Placement::Bearer => "a token in the `Authorization` header".to_owned(),
        Placement::Basic => "`user:password` in the `Authorization` header".to_owned(),
        Placement::Header(name) => format!("the header `{name}`"),
        Placement::Query(name) => format!("the query parameter `{name}`"),
        Placement::Cookie(name) => format!("the cookie `{name}`"),
    };
    docs::lines(&format!("Signs in by `{}`: {place}.", scheme.name))
}
