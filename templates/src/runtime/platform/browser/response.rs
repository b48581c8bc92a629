//! Replies of `fetch`, and those of transports without a network.

use std::pin::Pin;

use bytes::Bytes;
use futures_util::stream::{Stream, StreamExt};
use reqwest::StatusCode;
use reqwest::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap};
use send_wrapper::SendWrapper;

/// A reply whose body comes in pieces.
///
/// An `http::Response` of text or bytes becomes one by `into`.
pub struct Response {
    head: http::Response<()>,
    body: Body,
}

enum Body {
    /// It is here; `None` once it was read.
    Whole(Option<Bytes>),
    Fetched(SendWrapper<Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>>>>>),
}

impl Response {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.head.status()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.head.headers()
    }

    /// The headers, to be changed.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        self.head.headers_mut()
    }

    /// The number of bytes in the body, if it is stated.
    pub fn content_length(&self) -> Option<u64> {
        self.headers().get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
    }

    /// The next piece of the body; `None` if there are no more.
    ///
    /// # Errors
    /// If the connection failed.
    pub async fn chunk(&mut self) -> reqwest::Result<Option<Bytes>> {
        match &mut self.body {
            Body::Whole(body) => Ok(body.take().filter(|body| !body.is_empty())),
            Body::Fetched(pieces) => pieces.next().await.transpose(),
        }
    }
}

impl<T: Into<Bytes>> From<http::Response<T>> for Response {
    fn from(response: http::Response<T>) -> Self {
        let (head, body) = response.into_parts();
        Self { head: http::Response::from_parts(head, ()), body: Body::Whole(Some(body.into())) }
    }
}

/// The browser has unpacked the body already, and its headers still say how it was packed.
impl From<reqwest::Response> for Response {
    fn from(mut response: reqwest::Response) -> Self {
        let mut head = http::Response::new(());
        *head.status_mut() = response.status();
        *head.headers_mut() = std::mem::take(response.headers_mut());
        if head.headers_mut().remove(CONTENT_ENCODING).is_some() {
            head.headers_mut().remove(CONTENT_LENGTH);
        }
        let pieces: Pin<Box<dyn Stream<Item = _>>> = Box::pin(response.bytes_stream());
        Self { head, body: Body::Fetched(SendWrapper::new(pieces)) }
    }
}
