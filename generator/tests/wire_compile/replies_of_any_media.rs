//! A string of any media type is bytes, or as the reply says.

use fixture::Client;
use service::answer;

mod service;

fn client(url: &str) -> Client {
    Client::builder().base_url(url).build().expect("a client")
}

#[test]
fn bytes_are_read_whatever_their_media_type() {
    let (request, reply) = answer("200 OK", &["Content-Type: application/pdf"], "%PDF", |url| {
        client(url).files().read().send_blocking().expect("a reply")
    });
    assert_eq!((&reply[..], request.header("accept")), (&b"%PDF"[..], vec!["*/*"]));
}

#[test]
fn a_string_is_read_as_the_reply_says() {
    for (media_type, body) in [("text/plain", "a \"b\""), ("application/json", "\"a \\\"b\\\"\"")] {
        let header = format!("Content-Type: {media_type}");
        let (_, reply) = answer("200 OK", &[header.as_str()], body, |url| {
            client(url).files().read_note().send_blocking().expect("a reply")
        });
        assert_eq!(*reply, "a \"b\"");
    }
}
