//! Bulk runs: whatever ends them, each request is accounted for once and no paid reply is lost.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::Poll;
use std::time::Duration;

use futures_util::stream;
use lantern_client::bulk::{Done, Run, StopReason, Unsent};
use lantern_client::enrichment::EnrichPhone;
use lantern_client::types::PhoneEnrichmentRequest;
use lantern_client::{
    Client, ClientBuilder, Delivery, ErrorKind, Phase, Retry, Sending, Transport, TransportError,
};
use tokio::time::{Instant, sleep, timeout};

use crate::KEY;

type PhoneRun<'r> = Run<'r, EnrichPhone, PhoneEnrichmentRequest>;
type PhoneDone = Done<EnrichPhone, PhoneEnrichmentRequest>;

const SECOND: Duration = Duration::from_secs(1);

/// What the service makes of a request.
#[derive(Clone, Debug)]
enum Answer {
    Status(u16, String),
    Lost,
    NotSent,
    Silence,
}

fn paid() -> Answer {
    Answer::Status(200, r#"{"success": true, "record_id": "x"}"#.to_owned())
}

/// A reply that was paid for, and tells what is left.
fn paid_with(balance: usize) -> Answer {
    Answer::Status(
        200,
        format!(r#"{{"success": true, "record_id": "x", "credits_remaining": {balance}}}"#),
    )
}

fn refused(status: u16) -> Answer {
    Answer::Status(status, r#"{"success": false, "error": "no"}"#.to_owned())
}

/// An answer, and how long it takes, by the number of the request.
type Answering = dyn Fn(usize) -> (Answer, Duration) + Send + Sync;

/// A service in memory that charges as soon as a request is there.
#[derive(Clone)]
struct Vendor {
    answering: Arc<Answering>,
    books: Arc<Mutex<Books>>,
}

#[derive(Default)]
struct Books {
    seen: Vec<String>,
    times: Vec<Instant>,
    headers: Vec<Option<String>>,
    paid: Vec<String>,
    open: usize,
    most: usize,
}

impl std::fmt::Debug for Vendor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vendor")
    }
}

impl Vendor {
    fn new(answering: impl Fn(usize) -> (Answer, Duration) + Send + Sync + 'static) -> Self {
        Self { answering: Arc::new(answering), books: Arc::default() }
    }

    /// Answers that take 20 to 50 milliseconds, so that they overtake each other.
    fn uneven(answering: impl Fn(usize) -> Answer + Send + Sync + 'static) -> Self {
        Self::new(move |number| {
            let time = [30, 50, 20, 40][number % 4];
            (answering(number), Duration::from_millis(time))
        })
    }

    fn builder(&self) -> ClientBuilder {
        Client::builder().api_key(KEY).transport(self.clone())
    }

    /// A client that sends as fast as it is asked to.
    fn client(&self) -> Client {
        self.builder().no_rate_limit("enrichment").build().expect("a client")
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().expect("no panic")
    }
}

/// A request that the service works on, until the reply is there or nobody waits for it.
struct Open(Vendor);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.books().open -= 1;
    }
}

impl Transport for Vendor {
    fn send(&self, request: reqwest::Request) -> Sending<'_> {
        Box::pin(async move {
            let body = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default();
            let body: serde_json::Value = serde_json::from_slice(body).expect("JSON");
            let id = body["record_id"].as_str().expect("an id").to_owned();
            let mark = request.headers().get("x-mark").map(|value| value.to_str().expect("a text"));
            let (answer, time) = {
                let mut books = self.books();
                let (answer, time) = (self.answering)(books.seen.len());
                books.seen.push(id.clone());
                books.times.push(Instant::now());
                books.headers.push(mark.map(str::to_owned));
                if matches!(answer, Answer::Status(200, _)) {
                    books.paid.push(id);
                }
                books.open += 1;
                books.most = books.most.max(books.open);
                (answer, time)
            };
            let open = Open(self.clone());
            sleep(time).await;
            drop(open);
            match answer {
                Answer::Status(status, body) => {
                    Ok(http::Response::builder().status(status).body(body).expect("one").into())
                }
                Answer::Lost => Err(TransportError::new(Delivery::Unknown, "cut")),
                Answer::NotSent => Err(TransportError::new(Delivery::NotSent, "cut")),
                Answer::Silence => std::future::pending().await,
            }
        })
    }
}

fn requests(count: usize) -> impl Iterator<Item = PhoneEnrichmentRequest> + Clone + Send {
    (0..count).map(|number| PhoneEnrichmentRequest::new(number.to_string()).email("a@example.com"))
}

fn number(request: &PhoneEnrichmentRequest) -> usize {
    request.record_id.parse().expect("a number")
}

async fn rest(run: &mut PhoneRun<'_>) -> Vec<PhoneDone> {
    let mut all = Vec::new();
    while let Some(done) = run.next().await {
        all.push(done);
    }
    assert!(run.next().await.is_none(), "a run that has ended stays ended");
    all
}

/// Each request is in exactly one of both, those not sent are in order, and all that was paid for
/// is there.
fn assert_accounted(
    count: usize,
    all: &[PhoneDone],
    unsent: &[Unsent<PhoneEnrichmentRequest>],
    vendor: &Vendor,
) {
    let mut indices: Vec<_> = all.iter().map(|done| done.index).collect();
    let not: Vec<_> = unsent.iter().map(|one| one.index).collect();
    assert!(not.is_sorted(), "{not:?}");
    indices.extend(&not);
    indices.sort_unstable();
    assert_eq!(indices, (0..count).collect::<Vec<_>>());
    assert!(all.iter().all(|done| done.index == number(&done.request)));
    assert!(unsent.iter().all(|one| one.index == number(&one.request)));
    let results: HashMap<_, _> =
        all.iter().map(|done| (&*done.request.record_id, &done.result)).collect();
    let books = vendor.books();
    for id in &books.paid {
        let result = results.get(&**id).unwrap_or_else(|| panic!("{id} was paid for and is lost"));
        assert!(result.is_ok(), "{id} was paid for: {result:?}");
    }
    for one in unsent {
        assert!(!books.seen.contains(&one.request.record_id), "{} was sent", one.index);
    }
}

fn succeeded(all: &[PhoneDone]) -> usize {
    all.iter().filter(|done| done.result.is_ok()).count()
}

#[tokio::test(start_paused = true)]
async fn as_many_calls_are_under_way_as_were_asked_for() {
    for (concurrency, most) in [(Some(7), 7), (Some(1), 1), (Some(0), 1), (None, 8)] {
        let vendor = Vendor::uneven(|_| paid());
        let mut run = vendor.client().enrichment().phone_all(requests(40));
        if let Some(concurrency) = concurrency {
            run = run.concurrency(concurrency);
        }
        let all = rest(&mut run).await;
        assert_accounted(40, &all, &[], &vendor);
        assert_eq!(vendor.books().most, most, "{concurrency:?}");
        assert_eq!((run.stopped(), run.into_unsent().count()), (None, 0));
    }
}

#[tokio::test(start_paused = true)]
async fn requests_are_taken_in_order_and_only_when_there_is_room() {
    let vendor = Vendor::uneven(|_| paid());
    let taken = Arc::new(Mutex::new(0));
    let counter = taken.clone();
    let lazy = requests(1_000_000).inspect(move |_| *counter.lock().expect("no panic") += 1);
    let client = vendor.client();
    let mut run = client.enrichment().phone_all(lazy).concurrency(3);
    assert_eq!((*taken.lock().expect("no panic"), vendor.books().seen.len()), (0, 0));
    for done in 0..50 {
        run.next().await.expect("a result");
        assert_eq!(*taken.lock().expect("no panic"), done + 3);
    }
    let expected: Vec<_> = (0..52).map(|number| number.to_string()).collect();
    assert_eq!(vendor.books().seen, expected);
    let seen = run.finish().await.len();
    assert_eq!(seen, 2);
    let mut unsent = run.into_unsent();
    assert_eq!(unsent.next().expect("many are left").index, 52);
    assert_eq!(*taken.lock().expect("no panic"), 53);
}

#[tokio::test(start_paused = true)]
async fn nothing_to_do_is_done_at_once() {
    let vendor = Vendor::uneven(|_| paid());
    let client = vendor.client();
    let mut run = client.enrichment().phone_all([]);
    assert!(rest(&mut run).await.is_empty());
    assert!(run.finish().await.is_empty());
    assert_eq!((run.unsent().len(), run.into_unsent().count()), (0, 0));
    let mut run = client.enrichment().phone_all(requests(0)).followed_by(stream::iter([]));
    assert!(rest(&mut run).await.is_empty());
    assert_eq!(run.stopped(), None);
}

#[tokio::test(start_paused = true)]
async fn c29_a_402_loses_no_reply_and_sends_nothing_more() {
    let vendor =
        Vendor::uneven(|number| if number < 58 { paid_with(58 - number) } else { refused(402) });
    let client = vendor.client();
    let mut run = client.enrichment().phone_all(requests(300)).concurrency(8);
    let all = rest(&mut run).await;
    assert_eq!(run.stopped(), Some(StopReason::CreditsExhausted));
    assert_eq!((succeeded(&all), vendor.books().paid.len()), (58, 58));
    assert_eq!(all.len(), vendor.books().seen.len());
    assert!(all.len() <= 58 + 8, "{}", all.len());
    let unsent: Vec<_> = run.into_unsent().collect();
    assert_accounted(300, &all, &unsent, &vendor);
}

#[tokio::test(start_paused = true)]
async fn c29_a_closed_gate_sends_nothing_at_all() {
    let vendor = Vendor::uneven(|_| refused(402));
    let client = vendor.client();
    client.enrichment().phone(PhoneEnrichmentRequest::new("x")).await.expect_err("402");
    let mut run = client.enrichment().phone_all(requests(1_000_000));
    assert!(rest(&mut run).await.is_empty());
    assert_eq!(run.stopped(), Some(StopReason::CreditsExhausted));
    let why = run.unsent()[0].error.as_ref().expect("why the first one was not sent");
    assert_eq!((why.kind(), why.timing().attempts), (ErrorKind::CreditsExhausted, 0));
    assert!(run.unsent().len() <= 8, "no more is taken than there is room for");
    assert_eq!(vendor.books().seen.len(), 1);
    assert!(run.into_unsent().map(|one| one.index).take(100).eq(0..100));
}

#[tokio::test(start_paused = true)]
async fn c29_the_floor_loses_no_reply() {
    let vendor = Vendor::uneven(|number| paid_with(68 - number));
    let builder = vendor.builder().no_rate_limit("enrichment").credit_floor(10.0);
    let client = builder.build().expect("a client");
    let mut run = client.enrichment().phone_all(requests(300)).concurrency(8);
    let all = rest(&mut run).await;
    assert_eq!(run.stopped(), Some(StopReason::CreditsExhausted));
    assert!(all.len() >= 58, "{}", all.len());
    assert_eq!(succeeded(&all), vendor.books().paid.len());
    assert_eq!(all.len(), vendor.books().paid.len());
    let unsent: Vec<_> = run.into_unsent().collect();
    assert_accounted(300, &all, &unsent, &vendor);
}

#[tokio::test(start_paused = true)]
async fn c29_stop_ends_the_loop_when_all_that_was_sent_is_there() {
    let vendor = Vendor::uneven(|_| paid());
    let client = vendor.client();
    let mut run = client.enrichment().phone_all(requests(300)).concurrency(8);
    let (mut all, mut at_stop) = (Vec::new(), 0);
    while let Some(done) = run.next().await {
        all.push(done);
        if all.len() == 51 {
            run.stop();
            at_stop = vendor.books().seen.len();
        }
    }
    assert_eq!(run.stopped(), Some(StopReason::Asked));
    assert_eq!((at_stop, vendor.books().seen.len(), succeeded(&all)), (58, 58, 58));
    let unsent: Vec<_> = run.into_unsent().collect();
    assert!(unsent.iter().all(|one| one.error.is_none()));
    assert_accounted(300, &all, &unsent, &vendor);
}

#[tokio::test(start_paused = true)]
async fn c29_finish_gives_what_a_break_would_lose() {
    let vendor = Vendor::uneven(|_| paid());
    let client = vendor.client();
    let mut run = client.enrichment().phone_all(requests(300)).concurrency(8);
    let mut all = Vec::new();
    while let Some(done) = run.next().await {
        all.push(done);
        if all.len() == 51 {
            break;
        }
    }
    all.extend(run.finish().await);
    assert_eq!((all.len(), vendor.books().seen.len()), (58, 58));
    let unsent: Vec<_> = run.into_unsent().collect();
    assert_accounted(300, &all, &unsent, &vendor);
}

#[tokio::test(start_paused = true)]
async fn c29_a_condition_of_the_caller_loses_no_reply() {
    let vendor = Vendor::uneven(|number| if number == 50 { refused(404) } else { paid() });
    let client = vendor.client();
    let run = client.enrichment().phone_all(requests(300)).concurrency(8);
    let mut run = run.stop_when(|done| done.result.is_err());
    let all = rest(&mut run).await;
    assert_eq!(run.stopped(), Some(StopReason::Condition));
    assert_eq!(succeeded(&all) + 1, all.len());
    assert_eq!(all.len(), vendor.books().seen.len());
    assert!(all.len() < 60, "{}", all.len());
    let unsent: Vec<_> = run.into_unsent().collect();
    assert_accounted(300, &all, &unsent, &vendor);
}

/// A handler of Ctrl-C does not wait for the rate limit, and sends nothing when its turn comes.
#[tokio::test(start_paused = true)]
async fn c29_a_stopper_takes_back_what_waits_in_the_queue() {
    let vendor = Vendor::uneven(|_| paid());
    let client = vendor.builder().build().expect("a client");
    let mut run = client.enrichment().phone_all(requests(100)).concurrency(8);
    let stopper = run.stopper();
    let began = Instant::now();
    tokio::spawn(async move {
        sleep(5 * SECOND).await;
        stopper.clone().stop();
    });
    let all = rest(&mut run).await;
    assert_eq!(began.elapsed(), 5 * SECOND);
    assert_eq!(run.stopped(), Some(StopReason::Asked));
    assert_eq!(
        run.unsent().iter().map(|one| one.index).collect::<Vec<_>>(),
        [50, 51, 52, 53, 54, 55, 56, 57]
    );
    let unsent: Vec<_> = run.into_unsent().collect();
    assert_eq!((all.len(), unsent.len()), (50, 50));
    assert_accounted(100, &all, &unsent, &vendor);
    // Their places in the queue are free.
    client.enrichment().phone(PhoneEnrichmentRequest::new("next")).await.expect("a reply");
    assert!(began.elapsed() < 62 * SECOND);
    assert_eq!(vendor.books().seen.len(), 51);
}

#[tokio::test(start_paused = true)]
async fn the_first_reason_to_stop_stays() {
    let vendor = Vendor::uneven(|_| refused(402));
    let client = vendor.client();
    let mut run = client.enrichment().phone_all(requests(9)).stop_when(|_| true);
    rest(&mut run).await;
    run.stop();
    run.stopper().stop();
    assert_eq!(run.stopped(), Some(StopReason::CreditsExhausted));
    assert!(StopReason::CreditsExhausted.to_string().contains("credits"));
}

#[tokio::test(start_paused = true)]
async fn a_run_that_was_stopped_before_it_began_sends_nothing() {
    let vendor = Vendor::uneven(|_| paid());
    let client = vendor.client();
    let mut run = client.enrichment().phone_all(requests(9));
    run.stop();
    assert!(rest(&mut run).await.is_empty());
    let unsent: Vec<_> = run.into_unsent().collect();
    assert_accounted(9, &[], &unsent, &vendor);
    assert_eq!(vendor.books().seen.len(), 0);
}

/// What a call that is sent again still waits for is in flight: the service may act on it.
#[tokio::test(start_paused = true)]
async fn c29_what_is_to_be_sent_again_is_not_taken_back() {
    let vendor = Vendor::uneven(|number| if number == 0 { refused(503) } else { paid() });
    let client = vendor.client();
    let mut run = client.enrichment().phone_all(requests(9)).concurrency(1);
    let retry = run.stopper();
    tokio::spawn(async move {
        sleep(Duration::from_millis(30)).await;
        retry.stop();
    });
    let all = rest(&mut run).await;
    assert_eq!((all.len(), succeeded(&all), vendor.books().seen.len()), (1, 1, 2));
    assert_eq!(run.into_unsent().count(), 8);
}

#[tokio::test(start_paused = true)]
async fn c29_whoever_stops_waiting_for_the_next_result_loses_none() {
    let vendor = Vendor::uneven(|_| paid());
    let client = vendor.client();
    let mut run = client.enrichment().phone_all(requests(58)).concurrency(8);
    let (mut all, mut dropped) = (Vec::new(), 0);
    loop {
        match timeout(Duration::from_millis(3), run.next()).await {
            Ok(Some(done)) => all.push(done),
            Ok(None) => break,
            Err(_) => dropped += 1,
        }
    }
    assert!(dropped > 50, "{dropped}");
    assert_eq!(succeeded(&all), 58);
    assert_accounted(58, &all, &[], &vendor);
}

#[tokio::test(start_paused = true)]
async fn a_strict_limit_is_kept_and_used_up() {
    let began = Instant::now();
    let vendor = Vendor::uneven(|_| paid());
    let client = vendor.builder().build().expect("a client");
    let mut run = client.enrichment().phone_all(requests(220)).concurrency(60);
    let all = rest(&mut run).await;
    assert_eq!(succeeded(&all), 220);
    let times = vendor.books().times.clone();
    let within = |from: &Instant| {
        times.iter().filter(|time| (*from..*from + 60 * SECOND).contains(time)).count()
    };
    assert_eq!(times.iter().map(within).max(), Some(50));
    assert!(times[219] - began < 246 * SECOND, "{:?}", times[219] - began);
}

#[tokio::test(start_paused = true)]
async fn whose_turn_does_not_come_in_time_is_not_sent_and_the_others_are() {
    let vendor = Vendor::uneven(|_| paid());
    let client = vendor.builder().build().expect("a client");
    let run = client.enrichment().phone_all(requests(60)).concurrency(4);
    let mut run = run.deadline(20 * SECOND);
    let all = rest(&mut run).await;
    // Three of four rounds of 20 seconds end before the window of a minute does.
    assert_eq!((succeeded(&all), all.len(), run.stopped()), (50, 50, None));
    for one in run.unsent() {
        let error = one.error.as_ref().expect("why it was not sent");
        assert_eq!((error.kind(), error.phase()), (ErrorKind::Timeout, Some(Phase::Queue)));
    }
    let unsent: Vec<_> = run.into_unsent().collect();
    assert_eq!(unsent.len(), 10);
    assert_accounted(60, &all, &unsent, &vendor);
}

#[tokio::test(start_paused = true)]
async fn what_hits_every_call_stops_the_run_and_nothing_else_does() {
    for (status, stops) in [
        (400, None),
        (401, Some(StopReason::AccessDenied)),
        (402, Some(StopReason::CreditsExhausted)),
        (403, Some(StopReason::AccessDenied)),
        (404, None),
        (409, None),
        (422, None),
        (500, None),
    ] {
        let vendor = Vendor::uneven(move |_| refused(status));
        let client = vendor.client();
        let mut run = client.enrichment().phone_all(requests(30)).concurrency(2).no_retry();
        let all = rest(&mut run).await;
        assert_eq!(run.stopped(), stops, "{status}");
        assert_eq!(all.len(), if stops.is_some() { 2 } else { 30 }, "{status}");
        let unsent: Vec<_> = run.into_unsent().collect();
        assert_accounted(30, &all, &unsent, &vendor);
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_that_cannot_be_sent_is_a_result_of_its_own() {
    let vendor = Vendor::uneven(|_| paid());
    let client = vendor.client();
    let mut run = client.enrichment().phone_all(requests(20)).header("no name", "x");
    let all = rest(&mut run).await;
    assert_eq!((all.len(), run.stopped(), run.unsent().len()), (20, None, 0));
    for done in &all {
        let error = done.result.as_ref().expect_err("a fault");
        assert_eq!((error.kind(), error.timing().attempts), (ErrorKind::Request, 0));
    }
    assert_eq!(vendor.books().seen.len(), 0);
}

#[tokio::test(start_paused = true)]
async fn settings_of_a_call_are_those_of_each() {
    let vendor = Vendor::uneven(|_| Answer::Silence);
    let client = vendor.client();
    let began = Instant::now();
    let run = client.enrichment().phone_all(requests(8)).timeout(3 * SECOND).retry(Retry::times(0));
    let mut run = run.header("x-mark", "a").concurrency(4);
    let all = rest(&mut run).await;
    assert_eq!(began.elapsed(), 6 * SECOND, "two rounds of four");
    assert!(all.iter().all(|done| {
        done.result.as_ref().is_err_and(|error| error.kind() == ErrorKind::Timeout)
    }));
    assert_eq!(vendor.books().headers, vec![Some("a".to_owned()); 8]);

    let vendor = Vendor::uneven(|_| refused(500));
    let client = vendor.client();
    let run = client.enrichment().phone_all(requests(3));
    let mut run = run.each_call(|call| call.no_retry().header("x-mark", "b"));
    rest(&mut run).await;
    assert_eq!(vendor.books().headers, vec![Some("b".to_owned()); 3]);
}

#[tokio::test(start_paused = true)]
async fn requests_may_come_as_a_stream() {
    let vendor = Vendor::uneven(|_| paid());
    let client = vendor.client();
    let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
    let later = stream::poll_fn(move |context| receiver.poll_recv(context));
    let mut run = client.enrichment().phone_all(requests(2)).followed_by(later).concurrency(8);
    assert!(run.next().await.is_some() && run.next().await.is_some());
    assert!(timeout(SECOND, run.next()).await.is_err(), "nothing has come, and more may");
    for request in requests(5).skip(2) {
        sender.send(request).expect("the run listens");
        let done = timeout(SECOND, run.next()).await.expect("a result").expect("a result");
        assert_eq!(done.index, number(&done.request));
    }
    drop(sender);
    assert!(run.next().await.is_none());
    assert_eq!((run.stopped(), vendor.books().seen.len()), (None, 5));
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_is_lent_keeps_what_was_not_taken() {
    let vendor = Vendor::uneven(|_| paid());
    let client = vendor.client();
    let mut all = stream::iter(requests(20));
    let mut run = client.enrichment().phone_all([]).followed_by(&mut all).concurrency(2);
    run.next().await.expect("a result");
    run.finish().await;
    assert_eq!(run.into_unsent().count(), 0);
    use futures_core::Stream;
    let left = std::future::poll_fn(|context| std::pin::Pin::new(&mut all).poll_next(context));
    assert_eq!(number(&left.await.expect("the next one")), 2);
}

#[tokio::test(start_paused = true)]
async fn a_run_is_a_stream_and_can_go_to_another_task() {
    let vendor = Vendor::uneven(|_| paid());
    let client = vendor.client();
    let mut run = client.enrichment().phone_all(requests(20));
    let task = tokio::spawn(async move {
        let mut count = 0;
        use futures_core::Stream;
        while let Some(done) =
            std::future::poll_fn(|context| std::pin::Pin::new(&mut run).poll_next(context)).await
        {
            count += usize::from(done.result.is_ok());
        }
        count
    });
    assert_eq!(task.await.expect("no panic"), 20);
}

/// The body of the loop may do what it likes: nothing hangs, and no reply is late because of it.
#[tokio::test(start_paused = true)]
async fn c25_the_loop_may_call_the_same_client() {
    let vendor = Vendor::uneven(|_| paid());
    let client = vendor.builder().rate_limit("enrichment", 4, SECOND).build().expect("a client");
    let mut run = client.enrichment().phone_all(requests(30)).concurrency(3);
    let began = Instant::now();
    let mut count = 0;
    while let Some(done) = run.next().await {
        done.result.expect("a reply");
        let again = PhoneEnrichmentRequest::new("again").email("a@example.com");
        client.enrichment().phone(again).await.expect("a reply");
        count += 1;
    }
    assert_eq!((count, vendor.books().seen.len()), (30, 60));
    assert!(began.elapsed() < 16 * SECOND, "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn c29_a_slow_loop_loses_no_reply() {
    let vendor = Vendor::uneven(|_| paid());
    let client = vendor.client();
    let run = client.enrichment().phone_all(requests(30)).concurrency(3);
    let mut run = run.timeout(5 * SECOND).deadline(10 * SECOND).no_retry();
    let mut all = Vec::new();
    while let Some(done) = run.next().await {
        all.push(done);
        sleep(60 * SECOND).await;
    }
    assert_eq!(succeeded(&all), 30);
    assert_accounted(30, &all, &[], &vendor);
}

/// While the loop works on a result, the calls that follow are under way.
#[tokio::test(start_paused = true)]
async fn the_next_calls_begin_before_the_loop_is_busy() {
    let vendor = Vendor::new(|_| (paid(), SECOND));
    let client = vendor.client();
    let mut run = client.enrichment().phone_all(requests(40)).concurrency(4);
    let began = Instant::now();
    while let Some(done) = run.next().await {
        done.result.expect("a reply");
        sleep(SECOND / 2).await;
    }
    // The first reply takes a second, and then the loop alone is what takes time.
    assert_eq!(began.elapsed(), SECOND + 20 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn what_has_ended_is_not_asked_again() {
    let vendor = Vendor::uneven(|_| paid());
    let client = vendor.client();
    let mut ended = false;
    let once = std::iter::from_fn(move || {
        assert!(!std::mem::replace(&mut ended, true), "asked again");
        None::<PhoneEnrichmentRequest>
    });
    let mut over = false;
    let stream = stream::poll_fn(move |_| {
        assert!(!std::mem::replace(&mut over, true), "asked again");
        Poll::Ready(None)
    });
    let mut run = client.enrichment().phone_all(once).followed_by(stream);
    assert!(rest(&mut run).await.is_empty());
}

/// Random services, limits and callers: nothing is lost, nothing is twice, nothing is made up.
#[tokio::test(start_paused = true)]
async fn c29_random_schedules_account_for_each_request_once() {
    for seed in 0..500 {
        let mut random = fastrand::Rng::with_seed(seed);
        let count = random.usize(0..40);
        let chances = [random.usize(1..40), random.usize(1..40), random.usize(1..40)];
        let vendor = Vendor::new(move |number| {
            let mut random = fastrand::Rng::with_seed(seed * 1_000 + number as u64);
            let answer = match random.usize(0..200) {
                one if one < chances[0] => Answer::Lost,
                one if one < chances[0] + chances[1] => Answer::NotSent,
                one if one < 90 => refused(random.choice([404, 422, 429, 500, 503]).unwrap_or(404)),
                one if one < 90 + chances[2] / 10 => refused(402),
                _ => paid(),
            };
            (answer, Duration::from_millis(random.u64(0..200)))
        });
        let builder = vendor.builder();
        let builder = match random.bool() {
            true => builder.no_rate_limit("enrichment"),
            false => builder.rate_limit("enrichment", random.u32(1..20), SECOND),
        };
        let client = builder.build().expect("a client");
        let mut run =
            client.enrichment().phone_all(requests(count)).concurrency(random.usize(0..9));
        if random.bool() {
            run = run.deadline(Duration::from_millis(random.u64(1..3_000)));
        }
        let stop_at = random.usize(0..60);
        let mut all = Vec::new();
        loop {
            match timeout(Duration::from_millis(random.u64(1..100)), run.next()).await {
                Ok(Some(done)) => all.push(done),
                Ok(None) => break,
                Err(_) => {}
            }
            if all.len() == stop_at {
                run.stop();
            }
        }
        if let Some(StopReason::Asked) = run.stopped() {
            assert!(all.len() >= stop_at);
        }
        let unsent: Vec<_> = run.into_unsent().collect();
        let context = format!("seed {seed}: {} and {} of {count}", all.len(), unsent.len());
        assert_eq!(all.len() + unsent.len(), count, "{context}");
        assert_accounted_but_late(count, &all, &unsent, &vendor, &context);
    }
}

/// As [`assert_accounted`], where replies may come after the deadline of their call.
fn assert_accounted_but_late(
    count: usize,
    all: &[PhoneDone],
    unsent: &[Unsent<PhoneEnrichmentRequest>],
    vendor: &Vendor,
    context: &str,
) {
    let mut indices: Vec<_> = all.iter().map(|done| done.index).collect();
    indices.extend(unsent.iter().map(|one| one.index));
    indices.sort_unstable();
    assert_eq!(indices, (0..count).collect::<Vec<_>>(), "{context}");
    assert!(unsent.is_sorted_by_key(|one| one.index), "{context}");
    let books = vendor.books();
    for done in all {
        let id = &done.request.record_id;
        let is_paid = books.paid.contains(id);
        let is_late = done.result.as_ref().is_err_and(|error| error.kind() == ErrorKind::Timeout);
        assert_eq!(done.result.is_ok(), is_paid && !is_late, "{context}: {done:?}");
        assert!(books.seen.contains(id), "{context}: {id}");
    }
    for one in unsent {
        assert!(!books.seen.contains(&one.request.record_id), "{context}: {}", one.index);
    }
}
