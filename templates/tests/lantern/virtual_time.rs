//! Limits and retries under virtual time: the service is in memory, and no test waits.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use lantern_client::{Client, Error, ErrorKind, Phase, Retry, Sending, Transport, types};
use tokio::task::JoinSet;
use tokio::time::Instant;

/// An answer of the service, made from the number of the request and its time.
type Answering = dyn Fn(usize, Instant, &str) -> Answer + Send + Sync;

#[derive(Clone)]
pub enum Answer {
    Reply(u16, Vec<(&'static str, String)>, &'static str),
    Lost,
    NotSent,
    /// Silence after the request.
    Never,
    /// Silence after the head of the reply.
    NoEnd,
}

/// A service in memory.
#[derive(Clone)]
pub struct Service {
    answering: Arc<Answering>,
    pub seen: Arc<Mutex<Vec<(Instant, String)>>>,
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Service")
    }
}

impl Service {
    pub fn new(answering: impl Fn(usize, Instant, &str) -> Answer + Send + Sync + 'static) -> Self {
        Self { answering: Arc::new(answering), seen: Arc::default() }
    }

    pub fn client(&self) -> Client {
        let builder = Client::builder().api_key(crate::KEY).transport(self.clone());
        builder.build().expect("a client")
    }

    pub fn times(&self) -> Vec<Instant> {
        self.seen.lock().expect("no panic").iter().map(|(time, _)| *time).collect()
    }

    pub fn bodies(&self) -> Vec<String> {
        self.seen.lock().expect("no panic").iter().map(|(_, body)| body.clone()).collect()
    }
}

impl Transport for Service {
    fn send(&self, request: reqwest::Request) -> Sending<'_> {
        Box::pin(async move {
            let body = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default();
            let body = String::from_utf8_lossy(body).into_owned();
            let now = Instant::now();
            let number = {
                let mut seen = self.seen.lock().expect("no panic");
                seen.push((now, body.clone()));
                seen.len() - 1
            };
            tokio::time::sleep(Duration::from_millis(20)).await;
            match (self.answering)(number, now, &body) {
                Answer::Reply(status, headers, body) => {
                    let mut response = http::Response::builder().status(status);
                    for (name, value) in headers {
                        response = response.header(name, value);
                    }
                    Ok(response.body(body).expect("a response").into())
                }
                Answer::Lost => Err(failure(lantern_client::Delivery::Unknown)),
                Answer::NoEnd => Ok(http::Response::new(reqwest::Body::wrap(NoEnd)).into()),
                Answer::Never => std::future::pending().await,
                Answer::NotSent => Err(failure(lantern_client::Delivery::NotSent)),
            }
        })
    }
}

/// A body of which nothing ever comes.
struct NoEnd;

impl http_body::Body for NoEnd {
    type Data = bytes::Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<bytes::Bytes>, Self::Error>>> {
        Poll::Pending
    }
}

fn failure(delivery: lantern_client::Delivery) -> lantern_client::TransportError {
    lantern_client::TransportError::new(delivery, "the wire was cut")
}

fn reply(status: u16) -> Answer {
    Answer::Reply(status, vec![], BALANCE)
}

/// Both a balance and an enriched record.
pub const BALANCE: &str =
    r#"{"success": true, "tenant_id": 1, "remaining_credits": 5, "record_id": "crm-1"}"#;

async fn phone(client: &Client, id: impl Into<String>) -> Result<(), Error> {
    let request = types::PhoneEnrichmentRequest::new(id).email("ada@example.com");
    client.enrichment().phone(request).await.map(drop)
}

async fn batch(client: &Client) -> Result<(), Error> {
    client.batches().phone(types::BatchRequest::new(vec!["a".into()], 5)).await.map(drop)
}

/// Whether a strict server lets all of these through.
fn most_in_a_minute(times: &[Instant]) -> usize {
    let within = |from: &Instant| {
        let until = *from + Duration::from_secs(60);
        times.iter().filter(|time| (*from..until).contains(time)).count()
    };
    times.iter().map(within).max().unwrap_or_default()
}

#[tokio::test(start_paused = true)]
async fn c06_a_thousand_callers_use_a_strict_limit_up_in_order() {
    let service = Service::new(|_, _, _| reply(200));
    let client = service.client();
    let mut calls = JoinSet::new();
    let began = Instant::now();
    for number in 0..1_000 {
        let client = client.clone();
        calls.spawn(async move { phone(&client, format!("{number}")).await });
    }
    while let Some(result) = calls.join_next().await {
        result.expect("no panic").expect("no 429");
    }
    let times = service.times();
    assert_eq!(most_in_a_minute(&times), 50);
    // 1,000 calls take 19 windows after the first 50.
    let used = 19.0 * 60.0 / (times[999] - began).as_secs_f64();
    assert!(used >= 0.98, "{used}");
    for (place, body) in service.bodies().iter().enumerate() {
        let body: serde_json::Value = serde_json::from_str(body).expect("JSON");
        let number: usize = body["record_id"].as_str().expect("an id").parse().expect("a number");
        assert!(number.abs_diff(place) <= 2, "caller {number} went as number {place}");
    }
}

/// How long a call takes that is told 429 once, with these headers and this body.
async fn waited(headers: Vec<(&'static str, String)>, body: &'static str) -> Result<f64, Error> {
    let headers = Arc::new(headers);
    let service = Service::new(move |number, _, _| match number {
        0 => Answer::Reply(429, headers.to_vec(), body),
        _ => reply(200),
    });
    let began = Instant::now();
    service.client().credits().remaining().await?;
    Ok(began.elapsed().as_secs_f64())
}

#[tokio::test(start_paused = true)]
async fn c05_a_429_waits_what_is_stated_and_little_more() {
    let header = |text: &str| vec![("retry-after", text.to_owned())];
    let cases = [
        (header("7"), "", 7.0),
        (header("0"), "", 0.0),
        (vec![("retry-after", "3".to_owned()), ("retry-after", "9".to_owned())], "", 9.0),
        (vec![], r#"{"error": "slow", "retry_after": 30}"#, 30.0),
        (header("120"), "", 120.0),
    ];
    for (headers, body, stated) in cases {
        let took = waited(headers, body).await.expect("a reply");
        assert!((stated..=stated * 1.1 + 1.0).contains(&took), "{stated}: {took}");
    }
    for garbage in ["-5", "1e400", "soon"] {
        assert!(waited(header(garbage), "").await.is_ok(), "{garbage}");
    }
}

#[tokio::test(start_paused = true)]
async fn c05_a_wait_above_two_minutes_returns_at_once() {
    let began = Instant::now();
    let headers = vec![("retry-after", "121".to_owned())];
    let error = waited(headers, "").await.expect_err("too long");
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(121)));
    assert!(error.is_retryable());
    assert!(began.elapsed() < Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn c05_a_bare_429_outlasts_a_minute() {
    let began = Instant::now();
    let service = Service::new(move |_, now, _| match now - began < Duration::from_secs(60) {
        true => reply(429),
        false => reply(200),
    });
    service.client().credits().remaining().await.expect("a reply after the window");
}

#[tokio::test(start_paused = true)]
async fn c07_one_pause_for_all_clones_and_no_request_during_it() {
    let service = Service::new(|number, _, _| match number < 50 {
        true => Answer::Reply(429, vec![("retry-after", "30".to_owned())], ""),
        false => reply(200),
    });
    let client = service.client();
    let mut calls = JoinSet::new();
    for number in 0..200 {
        let client = client.clone();
        calls.spawn(async move { phone(&client, format!("{number}")).await });
    }
    while let Some(result) = calls.join_next().await {
        result.expect("no panic").expect("a reply in the end");
    }
    let times = service.times();
    assert_eq!(times.len(), 250);
    let pause = times[50] - times[49];
    assert!(pause >= Duration::from_secs(30), "{pause:?}");
}

#[tokio::test(start_paused = true)]
async fn c09_a_failing_service_gets_few_more_requests() {
    let service = Service::new(|_, _, _| reply(503));
    let builder = Client::builder().api_key(crate::KEY).transport(service.clone());
    let client = builder.no_rate_limit("credits").build().expect("a client");
    let mut calls = JoinSet::new();
    for number in 0..1_000 {
        let client = client.clone();
        calls.spawn(async move {
            tokio::time::sleep(Duration::from_millis(number * 600)).await;
            client.credits().remaining().await.expect_err("a failure").status()
        });
    }
    while let Some(status) = calls.join_next().await {
        assert_eq!(status.expect("no panic").map(|status| status.as_u16()), Some(503));
    }
    let times = service.times();
    let extra = times.len() - 1_000;
    assert!((50..=110).contains(&extra), "{extra} more");
    // Callers come every 0.6 seconds; retries fall between them and not all at once.
    let second = Duration::from_secs(1);
    let burst =
        |from: &Instant| times.iter().filter(|time| (*from..*from + second).contains(time)).count();
    let most = times.iter().map(burst).max().unwrap_or_default();
    assert!(most <= 12, "{most} in a second");
}

#[tokio::test(start_paused = true)]
async fn c03_an_enrichment_with_a_record_id_is_sent_again_as_it_was() {
    let service = Service::new(|number, _, _| if number < 2 { Answer::Lost } else { reply(200) });
    phone(&service.client(), "crm-1").await.expect("a reply");
    let bodies = service.bodies();
    assert_eq!(bodies.len(), 3);
    assert!(bodies.iter().all(|body| *body == bodies[0]), "{bodies:?}");
}

#[tokio::test(start_paused = true)]
async fn c02_a_lost_submission_is_never_repeated() {
    let service = Service::new(|_, _, _| Answer::Lost);
    let error = batch(&service.client()).await.expect_err("no answer");
    assert_eq!(error.kind(), ErrorKind::OutcomeUnknown);
    assert!(!error.is_retryable());
    assert_eq!(error.timing().attempts, 1);
    assert_eq!(service.times().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_never_left_is_sent_again() {
    let service = Service::new(|number, _, _| match number {
        0 => Answer::NotSent,
        _ => Answer::Reply(200, vec![], RUN),
    });
    batch(&service.client()).await.expect("a reply");
    assert_eq!(service.times().len(), 2);
}

pub const RUN: &str =
    r#"{"run_id": "r", "result_path": "s3://b/r", "credits_csv_path": "s3://b/c"}"#;

/// The retry table: how many requests a status gives that stays the same.
#[tokio::test(start_paused = true)]
async fn statuses_are_repeated_by_what_is_known() {
    let table = [
        (400, 1, 1),
        (401, 1, 1),
        (403, 1, 1),
        (404, 1, 1),
        (409, 1, 1),
        (413, 1, 1),
        (422, 1, 1),
        (408, 4, 1),
        (500, 4, 1),
        (502, 4, 1),
        (503, 4, 1),
        (504, 4, 1),
        (429, 5, 5),
    ];
    for (status, safe, not) in table {
        let service = Service::new(move |_, _, _| reply(status));
        phone(&service.client(), "a").await.expect_err("a failure");
        assert_eq!(service.times().len(), safe, "{status} to an enrichment with a key");
        let service = Service::new(move |_, _, _| reply(status));
        let error = batch(&service.client()).await.expect_err("a failure");
        assert_eq!(service.times().len(), not, "{status} to a batch");
        assert_eq!(error.timing().attempts as usize, not);
    }
    let service = Service::new(|number, _, _| match number {
        0 => Answer::Reply(503, vec![("retry-after", "2".to_owned())], ""),
        _ => Answer::Reply(200, vec![], RUN),
    });
    batch(&service.client()).await.expect("503 with Retry-After says that nothing was done");
}

#[tokio::test(start_paused = true)]
async fn retries_can_be_set_and_switched_off() {
    let service = Service::new(|_, _, _| reply(503));
    let client = service.client();
    client.credits().remaining().no_retry().await.expect_err("a failure");
    assert_eq!(service.times().len(), 1);
    client.credits().remaining().retry(Retry::times(1)).await.expect_err("a failure");
    assert_eq!(service.times().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn c01_a_timeout_comes_at_its_time() {
    for (answer, phase) in [(Answer::Never, Phase::Response), (Answer::NoEnd, Phase::Body)] {
        let service = Service::new(move |_, _, _| answer.clone());
        let began = Instant::now();
        let error = service.client().credits().remaining().await.expect_err("silence");
        assert_eq!((error.kind(), error.phase()), (ErrorKind::Timeout, Some(phase)));
        let took = began.elapsed();
        assert!((60_000..=60_050).contains(&took.as_millis()), "{took:?}");
        assert_eq!(service.times().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn one_deadline_holds_over_queue_and_pauses() {
    let service = Service::new(|_, _, _| reply(200));
    let client = service.client();
    for _ in 0..10 {
        client.credits().remaining().await.expect("a reply");
    }
    let began = Instant::now();
    let late = client.credits().remaining().deadline(Duration::from_secs(5)).await;
    let error = late.expect_err("its turn comes later");
    assert_eq!((error.kind(), error.phase()), (ErrorKind::Timeout, Some(Phase::Queue)));
    let took = began.elapsed();
    assert!((5_000..=5_050).contains(&took.as_millis()), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn c21_dropped_waiters_give_their_places_back() {
    let service = Service::new(|_, _, _| reply(200));
    let client = service.client();
    let mut calls = JoinSet::new();
    for number in 0..200 {
        let client = client.clone();
        calls.spawn(async move { phone(&client, format!("{number}")).await });
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    calls.abort_all();
    while calls.join_next().await.is_some() {}
    let began = Instant::now();
    phone(&client, "after").await.expect("a reply");
    assert!(began.elapsed() < Duration::from_secs(61), "{:?}", began.elapsed());
    assert_eq!(service.times().len(), 51);
}

#[tokio::test(start_paused = true)]
async fn c23_the_stated_limit_informs_and_garbage_does_not() {
    for (stated, at_once) in [("10", 10), ("0", 50), ("abc", 50), ("1e9", 50), ("200", 50)] {
        let service = Service::new(move |_, _, _| {
            let headers = vec![
                ("x-ratelimit-limit", stated.to_owned()),
                ("x-credits-remaining", "-1".to_owned()),
            ];
            Answer::Reply(200, headers, BALANCE)
        });
        let client = service.client();
        let began = Instant::now();
        for number in 0..at_once {
            phone(&client, format!("{number}")).await.expect("a reply");
        }
        assert!(began.elapsed() < Duration::from_secs(10), "{stated}: {:?}", began.elapsed());
        phone(&client, "one more").await.expect("a reply");
        assert!(began.elapsed() > Duration::from_secs(50), "{stated}");
    }
}

/// What may happen to a request, and whether the service has charged it then.
fn fault(random: &mut fastrand::Rng) -> (bool, Answer) {
    match random.u8(0..6) {
        0 => (true, Answer::Lost),
        1 => (false, Answer::Lost),
        2 => (false, Answer::NotSent),
        3 => (false, Answer::Reply(503, vec![("retry-after", "1".to_owned())], "")),
        4 => (false, Answer::Reply(429, vec![("retry-after", "1".to_owned())], "")),
        _ => (true, Answer::Reply(200, vec![], RUN)),
    }
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_faulty_submissions_are_never_doubled() {
    let charged: Arc<Mutex<HashMap<String, u32>>> = Arc::default();
    let (charges, random) = (charged.clone(), Mutex::new(fastrand::Rng::with_seed(7)));
    let service = Service::new(move |_, _, body| {
        let (charge, answer) = fault(&mut random.lock().expect("no panic"));
        if charge {
            *charges.lock().expect("no panic").entry(body.to_owned()).or_default() += 1;
        }
        answer
    });
    let builder = Client::builder().api_key(crate::KEY).transport(service.clone());
    let client = builder.no_rate_limit("batches").build().expect("a client");
    let mut unknowns = 0;
    for number in 0..10_000 {
        let request = types::BatchRequest::new(vec![number.to_string()], 5);
        let result = client.batches().phone(request).await;
        let unknown = result.is_err_and(|error| error.kind() == ErrorKind::OutcomeUnknown);
        unknowns += usize::from(unknown);
    }
    let charged = charged.lock().expect("no panic");
    assert!(charged.len() > 2_000, "{}", charged.len());
    assert!(unknowns > 2_000, "{unknowns}");
    assert!(charged.values().all(|times| *times == 1));
    assert!(service.times().len() > 11_000, "what was not charged is sent again");
}

/// A clock whose time of day jumps an hour with every look.
#[derive(Debug, Default)]
struct Jumping(std::sync::atomic::AtomicU64);

impl lantern_client::Clock for Jumping {
    fn now(&self) -> std::time::Instant {
        Instant::now().into_std()
    }

    fn sleep(&self, time: Duration) -> lantern_client::Sleep {
        Box::pin(tokio::time::sleep(time))
    }

    fn wall(&self) -> std::time::SystemTime {
        let hours = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(3_600 * hours)
    }
}

#[tokio::test(start_paused = true)]
async fn c22_waits_do_not_go_by_the_time_of_day() {
    let service = Service::new(|number, _, _| match number {
        0 => Answer::Reply(429, vec![("retry-after", "30".to_owned())], ""),
        1 => {
            let headers = [
                ("date", "Sun, 06 Nov 1994 08:49:37 GMT".to_owned()),
                ("retry-after", "Sun, 06 Nov 1994 08:50:07 GMT".to_owned()),
            ];
            Answer::Reply(429, headers.to_vec(), "")
        }
        _ => reply(200),
    });
    let builder = Client::builder().api_key(crate::KEY).transport(service);
    let client = builder.clock(Jumping::default()).build().expect("a client");
    let began = Instant::now();
    client.credits().remaining().await.expect("a reply");
    let took = began.elapsed().as_secs_f64();
    assert!((60.0..=68.0).contains(&took), "{took}");
}
