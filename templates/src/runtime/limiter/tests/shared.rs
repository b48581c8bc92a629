//! A group whose limit other processes use, too.

use std::collections::VecDeque;
use std::future::{Future, pending};
use std::pin::pin;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use super::super::RateLimitGroup;
use super::super::window::{SlidingWindow, Window};
use crate::runtime::clock::{Clock, TokioClock};
use crate::runtime::shared_limits::{
    Admission, Admitting, Closing, SharedLimits, SharedLimitsError,
};

const CLOCK: TokioClock = TokioClock;
const SECOND: Duration = Duration::from_secs(1);

/// Gives these answers, and then none.
#[derive(Debug)]
struct Answers(Mutex<VecDeque<Admission>>);

impl Answers {
    fn new(answers: impl IntoIterator<Item = Admission>) -> Self {
        Self(Mutex::new(answers.into_iter().collect()))
    }
}

impl SharedLimits for Answers {
    fn admit<'a>(&'a self, _: &'a str, limit: Option<(u32, Duration)>) -> Admitting<'a> {
        // A hundredth is added to the minute.
        assert_eq!(limit, Some((2, Duration::from_millis(60_600))));
        let answer = self.0.lock().expect("no panic").pop_front();
        Box::pin(async move {
            match answer {
                Some(answer) => Ok(answer),
                None => pending().await,
            }
        })
    }

    fn close<'a>(&'a self, _: &'a str, _: Duration) -> Closing<'a> {
        Box::pin(async { Ok(()) })
    }
}

/// Cannot be asked.
#[derive(Debug)]
struct Broken;

impl SharedLimits for Broken {
    fn admit<'a>(&'a self, _: &'a str, _: Option<(u32, Duration)>) -> Admitting<'a> {
        Box::pin(async { Err(SharedLimitsError::new("broken")) })
    }

    fn close<'a>(&'a self, _: &'a str, _: Duration) -> Closing<'a> {
        Box::pin(async { Err(SharedLimitsError::new("broken")) })
    }
}

fn group() -> RateLimitGroup {
    let window = Window { requests: 2, time: 60 * SECOND };
    RateLimitGroup::new("calls", SlidingWindow::fixed(Some(window)))
}

#[tokio::test(start_paused = true)]
async fn who_is_refused_by_others_goes_before_those_that_come_later() {
    let (group, began) = (group(), CLOCK.now());
    let shared = Answers::new([Admission::After(5 * SECOND), Admission::Now, Admission::Now]);
    let mut first = pin!(group.enter_shared(&CLOCK, &shared, false));
    let context = &mut Context::from_waker(Waker::noop());
    assert!(first.as_mut().poll(context).is_pending(), "it was refused");
    let mut second = pin!(group.enter_shared(&CLOCK, &shared, false));
    assert!(second.as_mut().poll(context).is_pending(), "it waits as well");
    let (first, second) = futures::join!(first, second);
    let waited = [first, second].map(|entered| entered.expect("a turn") - began);
    assert!(waited[0] <= waited[1] && waited[0] >= 5 * SECOND, "{waited:?}");
    assert!(waited[1] < 6 * SECOND, "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn who_stops_asking_or_cannot_ask_is_not_counted() {
    let group = group();
    let silent = Answers::new([]);
    for _ in 0..3 {
        let mut asking = Box::pin(group.enter_shared(&CLOCK, &silent, false));
        assert!(asking.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        drop(asking);
        assert!(group.enter_shared(&CLOCK, &Broken, false).await.is_err());
    }
    let shared = Answers::new([Admission::Now, Admission::Now]);
    let began = CLOCK.now();
    for _ in 0..2 {
        group.enter_shared(&CLOCK, &shared, false).await.expect("a turn");
    }
    assert_eq!(CLOCK.now(), began, "both turns were free");
}

#[tokio::test(start_paused = true)]
async fn who_asks_and_is_not_polled_holds_up_nobody() {
    let (group, silent) = (group(), Answers::new([]));
    let mut asking = pin!(group.enter_shared(&CLOCK, &silent, false));
    let context = &mut Context::from_waker(Waker::noop());
    assert_eq!(asking.as_mut().poll(context).map(|entered| entered.is_ok()), Poll::Pending);
    let (shared, began) = (Answers::new([Admission::Now]), CLOCK.now());
    group.enter_shared(&CLOCK, &shared, false).await.expect("a turn");
    assert_eq!(CLOCK.now(), began);
}
