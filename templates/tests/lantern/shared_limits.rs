//! Limits that several processes share: calls ask them before each request, and tell them of a 429.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use lantern_client::mock::Mock;
use lantern_client::{
    Admission, Admitting, Client, ClientBuilder, Closing, ErrorKind, Retry, SharedLimits,
    rate_limits,
};
use tokio::time::Instant;

use crate::virtual_time::{Answer, BALANCE, Service};

const PAUSE: Duration = Duration::from_secs(7);

/// Admits every second request only, and records what it is asked and told.
#[derive(Clone, Debug, Default)]
struct Recorded {
    asked: Arc<Mutex<Vec<String>>>,
    closed: Arc<Mutex<Vec<(String, Duration)>>>,
}

impl SharedLimits for Recorded {
    fn admit<'a>(&'a self, group: &'a str, _: Option<(u32, Duration)>) -> Admitting<'a> {
        let mut asked = self.asked.lock().expect("no panic");
        asked.push(group.to_owned());
        let admission = match asked.len() % 2 {
            0 => Admission::Now,
            _ => Admission::After(PAUSE),
        };
        Box::pin(async move { Ok(admission) })
    }

    fn close<'a>(&'a self, group: &'a str, time: Duration) -> Closing<'a> {
        self.closed.lock().expect("no panic").push((group.to_owned(), time));
        Box::pin(async { Ok(()) })
    }
}

fn client(service: &Service, limits: &Recorded) -> Client {
    let builder = Client::builder().api_key(crate::KEY).transport(service.clone());
    builder.shared_limits(limits.clone()).retry(Retry::times(0)).build().expect("a client")
}

#[tokio::test(start_paused = true)]
async fn each_request_is_sent_when_the_other_processes_let_it() {
    let (service, limits) =
        (Service::new(|_, _, _| Answer::Reply(200, vec![], BALANCE)), Recorded::default());
    let (client, began) = (client(&service, &limits), Instant::now());
    client.credits().remaining().await.expect("a reply");
    assert_eq!(*limits.asked.lock().expect("no panic"), [rate_limits::CREDITS; 2]);
    assert!(began.elapsed() >= PAUSE, "{:?}", began.elapsed());
    assert_eq!(service.times().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_other_processes_are_told_of_a_429_and_of_nothing_else() {
    for (status, told) in [(200, 0), (402, 0), (429, 1), (500, 0)] {
        let reply = move |_: usize, _: Instant, _: &str| {
            Answer::Reply(status, vec![("retry-after", "30".to_owned())], BALANCE)
        };
        let limits = Recorded::default();
        let result = client(&Service::new(reply), &limits).credits().remaining().await;
        let is_limited = result.is_err_and(|error| error.kind() == ErrorKind::RateLimited);
        assert_eq!(is_limited, told == 1, "{status}");
        let closed = limits.closed.lock().expect("no panic");
        assert_eq!(closed.len(), told, "{status}: {closed:?}");
        for (group, time) in closed.iter() {
            assert_eq!(group, rate_limits::CREDITS);
            assert!((30..40).contains(&time.as_secs()), "{time:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_client_for_another_key_shares_no_limits_and_keeps_those_that_were_set() {
    let (limits, mock) = (Recorded::default(), Mock::new().with_examples());
    let limit = |builder: ClientBuilder| {
        builder.rate_limit(rate_limits::CREDITS, 1, Duration::from_secs(3_600))
    };
    let one = limit(mock.client_builder().api_key("one")).shared_limits(limits.clone());
    let two =
        one.build().expect("a client").with_credential("BearerAuth", "two").expect("a client");
    let began = Instant::now();
    for _ in 0..2 {
        two.credits().remaining().await.expect("a reply");
    }
    assert!(began.elapsed() >= Duration::from_secs(3_600), "{:?}", began.elapsed());
    assert!(limits.asked.lock().expect("no panic").is_empty());
}
