//! Whether a request was sent, which decides what a call that took too long becomes.

use std::error::Error as StdError;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use reqwest::Request;

use super::{Sending, TransportError};

const WAITING: u8 = 0;
const LEAVING: u8 = 1;
const GIVEN_UP: u8 = 2;

/// Whether a request was sent. The [`Transport`](super::Transport) sets it.
///
/// A call that ends before [`begin`](Self::begin) was never sent, so any call can be made again.
#[derive(Clone, Debug, Default)]
pub struct SendProgress(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    state: AtomicU8,
    /// What is sent, for a transport that answers by itself.
    #[cfg(feature = "mock")]
    call: Option<super::Attempt>,
}

impl SendProgress {
    /// The progress of an attempt.
    #[cfg_attr(not(feature = "mock"), expect(unused_variables, reason = "only a mock reads it"))]
    pub(super) fn of(call: &super::Attempt) -> Self {
        Self(Arc::new(Inner {
            state: AtomicU8::new(WAITING),
            #[cfg(feature = "mock")]
            call: Some(call.clone()),
        }))
    }

    /// The attempt that it is the progress of.
    #[cfg(feature = "mock")]
    pub(super) fn call(&self) -> Option<&super::Attempt> {
        self.0.call.as_ref()
    }

    /// Says that the request is sent now. If it returns `false`, the call has ended before, and the
    /// request must not be sent.
    pub fn begin(&self) -> bool {
        self.change(LEAVING)
    }

    /// Ends the request; whether it was never sent.
    pub(super) fn give_up(&self) -> bool {
        self.change(GIVEN_UP)
    }

    /// The first change counts, so that both sides see the same.
    fn change(&self, to: u8) -> bool {
        let swapped =
            self.0.state.compare_exchange(WAITING, to, Ordering::AcqRel, Ordering::Acquire);
        swapped.map_or_else(|now| now == to, |_| true)
    }

    fn is_given_up(&self) -> bool {
        self.0.state.load(Ordering::Acquire) == GIVEN_UP
    }
}

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
            false => TransportError::after_sending(error),
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
    fn what_has_begun_cannot_be_given_up_and_the_other_way_round() {
        let progress = SendProgress::default();
        assert!(progress.begin() && progress.begin());
        assert!(!progress.give_up() && progress.begin());
        let progress = SendProgress::default();
        assert!(progress.clone().give_up() && progress.give_up());
        assert!(!progress.begin() && progress.give_up());
    }

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
