//! Headers that a caller sets: each goes out once, and secrets show nowhere.

use lantern_client::Client;

use crate::virtual_time::BALANCE;
use crate::wire::{Then, Wire, reply};

/// The lines of the only request that begin with this name.
fn lines(wire: &Wire, name: &str) -> Vec<String> {
    let heads = wire.heads();
    let lines = heads.last().expect("a request").lines();
    let is_one = |line: &&str| line.to_ascii_lowercase().starts_with(&format!("{name}:"));
    lines.filter(is_one).map(str::to_owned).collect()
}

async fn wire() -> (Wire, Client) {
    let json = "content-type: application/json\r\n";
    let wire = Wire::new(Then::Say(reply("200 OK", json, BALANCE.as_bytes()))).await;
    let client = wire.client();
    (wire, client)
}

#[tokio::test]
async fn a_callers_authorization_replaces_the_clients() {
    let (wire, client) = wire().await;
    for name in ["Authorization", "authorization", "AUTHORIZATION"] {
        let call = client.credits().remaining().header(name, "Bearer theirs-0815");
        assert!(!format!("{call:?} {client:?}").contains("0815"), "{call:?}");
        call.await.expect("a reply");
        assert_eq!(lines(&wire, "authorization"), ["authorization: Bearer theirs-0815"]);
        assert!(!wire.heads().last().expect("a head").contains(crate::KEY));
    }
    client.credits().remaining().await.expect("a reply");
    let own = format!("authorization: Bearer {}", crate::KEY);
    assert_eq!(lines(&wire, "authorization"), [own], "the next call is the client's again");
}

#[tokio::test]
async fn what_is_sent_once_is_replaced_and_never_doubled() {
    let (wire, client) = wire().await;
    for name in ["Accept", "User-Agent", "Accept-Encoding", "Content-Type", "Host"] {
        let call = client.credits().remaining().header(name, "a/first");
        call.header(&name.to_lowercase(), "a/b").await.expect("a reply");
        let name = name.to_lowercase();
        assert_eq!(lines(&wire, &name), [format!("{name}: a/b")]);
    }
}

#[tokio::test]
async fn other_headers_may_have_several_lines() {
    let (wire, client) = wire().await;
    let call = client.credits().remaining().header("x-tag", "a").header("X-Tag", "b");
    call.await.expect("a reply");
    assert_eq!(lines(&wire, "x-tag"), ["x-tag: a", "x-tag: b"]);
}

#[tokio::test]
async fn cookies_of_a_header_are_kept() {
    let (wire, client) = wire().await;
    let call = client.credits().remaining().header("Cookie", "a=1; b=2").header("cookie", "c=3");
    call.await.expect("a reply");
    assert_eq!(lines(&wire, "cookie"), ["cookie: a=1; b=2; c=3"]);
}
