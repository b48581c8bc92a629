//! The names that a crate had when it was last released, so that what is added to a description renames nothing.

use std::collections::HashMap;

/// The names of the last release.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptNames {
    /// The names of types, by the places of their schemas in the description.
    pub types: HashMap<String, String>,
    /// The names of methods, by the module of their tag and by their request: `GET /books`.
    pub methods: HashMap<(String, String), String>,
}
