//! Answers of a mock.

use std::time::Duration;

use bytes::Bytes;
use http::response::Builder;
use serde::Serialize;
use serde_json::Value;

use super::Described;
use crate::runtime::platform::Response;
use crate::runtime::{Delivery, TransportError};

/// What becomes of a request.
#[derive(Clone, Debug)]
pub struct Answer {
    pub kind: AnswerKind,
    /// The time until it comes.
    pub delay: Duration,
    /// How often it is given; if it is not said, once, and the last one always.
    pub times: Option<usize>,
}

#[derive(Clone, Debug)]
pub enum AnswerKind {
    Reply(MockReply),
    Lost,
    NotSent,
    Silence,
}

/// A reply that was set in a test.
#[derive(Clone, Debug)]
pub struct MockReply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Bytes,
}

impl From<AnswerKind> for Answer {
    fn from(kind: AnswerKind) -> Self {
        Self { kind, delay: Duration::ZERO, times: None }
    }
}

impl MockReply {
    pub fn of_status(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Bytes::new() }
    }

    /// The usual reply of an operation with this body. What is no JSON there is a text.
    pub fn usual(described: Option<&Described>, body: &impl Serialize) -> Self {
        let status = described.map_or(200, |described| described.status);
        let media_type = described.map_or("", |described| described.media_type);
        let body = json(body);
        match (&body, media_type) {
            (Value::Null, "") if described.is_some() => Self::of_status(status),
            (_, "") => Self::of_status(status).with("application/json", body.to_string()),
            (Value::String(text), other) if !is_json(other) => {
                Self::of_status(status).with(other, text.clone())
            }
            (_, media_type) => Self::of_status(status).with(media_type, body.to_string()),
        }
    }

    /// The example of the description.
    pub fn example(described: &Described) -> Option<Self> {
        let body = described.example?;
        let reply = Self::of_status(described.status);
        Some(match described.media_type {
            "" => reply,
            media_type => reply.with(media_type, body),
        })
    }

    /// Items of a stream, in the form of its media type.
    pub fn items<T: Serialize>(
        described: Option<&Described>,
        items: impl IntoIterator<Item = T>,
    ) -> Self {
        let media_type = described.map_or("application/jsonl", |described| described.media_type);
        let (start, end) = match media_type.split(';').next() {
            Some("text/event-stream") => ("data: ", "\n\n"),
            Some("application/json-seq") => ("\u{1e}", "\n"),
            _ => ("", "\n"),
        };
        let item = |item: T| match json(&item) {
            Value::String(text) if start == "data: " => format!("{start}{text}{end}"),
            item => format!("{start}{item}{end}"),
        };
        let body: String = items.into_iter().map(item).collect();
        Self::of_status(described.map_or(200, |described| described.status)).with(media_type, body)
    }

    pub fn with(mut self, media_type: &str, body: impl Into<Bytes>) -> Self {
        self.set_header("content-type", media_type);
        self.body = body.into();
        self
    }

    pub fn set_header(&mut self, name: &str, value: &str) {
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    /// The reply as a transport gives it.
    pub fn response(self) -> Result<Response, TransportError> {
        let start = Builder::new().status(self.status);
        let headers = self.headers.iter();
        let builder = headers.fold(start, |builder, (name, value)| builder.header(name, value));
        let refuse = |error| TransportError::new(Delivery::Refused, error);
        builder.body(self.body).map(Response::from).map_err(refuse)
    }
}

/// A value of a test as JSON.
pub fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_else(|error| panic!("this is not JSON: {error}"))
}

fn is_json(media_type: &str) -> bool {
    let name = media_type.split(';').next().unwrap_or_default().trim_end();
    name.ends_with("/json") || name.ends_with("+json")
}
