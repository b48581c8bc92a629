//! Responses and their links.

use std::fmt;

use serde_json::Value;

use super::{Header, Media};
use crate::pointer::Pointer;

/// A response (OpenAPI 3.1.0, 4.8.17).
#[derive(Clone, Debug)]
pub struct Response {
    /// Its location.
    pub at: Pointer,
    /// Its statuses.
    pub status: Status,
    /// Its description, as Markdown.
    pub description: String,
    /// The forms of its body; none if it has no body.
    pub content: Vec<Media>,
    /// The headers it may have.
    pub headers: Vec<Header>,
    /// Its links.
    pub links: Vec<Link>,
}

/// An operation that takes values of a response (OpenAPI 3.1.0, 4.8.20).
#[derive(Clone, Debug)]
pub struct Link {
    /// Its location.
    pub at: Pointer,
    /// The operation.
    pub to: Target,
    /// Its parameters, and the expressions or values that are given to them.
    pub parameters: Vec<(String, Value)>,
    /// The expression or value that is its body.
    pub body: Option<Value>,
    /// Its description, as Markdown.
    pub description: Option<String>,
}

/// The operation of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The one with this `operationId`.
    Id(String),
    /// The one at this reference.
    Reference(String),
}

/// The statuses that a response is for (OpenAPI 3.1.0, 4.8.16).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// One status: `404`.
    Code(u16),
    /// The hundred that begin with this digit: `4XX`.
    Class(u16),
    /// All statuses without a response of their own.
    Default,
}

impl Status {
    /// Whether it says that the request succeeded (RFC 9110, 15.3).
    #[must_use]
    pub fn is_success(self) -> bool {
        match self {
            Self::Code(code) => code / 100 == 2,
            Self::Class(class) => class == 2,
            Self::Default => false,
        }
    }

    /// Whether it says that the request failed (RFC 9110, 15.5 and 15.6).
    #[must_use]
    pub fn is_error(self) -> bool {
        match self {
            Self::Code(code) => code >= 400,
            Self::Class(class) => class >= 4,
            Self::Default => true,
        }
    }

    /// The status, if it is exactly one.
    #[must_use]
    pub fn code(self) -> Option<u16> {
        match self {
            Self::Code(code) => Some(code),
            Self::Class(_) | Self::Default => None,
        }
    }
}

/// As descriptions write it: `404`, `4XX` or `default`.
impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Class(class) => write!(f, "{class}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}
