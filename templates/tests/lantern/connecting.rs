//! C31: a call whose time is up while it connects was not sent, and says so.

use std::time::{Duration, Instant};

use lantern_client::{Client, ClientBuilder, Error, ErrorKind, Phase, Retry, types};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

use crate::assert_secret;
use crate::virtual_time::{BALANCE, RUN};
use crate::wire::{Then, Wire, reply};

const SHORT: Duration = Duration::from_millis(150);

/// Long enough to connect, however busy the machine is.
const ENOUGH: Duration = Duration::from_secs(2);

/// A port at which no connection is made any more: the queue of the system is full.
struct Full {
    listener: TcpListener,
    waiting: Vec<TcpStream>,
}

impl Full {
    async fn new() -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind("127.0.0.1:0".parse().expect("an address")).expect("a port");
        let listener = socket.listen(1).expect("a listener");
        let address = listener.local_addr().expect("an address");
        let mut waiting = Vec::new();
        while let Ok(connected) = tokio::time::timeout(SHORT, TcpStream::connect(address)).await {
            waiting.push(connected.expect("a connection"));
            assert!(waiting.len() < 100, "the queue never fills up");
        }
        Self { listener, waiting }
    }

    fn url(&self, scheme: &str) -> String {
        format!("{scheme}://{}", self.listener.local_addr().expect("an address"))
    }
}

/// A port that accepts every connection and says nothing on any.
async fn silent() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            held.push(stream);
        }
    });
    address
}

fn at(url: impl Into<String>) -> ClientBuilder {
    let builder = Client::builder().api_key(crate::KEY).base_url(url).no_proxy();
    builder.no_rate_limit("batches").timeout(SHORT)
}

async fn batch(client: &Client) -> Result<(), Error> {
    client.batches().phone(types::BatchRequest::new(vec!["a".into()], 5)).await.map(drop)
}

fn assert_not_sent(error: &Error) {
    assert_eq!((error.kind(), error.phase()), (ErrorKind::Timeout, Some(Phase::Connect)));
    assert!(error.is_retryable(), "{error:?}");
    assert_secret(error);
}

/// What may not be repeated is repeated here, as nothing was sent.
async fn assert_repeated(builder: ClientBuilder) {
    let retry = Retry::times(2).backoff(Duration::ZERO, Duration::ZERO);
    let client = builder.retry(retry).build().expect("a client");
    let began = Instant::now();
    let error = batch(&client).await.expect_err("no connection");
    assert_not_sent(&error);
    assert_eq!(error.timing().attempts, 3);
    assert!(began.elapsed() >= 3 * SHORT, "each attempt has its whole time");
}

#[tokio::test]
async fn c31_a_full_queue_of_the_system_was_not_reached() {
    let full = Full::new().await;
    assert_repeated(at(full.url("http"))).await;
    assert_repeated(at(full.url("https"))).await;
    drop(full.waiting);
}

#[tokio::test]
async fn c31_a_silent_handshake_of_tls_sends_nothing() {
    assert_repeated(at(format!("https://{}", silent().await))).await;
}

/// A proxy that accepts and never answers `CONNECT`.
#[tokio::test]
async fn c31_a_silent_proxy_sends_nothing() {
    let proxy = reqwest::Proxy::all(format!("http://{}", silent().await)).expect("a proxy");
    let http = reqwest::Client::builder().proxy(proxy).retry(reqwest::retry::never());
    let http = http.build().expect("an HTTP client");
    assert_repeated(at("https://127.0.0.1:9").http_client(http)).await;
}

#[tokio::test]
async fn c31_a_short_deadline_while_connecting_is_not_sent_either() {
    let client = at(format!("https://{}", silent().await)).timeout(Duration::from_secs(60));
    let client = client.deadline(SHORT).build().expect("a client");
    let error = batch(&client).await.expect_err("no connection");
    assert_not_sent(&error);
    assert_eq!(error.timing().attempts, 1);
    let error = client.credits().remaining().await.expect_err("no connection");
    assert_not_sent(&error);
}

/// The HTTP client's own limit for connecting says the same.
#[tokio::test]
async fn c31_the_limit_for_connecting_is_not_sent_either() {
    let builder = at(format!("https://{}", silent().await)).timeout(Duration::from_secs(60));
    let client = builder.connect_timeout(SHORT).build().expect("a client");
    let call = client.batches().phone(types::BatchRequest::new(vec!["a".into()], 5));
    let error = call.no_retry().await.expect_err("no connection");
    assert_not_sent(&error);
    assert_eq!(error.timing().attempts, 1);
}

/// Many calls of one client at once, some of which wait for the connection of another.
#[tokio::test]
async fn c31_calls_that_wait_for_the_same_connection_were_not_sent() {
    let url = format!("https://{}", silent().await);
    let client = at(url).no_rate_limit("credits").build().expect("a client");
    let calls = (0..8).map(|_| {
        let call = client.credits().remaining().no_retry();
        tokio::spawn(async move { call.await.map(drop) })
    });
    for call in calls.collect::<Vec<_>>() {
        assert_not_sent(&call.await.expect("no panic").expect_err("no connection"));
    }
}

/// As soon as a connection has taken a request, nobody can say that it was not sent.
#[tokio::test]
async fn c31_silence_after_the_request_stays_unknown() {
    let wire = Wire::new(Then::Say(Vec::new())).await;
    let client = at(format!("http://{}", wire.address)).timeout(ENOUGH);
    let client = client.build().expect("a client");
    for number in 1..=3 {
        let error = batch(&client).await.expect_err("silence");
        assert_eq!(error.kind(), ErrorKind::OutcomeUnknown);
        assert_eq!((error.phase(), error.timing().attempts), (Some(Phase::Response), 1));
        assert!(!error.is_retryable());
        assert_eq!(wire.requests(), number);
    }
    let error = client.credits().remaining().await.expect_err("silence");
    assert_eq!((error.kind(), error.phase()), (ErrorKind::Timeout, Some(Phase::Response)));
}

/// Nobody reads the request, but it may lie in the buffers of the other side.
#[tokio::test]
async fn c31_a_request_that_nobody_reads_may_have_arrived() {
    let address = silent().await;
    let client = at(format!("http://{address}")).timeout(ENOUGH).build().expect("a client");
    let error = batch(&client).await.expect_err("silence");
    assert_eq!((error.kind(), error.phase()), (ErrorKind::OutcomeUnknown, Some(Phase::Response)));
    let http = reqwest::Client::builder().no_proxy().http2_prior_knowledge();
    let http = http.retry(reqwest::retry::never()).build().expect("HTTP/2");
    let client = at(format!("http://{address}")).timeout(ENOUGH).http_client(http);
    let client = client.build().expect("a client");
    let error = batch(&client).await.expect_err("silence");
    assert_eq!((error.kind(), error.phase()), (ErrorKind::OutcomeUnknown, Some(Phase::Response)));
}

/// A connection that is kept takes a request at once, whatever became of new ones.
#[tokio::test]
async fn c31_a_kept_connection_that_falls_silent_is_no_failure_to_connect() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let _ = stream.read(&mut [0; 4096]).await;
        let first = reply("200 OK", "content-type: application/json\r\n", BALANCE.as_bytes());
        stream.write_all(&first).await.expect("a connection");
        std::future::pending::<()>().await;
    });
    let client = at(url).build().expect("a client");
    client.credits().remaining().timeout(10 * ENOUGH).await.expect("a reply");
    let error = client.credits().remaining().no_retry().await.expect_err("silence");
    assert_eq!((error.kind(), error.phase()), (ErrorKind::Timeout, Some(Phase::Response)));
}

/// Bodies go out whole, with their length, by both kinds of connection.
#[tokio::test]
async fn c31_requests_are_as_before() {
    let wire = Wire::new(Then::Say(reply("200 OK", "", RUN.as_bytes()))).await;
    let client = at(format!("http://{}", wire.address)).timeout(Duration::from_secs(10));
    let client = client.build().expect("a client");
    batch(&client).await.expect("a run");
    let head = wire.heads()[0].to_ascii_lowercase();
    assert!(head.contains("content-length: ") && !head.contains("transfer-encoding"), "{head}");
    let wire = Wire::new(Then::Say(reply("200 OK", "", BALANCE.as_bytes()))).await;
    let client = at(format!("http://{}", wire.address)).timeout(10 * ENOUGH);
    let client = client.build().expect("a client");
    client.credits().remaining().await.expect("a reply");
    let head = wire.heads()[0].to_ascii_lowercase();
    assert!(!head.contains("content-length") && !head.contains("transfer-encoding"), "{head}");
}
