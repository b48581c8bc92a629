//! Calls from code that is not async, and from code that is.

use std::future::pending;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;

use lantern_client::types::PhoneEnrichmentRequest;
use lantern_client::{Client, ErrorKind};
use serde_json::json;

use crate::alone::run_alone;
use crate::client;
use crate::server::{Answer, Server};

/// A service on a thread of its own, so that it answers while the test is blocked.
pub fn server(status: u16) -> Server {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let body =
            json!({"success": true, "tenant_id": 1, "remaining_credits": 5, "record_id": "x"});
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let server = Server::answering(Answer::json(status, &body)).await;
            sender.send(server).expect("the test waits for it");
            pending::<()>().await
        });
    });
    receiver.recv().expect("a service")
}

fn remaining(client: &Client) -> f64 {
    client.credits().remaining().send_blocking().expect("a reply").remaining_credits
}

#[test]
fn a_thread_without_a_runtime_can_call() {
    let server = server(200);
    let client = client(&server);
    assert_eq!([remaining(&client), remaining(&client)], [5.0, 5.0]);
}

#[tokio::test]
async fn a_thread_of_a_runtime_can_call() {
    let server = server(200);
    assert_eq!(remaining(&client(&server)), 5.0);
}

#[test]
fn many_threads_can_call_at_once() {
    let server = server(200);
    let client = client(&server);
    std::thread::scope(|scope| {
        let calls: Vec<_> = (0..10).map(|_| scope.spawn(|| remaining(&client))).collect();
        for call in calls {
            assert_eq!(call.join().expect("no panic"), 5.0);
        }
    });
    assert_eq!(server.seen().len(), 10);
}

/// Connections live on the runtime that opened them: none of a runtime that ended is used again.
#[test]
fn a_client_can_be_both() {
    let server = server(200);
    let client = client(&server);
    for _ in 0..3 {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let call = client.credits().remaining().no_retry();
        runtime.expect("a runtime").block_on(call.send()).expect("a reply");
        client.credits().remaining().no_retry().send_blocking().expect("a reply");
    }
}

fn requests() -> impl Iterator<Item = PhoneEnrichmentRequest> + Send {
    (0..20).map(|number| PhoneEnrichmentRequest::new(number.to_string()))
}

/// Takes all results, and stops after some.
fn run_until(client: &Client, stop_at: usize) -> (usize, usize) {
    let mut run = client.enrichment().phone_all(requests()).concurrency(4);
    let mut count = 0;
    while let Some(done) = run.next_blocking().expect("a thread") {
        assert_eq!(done.index.to_string(), done.request.record_id);
        done.result.expect("a reply");
        count += 1;
        if count == stop_at {
            run.stop();
        }
    }
    (count, run.into_unsent().count())
}

#[test]
fn c29_a_bulk_run_works_in_code_that_is_not_async() {
    let server = server(200);
    let client = client(&server);
    assert_eq!(run_until(&client, 100), (20, 0));
    assert_eq!(server.seen().len(), 20);
    let (done, unsent) = run_until(&client, 5);
    assert_eq!((done, unsent, server.seen().len()), (8, 12, 28));
}

#[tokio::test]
async fn c29_a_bulk_run_works_on_a_thread_of_a_runtime() {
    let server = server(200);
    assert_eq!(run_until(&client(&server), 100), (20, 0));
}

#[test]
fn errors_are_those_of_any_call() {
    let server = server(404);
    let error = client(&server).credits().remaining().send_blocking().expect_err("404");
    assert_eq!(error.kind(), ErrorKind::Status);
    crate::assert_secret(&error);
}

#[test]
fn a_panic_of_a_hook_is_one_of_the_caller() {
    let server = server(200);
    let builder = Client::builder().api_key(crate::KEY).base_url(server.url());
    let builder = builder.before_attempt(|_| std::panic::panic_any("of a hook"));
    let hooked = builder.build().expect("a client");
    let call = || hooked.credits().remaining().send_blocking();
    let panic = catch_unwind(AssertUnwindSafe(call)).expect_err("a panic");
    assert_eq!(panic.downcast_ref(), Some(&"of a hook"));
    assert_eq!(remaining(&client(&server)), 5.0, "the thread in the background lives on");
}

/// A stack that no machine has stands in for a machine that has no thread left.
#[test]
fn no_thread_is_an_error() {
    let stack = (usize::MAX / 4).to_string();
    let test = "blocking::no_thread_in_a_process_of_its_own";
    assert!(run_alone(test, &[("RUST_MIN_STACK", &stack)]));
}

#[test]
#[ignore = "run by no_thread_is_an_error"]
fn no_thread_in_a_process_of_its_own() {
    let client = Client::new(crate::KEY).expect("a client");
    let error = client.credits().remaining().send_blocking().expect_err("no thread");
    assert_eq!((error.kind(), error.timing().attempts), (ErrorKind::Connect, 0));
    assert!(error.to_string().contains("no thread"), "{error}");

    let mut run = client.enrichment().phone_all(requests());
    let error = run.next_blocking().expect_err("no thread");
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert_eq!(run.into_unsent().count(), 20);
}
