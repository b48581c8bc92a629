//! What hooks see of each attempt, what they can add to it, and who the client says it is.

use std::sync::{Arc, Mutex};

use lantern_client::{Client, ClientBuilder, ErrorKind};
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
