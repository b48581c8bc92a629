//! One attempt: a request out, a whole reply in.

use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::CONTENT_LENGTH;

use super::client::Shared;
use super::clock::before;
use super::operation::{EVERY_TYPE, ITEMS};
use super::platform::Response;
use super::reply::Meta;
use super::unpack::{UnknownCoding, Unpacker};
use super::{Clock, Delivery, Phase, Policy, SendProgress, Sending, TransportError};

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
    pub unpacker: Unpacker,
    pub clock: Arc<dyn Clock>,
    /// The longest pause between two pieces.
    pub idle: Duration,
    /// The most that a piece of its content may have.
    pub most: usize,
    /// The item after which no more come.
    pub end: Option<&'static str>,
}

/// Why an attempt has no whole reply.
pub enum Failure {
    /// The time was up in this phase.
    Late(Phase, Option<TransportError>),
    /// The connection failed, after the head of the reply or before.
    Lost(Option<Meta>, TransportError),
    /// The body has more bytes than it may have.
    TooLarge(Meta),
    /// The body of a success is packed in a way that nobody asked for.
    Packed(Meta, Box<(Bytes, UnknownCoding)>),
}

/// How an attempt is to go. It is handed on by reference, which keeps calls small.
pub struct Terms {
    /// The longest that it may take: to its end, or to the head of a reply that stays open.
    pub time: Duration,
    /// The longest pause between two pieces of such a reply.
    pub idle: Duration,
    /// It says which replies stay open.
    pub policy: &'static Policy,
    pub progress: SendProgress,
}

/// Sends once and waits for the whole reply, or for its head where the body is one of those that
/// come piece by piece.
pub async fn attempt(shared: &Shared, mut sending: Sending<'_>, terms: &Terms) -> Attempted {
    let mut alarm = shared.clock.sleep(terms.time);
    let mut response = match before(&mut alarm, sending.as_mut()).await {
        // While it connects, a request was not sent, however long that may take.
        None if terms.progress.give_up() => return Err(Failure::Late(Phase::Connect, None)),
        None => return Err(Failure::Late(Phase::Response, None)),
        Some(Err(error)) => return Err(unsent(error)),
        Some(Ok(response)) => response,
    };
    let mut unpacker = Unpacker::take_from(response.headers_mut());
    let headers = std::mem::take(response.headers_mut());
    let meta = Meta::new(response.status(), headers);
    if unpacker.is_known() && stays_open(&meta, shared, terms.policy.streams) {
        let (clock, most, idle) = (shared.clock.clone(), shared.max_body, terms.idle);
        let end = terms.policy.stream_end;
        let open = Open { response, unpacker, clock, idle, most, end };
        return Ok((meta, Body::Open(Box::new(open))));
    }
    let max = shared.max_body;
    // Boxed, so that calls that wait for their heads have no room for it.
    let body =
        before(&mut alarm, Box::pin(unpacked(&mut response, &mut unpacker, max)).as_mut()).await;
    match body {
        None => Err(Failure::Late(Phase::Body, None)),
        Some(Ok(body)) => match unreadable(&meta, &body, unpacker) {
            Some(unknown) => Err(Failure::Packed(meta, Box::new((body, *unknown)))),
            None => Ok((meta, Body::Whole(body))),
        },
        Some(Err(Cut::TooLarge)) => Err(Failure::TooLarge(meta)),
        Some(Err(Cut::Lost(error))) => Err(Failure::Lost(Some(meta), error)),
    }
}

/// The coding because of which a success cannot be read. What a failure says in one is of no use,
/// but its status is.
fn unreadable(meta: &Meta, body: &Bytes, unpacker: Unpacker) -> Option<Box<UnknownCoding>> {
    unpacker.unknown().filter(|_| meta.status.is_success() && !body.is_empty())
}

/// Whether a reply is a success of a media type that comes piece by piece. JSON that may say of
/// itself that it is none is read whole.
fn stays_open(meta: &Meta, shared: &Shared, streams: &[&str]) -> bool {
    let may_fail = || shared.conventions.success_field.is_some() && meta.is("application/json");
    let is_one = |media_type: &&str| match *media_type {
        EVERY_TYPE => true,
        ITEMS => may_hold_items(meta),
        media_type => meta.is(media_type) && has_body(meta),
    };
    meta.status.is_success() && streams.iter().any(is_one) && !may_fail()
}

/// Whether a reply may be items by its media type, which not every service states rightly: what is
/// known to be something else is read whole.
fn may_hold_items(meta: &Meta) -> bool {
    const OTHERS: [&str; 5] =
        ["application/json", "application/xml", "text/html", "text/json", "text/xml"];
    let stated = meta.media_type();
    let is_lines = stated == "application/stream+json";
    let is_other =
        OTHERS.contains(&&*stated) || stated.ends_with("+json") || stated.ends_with("+xml");
    let is_nothing = stated.is_empty() && meta.text(CONTENT_LENGTH) == Some("0");
    has_body(meta) && !is_nothing && (is_lines || !is_other)
}

/// Whether there is anything to read (RFC 9110, 15.3.5 and 15.3.6).
fn has_body(meta: &Meta) -> bool {
    !matches!(meta.status.as_u16(), 204 | 205)
}

/// The HTTP client has a limit of its own for connecting.
fn unsent(error: TransportError) -> Failure {
    match (error.timed_out(), error.delivery()) {
        (true, Delivery::NotSent) => Failure::Late(Phase::Connect, Some(error)),
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

/// The body of a response whose headers are still there, unpacked.
pub async fn whole_body(response: &mut Response, max: usize) -> Result<Bytes, Cut> {
    let mut unpacker = Unpacker::take_from(response.headers_mut());
    let body = unpacked(response, &mut unpacker, max).await?;
    match unpacker.unknown().filter(|_| !body.is_empty()) {
        Some(error) => Err(Cut::Lost(TransportError::new(Delivery::Malformed, error))),
        None => Ok(body),
    }
}

/// The pieces are kept as they came, so that a body that is too large costs no more than it may
/// have: a buffer that doubles would.
async fn unpacked(
    response: &mut Response,
    unpacker: &mut Unpacker,
    max: usize,
) -> Result<Bytes, Cut> {
    // Most bodies come in one piece, and need no list.
    let (mut first, mut more, mut size) = (Bytes::new(), Vec::new(), 0);
    while let Some(piece) = unpacker.next(response).await.map_err(Cut::Lost)? {
        size += piece.len();
        if size > max {
            return Err(Cut::TooLarge);
        }
        match first.is_empty() {
            true => first = piece,
            false => more.push(piece),
        }
    }
    Ok(joined(first, &more, size))
}

fn joined(first: Bytes, more: &[Bytes], size: usize) -> Bytes {
    if more.is_empty() {
        return first;
    }
    let mut whole = BytesMut::with_capacity(size);
    whole.extend_from_slice(&first);
    more.iter().for_each(|piece| whole.extend_from_slice(piece));
    whole.freeze()
}

#[cfg(test)]
mod tests {
    use reqwest::StatusCode;
    use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};

    use super::*;

    fn meta(status: u16, headers: &[(HeaderName, &'static str)]) -> Meta {
        let headers =
            headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value)));
        let status = StatusCode::from_u16(status).expect("a status");
        Meta::new(status, HeaderMap::from_iter(headers))
    }

    #[test]
    fn a_reply_may_hold_items_unless_it_is_known_to_be_something_else() {
        for (media_type, expected) in [
            ("application/x-ndjson", true),
            ("application/octet-stream", true),
            ("text/plain; charset=utf-8", true),
            ("application/stream+json", true),
            ("APPLICATION/STREAM+JSON; q=1", true),
            ("", true),
            ("application/json", false),
            ("Application/JSON; charset=utf-8", false),
            ("application/problem+json", false),
            ("text/json", false),
            ("text/html", false),
            ("text/xml", false),
            ("application/xml", false),
            ("image/svg+xml", false),
        ] {
            let meta = meta(200, &[(CONTENT_TYPE, media_type)]);
            assert_eq!(may_hold_items(&meta), expected, "{media_type}");
        }
    }

    #[test]
    fn a_reply_without_a_body_holds_no_items() {
        assert!(may_hold_items(&meta(200, &[])), "no media type");
        assert!(!may_hold_items(&meta(200, &[(CONTENT_LENGTH, "0")])));
        let lines = (CONTENT_TYPE, "application/x-ndjson");
        assert!(
            may_hold_items(&meta(200, &[lines.clone(), (CONTENT_LENGTH, "0")])),
            "no items yet"
        );
        for status in [204, 205] {
            assert!(!may_hold_items(&meta(status, std::slice::from_ref(&lines))), "{status}");
        }
    }

    #[tokio::test]
    async fn a_body_in_an_unknown_coding_is_malformed_unless_it_is_empty() {
        for (text, expected) in [("x", false), ("", true)] {
            let response = http::Response::builder().header("content-encoding", "br").body(text);
            let mut response = Response::from(response.expect("a response"));
            match whole_body(&mut response, 10).await {
                Ok(body) => assert!(expected && body.is_empty()),
                Err(Cut::Lost(error)) => {
                    assert!(!expected && error.delivery() == Delivery::Malformed);
                }
                Err(Cut::TooLarge) => panic!("{text:?} is not too large"),
            }
        }
    }

    /// Sends to a service that accepts no more connections, because so many wait that it neither
    /// takes nor refuses another one.
    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn a_connection_that_takes_too_long_carried_no_request() {
        let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
        socket.bind("127.0.0.1:0".parse().expect("an address")).expect("a free port");
        let listener = socket.listen(1).expect("a listener");
        let address = listener.local_addr().expect("an address");
        let mut waiting = Vec::new();
        let soon = Duration::from_millis(200);
        while let Ok(connection) =
            tokio::time::timeout(soon, tokio::net::TcpStream::connect(address)).await
        {
            waiting.push(connection);
        }
        let http = reqwest::Client::builder().no_proxy().connect_timeout(soon).build();
        let sent = http.expect("a client").post(format!("http://{address}")).send().await;
        let failure = unsent(sent.expect_err("no connection").into());
        assert!(matches!(failure, Failure::Late(Phase::Connect, Some(_))));
    }

    #[tokio::test]
    async fn a_request_that_gets_no_reply_in_time_is_lost() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let soon = Duration::from_millis(100);
        let http = reqwest::Client::builder().no_proxy().timeout(soon).build();
        let sent = http.expect("a client").post(format!("http://{address}")).send().await;
        let error = TransportError::from(sent.expect_err("no reply"));
        assert!(error.timed_out());
        assert!(matches!(unsent(error), Failure::Lost(None, _)));
        let refused = TransportError::new(Delivery::NotSent, std::io::Error::other("refused"));
        assert!(matches!(unsent(refused), Failure::Lost(None, _)));
    }
}
