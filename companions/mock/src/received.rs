//! What a server received.

use lantern_operations::{Placement, Table};
use serde::Serialize;
use serde_json::Value;

use crate::request::Incoming;

/// What stands for a secret.
pub(crate) const HIDDEN: &str = "[hidden]";

/// A request that a server received. Secrets of security schemes are hidden in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Received {
    /// Its number; the first one is 1.
    pub number: u64,
    /// The `operationId`, if it was one of an operation.
    pub operation: Option<String>,
    /// The method.
    pub method: String,
    /// The path, encoded.
    pub path: String,
    /// The query, encoded.
    pub query: String,
    /// Names and values of headers.
    pub headers: Vec<(String, String)>,
    /// The body; bytes that are no UTF-8 are replaced.
    pub body: String,
    /// The status of the reply; `None` if it was lost, or is not there yet.
    pub status: Option<u16>,
    /// The fault that happened to it.
    pub fault: Option<String>,
    /// What it was charged.
    pub credits: f64,
}

impl Received {
    pub(crate) fn new(number: u64, table: &Table, request: &Incoming) -> Self {
        let body = String::from_utf8_lossy(&request.body).into_owned();
        Self {
            number,
            operation: None,
            method: request.method.clone(),
            path: request.path.clone(),
            query: hidden_query(table, &request.query),
            headers: headers(table, request),
            body,
            status: None,
            fault: None,
            credits: 0.0,
        }
    }

    /// The body as JSON; null if it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// The value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        lantern_operations::header(&self.headers, name)
    }
}

fn headers(table: &Table, request: &Incoming) -> Vec<(String, String)> {
    let is_secret = |name: &str| {
        let named = table.security_schemes.iter().any(|scheme| match &scheme.placement {
            Placement::Header(own) => own.eq_ignore_ascii_case(name),
            _ => false,
        });
        let sensitive = table.operations.iter().flat_map(|operation| &operation.parameters);
        let mut sensitive = sensitive.filter(|parameter| parameter.sensitive);
        named
            || matches!(name, "authorization" | "cookie" | "proxy-authorization")
            || sensitive.any(|parameter| parameter.name.eq_ignore_ascii_case(name))
    };
    let text = |name: &str, value: &[u8]| match is_secret(name) {
        true => HIDDEN.to_owned(),
        false => String::from_utf8_lossy(value).into_owned(),
    };
    let all = request.headers.iter();
    all.map(|(name, value)| (name.to_string(), text(name.as_str(), value.as_bytes()))).collect()
}

fn hidden_query(table: &Table, query: &str) -> String {
    let is_secret = |name: &str| {
        table
            .security_schemes
            .iter()
            .any(|scheme| scheme.placement == Placement::Query(name.to_owned()))
    };
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if is_secret(name) => format!("{name}={HIDDEN}"),
        _ => pair.to_owned(),
    });
    pairs.collect::<Vec<_>>().join("&")
}
