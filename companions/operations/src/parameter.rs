//! The parameters of an operation, and how their values are written.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::Schema;

/// A parameter of an operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Parameter {
    /// Its name on the wire.
    pub name: String,
    /// Where it is sent.
    pub location: Location,
    /// How its value is written.
    #[serde(default)]
    pub style: Style,
    /// Whether each item of a list, or member of an object, is written separately.
    #[serde(default, skip_serializing_if = "crate::is_false")]
    pub explode: bool,
    /// Whether reserved characters of its value are not encoded, as slashes in a path.
    #[serde(default, skip_serializing_if = "crate::is_false")]
    pub allow_reserved: bool,
    /// Whether it is required.
    #[serde(default, skip_serializing_if = "crate::is_false")]
    pub required: bool,
    /// The only value that it can have, which is sent if no other is given. It may be null.
    #[serde(default, deserialize_with = "stated", skip_serializing_if = "Option::is_none")]
    pub constant: Option<Value>,
    /// Whether it is deprecated.
    #[serde(default, skip_serializing_if = "crate::is_false")]
    pub deprecated: bool,
    /// Whether its value is a secret, which is never shown.
    #[serde(default, skip_serializing_if = "crate::is_false")]
    pub sensitive: bool,
    /// What it is, as plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The schema of its value.
    pub schema: Schema,
    /// An example of its value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<Value>,
}

/// A value that is there, also if it is null.
fn stated<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

impl Parameter {
    /// Whether a value has to be given.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.required && self.constant.is_none()
    }
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// As the whole query.
    QueryString,
    /// As a header.
    Header,
    /// As a cookie.
    Cookie,
}

/// How the value of a parameter is written (OpenAPI 3.1.0, 4.8.12.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Style {
    /// As it is usual at its location: `simple` in a path or a header, `form` in a query or a cookie.
    #[default]
    Plain,
    /// In a path: `.blue.black`
    Label,
    /// In a path: `;color=blue,black`
    Matrix,
    /// In a query: `color=blue%20black`
    SpaceDelimited,
    /// In a query: `color=blue|black`
    PipeDelimited,
    /// In a query: `color[R]=100&color[G]=200`
    DeepObject,
    /// As JSON text.
    Json,
}
