//! Tokens that are requested by a client id and its secret.

use std::time::Duration;

use lantern_mock::{MockBuilder, MockServer};
use lantern_operations::Table;
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};

const SECRET: &str = "canary of the client: 7+é";

/// The service of the other tests, whose key is a token that is requested here.
fn table(token_url: &str) -> Table {
    let mut table = super::table();
    let credentials = json!({
        "tokenUrl": token_url, "scopes": ["read"], "idVariable": "ID", "secretVariable": "SECRET",
        "tokenUrlVariable": "URL",
    });
    let credentials = serde_json::from_value(credentials).expect("a flow");
    table.security_schemes[0].client_credentials = Some(credentials);
    table
}

async fn server(settings: impl FnOnce(MockBuilder) -> MockBuilder) -> MockServer {
    let server = MockServer::builder(table("/oauth/token")).key(SECRET);
    settings(server).start().await.expect("a free port")
}

async fn ask(server: &MockServer, with: impl FnOnce(RequestBuilder) -> RequestBuilder) -> Response {
    let request = Client::new().post(server.token_url().expect("a place"));
    let form = "application/x-www-form-urlencoded";
    with(request.header("content-type", form)).send().await.expect("a reply")
}

/// By the Basic scheme.
async fn token(server: &MockServer, password: &str) -> Value {
    let reply = ask(server, |it| {
        it.basic_auth("shop", Some(password)).body("grant_type=client_credentials&scope=read")
    });
    super::json_of(reply.await).await
}

async fn status(server: &MockServer, token: &Value) -> u16 {
    let request = Client::new().get(format!("{}/books", server.url()));
    let request = request.bearer_auth(token.as_str().unwrap_or_default());
    request.send().await.expect("a reply").status().as_u16()
}

#[tokio::test]
async fn a_client_secret_gets_a_token_which_is_valid_for_its_time() {
    let server = server(|it| it.token_lifetime(Duration::from_secs(1))).await;
    assert_eq!(status(&server, &json!("wrong")).await, 401);
    let given = token(&server, "canary%20of%20the%20client%3A%207%2B%C3%A9").await;
    assert_eq!((&given["token_type"], &given["expires_in"]), (&json!("Bearer"), &json!(1)));
    assert_eq!(status(&server, &given["access_token"]).await, 200);
    tokio::time::sleep(Duration::from_millis(1050)).await;
    assert_eq!(status(&server, &given["access_token"]).await, 401, "its time is over");
    server.reset();
    let next = token(&server, "canary+of+the+client%3A+7%2B%C3%A9").await;
    assert_ne!(given["access_token"], next["access_token"]);
}

#[tokio::test]
async fn a_wrong_secret_gets_none_and_no_secret_is_remembered() {
    let server = server(|it| it).await;
    assert_eq!(token(&server, "wrong").await["error"], "invalid_client");
    let form = "grant_type=client_credentials&client_id=shop&client_secret=canary+of+the+client%3A+7%2B%C3%A9";
    assert_eq!(ask(&server, |it| it.body(form)).await.status(), 200, "in the form, too");
    let other = ask(&server, |it| it.body("grant_type=password&client_secret=x")).await;
    assert_eq!(other.status(), 404, "another flow is not described");
    let received = format!("{:?}", server.received());
    assert!(!received.contains("canary"), "{received}");
}

/// A relative place is below that of the service (OpenAPI 3.1.1, 4.7).
#[tokio::test]
async fn the_place_is_relative_to_the_server() {
    for (url, expected) in [
        ("oauth/token", "/v1/oauth/token"),
        ("/oauth/token", "/oauth/token"),
        ("https://login.example.com/token?tenant=1", "/token"),
    ] {
        let mut table = table(url);
        let servers = json!([{"url": "https://example.com/v1"}]);
        table.servers = serde_json::from_value(servers).expect("servers");
        let server = MockServer::start(table).await.expect("a free port");
        assert_eq!(server.token_url(), Some(format!("{}{expected}", server.url())));
        assert_eq!(token(&server, "any").await["token_type"], "Bearer");
    }
}
