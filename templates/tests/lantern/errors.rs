//! Each way to fail: its kind, what it keeps, and that it shows the key nowhere.

use std::time::Duration;

use lantern_client::{Client, Detail, Error, ErrorKind, types};
use serde_json::{Map, json};

use crate::server::{Answer, Server};
use crate::{KEY, assert_secret, client};

async fn remaining(answer: Answer) -> Error {
    let server = Server::answering(answer).await;
    let error = client(&server).credits().remaining().no_retry().await.expect_err("a failure");
    assert_secret(&error);
    error
}

#[tokio::test]
async fn documented_bodies_are_typed() {
    let body = json!({"success": false, "error": "too fast", "details": {"n": 1}});
    let answer = Answer::json(429, &body).header("x-ratelimit-limit", "10");
    let error = remaining(answer).await;
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(429));
    assert_eq!(error.meta().and_then(|meta| meta.rate_limit()), Some(10));
    let typed: types::CreditsErrorResponse = error.json().expect("the documented body");
    assert_eq!(typed.error, "too fast");
    let text = "GET /v1/credits/remaining was answered with 429 Too Many Requests: too fast";
    assert_eq!(error.to_string(), text);

    let body = json!({"error": "no credits", "request_id": "q-1", "credits_required": 5});
    let error = remaining(Answer::json(402, &body)).await;
    let typed: types::EnrichmentErrorResponse = error.json().expect("the documented body");
    assert_eq!(typed.credits_required, Some(5.0));
    assert_eq!(error.request_id().as_deref(), Some("q-1"));
}

#[tokio::test]
async fn fastapi_details_read_well() {
    let invalid = json!({"detail": [
        {"loc": ["body", "max_credits"], "msg": "must be > 0", "type": "greater_than", "input": 0},
    ]});
    let error = remaining(Answer::json(422, &invalid)).await;
    assert!(error.to_string().ends_with("body.max_credits: must be > 0"), "{error}");
    assert!(
        matches!(error.detail(), Some(Detail::Invalid(items)) if items[0].kind == "greater_than")
    );
    assert!(error.json::<types::HttpValidationError>().is_some());

    let error = remaining(Answer::json(404, &json!({"detail": "Not Found"}))).await;
    assert_eq!(error.detail(), Some(Detail::Message("Not Found".to_owned())));
}

#[tokio::test]
async fn a_page_of_html_is_no_reply() {
    let error = remaining(Answer::new(502, "text/html", "<h1>Bad gateway</h1>")).await;
    assert_eq!(error.status().map(|status| status.as_u16()), Some(502));
    assert_eq!(error.message(), None);
    assert_eq!(error.body(), Some(&b"<h1>Bad gateway</h1>"[..]));

    let error = remaining(Answer::new(200, "text/html", "<h1>Hello</h1>")).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn what_does_not_decode_is_named() {
    let body = json!({"success": true, "tenant_id": "x", "remaining_credits": 1});
    let error = remaining(Answer::json(200, &body)).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("`tenant_id`"), "{error}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
}

#[tokio::test]
async fn c10_a_redirect_is_not_followed() {
    let elsewhere = Server::answering(Answer::json(200, &json!({}))).await;
    let answer = Answer::new(307, "text/plain", "").header("location", &elsewhere.url());
    let error = remaining(answer).await;
    assert_eq!(error.status().map(|status| status.as_u16()), Some(307));
    assert!(elsewhere.seen().is_empty());
}

#[tokio::test]
async fn silence_ends_in_a_timeout() {
    let server = Server::answering(Answer::silence()).await;
    let call = client(&server).credits().remaining().timeout(Duration::from_millis(50));
    let error = call.await.expect_err("a timeout");
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_secret(&error);
}

#[tokio::test]
async fn a_closed_port_is_no_connection() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let client = Client::builder().api_key(KEY).base_url(url).build().expect("a client");
    let error = client.credits().remaining().await.expect_err("no connection");
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert_secret(&error);
}

#[tokio::test]
async fn a_reply_beyond_the_limit_is_refused() {
    let server = Server::answering(Answer::new(200, "application/json", "x".repeat(2_000))).await;
    let builder = Client::builder().api_key(KEY).base_url(server.url()).max_body(1_000);
    let error = builder.build().expect("a client").credits().remaining().await;
    assert_eq!(error.expect_err("too large").kind(), ErrorKind::BodyTooLarge);
}

#[tokio::test]
async fn c16_path_values_that_name_another_resource_are_not_sent() {
    let server = Server::answering(Answer::json(200, &json!({}))).await;
    for id in ["..", ".", "", "../admin", "a/./b", "a/.."] {
        let request = types::WorkflowTriggerRequest::new(Map::new());
        let error = client(&server).workflows().trigger(id, request).await.expect_err(id);
        assert_eq!(error.kind(), ErrorKind::Request, "{id}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn c16_other_path_values_are_one_encoded_segment() {
    let table = [
        ("%2e%2e", "%252e%252e"),
        ("a/b", "a%2Fb"),
        ("https://a.example//b", "https%3A%2F%2Fa.example%2F%2Fb"),
        ("a?b#c", "a%3Fb%23c"),
        ("a\r\nb", "a%0D%0Ab"),
        ("a\0b", "a%00b"),
        ("…", "%E2%80%A6"),
    ];
    for (id, encoded) in table {
        let server = Server::answering(Answer::json(404, &json!({}))).await;
        let request = types::WorkflowTriggerRequest::new(Map::new());
        client(&server).workflows().trigger(id, request).await.expect_err(id);
        assert_eq!(server.seen()[0].line, format!("POST /v1/workflows/{encoded}/trigger"));
    }
}

#[tokio::test]
async fn c18_a_base_url_is_joined_exactly() {
    for (base, joined) in [("", ""), ("/", ""), ("/base", "/base"), ("/a/b/", "/a/b")] {
        let server = Server::answering(Answer::json(404, &json!({}))).await;
        let builder = Client::builder().api_key(KEY).base_url(format!("{}{base}", server.url()));
        let client = builder.build().expect("a client");
        client.credits().remaining().await.expect_err("nothing there");
        assert_eq!(server.seen()[0].line, format!("GET {joined}/v1/credits/remaining"), "{base}");
    }
}

#[test]
fn c17_c18_settings_that_cannot_work_are_refused() {
    let base = |url: &str| Client::builder().api_key(KEY).base_url(url).build();
    for url in ["http://example.com", "ftp://example.com", "https://u:p@example.com", "nonsense"] {
        let error = base(url).expect_err(url);
        assert_eq!(error.kind(), ErrorKind::Configuration, "{url}");
        assert_secret(&error);
    }
    for key in ["", "canary\n", "clé"] {
        let error = Client::new(key).expect_err(key);
        assert_eq!(error.kind(), ErrorKind::Configuration, "{key:?}");
        assert!(!format!("{error} {error:?}").contains("canary"));
    }
    assert!(base("https://example.com/base/").is_ok());
}

#[test]
fn the_key_shows_nowhere() {
    let client = Client::new(KEY).expect("a client");
    let call = client.credits().remaining().header("x-a", "b");
    let builder = Client::builder().api_key(KEY);
    let shown = format!("{client:?} {client:#?} {builder:?} {call:?} {:?}", client.credits());
    assert!(!shown.contains(KEY), "{shown}");
    assert!(shown.contains("[redacted]"), "{shown}");
}
