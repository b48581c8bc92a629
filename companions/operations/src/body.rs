//! Bodies of requests and responses.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::encode::form;
use crate::{Schema, Style};

/// A request body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Body {
    /// Whether it is required.
    #[serde(default, skip_serializing_if = "crate::is_false")]
    pub required: bool,
    /// What it is, as plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The forms that it may have; the first one is that of the client.
    pub content: Vec<Media>,
}

/// A form of a body: a media type and the schema of what is in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Media {
    /// The media type, in lower case: `application/json`. It may be a range: `image/*`.
    pub media_type: String,
    /// Its schema.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<Schema>,
    /// The schema of each item, if it is a sequence of items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item_schema: Option<Schema>,
    /// The documented examples.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Value>,
    /// How the fields of a form are written, where that is stated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub encodings: Vec<Encoding>,
}

/// How a field of a form is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Encoding {
    /// The field.
    pub name: String,
    /// The media type of its part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// How its value is written, if that is stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<Style>,
    /// Whether each item of a list, or member of an object, is a pair of its own.
    #[serde(default, skip_serializing_if = "crate::is_false")]
    pub explode: bool,
}

/// A response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Response {
    /// The statuses that it is for.
    pub status: Status,
    /// What it says, as plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The headers that it may have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<Header>,
    /// The forms of its body; none if it has no body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub content: Vec<Media>,
}

/// A header of a response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Header {
    /// Its name.
    pub name: String,
    /// What it is, as plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The schema of its value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<Schema>,
}

impl Media {
    /// Whether it is JSON: `application/json`, or any type that ends in `+json`.
    #[must_use]
    pub fn is_json(&self) -> bool {
        let name = self.media_type.split(';').next().unwrap_or_default().trim_end();
        matches!(name, "application/json" | "text/json") || name.ends_with("+json")
    }

    /// Whether a body is sent as the pairs of a form.
    #[must_use]
    pub fn is_form(&self) -> bool {
        self.media_type.starts_with("application/x-www-form-urlencoded")
    }

    /// Whether a body is sent as the parts of a form, which may be files.
    #[must_use]
    pub fn is_multipart(&self) -> bool {
        self.media_type.starts_with("multipart/form-data")
    }

    /// The bytes of a body: a value as JSON, the members of an object as a form, or a text as it is; `None` if it is none of
    /// these.
    #[must_use]
    pub fn encode(&self, body: &Value) -> Option<Vec<u8>> {
        match body {
            _ if self.is_json() => Some(body.to_string().into_bytes()),
            Value::Object(members) if self.is_form() => Some(form(members).into_bytes()),
            Value::String(text) => Some(text.clone().into_bytes()),
            _ => None,
        }
    }
}

/// The statuses that a response is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// One status: `404`.
    Code(u16),
    /// The hundred that begin with this digit: `4XX`.
    Class(u16),
    /// All statuses without a response of their own: `default`.
    Default,
}

impl Status {
    /// Whether it says that the request succeeded.
    #[must_use]
    pub fn is_success(self) -> bool {
        match self {
            Self::Code(code) => code / 100 == 2,
            Self::Class(class) => class == 2,
            Self::Default => false,
        }
    }

    /// Whether a status is one of these.
    #[must_use]
    pub fn includes(self, status: u16) -> bool {
        match self {
            Self::Code(code) => code == status,
            Self::Class(class) => class == status / 100,
            Self::Default => true,
        }
    }

    /// How many there are, in steps: the lower, the more exact.
    pub(crate) fn breadth(self) -> u8 {
        match self {
            Self::Code(_) => 0,
            Self::Class(_) => 1,
            Self::Default => 2,
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Class(class) => write!(f, "{class}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

impl FromStr for Status {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let class = text.strip_suffix("XX").and_then(|digit| digit.parse().ok());
        match (text, class) {
            ("default", _) => Ok(Self::Default),
            (_, Some(class @ 1..=5)) => Ok(Self::Class(class)),
            _ => {
                text.parse().map(Self::Code).map_err(|_| format!("{text:?} is not a valid status"))
            }
        }
    }
}

impl Serialize for Status {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Status {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
