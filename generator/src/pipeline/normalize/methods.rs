//! The methods that a path item has operations for.

use serde_json::Value;

/// The methods of OpenAPI 3.0, in the order of its Path Item Object (OpenAPI 3.0.4, 4.7.9).
pub(crate) const METHODS: [&str; 8] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The method that a key of a path item is.
pub(super) fn method(key: &str) -> Option<&'static str> {
    METHODS.into_iter().find(|method| *method == key)
}

/// The methods of OpenAPI 3.0 that a path item has.
pub(super) fn methods(item: &Value) -> impl Iterator<Item = &'static str> {
    METHODS.into_iter().filter(|method| item.get(method).is_some())
}
