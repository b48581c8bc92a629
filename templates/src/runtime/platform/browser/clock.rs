//! Time, by the timers of the browser.

use std::time::{Duration, SystemTime};

use gloo_timers::future::TimeoutFuture;
use send_wrapper::SendWrapper;
use web_time::web::SystemTimeExt;

pub use web_time::Instant;

use crate::runtime::clock::{Sleep, later};

/// Browsers end a longer timer at once.
const LONGEST: u32 = i32::MAX as u32;

pub fn now() -> Instant {
    Instant::now()
}

pub fn wall() -> SystemTime {
    web_time::SystemTime::now().to_std()
}

pub fn sleep(time: Duration) -> Sleep {
    Box::pin(SendWrapper::new(sleep_until(later(now(), time))))
}

/// Timers may end a little early, and none is longer than 24 days.
async fn sleep_until(moment: Instant) {
    loop {
        let left = moment.saturating_duration_since(now());
        if left.is_zero() {
            return;
        }
        TimeoutFuture::new(milliseconds(left)).await;
    }
}

fn milliseconds(time: Duration) -> u32 {
    let whole = time.as_micros().div_ceil(1000);
    u32::try_from(whole).unwrap_or(LONGEST).min(LONGEST)
}
