//! Time, by Tokio.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::time::{Duration, SystemTime};

pub use std::time::Instant;

use crate::runtime::clock::Sleep;
use crate::runtime::endpoint::is_blocking;

pub fn now() -> Instant {
    tokio::time::Instant::now().into_std()
}

pub fn wall() -> SystemTime {
    SystemTime::now()
}

pub fn sleep(time: Duration) -> Sleep {
    Box::pin(sleep_anywhere(is_blocking(), tokio::time::sleep(time)))
}

/// A sleep that goes on where its call does: one that was begun by an async call, and is waited
/// for by a blocking one, would else depend on the runtime that is blocked.
async fn sleep_anywhere(mut begun_blocking: bool, sleep: tokio::time::Sleep) {
    let mut sleep = pin!(sleep);
    poll_fn(|context| {
        if begun_blocking != is_blocking() {
            begun_blocking = is_blocking();
            let until = sleep.deadline();
            sleep.set(tokio::time::sleep_until(until));
        }
        sleep.as_mut().poll(context)
    })
    .await;
}
