//! Servers that a caller chooses, and operations that have one of their own.

use std::sync::{Arc, Mutex};

use templates::servers::{Branch, BranchOfTheLibrary, MAIN_LIBRARY};
use templates::{Client, ClientBuilder, Delivery, ErrorKind, Sending, Transport, TransportError};

/// Notes where requests go, and with which credential, and sends none.
#[derive(Clone, Debug, Default)]
struct Notes(Arc<Mutex<Vec<(String, bool)>>>);

impl Transport for Notes {
    fn send(&self, request: reqwest::Request) -> Sending<'_> {
        let has_key = request.headers().contains_key("authorization");
        let host = request.url().as_str().split("/v1/").next().unwrap_or_default().to_owned();
        self.0.lock().expect("notes").push((host, has_key));
        Box::pin(async { Err(TransportError::new(Delivery::Unknown, "nothing is sent")) })
    }
}

/// Where the loans of a member are asked for, and the books.
async fn places(builder: ClientBuilder) -> Vec<(String, bool)> {
    let notes = Notes::default();
    let client = builder.api_key("key").transport(notes.clone()).build().expect("a client");
    let (from, to) = ("2024-01-31", "2024-01-31T12:00:00Z");
    let from: jiff::civil::Date = from.parse().expect("a day");
    let to: jiff::Timestamp = to.parse().expect("a moment");
    let asked = client.members().loans("m-17", from, to).no_retry().await;
    assert_eq!(asked.expect_err("nothing is sent").kind(), ErrorKind::Transport);
    let asked = client.books().list().no_retry().await;
    assert_eq!(asked.expect_err("nothing is sent").kind(), ErrorKind::Transport);
    notes.0.lock().expect("notes").clone()
}

#[tokio::test]
async fn an_operation_goes_to_its_own_server() {
    let library = "https://library.example.com/api".to_owned();
    let lending = "https://lending.example.com/api".to_owned();
    assert_eq!(places(Client::builder()).await, [(lending, true), (library, true)]);
}

#[tokio::test]
async fn a_base_url_of_the_caller_is_where_all_requests_go() {
    let own = "http://127.0.0.1:9/base";
    let expected = [(own.to_owned(), true), (own.to_owned(), true)];
    assert_eq!(places(Client::builder().base_url(own)).await, expected);
}

#[tokio::test]
async fn a_caller_chooses_a_server_and_its_variables() {
    let branch = BranchOfTheLibrary::default().branch(Branch::South);
    for (chosen, expected) in [
        (MAIN_LIBRARY.to_owned(), "https://library.example.com/api"),
        (branch.clone().into(), "https://south.library.example.com/api"),
        (branch.port("8443").root("/v2").into(), "https://south.library.example.com:8443/v2"),
    ] {
        let gone = places(Client::builder().base_url(chosen)).await;
        assert_eq!(gone, [(expected.to_owned(), true), (expected.to_owned(), true)]);
    }
}
