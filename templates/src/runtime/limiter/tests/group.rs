//! A group as calls use it.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use super::super::RateLimitGroup;
use super::super::window::{SlidingWindow, Window};
use crate::runtime::clock::{Clock, TokioClock};

const CLOCK: TokioClock = TokioClock;

fn group(requests: Option<u32>) -> RateLimitGroup {
    let window = requests.map(|requests| Window { requests, time: Duration::from_secs(60) });
    RateLimitGroup::new("calls", SlidingWindow::fixed(window))
}

fn poll(future: std::pin::Pin<&mut impl Future<Output = Instant>>) -> Poll<Instant> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

#[tokio::test(start_paused = true)]
async fn only_a_group_without_a_limit_and_with_an_open_gate_is_free() {
    let now = CLOCK.now();
    assert!(group(None).is_free(now));
    assert!(!group(Some(1)).is_free(now));
    let closed = group(None);
    closed.close(now, now, Some(Duration::from_secs(5)));
    assert!(!closed.is_free(now));
    assert!(!closed.is_free(now + Duration::from_millis(4_999)));
    assert!(closed.is_free(now + Duration::from_secs(7)), "the jitter is a second at most");
}

#[tokio::test(start_paused = true)]
async fn what_is_taken_back_is_free_for_the_next_call_at_once() {
    let group = group(Some(1));
    let admitted = group.enter(&CLOCK, false).await;
    let mut waiting = pin!(group.enter(&CLOCK, false));
    assert!(poll(waiting.as_mut()).is_pending());
    group.take_back(admitted);
    assert_eq!(poll(waiting.as_mut()), Poll::Ready(admitted));
}

#[tokio::test(start_paused = true)]
async fn c21_a_wait_that_is_dropped_gives_its_place_back() {
    let group = group(Some(1));
    let admitted = group.enter(&CLOCK, false).await;
    let mut first = Box::pin(group.enter(&CLOCK, false));
    assert!(poll(first.as_mut()).is_pending());
    let second = group.enter(&CLOCK, false);
    drop(first);
    // A hundredth is added to the minute; timers count whole milliseconds.
    let waited = second.await - admitted;
    assert!((60_600..60_610).contains(&waited.as_millis()), "{waited:?}");
}

#[test]
fn the_pace_is_the_time_of_a_window_by_its_requests() {
    let window = |requests| Window { requests, time: Duration::from_secs(60) };
    for (window, pace) in
        [(Some(window(6)), 10), (Some(window(1)), 60), (Some(window(0)), 60), (None, 0)]
    {
        assert_eq!(SlidingWindow::fixed(window).pace(), Duration::from_secs(pace), "{window:?}");
    }
}
