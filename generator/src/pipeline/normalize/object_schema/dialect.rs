//! The versions of descriptions, as far as they have objects of their own.

use serde_json::Value;

use crate::pipeline::normalize::object_kind::{MemberKind, ObjectKind};
use crate::pointer::Pointer;

/// In whose words a description is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// OpenAPI 3.
    OpenApi,
    /// Swagger 2.0, before it is brought to OpenAPI 3.0.
    Swagger2,
}

impl Dialect {
    /// The version of a description.
    pub(crate) fn of(description: &Value) -> Self {
        // Without quotes, YAML has a number there.
        let version = description.get("swagger").filter(|_| description.get("openapi").is_none());
        let is_2 = version.is_some_and(|version| match version {
            Value::String(text) => text == "2" || text.starts_with("2."),
            version => version.as_f64() == Some(2.0),
        });
        if is_2 { Self::Swagger2 } else { Self::OpenApi }
    }

    /// Where what can be referred to stands, and what it is there: in `components`, or in the root (Swagger 2.0).
    pub(crate) fn sections(self) -> (Pointer, &'static [(ObjectKind, &'static str)]) {
        match self {
            Self::OpenApi => (Pointer::root().at("components"), &COMPONENTS),
            Self::Swagger2 => (Pointer::root(), &SHARED_IN_SWAGGER_2),
        }
    }

    /// A member that only Swagger 2.0 has, if objects stand in it.
    pub(in crate::pipeline::normalize) fn member(
        self,
        object: ObjectKind,
        key: &str,
    ) -> Option<MemberKind> {
        match (self, object, key) {
            (Self::Swagger2, ObjectKind::Description, "parameters") => {
                Some(MemberKind::Named(ObjectKind::Parameter))
            }
            (Self::Swagger2, ObjectKind::Description, "responses") => {
                Some(MemberKind::Named(ObjectKind::Response))
            }
            (Self::Swagger2, ObjectKind::Response, "schema") => {
                Some(MemberKind::One(ObjectKind::Schema))
            }
            _ => None,
        }
    }
}

/// The objects that can be components, and where (OpenAPI 3.2.0, 4.7).
const COMPONENTS: [(ObjectKind, &str); 10] = [
    (ObjectKind::Schema, "schemas"),
    (ObjectKind::Response, "responses"),
    (ObjectKind::Parameter, "parameters"),
    (ObjectKind::Example, "examples"),
    (ObjectKind::RequestBody, "requestBodies"),
    (ObjectKind::Header, "headers"),
    (ObjectKind::SecurityScheme, "securitySchemes"),
    (ObjectKind::Link, "links"),
    (ObjectKind::Callback, "callbacks"),
    (ObjectKind::MediaType, "mediaTypes"),
];

/// The objects that Swagger 2.0 shares, and where.
const SHARED_IN_SWAGGER_2: [(ObjectKind, &str); 3] = [
    (ObjectKind::Schema, "definitions"),
    (ObjectKind::Response, "responses"),
    (ObjectKind::Parameter, "parameters"),
];
