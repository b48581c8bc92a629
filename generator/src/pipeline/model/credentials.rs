//! Security schemes: the setters and the environment variables that take their values.

use super::messages::Messages;
use super::{Api, Credential, client_credentials};
use crate::pipeline::resolve::{Placement, Resolved, SecurityScheme};
use crate::rust::names::{Case, Name, Scope};

/// What the builder of a client has already.
const RESERVED: &[&str] = &[
    "allow_plain_http",
    "base_url",
    "build",
    "client_of",
    "credential",
    "fault",
    "from_env",
    "http_client",
    "max_body",
    "new",
    "timeout",
    "tokens_for",
    "tokens_from",
];

/// The credentials that operations ask for, those that are not selected too: what one is called does
/// not depend on a selection.
pub fn credentials(
    resolved: &Resolved,
    api: &Api,
    prefix: &str,
    messages: &mut Messages,
) -> Vec<Credential> {
    let mut scope = Scope::reserving(RESERVED);
    let asked_for = |scheme: &&SecurityScheme| {
        let mut sets = resolved.operations.iter().flat_map(|operation| &operation.security);
        sets.any(|set| set.iter().any(|needed| needed.scheme == scheme.name))
    };
    let schemes: Vec<_> = resolved.security_schemes.iter().filter(asked_for).collect();
    let mut credentials: Vec<_> =
        schemes.iter().map(|scheme| credential(scheme, prefix, &mut scope)).collect();
    // After the names of all credentials, so that a grant changes none of them.
    for (credential, scheme) in credentials.iter_mut().zip(schemes) {
        let mut asking = client_credentials::TokenRequest { prefix, scope: &mut scope, messages };
        credential.grant = asking.grant(scheme, &client_credentials::needed(scheme, resolved, api));
    }
    credentials
}

fn credential(scheme: &SecurityScheme, prefix: &str, scope: &mut Scope) -> Credential {
    let words = chosen_name(scheme).unwrap_or(match scheme.placement {
        Placement::Bearer => "token",
        Placement::Basic => "user_and_password",
        Placement::Header(_) | Placement::Query(_) | Placement::Cookie(_) => "api_key",
    });
    let name = scope.name_as(&scheme.name, words, Case::Value);
    Credential {
        variable: variable(prefix, &name),
        placement: scheme.placement.clone(),
        grant: None,
        name,
    }
}

/// What an overlay calls a scheme.
pub fn chosen_name(scheme: &SecurityScheme) -> Option<&str> {
    scheme.extensions.get("x-rust-name").and_then(|name| name.as_str())
}

/// The environment variable for a setter's value.
pub fn variable(prefix: &str, name: &Name) -> String {
    format!("{prefix}_{}", name.rust().trim_end_matches('_').to_uppercase())
}
