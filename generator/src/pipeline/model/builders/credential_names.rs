//! Names of the setters and the environment variables of credentials.

use crate::pipeline::resolve::SecurityScheme;
use crate::rust::names::Name;

/// The name of a scheme that an overlay chose.
pub fn chosen_name(scheme: &SecurityScheme) -> Option<&str> {
    scheme.extensions.rust_name()
}

/// The environment variable for a setter's value.
pub fn variable(prefix: &str, name: &Name) -> String {
    format!("{prefix}_{}", name.rust().trim_end_matches('_').to_uppercase())
}
