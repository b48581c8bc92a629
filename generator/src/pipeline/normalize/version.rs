//! Which descriptions are read: OpenAPI 3.0, 3.1 and 3.2.

use serde_json::Value;

use super::diagnostic_sink::DiagnosticSink;
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::Pointer;

/// Refuses what is no OpenAPI 3 description (OpenAPI 3.1.0, 4.8.1), and says whether it can be read on nonetheless.
pub(super) fn check(description: &Value, diagnostics: &mut DiagnosticSink) -> bool {
    if description.get("swagger").is_some() {
        let help = "convert the description to OpenAPI 3 first";
        let at = Pointer::root().at("swagger");
        let message = "Swagger 2.0 is not read, only OpenAPI 3.0, 3.1 and 3.2";
        diagnostics.error_with_help(DiagnosticCode::UnsupportedVersion, &at, message, help);
        return false;
    }
    let version = description.get("openapi");
    check_openapi(version, diagnostics);
    let parts = ["paths", "webhooks", "components"];
    let says_something = parts.iter().any(|part| description.get(part).is_some());
    if !says_something {
        let message = "the description has neither paths nor webhooks nor components";
        diagnostics.error(DiagnosticCode::InvalidDescription, &Pointer::root(), message);
    }
    // What does not say its version is likely to be of one that is read.
    says_something && version.is_none_or(is_read)
}

fn check_openapi(version: Option<&Value>, diagnostics: &mut DiagnosticSink) {
    let at = Pointer::root().at("openapi");
    let help = "begin the description with a line such as `openapi: 3.1.0`";
    let message = match version {
        None => "this is not an OpenAPI description: it does not say its version".to_owned(),
        Some(version) if is_read(version) => return,
        Some(version) => format!("OpenAPI {version} is not read, only 3.0, 3.1 and 3.2"),
    };
    diagnostics.error_with_help(DiagnosticCode::UnsupportedVersion, &at, message, help);
}

/// `"3.0.4"` and, from YAML without quotes, `3.1`.
fn is_read(version: &Value) -> bool {
    let version = version.as_str().map_or_else(|| version.to_string(), str::to_owned);
    let mut parts = version.split('.');
    parts.next() == Some("3") && matches!(parts.next(), Some("0" | "1" | "2"))
}
