//! Replies.

mod accept;
mod adapt;
mod compose;
mod content;
mod headers;
mod refusal;
mod tables;
mod visible;

use axum::body::Bytes;

pub use adapt::figure;
pub use compose::{Charged, Composer, chosen_media, chosen_response, code};
pub use refusal::Refusal;
pub use tables::csv;

/// A reply.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Bytes,
}

impl Reply {
    pub fn new(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Bytes::new() }
    }

    /// A header by its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        lantern_operations::header(&self.headers, name)
    }

    pub fn with_body(self, media_type: &str, body: impl Into<Bytes>) -> Self {
        Self { body: body.into(), ..self.with_header("content-type", media_type) }
    }

    pub fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }
}
