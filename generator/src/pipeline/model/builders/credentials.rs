//! Security schemes: the setters and the environment variables that take their values.

use super::client_credentials::{GrantBuilder, NeededScopes};
use super::credential_names::{chosen_name, variable};
use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::{Credential, Operation};
use crate::pipeline::resolve::{Placement, Resolved, SecurityScheme};
use crate::rust::names::{Case, Name, Scope, joined};

/// The methods that the builder of a client already has.
const RESERVED: &[&str] = &[
    "after_attempt",
    "allow_plain_http",
    "base_url",
    "before_attempt",
    "build",
    "client_of",
    "clock",
    "configure_http",
    "connect_timeout",
    "credential",
    "credit_floor",
    "deadline",
    "default_header",
    "default_query",
    "drift",
    "fault",
    "from_env",
    "grants",
    "http_client",
    "lacks_credentials",
    "max_body",
    "mocked",
    "new",
    "no_credentials",
    "no_proxy",
    "no_rate_limit",
    "rate_limit",
    "read_env",
    "retry",
    "secret_from",
    "set_rate_limit",
    "shared_limits",
    "sign_with",
    "timeout",
    "tokens_for",
    "tokens_from",
    "transport",
    "user_agent",
    "without_credentials",
];

/// The credentials of all operations, also of those that are not selected, because names do not
/// depend on a selection. Tokens are requested with the scopes that the selected operations need.
pub fn credentials<'a>(
    resolved: &Resolved,
    selected: impl Iterator<Item = &'a Operation>,
    prefix: &str,
    diagnostics: &mut DiagnosticSink,
) -> Vec<Credential> {
    let mut scope = Scope::reserving(RESERVED);
    let asked_for = |scheme: &&SecurityScheme| {
        let mut sets = resolved.operations.iter().flat_map(|operation| &operation.security);
        sets.any(|set| set.iter().any(|needed| needed.scheme == scheme.name))
    };
    let schemes: Vec<_> = resolved.security_schemes.iter().filter(asked_for).collect();
    let names: Vec<_> = schemes.iter().map(|scheme| name(scheme, &mut scope)).collect();
    // The setters of grants are named after those of all credentials, so that they change none of them.
    let scopes = NeededScopes::new(resolved, selected);
    let mut builder = GrantBuilder { prefix, scopes, names: &mut scope, diagnostics };
    let credential = |(name, scheme): (Name, &SecurityScheme)| Credential {
        variable: variable(prefix, &name),
        placement: scheme.placement.clone(),
        deprecated: scheme.deprecated,
        grant: builder.grant(scheme),
        name,
    };
    names.into_iter().zip(schemes).map(credential).collect()
}

fn name(scheme: &SecurityScheme, scope: &mut Scope) -> Name {
    if let Some(chosen) = chosen_name(scheme) {
        return scope.name_as(&scheme.name, chosen, Case::Value);
    }
    let words = match scheme.placement {
        Placement::Bearer => "token",
        Placement::Basic => "user_and_password",
        Placement::Header(_) | Placement::Query(_) | Placement::Cookie(_) => "api_key",
    };
    // A second one of its kind is named after its scheme.
    let own = scope.name_if_free(&scheme.name, words, Case::Value);
    own.unwrap_or_else(|| scope.name_as(&scheme.name, &joined(&scheme.name, words), Case::Value))
}
