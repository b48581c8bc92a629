//! Which descriptions are read: Swagger 2.0, and OpenAPI 3.0, 3.1 and 3.2. Later ones of OpenAPI 3 are read as 3.2:
//! a minor version adds, and seldom changes, what there is (OpenAPI 3.2.0, 2.1).

use serde_json::Value;

use super::diagnostic_sink::DiagnosticSink;
use super::object_schema::Dialect;
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::Pointer;

/// What is read, for messages.
const READ: &str = "only Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2";

/// Refuses what is no description of a known version (OpenAPI 3.1.0, 4.8.1), and says whether it can be read on
/// nonetheless.
pub(super) fn check(description: &Value, diagnostics: &mut DiagnosticSink) -> bool {
    let is_readable =
        Dialect::of(description) == Dialect::Swagger2 || check_version(description, diagnostics);
    let parts = ["paths", "webhooks", "components", "definitions"];
    let says_something = parts.iter().any(|part| description.get(part).is_some());
    if is_readable && !says_something {
        let message = "the description has neither paths nor webhooks nor components";
        diagnostics.error(DiagnosticCode::InvalidDescription, &Pointer::root(), message);
    }
    is_readable && says_something
}

fn check_version(description: &Value, diagnostics: &mut DiagnosticSink) -> bool {
    let (openapi, swagger) = (description.get("openapi"), description.get("swagger"));
    let (key, message) = match (openapi, swagger) {
        (Some(version), _) if is_read(version, diagnostics) => return true,
        (Some(version), _) => ("openapi", format!("OpenAPI {version} is not read, {READ}")),
        (None, Some(version)) => ("swagger", format!("Swagger {version} is not read, {READ}")),
        (None, None) => (
            "openapi",
            "this is not an OpenAPI description: it does not say its version".to_owned(),
        ),
    };
    let help = "begin the description with a line such as `openapi: 3.1.0`";
    let at = Pointer::root().at(key);
    diagnostics.error_with_help(DiagnosticCode::UnsupportedVersion, &at, message, help);
    // What does not say its version is likely to be of one that is read.
    openapi.or(swagger).is_none()
}

/// `"3.0.4"` and, from YAML without quotes, `3.1`.
fn is_read(version: &Value, diagnostics: &mut DiagnosticSink) -> bool {
    let written = version.as_str().map_or_else(|| version.to_string(), str::to_owned);
    let mut parts = written.split('.');
    let (major, minor) = (parts.next(), parts.next().and_then(|minor| minor.parse::<u32>().ok()));
    match (major, minor) {
        (Some("3"), Some(0..=2)) => true,
        (Some("3"), Some(_)) => {
            let message = format!(
                "OpenAPI {written} is later than 3.2 and is read as 3.2; what it added is not known"
            );
            let at = Pointer::root().at("openapi");
            diagnostics.warn(DiagnosticCode::NewerVersion, &at, message);
            true
        }
        _ => false,
    }
}
