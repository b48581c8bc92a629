//! What the setters and the environment variables of credentials are called.

use crate::pipeline::resolve::SecurityScheme;
use crate::rust::names::Name;

/// What an overlay calls a scheme.
pub fn chosen_name(scheme: &SecurityScheme) -> Option<&str> {
    scheme.extensions.rust_name()
}

/// The environment variable for a setter's value.
pub fn variable(prefix: &str, name: &Name) -> String {
    format!("{prefix}_{}", name.rust().trim_end_matches('_').to_uppercase())
}
