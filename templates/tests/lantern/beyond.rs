//! Ways out of the description: what it leaves out can be sent and read all the same.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use lantern_client::credits::GetRemainingCredits;
use lantern_client::dependencies::reqwest::Method;
use lantern_client::enrichment::EnrichPhone;
use lantern_client::mock::Mock;
use lantern_client::{Client, ErrorKind, Policy, RetrySafety, types};
use serde_json::{Value, json};

use crate::server::{Answer, Server};

fn request(id: &str) -> types::PhoneEnrichmentRequest {
    types::PhoneEnrichmentRequest::new(id).email("ada@example.com")
}

#[tokio::test(start_paused = true)]
async fn a_call_takes_a_query_and_members_that_nobody_described() {
    let mock = Mock::new().with_examples();
    let call = mock.client().enrichment().phone(request("crm-1"));
    let call = call.query("trace", "a b").query("tag", vec!["x", "y"]);
    call.body_extra("beta", json!({"a": [1]})).body_extra("n", 2).await.expect("a reply");
    let seen = &mock.seen::<EnrichPhone>()[0];
    let pairs = [("trace", "a b"), ("tag", "x"), ("tag", "y")];
    assert_eq!(seen.queries(), pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let body = r#"{"record_id":"crm-1","email":"ada@example.com","beta":{"a":[1]},"n":2}"#;
    assert_eq!(seen.bytes(), body);
}

#[tokio::test(start_paused = true)]
async fn what_a_body_has_is_not_written_twice_and_a_body_that_is_no_object_gets_no_member() {
    let mock = Mock::new().with_examples();
    let client = mock.client();
    let again = client.enrichment().phone(request("crm-1")).body_extra("email", "b");
    assert_eq!(again.await.expect_err("it is there").kind(), ErrorKind::Request);
    let list = client.request(Method::POST, "/v1/list").with_json([1]).body_extra("a", 1);
    assert_eq!(list.await.expect_err("a list").kind(), ErrorKind::Request);
    assert!(mock.requests().is_empty());
    let usage = client.credits().remaining().body_extra("a", 1);
    usage.await.expect("a body of its own");
    assert_eq!(mock.seen::<GetRemainingCredits>()[0].json(), json!({"a": 1}));
}

#[tokio::test(start_paused = true)]
async fn headers_and_queries_of_a_client_go_with_each_request_unless_the_call_says_otherwise() {
    let mock = Mock::new().with_examples();
    let builder = mock.client_builder().default_header("x-tenant", "a").default_query("v", 2);
    let client = builder.build().expect("a client");
    client.credits().remaining().await.expect("a reply");
    client.credits().remaining().header("x-tenant", "b").query("v", 3).await.expect("a reply");
    let seen = mock.seen::<GetRemainingCredits>();
    let sent = |number: usize| (seen[number].header("x-tenant"), seen[number].query("v"));
    assert_eq!([sent(0), sent(1)], [(Some("a"), Some("2")), (Some("b"), Some("3"))]);
    assert_eq!(seen[1].queries().len(), 1);
    let bad = Client::builder().api_key("k").default_header("a b", "c").build();
    assert_eq!(bad.expect_err("no header").kind(), ErrorKind::Configuration);
}

#[tokio::test(start_paused = true)]
async fn a_request_of_no_operation_is_signed_retried_and_read_like_a_call() {
    let mock = Mock::new();
    mock.on_request("GET", "/v1/books/{id}").lost().then_reply(json!({"title": "Ada"}));
    mock.on_request("POST", "/v1/books").lost();
    let client = mock.client();
    let reply = client.request(Method::GET, "/v1/books/{id}").with_path("id", "a/b").await;
    assert_eq!(reply.expect("a reply").body(), &json!({"title": "Ada"}));
    let seen = &mock.requests()[0];
    assert!(seen.url().ends_with("/v1/books/a%2Fb") && seen.header("authorization").is_some());
    let call = client.request(Method::POST, "/v1/books").with_json(json!({"title": "Ada"}));
    let error = call.clone().await.expect_err("a lost reply");
    assert_eq!(error.kind(), ErrorKind::OutcomeUnknown, "a POST is not repeated");
    mock.on_request("POST", "/v1/books").lost().then_reply(json!({}));
    let as_enrichment = call.body_extra("record_id", "crm-1").treated_as::<EnrichPhone>();
    as_enrichment.await.expect("it is repeated as an enrichment with its key is");
    const SAFE: Policy = Policy::new(RetrySafety::Safe);
    mock.on_request("POST", "/v1/a%2Fb").lost().then_reply(json!({}));
    let by_value = client.request(Method::POST, "/v1/{id}").with_target("/v1/a%2Fb?limit=5");
    by_value.treated_by(&SAFE, &[]).await.expect("it is repeated as it is safe");
    let seen = mock.requests().pop().expect("a request");
    assert!(seen.url().ends_with("/v1/a%2Fb"), "{}", seen.url());
    assert_eq!(seen.query("limit"), Some("5"));
    assert!(seen.header("authorization").is_none(), "no scheme is asked for");
    mock.on_request("DELETE", "/v1/books").status(204);
    let nothing = client.request(Method::DELETE, "/v1/books").await.expect("no content");
    assert_eq!(nothing.body(), &Value::Null);
}

#[tokio::test(start_paused = true)]
async fn replies_are_read_as_bytes_or_as_another_type() {
    let mock = Mock::new();
    let text = r#"{"success":true,"tenant_id":1,"remaining_credits":5.50}"#;
    mock.on::<GetRemainingCredits>().reply_bytes("application/json", text);
    let client = mock.client();
    let raw = client.credits().remaining().send_raw().await.expect("bytes");
    assert_eq!(raw.body(), text);
    let value = client.credits().remaining().send_as::<Value>().await.expect("JSON");
    assert_eq!(value["remaining_credits"], 5.5);
    mock.on::<GetRemainingCredits>().status(500);
    let error = client.credits().remaining().no_retry().send_raw().await;
    assert_eq!(error.expect_err("an error").kind(), ErrorKind::Status);
}

/// The settings of a caller are those of each HTTP client: for calls that can be repeated, and for those that
/// get a connection of their own. What calls rely on cannot be changed.
#[tokio::test]
async fn http_settings_keep_what_calls_rely_on() {
    let server =
        Server::answering(Answer::new(200, "application/json", crate::virtual_time::BALANCE)).await;
    let made = Arc::new(AtomicUsize::new(0));
    let count = made.clone();
    let builder = Client::builder().api_key(crate::KEY).base_url(server.url());
    let builder = builder.no_proxy().configure_http(move |http| {
        count.fetch_add(1, Ordering::Relaxed);
        http.user_agent("mine/1").pool_max_idle_per_host(9)
    });
    let client = builder.build().expect("a client");
    assert_eq!(made.load(Ordering::Relaxed), 2);
    assert!(client.credits().remaining().await.is_ok());
    assert_eq!(server.only().headers["user-agent"], "mine/1");
}
