//! Downloads: replies that are streams of bytes.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

#[cfg(feature = "blocking")]
pub use self::reader::ByteReader;
use super::stream::Source;
use super::{Call, Error, Operation, Policy, Received, Reply, send};

#[cfg(feature = "blocking")]
mod reader;

/// An operation whose reply is bytes, or may be. [`Call::stream`] returns them as they arrive.
pub trait Download: Operation {
    /// Its policy for streams.
    const STREAMED: Policy = Self::POLICY.downloading();
}

impl<Op: Download> Call<Op> {
    /// Sends the call and returns the bytes of its reply as they arrive, instead of all at once.
    ///
    /// ```text
    /// let mut chunks = client.books().cover(7).stream().await?.into_body();
    /// while let Some(chunk) = chunks.next().await {
    ///     file.write_all(&chunk?).await?;
    /// }
    /// ```
    ///
    /// Until the head of the reply arrives, this is a call like any other, with limits and retries.
    /// After that nothing is repeated. If the operation has several replies, the bytes are those of
    /// any of them: [`status`](Reply::status) and the header `content-type` say which.
    ///
    /// # Errors
    /// Those of [`send`](Self::send). An error after the head is an item of the stream.
    pub async fn stream(self) -> Result<Reply<ByteStream>, Error> {
        let mut request = self.into_request();
        request.accept(Op::ACCEPT);
        let received = send::send(request, Op::ID, Op::SECURITY, &Op::STREAMED).await?;
        let body = ByteStream::new(&received);
        Ok(Reply::of(body, received))
    }
}

/// The bytes of a reply, as they arrive.
///
/// Their number is not limited by [`max_body`](crate::ClientBuilder::max_body). The time limit of
/// an attempt applies to the head of the reply, and then to each pause between two chunks. An error
/// is the last item. Without an error, all bytes of the reply were received.
#[must_use = "pieces come when `next` asks for them"]
pub struct ByteStream {
    /// Boxed, because it is moved with the reply.
    source: Box<Source>,
}

impl ByteStream {
    fn new(received: &Received) -> Self {
        Self { source: Box::new(Source::new(received)) }
    }

    /// The total number of bytes; `None` if the service does not state it, or compresses them.
    pub fn content_length(&self) -> Option<u64> {
        self.source.content_length()
    }

    /// The next chunk, as large as it was received; `None` after the last.
    ///
    /// The future can be dropped without loss: the next one continues.
    ///
    /// # Errors
    /// As an item: [`ErrorKind::Timeout`](crate::ErrorKind::Timeout) if nothing was received for
    /// too long, and [`ErrorKind::Transport`](crate::ErrorKind::Transport) if the connection was
    /// lost.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().source.poll(context)
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream").finish_non_exhaustive()
    }
}
