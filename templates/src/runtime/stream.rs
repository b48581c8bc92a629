//! The bytes of a reply, as they come.

use std::future::Future;
use std::pin::Pin;
use std::sync::PoisonError;
use std::task::{Context, Poll};

use bytes::Bytes;
use reqwest::Method;
use reqwest::header::CONTENT_LENGTH;

use super::attempt::Open;
use super::clock::within;
use super::reply::Meta;
use super::{Attempt, Delivery, Error, ErrorKind, Phase, Received, Timing, TransportError};

type Reading = Pin<Box<dyn Future<Output = (Open, Read)> + Send>>;

/// `None` where nothing came for too long.
type Read = Option<Result<Option<Bytes>, TransportError>>;

/// The bytes of a reply, as they come.
pub struct Source {
    state: State,
    most: usize,
    end: Option<&'static str>,
    /// How many bytes the service has promised that have not come yet.
    missing: u64,
    meta: Meta,
    call: Attempt,
    timing: Timing,
}

enum State {
    /// All of them came with the reply.
    Whole(Bytes),
    Waiting(Reading),
    Over,
}

impl Source {
    pub fn new(received: &Received) -> Self {
        let open = received.open.as_ref().and_then(|open| {
            // The first who asks for the items has them.
            open.lock().unwrap_or_else(PoisonError::into_inner).take()
        });
        let Received { meta, call, timing, .. } = received.clone();
        let missing = promised(&meta, &call).filter(|_| open.is_some()).unwrap_or_default();
        let most = open.as_ref().map_or(usize::MAX, |open| open.most);
        let end = open.as_ref().and_then(|open| open.end);
        let state = open.map_or_else(|| State::Whole(received.body.clone()), reading);
        Self { state, most, end, missing, meta, call, timing }
    }

    /// How many bytes come in all, where that is known.
    pub fn content_length(&self) -> Option<u64> {
        promised(&self.meta, &self.call)
    }

    /// The most that an item may have.
    pub fn most(&self) -> usize {
        self.most
    }

    /// Whether this item says that no more come.
    pub fn ends_with(&self, item: &str) -> bool {
        self.end.is_some_and(|end| end == item.trim())
    }

    /// Takes no more: the connection is given up where there is more to come.
    pub fn close(&mut self) {
        self.state = State::Over;
    }

    pub fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        let read = match &mut self.state {
            State::Over => return Poll::Ready(None),
            State::Whole(body) => {
                let body = std::mem::take(body);
                self.state = State::Over;
                return Poll::Ready(Some(Ok(body)));
            }
            State::Waiting(reading) => std::task::ready!(reading.as_mut().poll(context)),
        };
        self.state = State::Over;
        Poll::Ready(match read {
            (open, Some(Ok(Some(piece)))) => {
                self.missing = self.missing.saturating_sub(piece.len() as u64);
                self.state = reading(open);
                Some(Ok(piece))
            }
            (_, Some(Ok(None))) if self.missing > 0 => Some(Err(self.early())),
            (_, Some(Ok(None))) => None,
            (_, Some(Err(error))) => Some(Err(self.lost(error))),
            (_, None) => Some(Err(self.late())),
        })
    }

    fn lost(&self, error: TransportError) -> Error {
        let what = match error.delivery() {
            Delivery::Malformed => "cannot be unpacked",
            _ => "was cut off",
        };
        self.error(ErrorKind::Transport, what, Bytes::new()).with_source(error)
    }

    /// HTTP itself finds out where a reply ends too early, but not every transport is HTTP.
    fn early(&self) -> Error {
        let what = format!("ended {} bytes too early", self.missing);
        self.error(ErrorKind::Transport, &what, Bytes::new())
    }

    fn late(&self) -> Error {
        let what = "was silent for too long";
        self.error(ErrorKind::Timeout, what, Bytes::new()).with_phase(Phase::Body)
    }

    /// An item that is too large: nothing after it can be read.
    pub fn too_large(&mut self) -> Error {
        self.state = State::Over;
        let what = format!("has an item that is larger than {} bytes", self.most);
        self.error(ErrorKind::BodyTooLarge, &what, Bytes::new())
    }

    /// An item that is not what the description promises.
    pub fn faulty(&self, error: &dyn std::error::Error, text: String) -> Error {
        let what = format!("has an item that cannot be read: {error}");
        self.error(ErrorKind::Decode, &what, text.into())
    }

    fn error(&self, kind: ErrorKind, what: &str, body: Bytes) -> Error {
        let message = format!("the reply to {} {what}", self.call);
        Error::new(kind, message).with_timing(self.timing).with_reply(self.meta.clone(), body)
    }
}

/// `Content-Length`, which is gone where a body was unpacked. A reply to HEAD has that of a body
/// which does not come (RFC 9110, 9.3.2).
fn promised(meta: &Meta, call: &Attempt) -> Option<u64> {
    if call.method == Method::HEAD { None } else { meta.text(CONTENT_LENGTH)?.parse().ok() }
}

/// The next piece. The reply goes along and comes back, so that nothing is lost where nobody
/// waits for the piece any more.
fn reading(mut open: Open) -> State {
    State::Waiting(Box::pin(async move {
        let Open { clock, idle, response, unpacker, .. } = &mut open;
        let read = within(&**clock, Some(*idle), unpacker.next(response)).await;
        (open, read)
    }))
}

#[cfg(test)]
mod tests {
    use reqwest::header::{CONTENT_LENGTH, HeaderMap, HeaderValue};
    use reqwest::{Method, StatusCode};

    use super::{Attempt, Meta, promised};

    #[test]
    fn a_reply_to_head_promises_nothing() {
        let headers = HeaderMap::from_iter([(CONTENT_LENGTH, HeaderValue::from_static("9"))]);
        let meta = Meta::new(StatusCode::OK, headers);
        let call = |method| Attempt { operation: "cover", method, path: "/cover", resends: 0 };
        assert_eq!(promised(&meta, &call(Method::GET)), Some(9));
        assert_eq!(promised(&meta, &call(Method::HEAD)), None);
    }
}
