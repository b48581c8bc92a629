//! Security schemes, and which of them an operation needs.

use openapiv3::{APIKeyLocation, OpenAPI, SecurityRequirement};

use super::context::Context;
use super::{Extensions, Placement, SecurityScheme, components};
use crate::catalogue::Code;
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

fn scheme(
    name: &str,
    scheme: &openapiv3::SecurityScheme,
    at: Pointer,
    context: &mut Context,
) -> Option<SecurityScheme> {
    let Some((placement, extensions)) = placement(scheme) else {
        let message = format!("the security scheme `{name}` is of a kind that is not supported");
        context.say(Code::NotGenerated, &at, message);
        return None;
    };
    Some(SecurityScheme { at, name: name.to_owned(), placement, extensions: extensions.clone() })
}

fn placement(scheme: &openapiv3::SecurityScheme) -> Option<(Placement, &Extensions)> {
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

/// The sets of schemes of which an operation needs one.
///
/// An empty set among them says that it can do without, so it counts only if it stands alone.
pub fn requirements(
    of_operation: Option<&Vec<SecurityRequirement>>,
    of_document: Option<&Vec<SecurityRequirement>>,
) -> Vec<Vec<String>> {
    let sets = of_operation.or(of_document).into_iter().flatten();
    let sets = sets.map(|set| set.keys().cloned().collect::<Vec<_>>());
    sets.filter(|set| !set.is_empty()).collect()
}
