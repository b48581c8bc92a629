//! Requests, as a mock remembers them.

use std::fmt;

use bytes::Bytes;
use percent_encoding::percent_decode_str;
use reqwest::header::HeaderMap;
use reqwest::{Method, Request};
use url::form_urlencoded;

use crate::runtime::Attempt;
use crate::runtime::clock::Instant;
use crate::runtime::platform;

/// As many characters of a body are shown in a message.
const SHOWN: usize = 1_000;

/// A request that was sent.
pub struct Recorded {
    /// The `operationId`; empty if it is a request of no operation.
    pub operation: &'static str,
    /// The path with its placeholders.
    pub template: &'static str,
    pub method: Method,
    /// Without its query.
    pub url: String,
    pub query: Vec<(String, String)>,
    pub headers: HeaderMap,
    pub body: Bytes,
    pub at: Instant,
}

impl Recorded {
    pub fn new(request: &Request, call: Option<&Attempt>) -> Self {
        let body = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default();
        let mut recorded = Self::fetch(request.url().as_str());
        recorded.operation = call.map_or("", Attempt::operation);
        recorded.template = call.map_or("", Attempt::path);
        recorded.method = request.method().clone();
        recorded.headers = request.headers().clone();
        recorded.body = Bytes::copy_from_slice(body);
        recorded
    }

    /// A look at a location.
    pub fn fetch(location: &str) -> Self {
        let (url, query) = location.split_once('?').unwrap_or((location, ""));
        Self {
            operation: "",
            template: "",
            method: Method::GET,
            url: url.to_owned(),
            query: form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            at: platform::now(),
        }
    }

    /// `/v1/books/7`
    pub fn path(&self) -> &str {
        let (_, rest) = self.url.split_once("://").unwrap_or(("", &self.url));
        rest.find('/').map_or("", |start| &rest[start..])
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    pub fn query(&self, name: &str) -> Option<&str> {
        let mut query = self.query.iter();
        query.find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value that the path has in the place of `{name}`.
    pub fn path_parameter(&self, name: &str) -> Option<String> {
        let mut found = path_parameters(self.template, self.path()).into_iter();
        found.find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}

/// `/v1/books/{id}` and `/api/v1/books/a%2Fb` → `id`, `a/b`
fn path_parameters<'t>(template: &'t str, path: &str) -> Vec<(&'t str, String)> {
    let template = template.split('?').next().unwrap_or_default();
    let mut parts = template.split('{');
    let first = parts.next().unwrap_or_default();
    let Some(start) = path.find(first) else { return Vec::new() };
    let mut rest = &path[start + first.len()..];
    let mut found = Vec::new();
    for (name, text) in parts.filter_map(|part| part.split_once('}')) {
        let end = if text.is_empty() { Some(rest.len()) } else { rest.find(text) };
        let Some(end) = end else { return found };
        found.push((name, percent_decode_str(&rest[..end]).decode_utf8_lossy().into_owned()));
        rest = &rest[end + text.len()..];
    }
    found
}

/// `POST https://example.com/v1/books?limit=5 with the body {"isbn":"978"}`
impl fmt::Display for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.url)?;
        for (number, (name, value)) in self.query.iter().enumerate() {
            write!(f, "{}{name}={value}", if number == 0 { '?' } else { '&' })?;
        }
        if self.body.is_empty() {
            return Ok(());
        }
        let body = String::from_utf8_lossy(&self.body);
        let shown: String = body.chars().take(SHOWN).collect();
        let more = if shown.len() < body.len() { "…" } else { "" };
        write!(f, " with the body {shown}{more}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_a_path_are_found_wherever_the_base_url_leads() {
        for (template, path, expected) in [
            ("/v1/books/{id}", "/v1/books/7", vec![("id", "7")]),
            ("/v1/books/{id}", "/api/v1/books/a%2Fb", vec![("id", "a/b")]),
            ("/{a}/x/{b}.json?c=1", "/1/x/2.json", vec![("a", "1"), ("b", "2")]),
            ("/files/{path}", "/files/a/b", vec![("path", "a/b")]),
            ("/v1/books", "/v1/books", vec![]),
            ("/other/{id}", "/v1/books", vec![]),
        ] {
            let found = path_parameters(template, path);
            let found: Vec<_> = found.iter().map(|(name, value)| (*name, value.as_str())).collect();
            assert_eq!(found, expected, "{template}");
        }
    }
}
