//! C25: a queued call that nobody polls delays only itself.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Waker};
use std::time::Duration;

use futures::stream::{self, FuturesUnordered, StreamExt};
use lantern_client::{Client, Error, types};
use tokio::time::{Instant, sleep, timeout};

use crate::virtual_time::{Answer, BALANCE, RUN, Service};

/// Four calls a second.
fn four_a_second(service: &Service) -> Client {
    let builder = Client::builder().api_key(crate::KEY).transport(service.clone());
    builder.rate_limit("enrichment", 4, Duration::from_secs(1)).build().expect("a client")
}

fn answering() -> Service {
    Service::new(|_, _, body| match body.contains("ids") {
        true => Answer::Reply(200, vec![], RUN),
        false => Answer::Reply(200, vec![], BALANCE),
    })
}

async fn phone(client: &Client, id: impl std::fmt::Display) -> Result<(), Error> {
    let request = types::PhoneEnrichmentRequest::new(id.to_string()).email("ada@example.com");
    client.enrichment().phone(request).await.map(drop)
}

async fn batch(client: &Client) -> Result<(), Error> {
    client.batches().phone(types::BatchRequest::new(vec!["a".into()], 5)).await.map(drop)
}

/// The record ids in the order in which they were sent.
fn ids(service: &Service) -> Vec<String> {
    let bodies = service.bodies().into_iter();
    let id = |body: String| serde_json::from_str::<serde_json::Value>(&body).ok();
    bodies.filter_map(|body| Some(id(body)?.get("record_id")?.as_str()?.to_owned())).collect()
}

/// At most four requests in each second.
fn assert_limit(service: &Service) {
    let times = service.times();
    for from in &times {
        let within =
            times.iter().filter(|time| (*from..*from + Duration::from_secs(1)).contains(time));
        assert!(within.count() <= 4, "{times:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn c25_a_buffered_loop_whose_body_makes_a_call_goes_on() {
    let service = answering();
    let client = four_a_second(&service);
    let began = Instant::now();
    let calls = (0..20).map(|number| phone(&client, number));
    let mut calls = pin!(stream::iter(calls).buffer_unordered(3));
    while let Some(result) = calls.next().await {
        result.expect("a reply");
        phone(&client, "from the body").await.expect("a reply");
    }
    assert_eq!(service.times().len(), 40);
    assert_limit(&service);
    // 40 calls take 9 windows after the first four.
    assert!(began.elapsed() < Duration::from_secs(12), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn c25_sixty_buffered_records_stay_within_the_shipped_limits() {
    let service = answering();
    let client = service.client();
    let began = Instant::now();
    let calls = (0..60).map(|number| phone(&client, number));
    let mut calls = pin!(stream::iter(calls).buffer_unordered(3));
    while let Some(result) = calls.next().await {
        result.expect("no timeout");
        phone(&client, "from the body").await.expect("no timeout");
    }
    assert_eq!(service.times().len(), 120);
    assert!(began.elapsed() < Duration::from_secs(126), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn c25_a_call_kept_beside_a_select_delays_no_other() {
    let service = answering();
    let client = four_a_second(&service);
    for number in 0..4 {
        phone(&client, number).await.expect("a reply");
    }
    let mut kept = pin!(phone(&client, "kept"));
    tokio::select! {
        _ = &mut kept => panic!("its turn has not come"),
        () = sleep(Duration::from_millis(100)) => {}
    }
    let began = Instant::now();
    phone(&client, "other").await.expect("a reply");
    assert!(began.elapsed() < Duration::from_millis(1_200), "{:?}", began.elapsed());
    kept.await.expect("it keeps its place and goes when it is polled");
    assert_eq!(ids(&service)[4..], ["other", "kept"]);
    assert_limit(&service);
}

#[tokio::test(start_paused = true)]
async fn c25_a_call_that_is_polled_again_in_time_keeps_its_place() {
    let service = answering();
    let client = four_a_second(&service);
    for number in 0..4 {
        phone(&client, number).await.expect("a reply");
    }
    let mut first = pin!(phone(&client, "first"));
    assert!(timeout(Duration::from_millis(100), &mut first).await.is_err());
    let second = tokio::spawn({
        let client = client.clone();
        async move { phone(&client, "second").await }
    });
    sleep(Duration::from_millis(100)).await;
    first.await.expect("a reply");
    second.await.expect("no panic").expect("a reply");
    assert_eq!(ids(&service)[4..], ["first", "second"]);
}

#[tokio::test(start_paused = true)]
async fn c25_a_body_that_sleeps_holds_up_no_other_task() {
    let service = answering();
    let client = four_a_second(&service);
    let other = tokio::spawn({
        let client = client.clone();
        async move {
            let began = Instant::now();
            for number in 0..20 {
                phone(&client, format!("other {number}")).await.expect("a reply");
            }
            began.elapsed()
        }
    });
    let calls = (0..6).map(|number| phone(&client, number));
    let mut calls = pin!(stream::iter(calls).buffer_unordered(3));
    while let Some(result) = calls.next().await {
        result.expect("a reply");
        sleep(Duration::from_secs(60)).await;
    }
    let took = other.await.expect("no panic");
    // 20 calls of its own and a few of the others, four a second.
    assert!(took < Duration::from_secs(8), "{took:?}");
    assert_limit(&service);
}

#[tokio::test(start_paused = true)]
async fn c25_a_submission_whose_wait_timed_out_stops_no_other_batch() {
    let service = answering();
    let client = service.client();
    let call = client.batches().phone(types::BatchRequest::new(vec![], 5));
    let mut submissions = call.submit_all((0..2_000).map(|number| number.to_string()));
    submissions.next().await.expect("the first").batch.expect("a batch");
    let late = timeout(Duration::from_secs(10), submissions.next()).await;
    assert!(late.is_err(), "its turn comes in a minute");
    let began = Instant::now();
    batch(&client).await.expect("a batch");
    assert!(began.elapsed() < Duration::from_secs(52), "{:?}", began.elapsed());
    let second = submissions.next().await.expect("the second");
    assert_eq!((second.number, second.batch.is_ok()), (2, true));
    assert_eq!(service.times().len(), 3, "nothing is submitted twice");
}

#[tokio::test(start_paused = true)]
async fn c25_after_a_429_calls_without_a_limit_go_on() {
    let service = Service::new(|number, _, _| match number {
        0 => Answer::Reply(429, vec![("retry-after", "5".to_owned())], ""),
        _ => Answer::Reply(200, vec![], BALANCE),
    });
    let builder = Client::builder().api_key(crate::KEY).transport(service.clone());
    let client = builder.no_rate_limit("enrichment").build().expect("a client");
    let mut kept = pin!(phone(&client, "kept"));
    assert!(timeout(Duration::from_secs(1), &mut kept).await.is_err(), "the gate is closed");
    let began = Instant::now();
    for number in 0..10 {
        phone(&client, number).await.expect("a reply");
    }
    assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
    kept.await.expect("a reply");
}

#[tokio::test(start_paused = true)]
async fn c25_a_hundred_calls_that_nobody_polls_delay_one_that_is_polled_by_little() {
    let service = answering();
    let client = four_a_second(&service);
    for number in 0..4 {
        phone(&client, number).await.expect("a reply");
    }
    let mut kept: Vec<_> = (0..100).map(|number| Box::pin(phone(&client, number))).collect();
    for call in &mut kept {
        assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    }
    let began = Instant::now();
    phone(&client, "other").await.expect("a reply");
    assert!(began.elapsed() < Duration::from_millis(1_400), "{:?}", began.elapsed());
    // Once passed, they delay nobody any more.
    let began = Instant::now();
    for number in 0..8 {
        phone(&client, number).await.expect("a reply");
    }
    assert!(began.elapsed() < Duration::from_millis(2_200), "{:?}", began.elapsed());
    assert_limit(&service);
}

#[tokio::test(start_paused = true)]
async fn c25_joined_calls_and_unordered_ones_are_sent_in_their_order() {
    let service = answering();
    let client = four_a_second(&service);
    let (a, b, c) = tokio::join!(phone(&client, 0), phone(&client, 1), phone(&client, 2));
    for result in [a, b, c] {
        result.expect("a reply");
    }
    let calls: FuturesUnordered<_> = (3..30).map(|number| phone(&client, number)).collect();
    let results: Vec<_> = calls.collect().await;
    assert!(results.iter().all(Result::is_ok));
    let expected: Vec<_> = (0..3).map(|number| number.to_string()).collect();
    assert_eq!(ids(&service)[..3], expected);
    // FuturesUnordered itself polls in any order at first; from then on each keeps its place.
    assert_limit(&service);
    assert_eq!(service.times().len(), 30);
}

/// Runs on a runtime and a thread of its own, in real time.
fn on_a_thread(client: &Client, calls: usize) -> std::thread::JoinHandle<()> {
    let client = client.clone();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            for number in 0..calls {
                phone(&client, number).await.expect("a reply");
            }
        });
    })
}

#[test]
fn c25_several_runtimes_share_one_limit() {
    let service = answering();
    let builder = Client::builder().api_key(crate::KEY).transport(service.clone());
    let window = Duration::from_millis(200);
    let client = builder.rate_limit("enrichment", 4, window).build().expect("a client");
    let began = std::time::Instant::now();
    let threads: Vec<_> = (0..3).map(|_| on_a_thread(&client, 5)).collect();
    for thread in threads {
        thread.join().expect("no panic");
    }
    // 15 calls take three windows after the first four. When they arrive within them depends on the
    // threads.
    assert_eq!(service.times().len(), 15);
    assert!(began.elapsed() >= 3 * window, "{:?}", began.elapsed());
}

#[test]
fn c25_a_call_whose_runtime_is_gone_stops_no_other() {
    let service = answering();
    let client = four_a_second(&service);
    let runtime = || {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_all().start_paused(true).build().expect("a runtime")
    };
    let mut kept = Box::pin(phone(&client, "kept"));
    let first = runtime();
    first.block_on(async {
        for number in 0..4 {
            phone(&client, number).await.expect("a reply");
        }
        assert!(timeout(Duration::from_millis(10), &mut kept).await.is_err());
    });
    drop(first);
    runtime().block_on(async { phone(&client, "other").await.expect("a reply") });
    drop(kept);
}

#[test]
fn c25_a_submission_that_was_waited_for_in_vain_can_be_waited_for_blocking() {
    let service = answering();
    let builder = Client::builder().api_key(crate::KEY).transport(service.clone());
    let builder = builder.rate_limit("batches", 1, Duration::from_millis(200));
    let client = builder.build().expect("a client");
    let call = client.batches().phone(types::BatchRequest::new(vec![], 5));
    let mut submissions = call.submit_all((0..2_000).map(|number| number.to_string()));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    runtime.block_on(async {
        submissions.next().await.expect("the first").batch.expect("a batch");
        let late = timeout(Duration::from_millis(20), submissions.next()).await;
        assert!(late.is_err(), "its turn has not come");
    });
    let second = submissions.next_blocking().expect("a thread").expect("the second");
    assert_eq!((second.number, second.batch.is_ok()), (2, true));
    assert_eq!(service.times().len(), 2, "nothing is submitted twice");
}
