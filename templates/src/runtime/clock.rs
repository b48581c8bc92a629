//! The clock of the client, which tests can replace.

use std::fmt::Debug;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::{Duration, SystemTime};

use super::platform;
pub use super::platform::Instant;

/// What [`Clock::sleep`] returns.
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Gives the client its time.
///
/// All waits use [`now`](Self::now), which never jumps. The wall clock is only used if a service
/// states a date.
pub trait Clock: Debug + Send + Sync + 'static {
    /// The time on a monotonic clock.
    fn now(&self) -> Instant;

    /// Ends after this time.
    fn sleep(&self, time: Duration) -> Sleep;

    /// The time of day.
    fn wall(&self) -> SystemTime {
        platform::wall()
    }
}

/// The clock of the Tokio runtime; `tokio::time::pause` stops it. In a browser, the clock of the
/// browser.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioClock;

impl Clock for TokioClock {
    fn now(&self) -> Instant {
        platform::now()
    }

    fn sleep(&self, time: Duration) -> Sleep {
        platform::sleep(time)
    }
}

/// The longest wait that is told from for ever.
const FAR: Duration = Duration::from_secs(60 * 60 * 24 * 365 * 30);

/// A moment so much later; times that no clock can express are cut to 30 years.
pub fn later(moment: Instant, time: Duration) -> Instant {
    moment + time.min(FAR)
}

/// What a future gives, or `None` where the time was up before.
pub async fn within<T>(
    clock: &dyn Clock,
    time: Option<Duration>,
    future: impl Future<Output = T>,
) -> Option<T> {
    let Some(time) = time else { return Some(future.await) };
    before(&mut clock.sleep(time), pin!(future)).await
}

/// What a future gives, or `None` where the alarm went off before.
///
/// The future stays where it is, because moving large futures costs more than driving them.
pub fn before<F: Future + ?Sized>(
    alarm: &mut Sleep,
    mut future: Pin<&mut F>,
) -> impl Future<Output = Option<F::Output>> {
    poll_fn(move |context| match future.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => alarm.as_mut().poll(context).map(|()| None),
    })
}
