//! Replies of bytes that come piece by piece: downloads.

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

/// An operation whose reply is bytes, or may be. [`Call::stream`] gives them as they come.
pub trait Download: Operation {
    /// Its policy where they do.
    const STREAMED: Policy = Self::POLICY.downloading();
}

impl<Op: Download> Call<Op> {
    /// Sends the call and gives the bytes of its reply as they come, instead of all at once.
    ///
    /// ```text
    /// let mut pieces = client.books().cover(7).stream().await?.into_body();
    /// while let Some(piece) = pieces.next().await {
    ///     file.write_all(&piece?).await?;
    /// }
    /// ```
    ///
    /// Up to the head of the reply this is a call like any other, with limits and retries; after
    /// it nothing is repeated. Where the reply may have several forms, the bytes are those of any
    /// of them: [`status`](Reply::status) and the header `content-type` tell which it is.
    ///
    /// # Errors
    /// Those of [`send`](Self::send). What goes wrong after the head is an item of the stream.
    pub async fn stream(self) -> Result<Reply<ByteStream>, Error> {
        let mut request = self.into_request();
        request.accept(Op::ACCEPT);
        let received = send::send(request, Op::ID, Op::SECURITY, &Op::STREAMED).await?;
        let body = ByteStream::new(&received);
        Ok(Reply::new(body, received))
    }
}

/// The bytes of a reply, as they come.
///
/// They may be any number: [`max_body`](crate::ClientBuilder::max_body) does not bound them. The
/// time that an attempt may take covers the head of the reply, and then each pause between two
/// pieces. An error is the last item; without one, all bytes have come that the service promised.
#[must_use = "pieces come when `next` asks for them"]
pub struct ByteStream {
    /// Boxed, because it is moved with the reply.
    source: Box<Source>,
}

impl ByteStream {
    fn new(received: &Received) -> Self {
        Self { source: Box::new(Source::new(received)) }
    }

    /// How many bytes come from first to last; `None` where the service does not say, or
    /// compresses them on their way.
    pub fn content_length(&self) -> Option<u64> {
        self.source.content_length()
    }

    /// The next piece, as large as it came; `None` where there are no more.
    ///
    /// Whoever drops the future loses nothing: the next one takes up where it was.
    ///
    /// # Errors
    /// In an item: [`ErrorKind::Timeout`](crate::ErrorKind::Timeout) where nothing came for too
    /// long, and [`ErrorKind::Transport`](crate::ErrorKind::Transport) where the connection was
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
