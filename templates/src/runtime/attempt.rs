//! One attempt: a request out, a whole reply in.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::Response;

use super::client::Shared;
use super::clock::before;
use super::operation::EVERY_TYPE;
use super::reply::Meta;
use super::{Clock, Phase, Sending, TransportError};

/// What an attempt gives.
pub type Attempted = Result<(Meta, Body), Failure>;

/// The body of a reply.
pub enum Body {
    /// All of it.
    Whole(Bytes),
    /// Its pieces are still to come.
    Open(Box<Open>),
}

/// A reply whose body is still to come.
pub struct Open {
    pub response: Response,
    pub clock: Arc<dyn Clock>,
    /// The longest pause between two pieces.
    pub idle: Duration,
    /// The most that a piece of its content may have.
    pub most: usize,
}

/// Why an attempt has no whole reply.
pub enum Failure {
    /// The time was up in this phase.
    Late(Phase, Option<TransportError>),
    /// The connection failed, after the head of the reply or before.
    Lost(Option<Meta>, TransportError),
    /// The body has more bytes than it may have.
    TooLarge(Meta),
}

/// Sends once and waits no longer than this for the whole reply, or for its head where the body is
/// one of those that come piece by piece, with so long a pause between two of them.
pub async fn attempt(
    shared: &Shared,
    sending: Sending<'_>,
    time: Duration,
    streams: &[&str],
    idle: Duration,
) -> Attempted {
    let mut alarm = shared.clock.sleep(time);
    let mut response = match before(&mut alarm, pin!(sending)).await {
        None => return Err(Failure::Late(Phase::Response, None)),
        Some(Err(error)) => return Err(unsent(error)),
        Some(Ok(response)) => response,
    };
    let headers = std::mem::take(response.headers_mut());
    let meta = Meta { status: response.status(), headers };
    if stays_open(&meta, shared, streams) {
        let (clock, most) = (shared.clock.clone(), shared.max_body);
        return Ok((meta, Body::Open(Box::new(Open { response, clock, idle, most }))));
    }
    let body = whole_body(&mut response, shared.max_body);
    match before(&mut alarm, pin!(body)).await {
        None => Err(Failure::Late(Phase::Body, None)),
        Some(Ok(body)) => Ok((meta, Body::Whole(body))),
        Some(Err(Cut::TooLarge)) => Err(Failure::TooLarge(meta)),
        Some(Err(Cut::Lost(error))) => Err(Failure::Lost(Some(meta), error)),
    }
}

/// Whether a reply is a success of a media type that comes piece by piece. JSON that may say of
/// itself that it is none is read whole.
fn stays_open(meta: &Meta, shared: &Shared, streams: &[&str]) -> bool {
    let may_fail = shared.signals.success_field.is_some() && meta.is("application/json");
    let is_one = |media_type: &&str| *media_type == EVERY_TYPE || meta.is(media_type);
    meta.status.is_success() && !may_fail && streams.iter().any(is_one)
}

/// The HTTP client has a limit of its own for connecting.
fn unsent(error: TransportError) -> Failure {
    match (error.timed_out(), error.delivery()) {
        (true, super::Delivery::NotSent) => Failure::Late(Phase::Connect, Some(error)),
        _ => Failure::Lost(None, error),
    }
}

/// Why a body did not come in full.
pub enum Cut {
    /// It has more bytes than it may have.
    TooLarge,
    /// The connection failed.
    Lost(TransportError),
}

/// The pieces are kept as they came, so that a body that is too large costs no more than it may
/// have: a buffer that doubles would.
pub async fn whole_body(response: &mut Response, max: usize) -> Result<Bytes, Cut> {
    let mut pieces: Vec<Bytes> = Vec::new();
    let mut size = 0;
    loop {
        match response.chunk().await {
            Ok(None) => return Ok(joined(pieces, size)),
            Ok(Some(piece)) if size + piece.len() <= max => {
                size += piece.len();
                pieces.push(piece);
            }
            Ok(Some(_)) => return Err(Cut::TooLarge),
            Err(error) => return Err(Cut::Lost(error.into())),
        }
    }
}

fn joined(mut pieces: Vec<Bytes>, size: usize) -> Bytes {
    if pieces.len() == 1 {
        return pieces.swap_remove(0);
    }
    let mut whole = BytesMut::with_capacity(size);
    for piece in pieces {
        whole.extend_from_slice(&piece);
    }
    whole.freeze()
}
