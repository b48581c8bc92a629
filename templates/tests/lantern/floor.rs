//! C27: the credit floor holds, however many calls are in flight and however their replies come.

use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::stream::{self, StreamExt};
use lantern_client::{
    Client, Delivery, Error, ErrorKind, Sending, Transport, TransportError, types,
};
use tokio::time::{Instant, sleep, timeout};

/// An account that is charged at some moment of each request.
#[derive(Clone, Debug)]
struct Account(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    balance: f64,
    cost: f64,
    calls: usize,
    random: fastrand::Rng,
    /// Every so many replies are lost after the charge; 0 for none.
    lost: usize,
    /// Whether replies tell the balance, and the cost.
    tells: (bool, bool),
}

impl Account {
    fn new(balance: f64, cost: f64, seed: u64) -> Self {
        let random = fastrand::Rng::with_seed(seed);
        let state = State { balance, cost, calls: 0, random, lost: 0, tells: (true, true) };
        Self(Arc::new(Mutex::new(state)))
    }

    fn set(self, change: impl FnOnce(&mut State)) -> Self {
        change(&mut self.0.lock().expect("no panic"));
        self
    }

    fn balance(&self) -> f64 {
        self.0.lock().expect("no panic").balance
    }

    fn calls(&self) -> usize {
        self.0.lock().expect("no panic").calls
    }

    fn pause(&self) -> Duration {
        Duration::from_millis(self.0.lock().expect("no panic").random.u64(1..100))
    }

    /// Charges a call; the body of the reply, or `None` if it is lost.
    fn charge(&self) -> Option<String> {
        let mut state = self.0.lock().expect("no panic");
        state.calls += 1;
        state.balance -= state.cost;
        let is_lost = state.lost > 0 && state.calls.is_multiple_of(state.lost);
        let mut body = serde_json::json!({"success": true, "record_id": "a"});
        if state.tells.0 {
            body["credits_remaining"] = state.balance.into();
        }
        if state.tells.1 {
            body["credits_consumed"] = state.cost.into();
        }
        (!is_lost).then(|| body.to_string())
    }

    fn client(&self, floor: f64) -> Client {
        let builder = Client::builder().api_key(crate::KEY).transport(self.clone());
        let builder = builder.no_rate_limit("enrichment").credit_floor(floor);
        builder.build().expect("a client")
    }
}

impl Transport for Account {
    fn send(&self, request: reqwest::Request) -> Sending<'_> {
        let is_free = request.method() == "GET";
        Box::pin(async move {
            if is_free {
                let left = self.balance();
                let text =
                    format!(r#"{{"success": true, "tenant_id": 1, "remaining_credits": {left}}}"#);
                return Ok(http::Response::new(text).into());
            }
            sleep(self.pause()).await;
            let body = self.charge();
            sleep(self.pause()).await;
            let lost = || TransportError::new(Delivery::Unknown, "the wire was cut");
            body.map(|body| http::Response::new(body).into()).ok_or_else(lost)
        })
    }
}

async fn phone(client: &Client, number: usize) -> Result<(), Error> {
    let request = types::PhoneEnrichmentRequest::new(number.to_string());
    client.enrichment().phone(request).no_retry().await.map(drop)
}

async fn company(client: &Client, most: i64) -> Result<(), Error> {
    let request = types::CompanyEnrichmentRequest::new("acc-1").max_credits(most);
    client.enrichment().company(request).no_retry().await.map(drop)
}

/// Makes calls, eight at a time, and counts those that succeeded.
async fn eight_at_a_time(client: &Client, calls: usize) -> usize {
    let calls = (0..calls).map(|number| phone(client, number));
    let results: Vec<_> = stream::iter(calls).buffer_unordered(8).collect().await;
    for error in results.iter().filter_map(|result| result.as_ref().err()) {
        let kind = error.kind();
        let is_expected = matches!(
            kind,
            ErrorKind::CreditsExhausted | ErrorKind::Transport | ErrorKind::OutcomeUnknown
        );
        assert!(is_expected, "{error}");
    }
    results.iter().filter(|result| result.is_ok()).count()
}

#[tokio::test(start_paused = true)]
async fn c27_the_floor_holds_with_eight_calls_in_flight_and_is_reached() {
    for seed in 0..50 {
        let account = Account::new(40.0, 1.0, seed);
        let client = account.client(10.0);
        client.credits().remaining().await.expect("a balance");
        let succeeded = eight_at_a_time(&client, 100).await;
        assert_eq!((account.balance(), succeeded), (10.0, 30), "seed {seed}");
    }
}

#[tokio::test(start_paused = true)]
async fn c27_the_floor_holds_from_the_first_call_on() {
    for (balance, cost, left) in [(12.0, 1.0, 10.0), (12.5, 2.0, 10.5), (10.0, 1.0, 9.0)] {
        let account = Account::new(balance, cost, 1);
        eight_at_a_time(&account.client(10.0), 20).await;
        // The first call tells the balance, and nobody can know it before.
        assert_eq!(account.balance(), left, "{balance}");
    }
}

#[tokio::test(start_paused = true)]
async fn c27_the_floor_holds_though_replies_are_lost_or_tell_little() {
    for seed in 0..50 {
        for tells in [(true, true), (true, false), (false, true)] {
            let account = Account::new(40.0, 1.0, seed);
            let account = account.set(|state| (state.lost, state.tells) = (3, tells));
            let client = account.client(10.0);
            client.credits().remaining().await.expect("a balance");
            eight_at_a_time(&client, 60).await;
            // Nobody can know what a lost call cost if no reply ever tells a cost.
            let least = if tells.1 { 10.0 } else { 8.0 };
            assert!(account.balance() >= least, "{} {seed} {tells:?}", account.balance());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn c27_a_cap_that_the_request_states_is_reserved() {
    let account = Account::new(100.0, 1.0, 1);
    let client = account.client(50.0);
    client.credits().remaining().await.expect("a balance");
    let error = company(&client, 51).await.expect_err("it might cost 51");
    assert_eq!(error.kind(), ErrorKind::CreditsExhausted);
    assert!(!error.is_retryable(), "no call in flight changes that");
    assert!(error.to_string().contains("100 credits are left, and it may cost 51"), "{error}");
    assert_eq!(account.calls(), 0);
    company(&client, 50).await.expect("the floor is not passed");

    // Two calls of 30 do not fit beside each other, and the second one waits for the first.
    let began = Instant::now();
    let (one, two) = tokio::join!(company(&client, 30), company(&client, 30));
    one.expect("a reply");
    two.expect("a reply, after the first");
    assert!(began.elapsed() >= Duration::from_millis(4), "one after the other");
    assert_eq!(account.calls(), 3);
}

#[tokio::test(start_paused = true)]
async fn c27_a_call_in_flight_that_nobody_polls_ends_the_wait_with_an_error() {
    let account = Account::new(100.0, 1.0, 1);
    let client = account.client(50.0);
    client.credits().remaining().await.expect("a balance");
    let request = types::CompanyEnrichmentRequest::new("acc-1").max_credits(50);
    let kept = client.enrichment().company(request).timeout(Duration::from_secs(300)).send();
    let mut kept = pin!(kept);
    assert!(timeout(Duration::from_micros(1), &mut kept).await.is_err(), "it is in flight");
    let began = Instant::now();
    let error = company(&client, 30).await.expect_err("50 are reserved");
    assert_eq!((error.kind(), error.status()), (ErrorKind::CreditsExhausted, None));
    assert!(error.is_retryable());
    assert_eq!(began.elapsed().as_secs(), 60, "as long as an attempt may take");
    kept.await.expect("a reply");
    company(&client, 30).await.expect("nothing is reserved any more");
}

#[tokio::test(start_paused = true)]
async fn c27_a_call_dropped_in_flight_may_have_been_charged() {
    let account = Account::new(100.0, 1.0, 1);
    let client = account.client(50.0);
    client.credits().remaining().await.expect("a balance");
    assert!(timeout(Duration::from_micros(1), company(&client, 30)).await.is_err());
    company(&client, 30).await.expect_err("30 may be gone");
    company(&client, 20).await.expect("a reply, which tells the balance");
    company(&client, 30).await.expect("the balance tells that little was charged");
}

#[tokio::test(start_paused = true)]
async fn without_a_floor_nothing_is_reserved() {
    let account = Account::new(3.0, 1.0, 1);
    let builder = Client::builder().api_key(crate::KEY).transport(account.clone());
    let client = builder.no_rate_limit("enrichment").build().expect("a client");
    client.credits().remaining().await.expect("a balance");
    assert_eq!(eight_at_a_time(&client, 8).await, 8);
    assert_eq!(account.balance(), -5.0);
}

#[tokio::test(start_paused = true)]
async fn c29_what_is_reserved_for_others_stops_no_bulk_run() {
    let account = Account::new(100.0, 1.0, 1);
    let client = account.client(50.0);
    client.credits().remaining().await.expect("a balance");
    let mut kept = pin!(company(&client, 50));
    assert!(timeout(Duration::from_micros(1), &mut kept).await.is_err(), "it is in flight");
    let request = |id| types::CompanyEnrichmentRequest::new(id).max_credits(30);
    let mut run = client.enrichment().company_all(["a", "b"].map(request)).concurrency(1);
    assert!(run.next().await.is_none(), "neither is sent");
    assert_eq!(run.stopped(), None);
    let unsent: Vec<_> = run.into_unsent().collect();
    assert_eq!(unsent.len(), 2);
    assert!(unsent.iter().all(|one| one.error.as_ref().is_some_and(Error::is_retryable)));
}
