//! What a request says, and whether it is as described.

mod body;
mod checks;
mod credentials;
mod forms;
mod parameters;
mod problem;
mod scalars;

use std::collections::HashMap;

use axum::body::Bytes;
use axum::http::HeaderMap;
use serde_json::{Map, Value};

pub use body::{essence, includes, media_of};
pub use checks::check;
pub use credentials::{Caller, after, identify};
pub use forms::pairs as form_pairs;
pub use parameters::keyword;
pub use problem::Problem;
pub use scalars::read as scalar;

/// A request, as it was received.
#[derive(Debug)]
pub struct Incoming {
    pub method: String,
    /// The path, encoded.
    pub path: String,
    /// The query, encoded.
    pub query: String,
    pub headers: HeaderMap,
    pub body: Bytes,
    /// The values in the path, encoded.
    pub values: HashMap<String, String>,
}

impl Incoming {
    /// The text of a header; several of a name are one list.
    pub fn header(&self, name: &str) -> Option<String> {
        let all = self.headers.get_all(name).iter();
        let texts: Vec<_> = all.map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
        (!texts.is_empty()).then(|| texts.join(","))
    }

    /// The pairs of the query, encoded.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.query.split('&').filter(|pair| !pair.is_empty());
        pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")))
    }
}

/// What a request that is as described says.
#[derive(Debug, Default)]
pub struct Said {
    /// The values of parameters.
    pub parameters: Map<String, Value>,
    /// The body, if it is JSON or a form.
    pub body: Option<Value>,
}
