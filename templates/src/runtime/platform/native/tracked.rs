//! Requests that say when they are sent.

use std::error::Error as StdError;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use reqwest::Request;

use super::failures::after_sending;
use crate::runtime::{SendProgress, Sending, TransportError};

/// Sends a request by reqwest and says when it is sent.
///
/// hyper asks a body whether it is empty when a connection takes the request, and not before:
/// while no connection is there, and while the request waits for one, it does not. A request that
/// was given up just then ends in an error before its head is written.
pub fn tracked<'a>(
    client: &'a reqwest::Client,
    mut request: Request,
    progress: SendProgress,
) -> Sending<'a> {
    let inner = request.body_mut().take().unwrap_or_default();
    let body = Tracked { inner, progress: progress.clone() };
    *request.body_mut() = Some(reqwest::Body::wrap(body));
    let reply = client.execute(request);
    Box::pin(async move {
        reply.await.map_err(|error| match progress.give_up() {
            true => TransportError::from(error).not_sent(),
            false => after_sending(error),
        })
    })
}

/// A body that says when a connection takes it.
struct Tracked {
    inner: reqwest::Body,
    progress: SendProgress,
}

impl Body for Tracked {
    type Data = Bytes;
    type Error = Box<dyn StdError + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if !self.progress.begin() {
            return Poll::Ready(Some(Err("the call was given up".into())));
        }
        Pin::new(&mut self.inner).poll_frame(context).map_err(Into::into)
    }

    fn is_end_stream(&self) -> bool {
        self.progress.begin() && self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        // A length of nothing would end a request that was given up.
        match self.progress.is_given_up() {
            true => SizeHint::default(),
            false => self.inner.size_hint(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_begins_when_it_is_asked_for_its_end_and_not_for_its_length() {
        for (text, is_empty) in [("", true), ("text", false)] {
            let progress = SendProgress::default();
            let body = Tracked { inner: text.into(), progress: progress.clone() };
            assert_eq!(body.size_hint().exact(), Some(text.len() as u64));
            assert_eq!(body.is_end_stream(), is_empty);
            assert!(!progress.give_up());
        }
    }

    #[tokio::test]
    async fn a_body_that_was_given_up_is_never_whole() {
        for text in ["", "text"] {
            let progress = SendProgress::default();
            let mut body = Tracked { inner: text.into(), progress: progress.clone() };
            assert!(progress.give_up());
            assert!(!body.is_end_stream());
            assert_eq!(body.size_hint().exact(), None);
            let frame = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context));
            assert!(frame.await.is_some_and(|frame| frame.is_err()));
        }
    }
}
