//! OAuth2 client credentials: the setters for a client that requests tokens itself.

use std::collections::HashSet;

use super::base_url::{Usable, is_of_a_url, usable};
use super::credential_names::{chosen_name, variable};
use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::{Grant, Operation};
use crate::pipeline::resolve::{ClientCredentials, Requirement, Resolved, SecurityScheme};
use crate::pointer::Pointer;
use crate::rust::names::{Case, Name, Scope};

/// The scopes that the selected operations need.
pub struct NeededScopes<'a>(Vec<&'a Requirement>);

impl<'a> NeededScopes<'a> {
    pub fn new<'o>(resolved: &'a Resolved, selected: impl Iterator<Item = &'o Operation>) -> Self {
        let selected: HashSet<&Pointer> = selected.map(|operation| &operation.at).collect();
        let operations = resolved.operations.iter();
        let operations = operations.filter(|operation| selected.contains(&operation.at));
        Self(operations.flat_map(|operation| operation.security.iter().flatten()).collect())
    }

    /// Those of a scheme, in the order of the operations.
    fn of_scheme(&self, scheme: &SecurityScheme) -> Vec<String> {
        let needed = self.0.iter().filter(|needed| needed.scheme == scheme.name);
        let mut met = HashSet::new();
        let scopes = needed.flat_map(|needed| &needed.scopes).filter(|scope| met.insert(*scope));
        scopes.cloned().collect()
    }
}

/// Builds the grants of all schemes.
pub struct GrantBuilder<'a> {
    pub prefix: &'a str,
    pub scopes: NeededScopes<'a>,
    pub names: &'a mut Scope,
    pub diagnostics: &'a mut DiagnosticSink,
}

impl GrantBuilder<'_> {
    /// The grant of a scheme, if it has client credentials.
    pub fn grant(&mut self, scheme: &SecurityScheme) -> Option<Grant> {
        let url = self.token_url(scheme.client_credentials.as_ref()?);
        let client = self.name(scheme, "client credentials");
        let [token_url, scopes] = ["token url", "scopes"].map(|words| self.name(scheme, words));
        let [id, secret] = ["client id", "client secret"].map(|words| self.name(scheme, words));
        let variables = [&id, &secret, &token_url].map(|name| variable(self.prefix, name));
        let needed = self.scopes.of_scheme(scheme);
        Some(Grant { client, token_url, scopes, variables, url, needed })
    }

    /// `token url` → `token_url`, or `staff_token_url` if an overlay calls the scheme `staff`.
    fn name(&mut self, scheme: &SecurityScheme, words: &str) -> Name {
        let words = match chosen_name(scheme) {
            Some(chosen) => format!("{chosen} {words}"),
            None => words.to_owned(),
        };
        self.names.name_as(&scheme.name, &words, Case::Value)
    }

    fn token_url(&mut self, flow: &ClientCredentials) -> Option<String> {
        let Some(fault) = fault(&flow.token_url) else { return Some(flow.token_url.clone()) };
        let message = format!(
            "no token is asked for at this `tokenUrl`, so callers have to set one: {fault}"
        );
        self.diagnostics.not_generated(&flow.at.at("tokenUrl"), message);
        None
    }
}

/// Why a URL is not a token URL. A relative one is relative to the base URL (OpenAPI 3.1.0, 4.6).
fn fault(url: &str) -> Option<&'static str> {
    match usable(url) {
        _ if url.is_empty() => Some("it is empty"),
        // RFC 6749, 3.2.
        _ if url.contains('#') => Some("it has a fragment"),
        Usable::No(fault) => Some(fault),
        _ if !url.chars().all(is_of_a_url) => Some("it holds characters that no URL has"),
        Usable::Yes | Usable::Relative => None,
    }
}
