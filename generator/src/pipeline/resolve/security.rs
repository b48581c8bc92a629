//! Security schemes, and which of them an operation needs.

use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, OpenAPI, SecurityRequirement};
use serde_json::{Map, Value};

use super::context::Context;
use super::{ClientCredentials, Extensions, Placement, Requirement, SecurityScheme, components};
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::suggest::closest;
use crate::pipeline::normalize::kept_facts::KeptFact;
use crate::pointer::Pointer;

/// The security schemes of the description, in its order.
pub fn schemes(openapi: &OpenAPI, context: &mut Context) -> Vec<SecurityScheme> {
    let Some(components) = &openapi.components else { return Vec::new() };
    let all = &components.security_schemes;
    let mut schemes = Vec::new();
    for (name, place) in all {
        let at = Pointer::root().at("components").at("securitySchemes").at(name);
        let found = components::follow(place, at, "securitySchemes", Some(all), context);
        schemes.extend(found.and_then(|(scheme, at)| self::scheme(name, scheme, at, context)));
    }
    schemes
}

/// The names of the schemes that ask for a client certificate.
pub fn certificates(openapi: &OpenAPI) -> Vec<String> {
    let extensions = openapi.components.as_ref().map(|components| &components.extensions);
    let aside =
        extensions.and_then(|found| KeptFact::SecuritySchemes.find_among(found)?.as_object());
    let is_one = |scheme: &Value| scheme.get("type").is_some_and(|kind| kind == "mutualTLS");
    let found = aside.into_iter().flatten().filter(|(_, scheme)| is_one(scheme));
    found.map(|(name, _)| name.clone()).collect()
}

fn scheme(
    name: &str,
    scheme: &openapiv3::SecurityScheme,
    at: Pointer,
    context: &mut Context,
) -> Option<SecurityScheme> {
    let Some((placement, extensions)) = placement(scheme) else {
        let message = format!("the security scheme `{name}` is of a kind that is not supported");
        context.report(DiagnosticCode::NotGenerated, &at, message);
        return None;
    };
    Some(SecurityScheme {
        name: name.to_owned(),
        placement,
        client_credentials: client_credentials(scheme, &at),
        deprecated: KeptFact::Deprecated.find_among(extensions) == Some(&Value::Bool(true)),
        extensions: Extensions::new(extensions),
        at,
    })
}

fn client_credentials(
    scheme: &openapiv3::SecurityScheme,
    at: &Pointer,
) -> Option<ClientCredentials> {
    let openapiv3::SecurityScheme::OAuth2 { flows, .. } = scheme else { return None };
    let flow = flows.client_credentials.as_ref()?;
    let at = at.at("flows").at("clientCredentials");
    Some(ClientCredentials { at, token_url: flow.token_url.clone() })
}

fn placement(scheme: &openapiv3::SecurityScheme) -> Option<(Placement, &IndexMap<String, Value>)> {
    use openapiv3::SecurityScheme::{APIKey, HTTP, OAuth2, OpenIDConnect};
    match scheme {
        APIKey { location, name, extensions, .. } => {
            let name = name.clone();
            let placement = match location {
                APIKeyLocation::Query => Placement::Query(name),
                APIKeyLocation::Header => Placement::Header(name),
                APIKeyLocation::Cookie => Placement::Cookie(name),
            };
            Some((placement, extensions))
        }
        HTTP { scheme, extensions, .. } => match scheme.to_ascii_lowercase().as_str() {
            "bearer" => Some((Placement::Bearer, extensions)),
            "basic" => Some((Placement::Basic, extensions)),
            _ => None,
        },
        OAuth2 { extensions, .. } | OpenIDConnect { extensions, .. } => {
            Some((Placement::Bearer, extensions))
        }
    }
}

/// The sets of schemes of which one is needed, as a document or an operation at `at` states them.
///
/// An empty set among them says that it can do without, so it counts only if it stands alone. A scheme that nothing
/// describes is left out with a warning.
pub fn requirements(
    stated: Option<&Vec<SecurityRequirement>>,
    at: &Pointer,
    openapi: &OpenAPI,
    context: &mut Context,
) -> Option<Vec<Vec<Requirement>>> {
    let known = known_schemes(openapi);
    let at = at.at("security");
    let mut sets = Vec::new();
    for (index, set) in stated?.iter().enumerate() {
        let (described, unknown): (Vec<_>, Vec<_>) =
            set.iter().partition(|(name, _)| known.contains(&name.as_str()));
        for (name, _) in unknown {
            warn_of_unknown(name, &known, &at.at(index).at(name), context);
        }
        if !described.is_empty() {
            sets.push(described.into_iter().map(requirement).collect());
        }
    }
    Some(sets)
}

fn requirement((scheme, scopes): (&String, &Vec<String>)) -> Requirement {
    Requirement { scheme: scheme.clone(), scopes: scopes.clone() }
}

/// The names of all schemes, those of which no code is made included.
fn known_schemes(openapi: &OpenAPI) -> Vec<&str> {
    let Some(components) = &openapi.components else { return Vec::new() };
    let aside =
        KeptFact::SecuritySchemes.find_among(&components.extensions).and_then(Value::as_object);
    let aside = aside.into_iter().flat_map(Map::keys);
    components.security_schemes.keys().chain(aside).map(String::as_str).collect()
}

fn warn_of_unknown(name: &str, known: &[&str], at: &Pointer, context: &mut Context) {
    let message = format!("no security scheme is called `{name}`; it is left out");
    let help = match closest(name, known.iter().copied()) {
        Some(like) => format!("did you mean `{like}`?"),
        None => format!("describe it at `#/components/securitySchemes/{name}`"),
    };
    context.report_with_help(DiagnosticCode::UnknownSecurityScheme, at, message, help);
}
