//! Members whose names follow a pattern are sent and read.

use fixture::{Client, types};
use service::answer;

mod service;

#[test]
fn members_by_a_pattern_are_sent_and_read() {
    let mut thing = types::Thing::new(1);
    thing.extra.insert("x-a".to_owned(), "b".to_owned());
    let json = r#"{"id":1,"x-a":"b","n-c":2}"#;
    let (request, reply) = answer("200 OK", &["Content-Type: application/json"], json, |url| {
        let client = Client::builder().base_url(url).build().expect("a client");
        client.things().add(thing).send_blocking().expect("a reply")
    });
    assert_eq!(request.text(), r#"{"id":1,"x-a":"b"}"#);
    let came: serde_json::Value = serde_json::from_str(json).expect("JSON");
    assert_eq!(serde_json::to_value(reply.body()).expect("JSON"), came);
}
