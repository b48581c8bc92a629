//! Calls from code that is not async, and from code that is.

use std::future::pending;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use lantern_client::types::PhoneEnrichmentRequest;
use lantern_client::{Client, ErrorKind, types};
use serde_json::json;

use crate::alone::run_alone;
use crate::client;
use crate::server::{Answer, Server};
use crate::virtual_time::{Answer as Said, BALANCE, Service};

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

/// C26: a thread that makes a blocking call drives no connection of its runtime meanwhile.
async fn c26_calls_of_both_kinds() {
    let server = server(200);
    let builder = Client::builder().api_key(crate::KEY).base_url(server.url());
    let builder = builder.timeout(Duration::from_secs(20)).no_rate_limit("credits");
    let client = builder.build().expect("a client");
    let began = Instant::now();
    for _ in 0..4 {
        client.credits().remaining().await.expect("a reply");
        assert_eq!(remaining(&client), 5.0);
    }
    let calls: Vec<_> = (0..3)
        .map(|_| {
            let call = client.credits().remaining();
            tokio::spawn(async move { call.await.map(drop) })
        })
        .collect();
    tokio::task::yield_now().await;
    client.credits().remaining().no_retry().send_blocking().expect("beside calls under way");
    for call in calls {
        call.await.expect("no panic").expect("a reply");
    }
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
}

#[tokio::test]
async fn c26_a_runtime_of_one_thread_can_call_both_ways() {
    c26_calls_of_both_kinds().await;
}

#[test]
fn c26_a_runtime_of_several_threads_can_call_both_ways() {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(1).enable_all().build().expect("a runtime");
    runtime.block_on(async {
        tokio::spawn(c26_calls_of_both_kinds()).await.expect("no panic");
    });
}

/// What is not to be repeated has a connection of its own in both worlds.
#[tokio::test]
async fn c26_pools_are_kept_apart_and_used_again() {
    let server = server(200);
    let client = client(&server);
    for _ in 0..3 {
        client.credits().remaining().await.expect("a reply");
        remaining(&client);
    }
    let mut agents: Vec<_> =
        server.seen().iter().map(|seen| seen.headers["user-agent"].clone()).collect();
    agents.dedup();
    assert_eq!(agents.len(), 1, "both have the same settings");
}

/// A timer that was set on a runtime which is blocked now goes on in the background.
#[tokio::test]
async fn c26_a_call_that_was_begun_by_await_can_be_ended_by_blocking() {
    let server = server(200);
    let builder = Client::builder().api_key(crate::KEY).base_url(server.url());
    let builder = builder.rate_limit("batches", 1, Duration::from_millis(300));
    let client = builder.build().expect("a client");
    let call = client.batches().phone(types::BatchRequest::new(vec![], 5));
    let mut submissions = call.submit_all(["a"; 3]);
    let first = submissions.next().await.expect("a batch");
    drop(first);
    let call = client.batches().phone(types::BatchRequest::new(vec![], 5));
    let mut second = call.submit_all(["b"]);
    let late = tokio::time::timeout(Duration::from_millis(20), second.next()).await;
    assert!(late.is_err(), "its turn comes later");
    let submitted = second.next_blocking().expect("a thread").expect("a batch");
    assert_eq!(submitted.number, 1);
}

#[test]
fn a_blocking_call_within_another_one_is_refused() {
    let server = server(200);
    let inner = client(&server);
    let builder = Client::builder().api_key(crate::KEY).base_url(server.url());
    let builder = builder.before_attempt(move |_| {
        let error = inner.credits().remaining().send_blocking().expect_err("within another one");
        assert_eq!((error.kind(), error.timing().attempts), (ErrorKind::Request, 0));
    });
    assert_eq!(remaining(&builder.build().expect("a client")), 5.0);
}

fn async_runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// What waits for its turn in a runtime that stands still goes on where it is waited for.
#[test]
fn c29_a_bulk_run_goes_on_in_code_that_is_not_async() {
    let service = Service::new(|_, _, _| Said::Reply(200, vec![], BALANCE));
    let builder = Client::builder().api_key(crate::KEY).transport(service.clone());
    let moment = Duration::from_millis(200);
    let client = builder.rate_limit("enrichment", 3, moment).build().expect("a client");
    let mut run = client.enrichment().phone_all(requests().take(9)).concurrency(5);
    let mut all = Vec::new();
    let runtime = async_runtime();
    runtime.block_on(async {
        for _ in 0..3 {
            all.push(run.next().await.expect("one of the first three").index);
        }
        assert!(tokio::time::timeout(moment / 20, run.next()).await.is_err(), "in the queue");
    });
    while let Some(done) = run.next_blocking().expect("a thread") {
        done.result.expect("a reply");
        all.push(done.index);
    }
    all.sort_unstable();
    assert_eq!(all, (0..9).collect::<Vec<_>>());
    let expected: Vec<_> = (0..9).map(|id| format!(r#"{{"record_id":"{id}"}}"#)).collect();
    assert_eq!(service.bodies(), expected);
}

/// What was sent by a runtime that stands still ends with its attempt, and holds nobody up.
#[test]
fn c29_a_bulk_run_gets_to_its_end_whatever_another_runtime_has_sent() {
    let service = Service::new(|number, _, _| match number {
        0 => Said::Never,
        _ => Said::Reply(200, vec![], BALANCE),
    });
    let builder = Client::builder().api_key(crate::KEY).transport(service.clone());
    let moment = Duration::from_millis(100);
    let client = builder.timeout(moment).build().expect("a client");
    let mut run = client.enrichment().phone_all(requests()).concurrency(1);
    let runtime = async_runtime();
    runtime.block_on(async {
        assert!(tokio::time::timeout(moment / 50, run.next()).await.is_err());
    });
    let mut results = Vec::new();
    while let Some(done) = run.next_blocking().expect("a thread") {
        results.push((done.index, done.result.is_ok()));
    }
    assert_eq!(results[0], (0, false));
    assert_eq!(results[1..], (1..20).map(|index| (index, true)).collect::<Vec<_>>());
    assert_eq!(service.times().len(), 20);
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
