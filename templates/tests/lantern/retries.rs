//! What is sent again, how often and when, to the exact boundary and under virtual time.

use std::time::Duration;

use lantern_client::{Client, Delivery, Error, ErrorKind, Phase, Retry, types};
use tokio::time::Instant;

use crate::virtual_time::{Answer, BALANCE, RUN, Service};

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn reply(status: u16) -> Answer {
    Answer::Reply(status, vec![], BALANCE)
}

fn with(status: u16, name: &'static str, value: &str) -> Answer {
    Answer::Reply(status, vec![(name, value.to_owned())], BALANCE)
}

async fn remaining(client: &Client) -> Result<(), Error> {
    client.credits().remaining().await.map(drop)
}

async fn phone(client: &Client, id: &str) -> Result<(), Error> {
    let request = types::PhoneEnrichmentRequest::new(id).email("ada@example.com");
    client.enrichment().phone(request).await.map(drop)
}

async fn batch(client: &Client) -> Result<(), Error> {
    client.batches().phone(types::BatchRequest::new(vec!["a".into()], 5)).await.map(drop)
}

/// How often a failing status is sent of a safe call, of one by key, and of one that is neither.
#[tokio::test(start_paused = true)]
async fn statuses_that_pass_are_repeated_for_safe_calls_only() {
    let passing = [408, 425, 500, 502, 503, 504].into_iter().chain(520..=529);
    for status in passing {
        let service = Service::new(move |_, _, _| reply(status));
        let client = service.client();
        let error = remaining(&client).await.expect_err("a failure");
        assert_eq!((error.kind(), error.timing().attempts), (ErrorKind::Status, 4), "{status}");
        assert!(error.is_retryable(), "{status}");
        let error = phone(&service.client(), "a").await.expect_err("a failure");
        assert_eq!(error.timing().attempts, 4, "{status}");
        let error = batch(&service.client()).await.expect_err("a failure");
        assert_eq!((error.kind(), error.timing().attempts), (ErrorKind::Status, 1), "{status}");
        assert!(!error.is_retryable(), "{status}");
    }
    for status in [300, 400, 407, 409, 424, 426, 428, 499, 501, 505, 519, 530, 599] {
        let service = Service::new(move |_, _, _| reply(status));
        let error = remaining(&service.client()).await.expect_err("a failure");
        assert_eq!(error.timing().attempts, 1, "{status}");
        assert!(!error.is_retryable(), "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_503_with_a_stated_wait_is_repeated_for_every_call() {
    let service = Service::new(|number, _, _| match number {
        0 => with(503, "retry-after-ms", "1500"),
        _ => Answer::Reply(200, vec![], RUN),
    });
    batch(&service.client()).await.expect("503 with a wait says that nothing was done");
    let times = service.times();
    assert!(times[1] - times[0] >= Duration::from_millis(1_520), "{times:?}");
    for status in [500, 502, 504, 520] {
        let service = Service::new(move |_, _, _| with(status, "retry-after", "1"));
        let error = batch(&service.client()).await.expect_err("may have acted");
        assert_eq!(error.timing().attempts, 1, "{status}");
        assert_eq!(error.retry_after(), Some(seconds(1)));
    }
}

/// C03 stands on the key: without one, nobody knows whether it was charged.
#[tokio::test(start_paused = true)]
async fn c03_an_empty_record_id_is_no_key() {
    for (id, attempts, kind) in [
        ("", 1, ErrorKind::OutcomeUnknown),
        ("  \t", 1, ErrorKind::OutcomeUnknown),
        (" a ", 4, ErrorKind::Transport),
        ("0", 4, ErrorKind::Transport),
    ] {
        let service = Service::new(|_, _, _| Answer::Lost);
        let error = phone(&service.client(), id).await.expect_err("lost");
        assert_eq!((error.kind(), error.timing().attempts), (kind, attempts), "{id:?}");
        let service = Service::new(|_, _, _| Answer::Never);
        let error = phone(&service.client(), id).await.expect_err("silence");
        let kind = if attempts == 1 { ErrorKind::OutcomeUnknown } else { ErrorKind::Timeout };
        assert_eq!((error.kind(), error.phase()), (kind, Some(Phase::Response)), "{id:?}");
    }
}

/// What the service says is worth more than a timeout that hides it.
#[tokio::test(start_paused = true)]
async fn c05_a_wait_beyond_the_deadline_fails_at_once() {
    for (status, header, stated, deadline, at_once) in [
        (429, "retry-after", "30", 30, true),
        (429, "retry-after", "30", 29, true),
        (429, "retry-after-ms", "30000", 30, true),
        (429, "retry-after", "30", 36, false),
        (503, "retry-after", "30", 30, true),
        (503, "retry-after", "30", 36, false),
    ] {
        let service = Service::new(move |number, _, _| match number {
            0 => with(status, header, stated),
            _ => reply(200),
        });
        let client = service.client();
        let began = Instant::now();
        let call = client.credits().remaining().deadline(seconds(deadline)).await;
        match at_once {
            true => {
                let error = call.expect_err("too late");
                assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
                assert_eq!(error.retry_after(), Some(seconds(30)));
                assert_eq!(error.phase(), None);
                assert!(error.is_retryable());
                assert_eq!(began.elapsed().as_millis(), 20, "the attempt itself");
            }
            false => drop(call.expect("in time")),
        }
        assert_eq!(service.times().len(), if at_once { 1 } else { 2 });
    }
}

#[tokio::test(start_paused = true)]
async fn c05_the_longest_wait_is_kept_and_a_longer_one_is_not() {
    for (status, stated, attempts) in [(429, "9", 5), (503, "9", 4), (429, "10", 1), (503, "10", 1)]
    {
        let service = Service::new(move |_, _, _| with(status, "retry-after", stated));
        let mut retry = Retry::default();
        retry.max_wait = seconds(9);
        let client = service.client();
        let error = client.credits().remaining().retry(retry).await.expect_err("a failure");
        assert_eq!(error.timing().attempts, attempts, "{status} {stated}");
        assert!(error.is_retryable());
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_in_the_body_is_kept_in_each_of_its_forms() {
    for body in [
        r#"{"retry_after": "30"}"#,
        r#"{"detail": {"retry_after": 30}}"#,
        r#"{"error": {"retry_after": "30"}}"#,
    ] {
        let service = Service::new(move |number, _, _| match number {
            0 => Answer::Reply(429, vec![], body),
            _ => reply(200),
        });
        remaining(&service.client()).await.expect("a reply");
        let waited = service.times()[1] - service.times()[0];
        assert!((seconds(30)..=seconds(34)).contains(&waited), "{body}: {waited:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_deadline_in_the_queue_may_be_tried_again() {
    let service = Service::new(|_, _, _| Answer::Reply(200, vec![], RUN));
    let client = service.client();
    batch(&client).await.expect("a run");
    let call = client.batches().phone(types::BatchRequest::new(vec!["b".into()], 5));
    let error = call.deadline(seconds(5)).await.expect_err("its turn comes later");
    assert_eq!((error.kind(), error.phase()), (ErrorKind::Timeout, Some(Phase::Queue)));
    assert!(error.is_retryable(), "nothing was sent");
    assert_eq!((error.timing().attempts, service.times().len()), (0, 1));
    assert_eq!(error.timing().queued, seconds(5));
}

#[tokio::test(start_paused = true)]
async fn pauses_and_attempts_are_told() {
    let service = Service::new(|number, _, _| match number {
        0 | 1 => reply(500),
        _ => reply(404),
    });
    let client = service.client();
    let began = Instant::now();
    let error = remaining(&client).await.expect_err("a failure");
    let timing = error.timing();
    assert_eq!((timing.attempts, timing.in_flight), (3, Duration::from_millis(60)));
    assert_eq!(timing.queued, Duration::ZERO);
    // The paused clock moves by whole milliseconds.
    let paused = began.elapsed() - timing.in_flight;
    assert!(paused >= timing.paused && paused - timing.paused <= Duration::from_millis(2));
    assert!(timing.paused > Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_ends_with_the_deadline_is_not_begun() {
    let retry = |pause| Retry::times(1).backoff(seconds(pause), seconds(pause));
    // A pause of nothing is shorter than any time that is left, and is made.
    let service = Service::new(|_, _, _| reply(500));
    let client = service.client();
    let call = client.credits().remaining().retry(retry(0)).deadline(Duration::from_millis(41));
    assert_eq!(call.await.expect_err("a failure").timing().attempts, 2);
    // Nothing is left after the first attempt.
    let call = client.credits().remaining().retry(retry(0)).deadline(Duration::from_millis(20));
    let error = call.await.expect_err("a failure");
    assert_eq!(error.timing().attempts, 1);
}

#[tokio::test(start_paused = true)]
async fn what_never_left_is_repeated_whatever_the_call() {
    let service = Service::new(|_, _, _| Answer::NotSent);
    let error = batch(&service.client()).await.expect_err("no connection");
    assert_eq!((error.kind(), error.timing().attempts), (ErrorKind::Connect, 4));
    assert!(error.is_retryable());
    let source = std::error::Error::source(&error).expect("a cause");
    let cause = source.downcast_ref::<lantern_client::TransportError>().expect("a failure");
    assert_eq!(cause.delivery(), Delivery::NotSent);
}

/// Times that no clock can count to are as good as none.
#[tokio::test(start_paused = true)]
async fn the_longest_durations_do_no_harm() {
    let service = Service::new(|number, _, _| match number % 3 {
        0 => with(429, "retry-after", "1"),
        1 => with(503, "retry-after-ms", "1"),
        _ => reply(200),
    });
    let longest = Duration::MAX;
    let mut retry = Retry::times(3).backoff(Duration::ZERO, longest);
    retry.max_wait = longest;
    let builder = Client::builder().api_key(crate::KEY).transport(service.clone());
    let builder = builder.timeout(longest).deadline(longest).connect_timeout(longest).retry(retry);
    let client = builder.rate_limit("credits", 1_000, longest).build().expect("a client");
    remaining(&client).await.expect("a reply");
    remaining(&client).await.expect("another reply");
    let call = client.credits().remaining().timeout(longest).deadline(longest).retry(retry);
    call.await.expect("a third one");
    assert_eq!(service.times().len(), 9);
    // A pause without end is one that the deadline comes before.
    let endless = Retry::times(1).backoff(longest, longest);
    let service = Service::new(|_, _, _| reply(500));
    let client = service.client();
    let call = client.credits().remaining().retry(endless).deadline(seconds(60));
    assert_eq!(call.await.expect_err("a failure").timing().attempts, 1);
}

#[tokio::test(start_paused = true)]
async fn the_first_pause_is_half_a_second_at_most_and_the_second_twice_that() {
    let mut longest = [Duration::ZERO; 2];
    for retries in (0..2).cycle().take(400) {
        let service = Service::new(move |number, _, _| match number <= retries {
            true => reply(503),
            false => reply(200),
        });
        let retry = Retry::times(retries as u32 + 1);
        let call = service.client().credits().remaining().retry(retry);
        call.await.expect("a reply");
        let times = service.times();
        // The service takes 20 milliseconds for its answer.
        let pause = times[retries + 1] - times[retries] - Duration::from_millis(20);
        longest[retries] = longest[retries].max(pause);
    }
    let millis = longest.map(|pause| pause.as_millis());
    assert!((400..=501).contains(&millis[0]) && (800..=1_001).contains(&millis[1]), "{millis:?}");
}

#[tokio::test(start_paused = true)]
async fn what_is_sent_again_goes_before_those_that_wait_for_their_first_turn() {
    let service = Service::new(|number, _, _| if number == 0 { reply(503) } else { reply(200) });
    let builder = Client::builder().api_key(crate::KEY).transport(service.clone());
    let client = builder.rate_limit("enrichment", 1, seconds(60)).build().expect("a client");
    let (one, two) = tokio::join!(phone(&client, "one"), phone(&client, "two"));
    one.and(two).expect("replies");
    let order = service.bodies().into_iter().map(|body| body.contains("\"one\""));
    assert_eq!(order.collect::<Vec<_>>(), [true, true, false]);
}

#[tokio::test(start_paused = true)]
async fn a_reply_tells_how_often_it_was_asked_for_and_how_long_it_took() {
    let service = Service::new(move |number, _, _| match number {
        0 => with(503, "retry-after", "7"),
        _ => reply(200),
    });
    let client = service.client();
    let reply = client.credits().remaining().await.expect("a reply");
    let timing = reply.timing();
    assert_eq!((timing.attempts, timing.queued), (2, Duration::ZERO));
    assert!(timing.paused >= seconds(7), "{timing:?}");
}
