//! What the rewriting of schemas marks on them, because JSON Schema has no keyword for it.

/// Rules about which members an object has, each a schema that was a part of it.
pub(in crate::pipeline::normalize) const MEMBER_RULES: &str = "x-openapi-member-rules";

/// That a part of an `allOf` says nothing of values that are not of its type.
pub(in crate::pipeline::normalize) const TYPELESS: &str = "x-openapi-typeless";
