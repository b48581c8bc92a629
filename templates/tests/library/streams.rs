//! Replies that come piece by piece.

use std::sync::Arc;
use std::time::{Duration, Instant};

use templates::types::Item;
use templates::{Client, ClientBuilder, Clock, ErrorKind, Sleep};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use crate::client;
use crate::desk::Desk;

/// A server that sends this head and these pieces, a chunk each, and then stays silent or closes
/// the connection in the middle.
async fn dripping(pieces: &'static [&'static str], then_close: bool) -> ClientBuilder {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            answer(&mut stream, pieces).await;
            if !then_close {
                std::future::pending::<()>().await;
            }
        }
    });
    Client::builder().api_key("key").base_url(url)
}

async fn answer(stream: &mut TcpStream, pieces: &[&str]) {
    let mut request = [0; 4096];
    let _ = stream.read(&mut request).await;
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nx-credits-left: 7\r\n\
                transfer-encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).await.expect("a connection");
    for piece in pieces {
        let chunk = format!("{:x}\r\n{piece}\r\n", piece.len());
        stream.write_all(chunk.as_bytes()).await.expect("a connection");
        stream.flush().await.expect("a connection");
    }
}

#[tokio::test]
async fn events_come_before_the_reply_ends() {
    let pieces = &["event: add\nid: 7\nda", "ta: {\"kind\":\"gap\",\ndata: \"width\":3}\n", "\n"];
    let client = dripping(pieces, false).await.build().expect("a client");
    let reply = client.desk().follow_news().await.expect("a head");
    assert_eq!(client.known_credits(), Some(7.0), "the head is learned from");
    let mut events = reply.into_body();
    let event = events.next().await.expect("an event").expect("JSON");
    assert!(matches!(&event.data, Item::Gap(gap) if gap.width == 3.0), "{event:?}");
    assert_eq!((event.name.as_deref(), event.id.as_deref()), (Some("add"), Some("7")));
}

/// A clock whose time is up when a test says so.
#[derive(Clone, Debug, Default)]
struct Alarm(Arc<Notify>);

impl Clock for Alarm {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn sleep(&self, _: Duration) -> Sleep {
        let alarm = self.0.clone();
        Box::pin(async move { alarm.notified().await })
    }
}

#[tokio::test]
async fn silence_ends_a_stream() {
    let alarm = Alarm::default();
    let server = dripping(&["data: {}\n\n"], false).await;
    let client = server.clock(alarm.clone()).build().expect("a client");
    let mut events = client.desk().follow_news().await.expect("a head").into_body();
    assert!(events.next().await.expect("an event").is_ok());
    alarm.0.notify_one();
    let error = events.next().await.expect("an error").expect_err("silence");
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn a_lost_connection_ends_a_stream() {
    let client = dripping(&["data: {}\n\n", "data: {"], true).await.build().expect("a client");
    let mut events = client.desk().follow_news().await.expect("a head").into_body();
    assert!(events.next().await.expect("an event").is_ok());
    let error = events.next().await.expect("an error").expect_err("a cut");
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn a_faulty_item_ends_nothing() {
    let body = b"{\"kind\":\"gap\",\"width\":3}\n\nnonsense\n{\"kind\":\"volume\",\"title\":\"a\"}";
    let desk = Desk::answering(&[(200, "application/jsonl", body)]).await;
    let mut items = client(&desk).desk().read_log().await.expect("a head").into_body();
    assert!(matches!(items.next().await, Some(Ok(Item::Gap(_)))));
    let error = items.next().await.expect("an item").expect_err("no JSON");
    assert_eq!((error.kind(), error.body()), (ErrorKind::Decode, Some(&b"nonsense"[..])));
    assert!(matches!(items.next().await, Some(Ok(Item::Volume(_)))));
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn an_item_has_a_greatest_size() {
    let server = dripping(&["data: 12345678901234567890\n"], false).await;
    let client = server.max_body(10).build();
    let call = client.expect("a client").desk().follow_news();
    let mut events = call.await.expect("a head").into_body();
    let error = events.next().await.expect("an error").expect_err("too large");
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn failures_are_read_whole_and_repeated() {
    let event: &[u8] = b"data: {\"kind\":\"cat\"}\n\n";
    let answers = [(503, "application/json", &b"{}"[..]), (200, "text/event-stream", event)];
    let desk = Desk::answering(&answers).await;
    let mut events = client(&desk).desk().follow_news().await.expect("a head").into_body();
    assert!(
        matches!(events.next().await, Some(Ok(event)) if matches!(*event, Item::Unrecognized(_)))
    );
    assert!(events.next().await.is_none());
    assert_eq!(desk.seen().len(), 2);
    assert_eq!(desk.seen()[0].headers["accept"], "text/event-stream");
}
