//! Streams of items: server-sent events, JSON lines and JSON sequences.

use std::fmt;
use std::future::poll_fn;
use std::ops::Deref;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;

use self::frames::{Frames, Framing, Record};
use super::decode::{Undecodable, from_slice};
use super::json::Json;
use super::stream::Source;
use super::{Call, Error, Received};

mod ends;
mod event_objects;
mod frames;

/// The items of a reply, as they arrive.
///
/// The time limit of an attempt applies to the head of the reply, and then to each pause between
/// two chunks. The call is not repeated after the head was received. After an item that cannot be
/// decoded, the stream continues. Any other error is the last item.
#[must_use = "items come when `next` asks for them"]
pub struct ItemStream<T> {
    /// Boxed, because a reply may be one of several, and each is as large as the largest.
    source: Box<Source>,
    frames: Box<Frames>,
    read: Box<dyn Fn(Record) -> Result<T, Undecodable> + Send + Sync>,
}

/// Why a reply has no items.
fn no_items(received: &Received) -> Undecodable {
    let stated = received.meta.media_type();
    let what = if stated.is_empty() { "nothing" } else { &stated };
    let what = if received.body.is_empty() { "nothing" } else { what };
    Undecodable::new(format!("it has no items, but is {what}"))
}

/// A server-sent event. It derefs to its data.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event<T> {
    /// What was sent.
    pub data: T,
    /// The type of the event, unless it is `message`.
    pub name: Option<String>,
    /// The id of the last event that had one.
    pub id: Option<String>,
    /// How long to wait before connecting again.
    pub retry: Option<Duration>,
}

impl<T> Deref for Event<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.data
    }
}

impl<Op> Call<Op> {
    /// Requests the events after this one, if the service supports that. The
    /// [id](ItemStream::last_event_id) is sent as `Last-Event-ID` (HTML Standard, 9.2.4).
    ///
    /// ```text
    /// let last = events.last_event_id().map(str::to_owned);
    /// // … the connection is lost …
    /// let more = client.desk().follow_news().last_event_id(&last.unwrap_or_default()).await?;
    /// ```
    pub fn last_event_id(self, id: &str) -> Self {
        self.header("last-event-id", id)
    }
}

impl<T> ItemStream<T> {
    fn new(
        received: &Received,
        framing: Framing,
        read: impl Fn(Record) -> Result<T, Undecodable> + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        if received.open.is_none() {
            return Err(received.undecodable(&no_items(received)));
        }
        let source = Box::new(Source::new(received));
        let frames = Box::new(Frames::new(framing, source.most()));
        Ok(Self { source, frames, read: Box::new(read) })
    }

    /// The id of the last complete event, for [`Call::last_event_id`].
    pub fn last_event_id(&self) -> Option<&str> {
        self.frames.resumable()
    }

    /// How long the service wants a client to wait before it connects again: the last stated value,
    /// with or without an event.
    pub fn retry(&self) -> Option<Duration> {
        self.frames.retry()
    }

    /// The next item; `None` after the last.
    ///
    /// The future can be dropped without loss: the next one continues.
    ///
    /// # Errors
    /// As an item: [`ErrorKind::Decode`](crate::ErrorKind::Decode) if it cannot be decoded,
    /// [`ErrorKind::Timeout`](crate::ErrorKind::Timeout) if nothing was received for too long,
    /// [`ErrorKind::Transport`](crate::ErrorKind::Transport) if the connection was lost, and
    /// [`ErrorKind::BodyTooLarge`](crate::ErrorKind::BodyTooLarge) if an item is too large.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<T> Stream for ItemStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(record) = this.frames.next() {
                if this.source.ends_with(&record.data) {
                    this.frames.end();
                    this.source.close();
                    return Poll::Ready(None);
                }
                let text = record.data.clone();
                let item = (this.read)(record);
                return Poll::Ready(Some(item.map_err(|error| this.source.faulty(&error, text))));
            }
            if this.frames.are_too_large() {
                this.frames.end();
                return Poll::Ready(Some(Err(this.source.too_large())));
            }
            match this.source.poll(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Ok(piece))) => this.frames.feed(&piece),
                Poll::Ready(Some(Err(error))) => {
                    this.frames.end();
                    return Poll::Ready(Some(Err(error)));
                }
                Poll::Ready(None) if !this.frames.finish() => return Poll::Ready(None),
                Poll::Ready(None) => {}
            }
        }
    }
}

impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream").finish_non_exhaustive()
    }
}

impl Received {
    /// Server-sent events whose data are JSON.
    pub(crate) fn events<T: Json>(&self) -> Result<ItemStream<Event<T>>, Error> {
        let read = |record: Record| from_slice(record.data.as_bytes()).map(|it| record.event(it));
        ItemStream::new(self, Framing::Events, read)
    }

    /// Server-sent events whose data are texts.
    pub(crate) fn text_events(&self) -> Result<ItemStream<Event<String>>, Error> {
        let read = |mut record: Record| {
            let data = std::mem::take(&mut record.data);
            Ok(record.event(data))
        };
        ItemStream::new(self, Framing::Events, read)
    }

    /// JSON, a value a line, or values after RS.
    pub(crate) fn lines<T: Json>(&self) -> Result<ItemStream<T>, Error> {
        let read = |record: Record| from_slice(record.data.as_bytes());
        ItemStream::new(self, Framing::Lines, read)
    }
}
