//! What the rewriting of schemas marks on them, because JSON Schema has no keyword for it.

/// That null is a value besides those that a combinator allows: `anyOf: […, {type: 'null'}]` would move the other schemas.
pub(in crate::pipeline::normalize) const OR_NULL: &str = "x-openapi-or-null";

/// Rules about which members an object has, each a schema that was a part of it.
pub(in crate::pipeline::normalize) const MEMBER_RULES: &str = "x-openapi-member-rules";

/// That a part of an `allOf` says nothing of values that are not of its type.
pub(in crate::pipeline::normalize) const TYPELESS: &str = "x-openapi-typeless";
