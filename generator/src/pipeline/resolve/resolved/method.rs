//! The methods of HTTP.

use std::fmt;

/// The methods of HTTP that a path can have (OpenAPI 3.2.0, 4.9).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// `GET`
    Get,
    /// `PUT`
    Put,
    /// `POST`
    Post,
    /// `DELETE`
    Delete,
    /// `OPTIONS`
    Options,
    /// `HEAD`
    Head,
    /// `PATCH`
    Patch,
    /// `TRACE`
    Trace,
    /// `QUERY`
    Query,
    /// Another one, as requests have it: `PURGE`.
    Other(String),
}

impl Method {
    /// The method that a path item calls so: `query`, or another one by its name on the wire.
    pub(in crate::pipeline::resolve) fn further(name: &str) -> Self {
        if name == "query" { Self::Query } else { Self::Other(name.to_owned()) }
    }

    /// The key of its operation in a path item: `get`.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::Get => "get",
            Self::Put => "put",
            Self::Post => "post",
            Self::Delete => "delete",
            Self::Options => "options",
            Self::Head => "head",
            Self::Patch => "patch",
            Self::Trace => "trace",
            Self::Query => "query",
            Self::Other(name) => name,
        }
    }

    /// Whether sending a request twice does the same as sending it once (RFC 9110, 9.2.2). Of methods that are not
    /// known nobody can tell.
    #[must_use]
    pub fn is_idempotent(&self) -> bool {
        !matches!(self, Self::Post | Self::Patch | Self::Other(_))
    }
}

/// As requests have it: `GET`.
impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other(name) => f.write_str(name),
            known => f.write_str(&known.key().to_ascii_uppercase()),
        }
    }
}
