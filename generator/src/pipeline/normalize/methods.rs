//! The methods that a path item has operations for.

use serde_json::Value;

use crate::pointer::Pointer;

/// The methods of OpenAPI 3.0, in the order of its Path Item Object (OpenAPI 3.0.4, 4.7.9).
pub(crate) const METHODS: [&str; 8] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The method that a key of a path item is.
pub(super) fn method(key: &str) -> Option<&'static str> {
    METHODS.into_iter().find(|method| *method == key)
}

/// The method that OpenAPI 3.2 has besides (OpenAPI 3.2.0, 4.9).
pub(crate) const QUERY: &str = "query";

/// Where OpenAPI 3.2 has the operations of all other methods.
pub(crate) const ADDITIONAL: &str = "additionalOperations";

/// The operations of a path item at this place: their methods, their places and what they are.
pub(super) fn operations<'v>(item: &'v Value, at: &Pointer) -> Vec<(String, Pointer, &'v Value)> {
    let known = METHODS.into_iter().chain([QUERY]);
    let known =
        known.filter_map(|method| Some((method.to_owned(), at.at(method), item.get(method)?)));
    let further = item.get(ADDITIONAL).and_then(Value::as_object).into_iter().flatten();
    let at = at.at(ADDITIONAL);
    let further = further.map(|(method, operation)| (method.clone(), at.at(method), operation));
    known.chain(further).collect()
}
