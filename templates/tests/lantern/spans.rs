//! What `tracing` and `log` are told: the fields of each attempt, the waits, and never the key.

use lantern_client::{Client, Retry, types};
use serde_json::{Map, json};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::Registry;

use crate::alone::run_alone;
use crate::recorder::{Fields, Recorder};
use crate::server::{self, Server};
use crate::virtual_time::{Answer, BALANCE, Service};
use crate::{KEY, blocking};

/// Interest in what is told is cached in a process, so each test has one of its own.
#[test]
fn each_in_a_process_of_its_own() {
    let tests = [
        "an_attempt_is_a_span",
        "failures_have_a_type",
        "attempts_are_measured",
        "waits_are_events",
        "replies_that_a_dropped_bulk_run_loses_are_told",
        "hooks_run_within_the_span",
        "blocking_calls_stay_within_the_callers_span",
        "nobody_is_told_what_is_secret",
        "nobody_is_told_what_is_secret_over_http2",
    ];
    for test in tests {
        assert!(run_alone(&format!("spans::{test}"), &[]), "{test}");
    }
}

impl Recorder {
    /// Our spans, or our events.
    fn ours(&self, spans: bool) -> Vec<Fields> {
        let all = self.all().into_iter().filter(|told| told.id.is_some() == spans);
        let all = all.map(|told| told.fields);
        all.filter(|fields| fields["target"] == "lantern_client").collect()
    }

    fn spans(&self) -> Vec<Fields> {
        self.ours(true)
    }

    /// Our events with this message.
    fn events(&self, message: &str) -> Vec<Fields> {
        let events = self.ours(false).into_iter();
        events.filter(|fields| fields["message"].starts_with(message)).collect()
    }
}

fn told<const N: usize>(fields: [(&'static str, &str); N]) -> Fields {
    fields.map(|(name, value)| (name, value.to_owned())).into()
}

fn client(service: &Service) -> Client {
    let builder = Client::builder().api_key(KEY).base_url("http://localhost:8080/api");
    builder.transport(service.clone()).build().expect("a client")
}

#[tokio::test(start_paused = true)]
#[ignore = "run by each_in_a_process_of_its_own"]
async fn an_attempt_is_a_span() {
    let service = Service::new(|number, _, _| match number {
        0 => Answer::Reply(503, vec![], "{}"),
        _ => Answer::Reply(200, vec![], BALANCE),
    });
    let (recorder, _guard) = Recorder::on_this_thread();
    client(&service).credits().remaining().await.expect("a reply");
    let common = told([
        ("target", "lantern_client"),
        ("level", "INFO"),
        ("otel.name", "GET /v1/credits/remaining"),
        ("otel.kind", "client"),
        ("http.request.method", "GET"),
        ("url.template", "/v1/credits/remaining"),
        ("server.address", "localhost"),
        ("server.port", "8080"),
    ]);
    let mut first = told([
        ("http.response.status_code", "503"),
        ("error.type", "503"),
        ("otel.status_code", "ERROR"),
    ]);
    let mut second =
        told([("http.response.status_code", "200"), ("http.request.resend_count", "1")]);
    first.extend(common.clone());
    second.extend(common);
    assert_eq!(recorder.spans(), [first, second]);
}

#[tokio::test(start_paused = true)]
#[ignore = "run by each_in_a_process_of_its_own"]
async fn failures_have_a_type() {
    let service = Service::new(|number, _, _| match number {
        0 => Answer::NotSent,
        1 => Answer::Lost,
        2 => Answer::Reply(302, vec![], ""),
        _ => Answer::Reply(200, vec![], r#"{"success": false}"#),
    });
    let client = client(&service);
    let (recorder, _guard) = Recorder::on_this_thread();
    for _ in 0..4 {
        client.credits().remaining().no_retry().await.expect_err("a failure");
    }
    let types: Vec<_> =
        recorder.spans().into_iter().map(|span| span["error.type"].clone()).collect();
    assert_eq!(types, ["Connect", "Transport", "302", "Unsuccessful"]);
}

#[tokio::test(start_paused = true)]
#[ignore = "run by each_in_a_process_of_its_own"]
async fn attempts_are_measured() {
    let service = Service::new(|number, _, _| match number {
        0 => Answer::Reply(503, vec![], "{}"),
        _ => Answer::Reply(200, vec![], BALANCE),
    });
    let (recorder, _guard) = Recorder::on_this_thread();
    client(&service).credits().remaining().await.expect("a reply");
    let all = recorder.all().into_iter().map(|told| told.fields);
    let measured: Vec<_> =
        all.filter(|fields| fields["target"] == "lantern_client::metrics").collect();
    let common = told([
        ("target", "lantern_client::metrics"),
        ("level", "TRACE"),
        ("histogram.http.client.request.duration", "0.02"),
        ("http.request.method", "GET"),
        ("url.template", "/v1/credits/remaining"),
        ("server.address", "localhost"),
        ("server.port", "8080"),
    ]);
    let mut first = told([("http.response.status_code", "503"), ("error.type", "503")]);
    let mut second = told([("http.response.status_code", "200")]);
    first.extend(common.clone());
    second.extend(common);
    assert_eq!(measured, [first, second]);
}

#[tokio::test(start_paused = true)]
#[ignore = "run by each_in_a_process_of_its_own"]
async fn replies_that_a_dropped_bulk_run_loses_are_told() {
    let (recorder, _guard) = Recorder::on_this_thread();
    let client = client(&Service::new(|_, _, _| Answer::Reply(200, vec![], BALANCE)));
    let requests = || (0..5).map(|id| types::PhoneEnrichmentRequest::new(id.to_string()));
    let lost = |fields: &Fields| (fields["level"].clone(), fields["calls"].clone());
    for taken in 0..=5 {
        let mut run = client.enrichment().phone_all(requests()).concurrency(3);
        for _ in 0..taken {
            run.next().await.expect("a result");
        }
        drop(run);
    }
    let told: Vec<_> = recorder.events("a bulk run was dropped").iter().map(lost).collect();
    let expected = ["2", "2", "2", "1"];
    assert_eq!(told, expected.map(|calls| ("WARN".to_owned(), calls.to_owned())));

    let mut run = client.enrichment().phone_all(requests()).concurrency(3);
    run.next().await.expect("a result");
    run.finish().await;
    drop(run);
    assert_eq!(recorder.events("a bulk run was dropped").len(), 4);
}

#[tokio::test(start_paused = true)]
#[ignore = "run by each_in_a_process_of_its_own"]
async fn waits_are_events() {
    let service = Service::new(|number, _, _| match number {
        0 => Answer::Reply(503, vec![("retry-after", "3".into())], "{}"),
        1 => Answer::Reply(429, vec![("retry-after", "7".into())], "{}"),
        _ => Answer::Reply(200, vec![], BALANCE),
    });
    let (recorder, _guard) = Recorder::on_this_thread();
    let client = client(&service);
    client.credits().remaining().await.expect("a reply in the end");

    let [pause] = &recorder.events("pausing")[..] else { panic!("one pause") };
    assert_eq!((&*pause["level"], &*pause["error.type"]), ("DEBUG", "503"));
    assert!(pause["seconds"].parse::<f64>().is_ok_and(|seconds| seconds >= 3.0), "{pause:?}");
    let [gate] = &recorder.events("the gate")[..] else { panic!("one 429") };
    assert_eq!((&*gate["group"], &*gate["retry_after"]), ("credits", "7.0"));
    let [queue] = &recorder.events("waiting")[..] else { panic!("one wait") };
    assert_eq!((&*queue["level"], &*queue["group"]), ("DEBUG", "credits"));
}

#[tokio::test(start_paused = true)]
#[ignore = "run by each_in_a_process_of_its_own"]
async fn hooks_run_within_the_span() {
    let service = Service::new(|_, _, _| Answer::Reply(200, vec![], BALANCE));
    let (recorder, _guard) = Recorder::on_this_thread();
    let builder = Client::builder().api_key(KEY).transport(service);
    let hooked = builder
        .before_attempt(|_| drop(tracing::info_span!("before")))
        .after_attempt(|_| drop(tracing::info_span!("after")));
    hooked.build().expect("a client").credits().remaining().await.expect("a reply");
    let parents: Vec<_> =
        recorder.all().into_iter().filter_map(|told| told.fields.get("parent").cloned()).collect();
    assert_eq!(parents, ["attempt", "attempt"]);
}

#[test]
#[ignore = "run by each_in_a_process_of_its_own"]
fn blocking_calls_stay_within_the_callers_span() {
    let server = blocking::server(200);
    let (recorder, _guard) = Recorder::on_this_thread();
    let span = tracing::info_span!("caller").entered();
    crate::client(&server).credits().remaining().send_blocking().expect("a reply");
    drop(span);
    let [attempt] = &recorder.spans()[..] else { panic!("one attempt") };
    assert_eq!(attempt["parent"], "caller");
}

/// Calls with and without a body, sent again where they are refused.
async fn call_in_all_ways(client: &Client) {
    let from = jiff::Timestamp::UNIX_EPOCH;
    let retry = Retry::times(1).backoff(std::time::Duration::ZERO, std::time::Duration::ZERO);
    let usage = client.credits().usage(from, from).retry(retry);
    let _ = usage.workflow_id("private-query").await;
    let mut body = Map::new();
    body.insert("name".to_owned(), json!("private-body"));
    let request = types::WorkflowTriggerRequest::new(body);
    let _ = client.workflows().trigger("private-id", request).retry(retry).await;
}

#[tokio::test]
#[ignore = "run by each_in_a_process_of_its_own"]
async fn nobody_is_told_what_is_secret() {
    let recorder = Recorder::default();
    let subscriber = Registry::default().with(recorder.clone());
    tracing::subscriber::set_global_default(subscriber).expect("the first");
    log::set_boxed_logger(Box::new(recorder.clone())).expect("the first");
    log::set_max_level(log::LevelFilter::Trace);
    for status in [200, 503] {
        let answer = server::Answer::json(status, &json!({"error": "private-reply"}));
        let server = Server::answering(answer).await;
        let closed = Client::builder().api_key(KEY).base_url("http://127.0.0.1:9");
        call_in_all_ways(&crate::client(&server)).await;
        call_in_all_ways(&closed.build().expect("a client")).await;
        let requests = server.seen();
        assert!(requests.iter().all(|seen| seen.headers["authorization"].to_str().is_ok()));
        assert!(requests.iter().any(|seen| seen.line.contains("private-query")));
    }
    let all = format!("{:?}", recorder.all());
    assert!(all.contains("starting new connection"), "reqwest is heard: {all}");
    assert!(all.contains("pausing before the next attempt"), "we are heard: {all}");
    assert!(!all.contains(KEY), "{all}");
    assert!(!all.contains("private"), "{all}");
}

/// HTTP/2 has frames and compressed headers of its own to tell of. The service is on another thread,
/// where nobody listens.
#[tokio::test]
#[ignore = "run by each_in_a_process_of_its_own"]
async fn nobody_is_told_what_is_secret_over_http2() {
    let (recorder, _guard) = Recorder::on_this_thread();
    let http = reqwest::Client::builder().http2_prior_knowledge().no_proxy().build();
    let http = http.expect("an HTTP client");
    for status in [200, 503] {
        let server = blocking::server(status);
        let client = Client::builder().api_key(KEY).base_url(server.url());
        call_in_all_ways(&client.http_client(http.clone()).build().expect("a client")).await;
        assert!(server.seen().iter().any(|seen| seen.line.contains("private-query")));
    }
    let all = format!("{:?}", recorder.all());
    assert!(all.contains("h2::"), "HTTP/2 is heard: {all}");
    assert!(!all.contains(KEY), "{all}");
    assert!(!all.contains("private"), "{all}");
}
