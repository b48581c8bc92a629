//! A call has a key of its own in all of its attempts.

use std::collections::HashSet;

use fixture::{Client, Retry};
use service::{Request, serve_as};

mod service;

fn client(url: &str) -> Client {
    let builder = Client::builder().base_url(url).retry(Retry::times(1));
    builder.build().expect("a client")
}

fn key(request: &Request) -> String {
    let keys = request.header("idempotency-key");
    assert_eq!(keys.len(), 1, "{}", request.head);
    keys[0].to_owned()
}

#[test]
fn all_attempts_of_a_call_have_one_key_and_each_call_another() {
    let (url, requests) = serve_as("503 Service Unavailable");
    let client = client(&url);
    for _ in 0..2 {
        let error = client.payments().pay().send_blocking().expect_err("a failure");
        assert_eq!(error.timing().attempts, 2, "it is safe to repeat");
    }
    let keys: Vec<_> = requests.try_iter().map(|request| key(&request)).collect();
    assert_eq!(keys.len(), 4);
    assert_eq!(keys.iter().collect::<HashSet<_>>().len(), 2, "{keys:?}");
    assert_eq!((&keys[0], &keys[2]), (&keys[1], &keys[3]));
    assert!(keys.iter().all(|key| key.len() == 36), "UUIDs: {keys:?}");
}

#[test]
fn the_key_of_the_caller_is_the_one_that_is_sent() {
    let (url, requests) = serve_as("204 No Content");
    client(&url).payments().refund().idempotency_key("mine").send_blocking().expect("a reply");
    client(&url).payments().pay().header("Idempotency-Key", "my own").send_blocking().expect("a reply");
    let keys: Vec<_> = requests.try_iter().map(|request| key(&request)).collect();
    assert_eq!(keys, ["mine", "my own"]);
}
