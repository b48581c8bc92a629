//! Replies that come piece by piece.

use templates::types::Item;
use templates::{ClientBuilder, ErrorKind};

use crate::client;
use crate::desk::Desk;
use crate::drip::{Alarm, Then};

async fn dripping(pieces: &'static [&'static str], then: Then) -> ClientBuilder {
    crate::drip::dripping("text/event-stream", pieces, then).await
}

#[tokio::test]
async fn events_come_before_the_reply_ends() {
    let pieces = &["event: add\nid: 7\nda", "ta: {\"kind\":\"gap\",\ndata: \"width\":3}\n", "\n"];
    let client = dripping(pieces, Then::Silence).await.build().expect("a client");
    let reply = client.desk().follow_news().await.expect("a head");
    assert_eq!(client.known_credits(), Some(7.0), "the head is learned from");
    let mut events = reply.into_body();
    let event = events.next().await.expect("an event").expect("JSON");
    assert!(matches!(&event.data, Item::Gap(gap) if gap.width == 3.0), "{event:?}");
    assert_eq!((event.name.as_deref(), event.id.as_deref()), (Some("add"), Some("7")));
}

#[tokio::test]
async fn items_come_as_they_are_under_any_name() {
    let pieces = &["{\"kind\":\"gap\",\"width\":3}\n"];
    let server = crate::drip::dripping("text/plain", pieces, Then::Silence).await;
    let reply = server.build().expect("a client").desk().read_log().await.expect("a head");
    assert!(matches!(reply.into_body().next().await, Some(Ok(Item::Gap(_)))));
}

#[tokio::test]
async fn silence_ends_a_stream() {
    let alarm = Alarm::default();
    let server = dripping(&["data: {}\n\n"], Then::Silence).await;
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
    let client = dripping(&["data: {}\n\n", "data: {"], Then::Cut).await.build().expect("a client");
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
    assert_eq!(error.timing().attempts, 1);
    assert!(matches!(items.next().await, Some(Ok(Item::Volume(_)))));
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn an_item_has_a_greatest_size() {
    let server = dripping(&["data: 12345678901234567890\n"], Then::Silence).await;
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

#[tokio::test]
async fn a_value_of_a_sequence_may_have_several_lines() {
    let body =
        b"\x1E{\n \"kind\": \"gap\",\n \"width\": 3\n}\n\x1E{\"kind\":\x1E{\"kind\": \"cat\"}\n";
    let desk = Desk::answering(&[(200, "application/json-seq", body)]).await;
    let mut items = client(&desk).desk().read_log().await.expect("a head").into_body();
    assert!(matches!(items.next().await, Some(Ok(Item::Gap(_)))));
    let error = items.next().await.expect("an item").expect_err("cut off before the next one");
    assert_eq!((error.kind(), error.body()), (ErrorKind::Decode, Some(&b"{\"kind\":"[..])));
    assert!(matches!(items.next().await, Some(Ok(Item::Unrecognized(_)))));
    assert!(items.next().await.is_none());
}

/// C32: what has no items is an error that keeps its body, and no empty stream.
#[tokio::test]
async fn c32_what_is_no_stream_is_an_error_that_keeps_its_body() {
    for (status, media_type, body) in [
        (200, "text/html", &b"<h1>Hello</h1>"[..]),
        (200, "TEXT/HTML; charset=utf-8", b"<h1>Hello</h1>"),
        (200, "application/json", b"{\"ok\": true}"),
        (200, "application/problem+json", b"{\"title\": \"no\"}"),
        (204, "text/event-stream", b""),
        (204, "application/jsonl", b""),
    ] {
        let desk = Desk::answering(&[(status, media_type, body); 2]).await;
        let client = client(&desk);
        let events = client.desk().follow_news().await.map(drop);
        let lines = client.desk().read_log().await.map(drop);
        for error in [events, lines].map(|reply| reply.expect_err(media_type)) {
            assert_eq!(error.kind(), ErrorKind::Decode, "{media_type}: {error:?}");
            assert_eq!(error.body(), Some(body), "{media_type}");
            assert_eq!(error.status().map(|it| it.as_u16()), Some(status));
        }
    }
}

#[tokio::test]
async fn c32_a_stream_with_its_type_may_have_no_items() {
    let desk = Desk::answering(&[(200, "text/event-stream", b"")]).await;
    let mut events = client(&desk).desk().follow_news().await.expect("a head").into_body();
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn c32_an_end_mark_ends_a_stream_that_stays_open() {
    let pieces = &["data: {\"kind\":\"cat\"}\n\n", "data: [DONE]\n\ndata: {\"kind\":\"cat\"}\n\n"];
    let client = dripping(pieces, Then::Silence).await.build().expect("a client");
    let mut events = client.desk().follow_news().await.expect("a head").into_body();
    assert!(events.next().await.expect("an event").is_ok());
    assert!(events.next().await.is_none(), "nothing is waited for after the mark");
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn c32_a_stream_can_be_taken_up_where_it_ended() {
    let body: &[u8] = b"retry: 50\n\nid: 7\ndata: {\"kind\":\"cat\"}\n\nid: 8\ndata: {";
    let desk = Desk::answering(&[(200, "text/event-stream", body); 2]).await;
    let client = client(&desk);
    let mut events = client.desk().follow_news().await.expect("a head").into_body();
    assert_eq!((events.last_event_id(), events.retry()), (None, None));
    assert!(events.next().await.expect("an event").is_ok());
    assert!(events.next().await.is_none());
    let last = events.last_event_id().expect("an id").to_owned();
    assert_eq!((&*last, events.retry()), ("7", Some(std::time::Duration::from_millis(50))));
    client.desk().follow_news().last_event_id("1").last_event_id(&last).await.expect("a head");
    assert_eq!(desk.seen()[1].headers["last-event-id"], "7");
    assert_eq!(desk.seen()[1].headers.get_all("last-event-id").iter().count(), 1);
}
