//! Calls whose future is dropped on the way: at every point at which it can be.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Waker};
use std::time::Duration;

use lantern_client::{Client, types};
use tokio::time::Instant;

use crate::virtual_time::{Answer, BALANCE, Service};
use crate::wire::{Then, Wire, reply};

/// Fails first in each way that is tried again, then succeeds.
fn service() -> Service {
    Service::new(|number, _, _| match number {
        0 => Answer::Lost,
        1 => Answer::Reply(503, vec![], ""),
        2 => Answer::Reply(429, vec![("retry-after", "1".to_owned())], ""),
        _ => Answer::Reply(200, vec![], BALANCE),
    })
}

async fn phone(client: &Client) -> Result<(), lantern_client::Error> {
    let request = types::PhoneEnrichmentRequest::new("r").email("ada@example.com");
    client.enrichment().phone(request).await.map(drop)
}

/// Polls a future so many times, letting time pass between, and drops it. Whether it had ended.
async fn dropped_after(polls: usize, future: impl Future) -> bool {
    let mut future = pin!(future);
    for _ in 0..polls {
        let mut context = Context::from_waker(Waker::noop());
        if future.as_mut().poll(&mut context).is_ready() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    false
}

#[tokio::test(start_paused = true)]
async fn c21_a_call_dropped_anywhere_leaves_nothing_behind() {
    for polls in 0..2_000 {
        let service = service();
        let client = service.client();
        let ended = dropped_after(polls, phone(&client)).await;
        // What was sent counts, and nothing else: the rest of the window is free.
        let sent = service.times().len();
        while service.times().len() < 3 {
            phone(&client).await.expect("a reply past the failures");
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
        let (before, began) = (service.times().len(), Instant::now());
        assert!(before >= sent);
        while service.times().len() < 50 {
            phone(&client).await.expect("a reply");
        }
        assert!(began.elapsed() < Duration::from_secs(55), "{polls}: {:?}", began.elapsed());
        if ended {
            return;
        }
    }
    panic!("the call never ended");
}

#[tokio::test(start_paused = true)]
async fn c21_a_waiter_dropped_in_the_queue_lets_the_next_one_in() {
    let service = Service::new(|_, _, _| Answer::Reply(200, vec![], BALANCE));
    let client = service.client();
    for _ in 0..10 {
        client.credits().remaining().await.expect("a reply");
    }
    let began = Instant::now();
    for polls in 1..50 {
        assert!(!dropped_after(polls, async { client.credits().remaining().await }).await);
    }
    client.credits().remaining().await.expect("a reply");
    assert!(began.elapsed() <= Duration::from_secs(61), "{:?}", began.elapsed());
    assert_eq!(service.times().len(), 11);
}

#[tokio::test]
async fn c21_a_body_dropped_on_the_way_spoils_no_connection() {
    let json = "content-type: application/json\r\n";
    let body = reply("200 OK", json, BALANCE.as_bytes());
    let wire = Wire::new(Then::Drip(body, Duration::from_millis(1))).await;
    let client = wire.builder().no_rate_limit("credits").build().expect("a client");
    for cut in [0, 20, 60, 100, 150] {
        let call = async { client.credits().remaining().await };
        let late = tokio::time::timeout(Duration::from_millis(cut), call).await;
        assert!(late.is_err(), "dropped on the way");
    }
    assert_eq!(client.credits().remaining().await.expect("a whole reply").tenant_id, 1);
}
