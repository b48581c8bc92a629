//! A call that takes long, such as one that waits for its turn within the rate limit, is told of on a terminal.

use std::convert::Infallible;
use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget};
use tokio::time::{Instant, sleep};

use crate::Outgoing;

/// From this time on, a call is told of.
const PATIENCE: Duration = Duration::from_secs(2);

/// A line of a terminal, which is gone when the call is over.
pub struct Waiting {
    line: ProgressBar,
    began: Instant,
    sent: Arc<AtomicU32>,
    /// The request, which is counted when it is sent.
    pub request: Outgoing,
}

impl Waiting {
    /// There is nobody to tell without a terminal.
    pub fn of(request: &Outgoing) -> Option<Self> {
        if !io::stderr().is_terminal() {
            return None;
        }
        let (sent, counted) = (Arc::<AtomicU32>::default(), request.clone());
        let (count, notice) = (sent.clone(), request.notice.clone());
        let request = counted.with_notice(move || {
            count.fetch_add(1, Ordering::Relaxed);
            notice.as_ref().map_or(Ok(()), |notice| notice())
        });
        let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        let line = line.with_style(indicatif::ProgressStyle::with_template("{msg}").ok()?);
        Some(Self { line, began: Instant::now(), sent, request })
    }

    /// Tells of it until it is asked no more.
    pub async fn tell(&self) -> Infallible {
        sleep(PATIENCE).await;
        loop {
            let seconds = self.began.elapsed().as_secs();
            let sent = match self.sent.load(Ordering::Relaxed) {
                0 => "it waits for its turn".to_owned(),
                1 => "sent once".to_owned(),
                times => format!("sent {times} times"),
            };
            self.line.set_message(format!("no answer after {seconds} s: {sent}; Ctrl-C stops"));
            self.line.tick();
            sleep(Duration::from_secs(1)).await;
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.line.finish_and_clear();
    }
}
