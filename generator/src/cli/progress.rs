//! What a command is doing, if that takes longer than a second: one line of a terminal, which is gone before anything else
//! is shown.

use std::io::{IsTerminal, Write, stderr};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{JoinHandle, spawn};
use std::time::{Duration, Instant};

/// Nothing is shown before.
const PATIENCE: Duration = Duration::from_secs(1);

/// The time between two looks at the clock.
const TICK: Duration = Duration::from_millis(250);

/// Goes to the start of the line and empties it (ECMA-48, EL).
const EMPTY_LINE: &str = "\r\u{1b}[K";

/// Whether the line is shown. Whoever writes to the terminal holds it.
static IS_SHOWN: Mutex<bool> = Mutex::new(false);

/// Shows what is done until it is dropped.
pub struct Progress {
    running: Option<(Sender<String>, JoinHandle<()>)>,
}

impl Progress {
    /// Shows what is done, if stderr is a terminal and the caller wants it.
    #[must_use]
    pub fn new(is_wanted: bool, what: &str) -> Self {
        let is_shown = is_wanted && stderr().is_terminal();
        let running = is_shown.then(|| {
            let (sender, receiver) = channel();
            let what = what.to_owned();
            (sender, spawn(move || show(what, |tick| receiver.recv_timeout(tick))))
        });
        Self { running }
    }

    /// Shows what is done next.
    pub fn step(&self, what: &str) {
        if let Some((sender, _)) = &self.running {
            // The thread ends only after the sender.
            let _ = sender.send(what.to_owned());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.running.take() {
            drop(sender);
            let _ = thread.join();
            drop(without_progress());
        }
    }
}

fn show(mut what: String, mut next: impl FnMut(Duration) -> Result<String, RecvTimeoutError>) {
    let begun = Instant::now();
    loop {
        match next(TICK) {
            Ok(step) => what = step,
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) if begun.elapsed() < PATIENCE => {}
            Err(RecvTimeoutError::Timeout) => write_line(&what, begun.elapsed()),
        }
    }
}

fn write_line(what: &str, elapsed: Duration) {
    let mut is_shown = locked();
    let line = format!("{EMPTY_LINE}{what} … {} s", elapsed.as_secs());
    *is_shown = stderr().write_all(line.as_bytes()).and_then(|()| stderr().flush()).is_ok();
}

/// Takes the line away. It does not come back while the result is held.
pub fn without_progress() -> MutexGuard<'static, bool> {
    let mut is_shown = locked();
    if std::mem::take(&mut *is_shown) {
        // Who cannot be shown anything has seen no progress either.
        let _ = stderr().write_all(EMPTY_LINE.as_bytes()).and_then(|()| stderr().flush());
    }
    is_shown
}

fn locked() -> MutexGuard<'static, bool> {
    IS_SHOWN.lock().unwrap_or_else(PoisonError::into_inner)
}
