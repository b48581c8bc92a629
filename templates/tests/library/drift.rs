//! What a service sends otherwise than described is told once, with its place and a count.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use templates::{Client, DriftLog, ErrorKind};

use crate::desk::Desk;

const JSON: &str = "application/json";

async fn desk(replies: &[(u16, &'static str, &Value)]) -> Desk {
    let text = |body: &Value| &*body.to_string().into_bytes().leak();
    let replies = replies.iter().map(|(status, media, body)| (*status, *media, text(body)));
    Desk::answering(&replies.collect::<Vec<_>>()).await
}

fn client(desk: &Desk, log: &DriftLog) -> Client {
    let builder = Client::builder().api_key("key").base_url(desk.url()).drift(log);
    builder.build().expect("a client")
}

/// What a service sends that the description does not say, and what is written of it. The generator makes an overlay of the
/// same file, and its test says that nothing of this is drift for a client that is made with it.
#[tokio::test]
async fn the_first_half_of_the_circle_is_a_file_of_what_was_seen() {
    let replies: Value =
        serde_json::from_str(include_str!("../drift/replies.json")).expect("replies");
    let of = |request: &str| {
        let replies = replies[request].as_array().expect("replies").iter();
        let reply = |one: &Value| (one["status"].as_u64().expect("a status"), one["body"].clone());
        replies.map(reply).collect::<Vec<_>>()
    };
    let log = DriftLog::new();
    for (status, body) in of("GET /v1/books") {
        let desk = desk(&[(status.try_into().expect("a status"), JSON, &body)]).await;
        let _ = client(&desk, &log).books().list().await;
    }
    for (status, body) in of("GET /v1/shelves/{rows}") {
        let desk = desk(&[(status.try_into().expect("a status"), JSON, &body)]).await;
        let _ = client(&desk, &log).desk().search_shelves(vec![1]).await;
    }
    let mut seen = Vec::new();
    log.write_to(&mut seen).expect("written");
    assert_eq!(String::from_utf8(seen).expect("text"), include_str!("../drift/seen.jsonl"));
}

/// The kinds and places of all that a log has, with what was seen there.
fn told(log: &DriftLog) -> Vec<String> {
    log.drifts().iter().map(ToString::to_string).collect()
}

fn page(books: &[Value]) -> Value {
    json!({"items": books, "next": null})
}

fn book() -> Value {
    json!({
        "id": 1, "title": "A", "binding": "hardcover", "added_at": "2024-01-02T03:04:05Z",
        "price": {"from": 1, "to": 2.5}, "labels": {"any key": "a"},
        "sequel_of": null,
    })
}

fn with(mut value: Value, changes: Value) -> Value {
    let changes = changes.as_object().expect("members").clone();
    value.as_object_mut().expect("an object").extend(changes);
    value
}

#[tokio::test]
async fn what_is_described_is_no_drift() {
    let log = DriftLog::new();
    let desk = desk(&[(200, JSON, &page(&[book(), with(book(), json!({"price": 3}))]))]).await;
    client(&desk, &log).books().list().await.expect("a page");
    assert_eq!(told(&log), Vec::<String>::new());
    assert_eq!(log.dropped(), 0);
}

#[tokio::test]
async fn each_difference_is_told_once_with_its_place_and_count() {
    let log = DriftLog::new();
    let odd = json!({"binding": "leather", "shelf": {"secret": "s"}, "sequel_of": book()});
    let odd = with(book(), odd);
    let older = with(book(), json!({"binding": "leather", "shelf": 3}));
    let desk = desk(&[(200, JSON, &page(&[odd, older]))]).await;
    client(&desk, &log).books().list().await.expect("a page");
    let at = "GET /v1/books 200:";
    assert_eq!(
        told(&log),
        [
            format!(
                "{at} the object at /items/* has a member \"shelf\" that is not described: integer (1 time)"
            ),
            format!(
                "{at} the object at /items/* has a member \"shelf\" that is not described: object (1 time)"
            ),
            format!("{at} the enum at /items/*/binding has no value \"leather\" (2 times)"),
        ]
    );
}

#[tokio::test]
async fn replies_that_cannot_be_read_are_compared_too() {
    let log = DriftLog::new();
    let mut lacking = with(book(), json!({"title": 7, "price": "much", "labels": {"a": 1}}));
    lacking.as_object_mut().expect("an object").remove("id");
    let desk = desk(&[(200, JSON, &page(&[lacking]))]).await;
    let error = client(&desk, &log).books().list().await.expect_err("no page");
    assert_eq!(error.kind(), ErrorKind::Decode);
    let at = "GET /v1/books 200:";
    assert_eq!(
        told(&log),
        [
            format!("{at} the object at /items/* has no member \"id\", which is required (1 time)"),
            format!("{at} /items/*/labels/* is not string but integer (1 time)"),
            format!("{at} /items/*/price is not one of several but string (1 time)"),
            format!("{at} /items/*/title is not string but integer (1 time)"),
        ]
    );
}

#[tokio::test]
async fn tags_statuses_and_media_types_are_compared() {
    let log = DriftLog::new();
    let desk = desk(&[
        (200, JSON, &json!([{"kind": "gap", "width": 1, "depth": 2}, {"kind": "lamp"}])),
        (200, "text/plain", &json!([])),
        (418, JSON, &json!({"a": 1})),
    ])
    .await;
    let client = client(&desk, &log);
    for _ in 0..3 {
        let _ = client.desk().search_shelves(vec![1]).no_retry().await;
    }
    let at = "GET /v1/shelves/{rows}";
    assert_eq!(
        told(&log),
        [
            format!("{at} 200: the media type \"text/plain\" is not described (1 time)"),
            format!(
                "{at} 200: the object at /* has a member \"depth\" that is not described: integer (1 time)"
            ),
            format!("{at} 200: the enum at /*/kind has no value \"lamp\" (1 time)"),
            format!("{at} 418: the status is not described (1 time)"),
        ]
    );
}

#[tokio::test]
async fn a_file_has_a_line_of_json_for_each_and_no_values_of_members() {
    let log = DriftLog::new();
    let odd = with(book(), json!({"binding": "leather", "reader": "ada@example.com"}));
    let desk = desk(&[(200, JSON, &page(&[odd]))]).await;
    client(&desk, &log).books().list().await.expect("a page");
    let mut file = Vec::new();
    log.write_to(&mut file).expect("written");
    let text = String::from_utf8(file).expect("text");
    assert!(!text.contains("ada@example.com"), "{text}");
    let lines: Vec<Value> =
        text.lines().map(|it| serde_json::from_str(it).expect("JSON")).collect();
    let common = json!({
        "operation": "list_books_v1_books_get", "request": "GET /v1/books", "status": 200,
        "media_type": JSON, "count": 1,
    });
    let member = json!({
        "kind": "undescribed-member", "at": "/items/*", "member": "reader", "seen": "string",
        "schema": "/components/schemas/Book", "within": "",
    });
    let value = json!({
        "kind": "unknown-value", "at": "/items/*/binding", "value": "leather", "seen": "string",
        "schema": "/components/schemas/Binding", "within": "",
    });
    assert_eq!(lines, [with(common.clone(), member), with(common, value)]);
    assert!(log.drifts().is_empty(), "what was written is taken out");
}

#[tokio::test]
async fn memory_is_bounded_and_long_names_are_left_out() {
    let log = DriftLog::new();
    let many = (0..500).map(|number| (format!("name_{number}"), json!(1)));
    let long = [("x".repeat(65), json!(1)), ("binding".to_owned(), json!("y".repeat(65)))];
    let members = Value::Object(many.chain(long).collect());
    let desk = desk(&[(200, JSON, &page(&[with(book(), members)]))]).await;
    client(&desk, &log).books().list().await.expect("a page");
    let drifts = log.drifts();
    let nameless = drifts.iter().find(|drift| drift.member.as_deref() == Some("*"));
    assert_eq!(nameless.map(|drift| drift.count), Some(500 + 1 - 32));
    assert_eq!(drifts.len(), 32 + 1 + 1);
    assert!(drifts.iter().all(|drift| drift.value.is_none()), "the value is too long");
}

#[tokio::test]
async fn what_is_new_is_told_at_once() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let heard = lines.clone();
    let log = DriftLog::telling(move |drift| heard.lock().expect("no panic").push(drift.clone()));
    let odd = with(book(), json!({"binding": "leather"}));
    let desk = desk(&[(200, JSON, &page(&[odd.clone(), odd]))]).await;
    let client = client(&desk, &log);
    client.books().list().await.expect("a page");
    client.books().list().await.expect("a page");
    let heard = lines.lock().expect("no panic");
    assert_eq!(heard.iter().map(|drift| drift.count).collect::<Vec<_>>(), [2], "in one reply");
    assert_eq!(log.take().iter().map(|drift| drift.count).collect::<Vec<_>>(), [4]);
}
