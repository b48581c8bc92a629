//! What hooks see of each attempt, what they can add to it, and who the client says it is.

use std::sync::{Arc, Mutex};

use lantern_client::dependencies::reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use lantern_client::types::PhoneEnrichmentRequest;
use lantern_client::{Client, ClientBuilder, ErrorKind, Phase, RequestToSign, Retry};
use serde_json::json;

use crate::KEY;
use crate::server::{Answer, Server};
use crate::virtual_time::{self, BALANCE, Service};

#[derive(Clone, Default)]
struct Journal(Arc<Mutex<Vec<String>>>);

impl Journal {
    fn note(&self, line: String) {
        self.0.lock().expect("no panic").push(line);
    }

    fn lines(&self) -> Vec<String> {
        self.0.lock().expect("no panic").clone()
    }

    /// Notes all that hooks see.
    fn hooked(&self, builder: ClientBuilder) -> ClientBuilder {
        let (first, second, after) = (self.clone(), self.clone(), self.clone());
        builder
            .before_attempt(move |attempt| {
                let (id, resends) = (attempt.operation(), attempt.resends());
                let (method, path) = (attempt.method(), attempt.path());
                first.note(format!("{id}: {method} {path}, {resends} sent before"));
            })
            .before_attempt(move |_| second.note("second hook".to_owned()))
            .after_attempt(move |attempt| {
                let status = attempt.status().map(|status| status.as_u16());
                let (error, id) = (attempt.error(), attempt.request_id());
                let took = attempt.duration().as_millis();
                after.note(format!("{status:?} {error:?} {id:?} {took} ms"));
            })
    }
}

async fn server() -> Server {
    let body = json!({"success": true, "tenant_id": 1, "remaining_credits": 5});
    Server::answering(Answer::json(200, &body)).await
}

fn builder(server: &Server) -> ClientBuilder {
    Client::builder().api_key(KEY).base_url(server.url())
}

#[tokio::test(start_paused = true)]
async fn hooks_see_every_attempt_in_order() {
    let service = Service::new(|number, _, _| match number {
        0 => virtual_time::Answer::NotSent,
        1 => virtual_time::Answer::Reply(503, vec![("x-request-id", "r-1".into())], "{}"),
        _ => virtual_time::Answer::Reply(200, vec![], BALANCE),
    });
    let journal = Journal::default();
    let builder = Client::builder().api_key(KEY).transport(service.clone());
    let client = journal.hooked(builder).build().expect("a client");
    client.clone().credits().remaining().await.expect("a reply in the end");
    let id = "get_remaining_credits_v1_credits_remaining_get: GET /v1/credits/remaining";
    assert_eq!(
        journal.lines(),
        [
            &format!("{id}, 0 sent before"),
            "second hook",
            "None Some(Connect) None 20 ms",
            &format!("{id}, 1 sent before"),
            "second hook",
            r#"Some(503) Some(Status) Some("r-1") 20 ms"#,
            &format!("{id}, 2 sent before"),
            "second hook",
            "Some(200) None None 20 ms",
        ]
    );
}

#[tokio::test]
async fn a_hook_adds_headers_in_the_place_of_the_calls() {
    let server = server().await;
    let builder = builder(&server).before_attempt(|attempt| {
        attempt.header("x-trace", "first");
        attempt.header("x-trace", "hook");
    });
    let client = builder.build().expect("a client");
    client.credits().remaining().header("x-trace", "call").await.expect("a reply");
    let headers = server.only().headers;
    assert_eq!(headers.get_all("x-trace").iter().collect::<Vec<_>>(), ["hook"]);
    assert_eq!(headers["authorization"], format!("Bearer {KEY}"));
}

#[tokio::test]
async fn a_hook_neither_sees_nor_sets_the_credential() {
    let server = server().await;
    let journal = Journal::default();
    let notes = journal.clone();
    let builder = builder(&server).before_attempt(move |attempt| {
        notes.note(format!("{attempt:?}"));
        attempt.header("Authorization", "Bearer mine");
    });
    let client = builder.build().expect("a client");
    let error = client.credits().remaining().await.expect_err("not the hook's to set");
    assert_eq!((error.kind(), error.timing().attempts), (ErrorKind::Request, 0));
    assert!(error.to_string().contains("`authorization`"), "{error}");
    crate::assert_secret(&error);
    assert!(journal.lines().iter().all(|line| !line.contains(KEY)));
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn what_a_hook_adds_must_be_a_header() {
    let server = server().await;
    for (name, value) in [("x y", "a"), ("x-a", "a\r\nx-b: c")] {
        let builder = builder(&server).before_attempt(move |attempt| attempt.header(name, value));
        let error = builder.build().expect("a client").credits().remaining().await;
        assert_eq!(error.expect_err(name).kind(), ErrorKind::Request);
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn the_callers_product_stands_before_the_crates() {
    let server = server().await;
    let plain = builder(&server).build().expect("a client");
    let named = builder(&server).user_agent("my-app/1.0").build().expect("a client");
    plain.credits().remaining().await.expect("a reply");
    named.credits().remaining().await.expect("a reply");
    named.credits().remaining().header("user-agent", "other").await.expect("a reply");
    let seen = server.seen();
    let agent = |number: usize| seen[number].headers["user-agent"].to_str().expect("text");
    assert!(agent(0).starts_with("lantern-client/"), "{}", agent(0));
    assert_eq!(agent(1), format!("my-app/1.0 {}", agent(0)));
    assert_eq!(agent(2), "other");
}

#[test]
fn c17_a_user_agent_that_no_header_can_carry_is_refused() {
    for product in ["", " ", "my-app\n", "my-app\r\nx: y", "é"] {
        let built = Client::builder().api_key(KEY).user_agent(product).build();
        assert_eq!(built.expect_err(product).kind(), ErrorKind::Configuration, "{product:?}");
    }
}

/// What stands for a signature: all that has to be signed.
async fn signature(request: RequestToSign) -> std::io::Result<HeaderMap> {
    tokio::task::yield_now().await;
    let RequestToSign { method, url, body, .. } = &request;
    let body = String::from_utf8_lossy(body);
    assert!(!format!("{request:?} {:?}", request.headers).contains(KEY), "no credential is seen");
    let signature = format!("{method} {} {} {body}", url.path(), url.query().unwrap_or_default());
    let signature = HeaderValue::try_from(signature).map_err(std::io::Error::other)?;
    Ok(HeaderMap::from_iter([(HeaderName::from_static("x-signature"), signature)]))
}

#[tokio::test]
async fn each_attempt_is_signed_with_its_body() {
    let server = Server::answering(Answer::json(503, &json!({})).header("retry-after", "0")).await;
    let builder = builder(&server).sign_with(signature).retry(Retry::times(1));
    let client = builder.build().expect("a client");
    client.credits().remaining().await.expect_err("the service is busy");
    let request = PhoneEnrichmentRequest::new("crm-1").email("ada@example.com");
    client.enrichment().phone(request).retry(Retry::times(0)).await.expect_err("still busy");
    let seen = server.seen();
    let signed = |index: usize| seen[index].headers["x-signature"].to_str().expect("a text");
    assert_eq!(seen.len(), 3);
    assert_eq!(signed(0), "GET /v1/credits/remaining");
    assert_eq!(signed(1), signed(0), "the second attempt");
    let (line, body) = signed(2).split_once("  ").expect("the query is empty");
    assert_eq!(line, seen[2].line);
    assert_eq!(serde_json::from_str::<serde_json::Value>(body).ok(), Some(seen[2].body.clone()));
    assert!(body.contains("ada@example.com"), "{body}");
    assert_eq!(seen[2].headers["authorization"], format!("Bearer {KEY}"));
}

#[tokio::test]
async fn what_cannot_be_signed_is_not_sent() {
    let server = server().await;
    let fail = |_| async { Err(std::io::Error::other("the key is gone")) };
    let client = builder(&server).sign_with(fail).build().expect("a client");
    let error = client.credits().remaining().await.expect_err("no signature");
    assert_eq!((error.kind(), error.timing().attempts), (ErrorKind::SignIn, 0));
    let source = std::error::Error::source(&error).expect("the cause").to_string();
    assert_eq!(source, "the key is gone");
    let never = |_| std::future::pending::<std::io::Result<HeaderMap>>();
    let soon = std::time::Duration::from_millis(50);
    let client = builder(&server).sign_with(never).timeout(soon).retry(Retry::times(0));
    let error = client.build().expect("a client").credits().remaining().await;
    let error = error.expect_err("no time is left");
    assert_eq!((error.kind(), error.phase()), (ErrorKind::Timeout, Some(Phase::SignIn)));
    assert!(server.seen().is_empty());
}
