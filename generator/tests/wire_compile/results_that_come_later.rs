//! A result that comes later is waited for, and no other service gets the key.

use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use fixture::reports::{CreateCopy, CreateReport};
use fixture::types::Report;
use fixture::{Client, ErrorKind, Poller, Retry};
use service::{Request, serve_in_turn};

mod service;

const OK: &str = "200 OK";
const ACCEPTED: &str = "202 Accepted";

fn client(url: &str) -> Client {
    let mut retry = Retry::times(1);
    retry.base = Duration::ZERO;
    let hook = |attempt: &mut fixture::BeforeAttempt<'_>| attempt.header("X-Trace", "mine");
    let builder = Client::builder().base_url(url).key("secret").retry(retry).before_attempt(hook);
    builder.default_header("X-Tenant", "me").build().expect("a client")
}

fn targets(requests: &Receiver<Request>) -> Vec<String> {
    let line = |request: Request| request.head.lines().next().unwrap_or_default().to_owned();
    requests.try_iter().map(|request| line(request).replace(" HTTP/1.1", "")).collect()
}

#[test]
fn the_status_is_requested_until_there_is_a_result() {
    let (url, requests) = serve_in_turn(&[
        (ACCEPTED, &["Operation-Location: /jobs/1?a=b"], ""),
        (OK, &[], r#"{"status": "running"}"#),
        ("503 Service Unavailable", &[], ""),
        (OK, &[], r#"{"status": "a new word"}"#),
        (OK, &[], r#"{"status": "succeeded", "result": {"pages": 3}}"#),
    ]);
    let poller = client(&url).reports().create().into_poller_blocking().expect("accepted");
    assert_eq!(poller.url(), Some(format!("{url}/jobs/1?a=b").as_str()));
    let report = poller.wait_blocking().expect("a report");
    assert_eq!((report.pages, report.status().as_u16()), (3, 200));
    let status = "GET /jobs/1?a=b";
    assert_eq!(targets(&requests), ["POST /reports", status, status, status, status]);
}

#[test]
fn without_a_state_a_status_other_than_202_is_the_last_one() {
    let (url, requests) = serve_in_turn(&[
        (ACCEPTED, &["Location: jobs/1", "Retry-After: 0"], ""),
        (ACCEPTED, &["Retry-After: 0"], ""),
        (OK, &[], r#"{"anything": 1.10}"#),
    ]);
    let poller = client(&url).reports().create_export().into_poller_blocking().expect("accepted");
    let found = poller.wait_blocking().expect("a result");
    assert_eq!(found.body()["anything"], 1.10);
    assert_eq!(targets(&requests), ["POST /exports", "GET /jobs/1", "GET /jobs/1"]);
}

#[test]
fn the_time_that_the_service_states_comes_before_the_own_one() {
    let (url, _requests) = serve_in_turn(&[
        (ACCEPTED, &["Operation-Location: /jobs/1"], ""),
        (OK, &["Retry-After: 1"], r#"{"status": "running"}"#),
        (OK, &[], r#"{"status": "succeeded", "result": {"pages": 1}}"#),
    ]);
    let started = Instant::now();
    let poller = client(&url).reports().create().into_poller_blocking().expect("accepted");
    poller.wait_blocking().expect("a report");
    assert!(started.elapsed() >= Duration::from_secs(1), "{:?}", started.elapsed());
}

#[test]
fn a_wait_is_resumed_by_its_url() {
    let (url, requests) =
        serve_in_turn(&[(OK, &[], r#"{"status": "succeeded", "result": {"pages": 7}}"#)]);
    let stored = format!("{url}/jobs/9");
    let poller = Poller::<CreateReport>::resume(&client(&url), &stored).expect("a URL");
    assert_eq!(poller.wait_blocking().expect("a report").pages, 7);
    let request = requests.recv().expect("a request");
    assert_eq!(request.target(), "/jobs/9");
    assert_eq!(request.header("x-key"), ["secret"]);
    assert_eq!((request.header("x-trace"), request.header("x-tenant")), (vec!["mine"], vec!["me"]));
}

#[test]
fn another_host_gets_neither_the_key_nor_what_the_caller_adds() {
    let (other, there) = serve_in_turn(&[
        (OK, &[], r#"{"done": false}"#),
        (OK, &[], r#"{"done": true, "at": "/reports/1"}"#),
        (OK, &[], r#"{"pages": 2}"#),
    ]);
    let job = format!(r#"{{"job": {{"href": "{other}/jobs/1"}}}}"#);
    let (url, here) = serve_in_turn(&[(OK, &[], &job)]);
    let poller = client(&url).reports().create_copy().into_poller_blocking().expect("accepted");
    let report: Report = poller.wait_blocking().expect("a report").into_body();
    assert_eq!(report.pages, 2);
    assert_eq!(here.recv().expect("a request").header("x-key"), ["secret"]);
    let requests: Vec<_> = there.try_iter().collect();
    assert_eq!(requests.len(), 3);
    for request in &requests {
        let head = request.head.to_ascii_lowercase();
        assert!(!["secret", "x-trace", "x-tenant"].iter().any(|text| head.contains(text)), "{head}");
    }
}

#[test]
fn a_status_that_cannot_be_requested_is_refused() {
    for location in ["http://[", "file:///etc/passwd", "ftp://127.0.0.1/"] {
        let job = format!(r#"{{"job": {{"href": "{location}"}}}}"#);
        let (url, _here) = serve_in_turn(&[(OK, &[], &job)]);
        let poller = client(&url).reports().create_copy().into_poller_blocking();
        let error = poller.and_then(|poller| poller.wait_blocking()).expect_err("refused");
        assert_eq!(error.kind(), ErrorKind::Refused, "{location}: {error}");
    }
}

#[test]
fn work_that_failed_has_no_result() {
    let (url, _requests) = serve_in_turn(&[
        (ACCEPTED, &["Operation-Location: /jobs/1"], ""),
        (OK, &[], r#"{"status": "failed", "error": "no paper"}"#),
    ]);
    let poller = client(&url).reports().create().into_poller_blocking().expect("accepted");
    let error = poller.wait_blocking().expect_err("a failure");
    assert_eq!(error.kind(), ErrorKind::Unsuccessful);
    assert_eq!(error.message().as_deref(), Some("no paper"));
    assert!(error.to_string().contains("`failed`"), "{error}");
}

#[test]
fn a_reply_without_a_status_is_an_error_and_a_wait_has_an_end() {
    let (url, _requests) = serve_in_turn(&[(ACCEPTED, &[], "")]);
    let error = client(&url).reports().create().into_poller_blocking().expect_err("no URL");
    assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
    let replies = [(OK, [].as_slice(), r#"{"done": false}"#); 100];
    let (url, _requests) = serve_in_turn(&replies);
    let poller = Poller::<CreateCopy>::resume(&client(&url), "/jobs/1").expect("a URL");
    let error = poller.deadline(Duration::from_millis(50)).wait_blocking().expect_err("too late");
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.is_retryable());
}
