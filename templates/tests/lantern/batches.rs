//! Batches: submitted, stored, waited for and read, under virtual time and without a network.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::stream::Stream;
use lantern_client::batch::{Batch, Fetch, FetchError, Fetched, Fetching, Place, Record, Web};
use lantern_client::batches::{EmailEnrichBatch, PhoneEnrichBatch};
use lantern_client::types;
use lantern_client::{
    Call, Client, Delivery, ErrorKind, Phase, Sending, Transport, TransportError,
};
use tokio::time::Instant;

use crate::assert_secret;
use crate::virtual_time::{Answer, Service};
use crate::wire::{Then, Wire, reply};

const CSV: &str = "id,first_name,last_name,company_name,company_url,linkedin,phone\n";

/// An answer to a submission that names this place for the results.
fn run(place: &str) -> String {
    format!(
        r#"{{"run_id": "run-1", "result_path": "{place}", "credits_csv_path": "s3://bucket/costs.csv"}}"#
    )
}

fn accepting(place: &str) -> Service {
    let run: &'static str = run(place).leak();
    Service::new(move |_, _, _| Answer::Reply(200, vec![], run))
}

fn submission(client: &Client) -> Call<PhoneEnrichBatch> {
    client.batches().phone(types::BatchRequest::new(vec!["a".into()], 5))
}

async fn submitted(client: &Client) -> Batch<PhoneEnrichBatch> {
    submission(client).await.expect("a batch").into_body()
}

/// A store that finds nothing for a while.
#[derive(Clone, Debug)]
struct Store {
    there: Instant,
    csv: String,
    seen: Arc<Mutex<Vec<(Instant, String)>>>,
    before: fn() -> Result<Fetched, FetchError>,
}

impl Store {
    fn after(seconds: u64, csv: impl Into<String>) -> Self {
        let there = Instant::now() + Duration::from_secs(seconds);
        let before = || Ok(Fetched::NotYet(reqwest::StatusCode::FORBIDDEN));
        Self { there, csv: csv.into(), seen: Arc::default(), before }
    }

    fn looks(&self) -> Vec<Instant> {
        self.seen.lock().expect("no panic").iter().map(|(time, _)| *time).collect()
    }
}

impl Fetch for Store {
    fn fetch<'a>(&'a self, place: &'a Place, _most: usize) -> Fetching<'a> {
        Box::pin(async move {
            let now = Instant::now();
            self.seen.lock().expect("no panic").push((now, format!("{place:?}")));
            if now < self.there {
                (self.before)()
            } else {
                Ok(Fetched::Found(self.csv.clone().into()))
            }
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_batch_is_stored_and_resumed() {
    let client = accepting("s3://bucket/runs/1.csv").client();
    let batch = submitted(&client).await;
    assert_eq!(
        (batch.run_id(), batch.result_path.as_deref()),
        ("run-1", Some("s3://bucket/runs/1.csv"))
    );
    let stored = serde_json::to_string(&batch).expect("JSON");
    drop((batch, client));

    let resumed: Batch<PhoneEnrichBatch> = serde_json::from_str(&stored).expect("a batch");
    let other = serde_json::from_str::<Batch<EmailEnrichBatch>>(&stored);
    assert!(other.is_err_and(|error| error.to_string().contains("was submitted by")));
    let client = accepting("unused").client();
    let store = Store::after(0, format!("{CSV}a,Ada,,,,,+14155550100\n"));
    let results = resumed.wait(&client).fetch_by(store.clone()).await.expect("results");
    let rows: Vec<_> = results.rows().map(|row| row.expect("a row")).collect();
    assert_eq!(rows[0].first_name.as_deref(), Some("Ada"));
    assert_eq!(rows[0].last_name, None);
    assert_eq!(rows[0].extra["phone"], "+14155550100");
    let report = resumed.report(&client).fetch_by(store).await.expect("a report");
    let charges: Vec<Record> = report.rows().map(|row| row.expect("a row")).collect();
    assert_eq!(charges[0].get("id"), Some("a"));
}

#[test]
fn a_stored_batch_survives_a_renamed_operation() {
    let accepted =
        r#""accepted": {"run_id": "run-1", "result_path": "a", "credits_csv_path": "b"}"#;
    let id = "phone_enrich_batch_v1_agents_phone_post";
    let read = |operation: &str, request: &str| {
        let stored = format!(r#"{{"operation": "{operation}", {request} {accepted}}}"#);
        serde_json::from_str::<Batch<PhoneEnrichBatch>>(&stored)
    };
    let same = r#""method": "POST", "path": "/v1/agents/phone","#;
    let moved = r#""method": "POST", "path": "/v2/agents/phone","#;
    let other_verb = r#""method": "PUT", "path": "/v1/agents/phone","#;
    let no_method = r#""path": "/v1/agents/phone","#;
    for (operation, request) in [(id, ""), (id, same), (id, moved), ("start_phone_batch", same)] {
        let batch = read(operation, request).expect("a batch");
        assert_eq!(batch.run_id(), "run-1", "{operation} {request}");
        let stored = serde_json::to_value(&batch).expect("JSON");
        assert_eq!(stored["operation"], id);
        assert_eq!(
            (&stored["method"], &stored["path"]),
            (&"POST".into(), &"/v1/agents/phone".into())
        );
    }
    for request in ["", moved, other_verb, no_method] {
        let error = read("start_phone_batch", request).expect_err("another operation");
        assert!(error.to_string().contains("`start_phone_batch`"), "{error}");
    }
    let error = read("start_phone_batch", moved).expect_err("another operation").to_string();
    let (by, this) = ("`POST /v2/agents/phone` (`start_phone_batch`)", "`POST /v1/agents/phone` (");
    assert!(error.contains(&format!("submitted by {by}, not by {this}")), "{error}");
    let error = read("start_phone_batch", no_method).expect_err("another operation").to_string();
    assert!(error.contains("submitted by `start_phone_batch`, not by"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn c20_results_are_found_at_most_an_interval_late() {
    let client = accepting("s3://bucket/runs/1.csv").client();
    let batch = submitted(&client).await;
    let store = Store::after(600, CSV);
    let began = Instant::now();
    batch.wait(&client).fetch_by(store.clone()).await.expect("results");
    let late = began.elapsed() - Duration::from_secs(600);
    assert!(late <= Duration::from_secs(60), "{late:?}");
    let looks = store.looks();
    let pauses: Vec<_> = looks.windows(2).map(|two| (two[1] - two[0]).as_secs()).collect();
    assert_eq!(pauses[0], 5);
    assert!(pauses.iter().all(|pause| (5..=60).contains(pause)), "{pauses:?}");
    assert!(looks.len() <= 18, "{}", looks.len());
}

#[tokio::test(start_paused = true)]
async fn c20_the_deadline_says_which_run_and_what_was_seen_last() {
    let client = accepting("s3://bucket/runs/1.csv").client();
    let batch = submitted(&client).await;
    let deadline = Duration::from_secs(120);
    let began = Instant::now();
    let never = Store::after(1_000_000, "");
    let error =
        batch.wait(&client).deadline(deadline).fetch_by(never).await.expect_err("a timeout");
    assert_eq!((error.kind(), error.phase()), (ErrorKind::Timeout, Some(Phase::Results)));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(403));
    assert!(error.to_string().contains("run-1") && error.to_string().contains("403"), "{error}");
    assert!(error.is_retryable());
    assert_eq!(began.elapsed().as_secs(), 120);
    // What fails in passing is looked for again.
    let store = Store { before: || Err(FetchError::passing("down")), ..Store::after(30, CSV) };
    batch.wait(&client).fetch_by(store).await.expect("results");
}

#[tokio::test(start_paused = true)]
async fn c20_a_bad_row_among_ten_thousand_costs_no_other() {
    let client = accepting("s3://bucket/runs/1.csv").client();
    let batch = submitted(&client).await;
    let mut csv = CSV.to_owned();
    for number in 0..10_000 {
        csv += &match number {
            5_000 => "\"5000,Ada\n".to_owned(),
            _ => format!("{number},Ada,Lovelace,Analytical,https://a.example,ada,+44{number}\n"),
        };
    }
    let results = batch.wait(&client).fetch_by(Store::after(0, csv)).await.expect("results");
    let (good, bad) = results.split();
    assert_eq!(good.len(), 9_999);
    assert_eq!(bad.iter().map(|bad| bad.line).collect::<Vec<_>>(), [5_002]);
}

#[tokio::test(start_paused = true)]
async fn c20_a_hostile_place_is_refused_before_any_request() {
    let hostile = [
        "file:///etc/passwd",
        "http://169.254.169.254/latest",
        "https://127.0.0.1/x",
        "https://u:p@a.example/x",
        "https://localhost/x",
        "../../etc/passwd",
        "javascript:alert(1)",
        "s3://bucket/../x",
        "s3://bucket/x",
        "",
    ];
    for place in hostile {
        let client = accepting(place).client();
        let batch = submitted(&client).await;
        let never = Service::new(|_, _, _| panic!("a request"));
        let error = batch.wait(&client).fetch_by(Web::by(never)).await.expect_err("a refusal");
        assert_eq!(error.kind(), ErrorKind::Refused, "{place}: {error}");
    }
}

/// What a presigned fetch sends, as it arrives.
#[derive(Clone, Debug, Default)]
struct Recorder(Arc<Mutex<Vec<String>>>, Option<u16>);

impl Transport for Recorder {
    fn send(&self, request: reqwest::Request) -> Sending<'_> {
        self.0.lock().expect("no panic").push(format!("{} {:?}", request.url(), request.headers()));
        let status = self.1.unwrap_or(200);
        Box::pin(async move {
            let response =
                http::Response::builder().status(status).header("location", "https://b.example/");
            Ok(response
                .body(CSV)
                .map_err(|error| TransportError::new(Delivery::NotSent, error))?
                .into())
        })
    }
}

#[tokio::test(start_paused = true)]
async fn c19_a_presigned_result_is_fetched_without_anything_of_the_caller() {
    let place = "https://bucket.s3.amazonaws.com/1.csv?X-Amz-Signature=abc";
    let client = accepting(place).client();
    let batch = submitted(&client).await;
    assert!(!format!("{batch:?}").contains("abc"), "a signature is a secret");
    let recorder = Recorder::default();
    batch.wait(&client).fetch_by(Web::by(recorder.clone())).await.expect("results");
    assert_eq!(*recorder.0.lock().expect("no panic"), [format!("{place} {{}}")]);
    for status in [301, 302, 307, 308] {
        let recorder = Recorder(Arc::default(), Some(status));
        let wait = batch.wait(&client).fetch_by(Web::by(recorder.clone()));
        let error = wait.await.expect_err("no redirect is followed");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert_eq!(recorder.0.lock().expect("no panic").len(), 1);
        assert!(!format!("{error} {error:?}").contains("abc"), "{error:?}");
    }
    // Names and https only, unless the caller opts in.
    for local in [
        "https://127.0.0.1/1.csv",
        "https://10.0.0.1/1.csv",
        "https://localhost/1.csv",
        "http://a.example/1.csv",
    ] {
        let client = accepting(local).client();
        let batch = submitted(&client).await;
        let recorder = Recorder::default();
        let refused = batch.wait(&client).fetch_by(Web::by(recorder.clone())).await;
        assert_eq!(refused.expect_err("a refusal").kind(), ErrorKind::Refused, "{local}");
        assert!(recorder.0.lock().expect("no panic").is_empty());
        let opted_in = Web::by(recorder).allow_local();
        batch.wait(&client).fetch_by(opted_in).await.expect("results");
    }
}

#[tokio::test]
async fn c19_no_key_reaches_the_store_on_the_wire() {
    let forbidden =
        b"<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>";
    let wire = Wire::new(Then::Say(reply("403 Forbidden", "", forbidden))).await;
    let client = accepting(&format!("http://{}/1.csv?sig=abc", wire.address)).client();
    let batch = submitted(&client).await;
    let wait = batch.wait(&client).fetch_by(Web::new().expect("a fetcher").allow_local());
    let error = wait.await.expect_err("its time is over");
    assert_eq!(
        (error.kind(), error.status().map(|status| status.as_u16())),
        (ErrorKind::Status, Some(403))
    );
    assert!(error.to_string().contains("presigned"), "{error}");
    assert_secret(&error);
    let heads = wire.heads().join("\n").to_ascii_lowercase();
    assert!(heads.starts_with("get /1.csv?sig=abc http/1.1"), "{heads}");
    for name in ["authorization", "cookie", "referer", crate::KEY] {
        assert!(!heads.contains(name), "{heads}");
    }
}

#[tokio::test(start_paused = true)]
async fn any_number_of_ids_is_submitted_at_the_allowed_pace() {
    let service = accepting("s3://bucket/runs/1.csv");
    let client = service.client();
    let began = Instant::now();
    let mut submissions = submission(&client).submit_all((0..2_500).map(|id| id.to_string()));
    assert_eq!(submissions.size_hint(), (3, Some(3)));
    let shown = format!("{submissions:?}");
    assert!(shown.contains("remaining: 2500, ..") && !shown.contains(crate::KEY), "{shown}");
    let mut seen = Vec::new();
    while let Some(submitted) = submissions.next().await {
        submitted.batch.expect("a batch");
        seen.push((
            submitted.number,
            submitted.of,
            submitted.ids.len(),
            submissions.remaining().len(),
        ));
    }
    assert_eq!(seen, [(1, 3, 1_000, 1_500), (2, 3, 1_000, 500), (3, 3, 500, 0)]);
    let took = began.elapsed().as_secs();
    assert!((120..=125).contains(&took), "{took}");
    let bodies: Vec<serde_json::Value> =
        service.bodies().iter().map(|body| serde_json::from_str(body).expect("JSON")).collect();
    let ids: Vec<_> = bodies.iter().flat_map(|body| body["ids"].as_array().expect("ids")).collect();
    assert_eq!(ids.len(), 2_500);
    assert!(
        ids.iter().enumerate().all(|(number, id)| id.as_str() == Some(number.to_string().as_str()))
    );
    assert!(bodies.iter().all(|body| body["max_credits"] == 5));
}

#[tokio::test(start_paused = true)]
async fn a_batch_that_fails_ends_no_other_and_no_answer_is_lost() {
    let run: &'static str = run("s3://bucket/1.csv").leak();
    let service = Service::new(move |number, _, _| match number {
        1 => Answer::Lost,
        _ => Answer::Reply(200, vec![], run),
    });
    let client = service.client();
    let mut submissions = submission(&client).submit_all((0..3_000).map(|id| id.to_string()));
    assert!(submissions.next().await.expect("the first").batch.is_ok());
    // Who stops waiting for the second takes up where it was.
    let impatient = tokio::time::timeout(Duration::from_secs(1), submissions.next()).await;
    assert!(impatient.is_err());
    assert_eq!(submissions.size_hint(), (2, Some(2)), "the second is under way");
    let second = submissions.next().await.expect("the second");
    assert_eq!(submissions.size_hint(), (1, Some(1)));
    assert_eq!(second.batch.expect_err("its answer is lost").kind(), ErrorKind::OutcomeUnknown);
    assert_eq!((second.number, second.ids.first().map(String::as_str)), (2, Some("1000")));
    assert!(submissions.next().await.expect("the third").batch.is_ok());
    assert!(submissions.next().await.is_none());
    assert_eq!(service.times().len(), 3);
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

const MOMENT: Duration = Duration::from_millis(50);

#[test]
fn a_batch_that_was_queued_elsewhere_is_submitted_by_a_blocking_call() {
    let service = accepting("s3://bucket/1.csv");
    let builder = Client::builder().api_key(crate::KEY).transport(service.clone());
    // So long that a busy machine gets to the second while that is still in the queue.
    let client = builder.rate_limit("batches", 1, 30 * MOMENT).build().expect("a client");
    let mut submissions = submission(&client).submit_all((0..2_500).map(|id| id.to_string()));
    let async_runtime = runtime();
    async_runtime.block_on(async {
        assert!(submissions.next().await.expect("the first").batch.is_ok());
        // The second is still in the queue.
        assert!(tokio::time::timeout(MOMENT / 10, submissions.next()).await.is_err());
    });
    // What drove it stands still, and is gone later.
    let second = submissions.next_blocking().expect("a thread").expect("the second");
    drop(async_runtime);
    let third = submissions.next_blocking().expect("a thread").expect("the third");
    assert_eq!((second.number, second.ids[0].as_str(), second.ids.len()), (2, "1000", 1_000));
    assert_eq!((third.number, third.ids[0].as_str(), third.ids.len()), (3, "2000", 500));
    assert!(second.batch.is_ok() && third.batch.is_ok());
    assert!(submissions.next_blocking().expect("a thread").is_none());
    assert_eq!(service.times().len(), 3, "none is submitted twice");
}

#[test]
fn a_batch_that_was_sent_elsewhere_is_not_lost_to_a_blocking_call() {
    let service = Service::new(|_, _, _| Answer::Never);
    let builder = Client::builder().api_key(crate::KEY).transport(service.clone());
    let client = builder.timeout(10 * MOMENT).build().expect("a client");
    let mut submissions = submission(&client).submit_all(["a", "b"]);
    let runtime = runtime();
    runtime.block_on(async {
        // The request is looked for first, so that the time may be up on a busy machine.
        tokio::select! {
            biased;
            () = arrival(&service) => {}
            _ = submissions.next() => panic!("it ended before it was sent"),
        }
    });
    let first = submissions.next_blocking().expect("a thread").expect("the first");
    assert_eq!((first.number, first.ids), (1, vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(first.batch.expect_err("no answer").kind(), ErrorKind::OutcomeUnknown);
    assert_eq!(service.times().len(), 1, "it is not submitted twice");
}

/// Until the service has a request.
async fn arrival(service: &Service) {
    while service.times().is_empty() {
        tokio::task::yield_now().await;
    }
}
