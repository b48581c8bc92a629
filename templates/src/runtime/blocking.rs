//! Calls from code that is not async.

use std::cell::Cell;
use std::future::{Future, pending};
use std::io;
use std::panic::resume_unwind;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use tokio::runtime::{Builder, Handle};

use super::{Error, ErrorKind, trace};

/// Drives a future on a thread in the background and waits for what it gives.
///
/// The thread has a runtime of its own, so that this works on any thread: one that is part of
/// an async runtime, which is then blocked as long, as well as one that is not. A panic of the
/// future is one of the caller.
pub(super) fn wait<F>(future: F) -> Result<F::Output, Error>
where
    F: Future<Output: Send> + Send + 'static,
{
    refuse_here()?;
    let background = background().map_err(no_thread)?;
    let (sender, receiver) = mpsc::sync_channel(1);
    let task = background.spawn(trace::carried(future));
    background.spawn(async move { sender.send(task.await) });
    match receiver.recv() {
        Ok(Ok(output)) => Ok(output),
        Ok(Err(error)) if error.is_panic() => resume_unwind(error.into_panic()),
        Ok(Err(_)) | Err(_) => {
            Err(Error::new(ErrorKind::OutcomeUnknown, "the thread for blocking calls has ended"))
        }
    }
}

/// Drives a future on this thread, and its timers and connections in the background.
///
/// So the future may borrow, and what it began stays where it is when it gives a value.
pub(super) fn wait_here<T>(future: impl Future<Output = T>) -> Result<T, Error> {
    refuse_here()?;
    let background = background().map_err(no_thread)?;
    let _entered = background.enter();
    let waker = Waker::from(Arc::new(Parked(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        let polled = {
            let _here = Here::new();
            future.as_mut().poll(&mut context)
        };
        match polled {
            Poll::Ready(value) => return Ok(value),
            Poll::Pending => thread::park(),
        }
    }
}

/// The thread that would do the work is the one that would wait for it.
fn refuse_here() -> Result<(), Error> {
    let message = "a blocking call was made within another one, by a hook or a transport";
    if is_here() { Err(Error::new(ErrorKind::Request, message)) } else { Ok(()) }
}

fn no_thread(error: io::Error) -> Error {
    Error::new(ErrorKind::Connect, "no thread could be started for blocking calls")
        .with_source(error)
        .retryable(true)
}

/// A thread that waits for a future.
struct Parked(Thread);

impl Wake for Parked {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

thread_local! {
    /// Whether connections that are opened here are driven in the background.
    static HERE: Cell<bool> = const { Cell::new(false) };
}

/// Whether this is where blocking calls are made: on the thread in the background, or on one that
/// lends itself to them.
pub(super) fn is_here() -> bool {
    HERE.get()
}

/// Lends this thread to a blocking call while it lives.
struct Here(bool);

impl Here {
    fn new() -> Self {
        Self(HERE.replace(true))
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        HERE.set(self.0);
    }
}

/// The runtime that all clients share, started when it is first needed.
fn background() -> io::Result<Handle> {
    static STARTED: Mutex<Option<Handle>> = Mutex::new(None);
    let mut started = STARTED.lock().unwrap_or_else(PoisonError::into_inner);
    match &*started {
        Some(handle) => Ok(handle.clone()),
        None => Ok(started.insert(start()?).clone()),
    }
}

/// The runtime is made on its own thread: where it cannot be kept it may not be dropped on one
/// that is async.
fn start() -> io::Result<Handle> {
    let (sender, receiver) = mpsc::sync_channel(1);
    let run = move || match Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => {
            HERE.set(true);
            let _ = sender.send(Ok(runtime.handle().clone()));
            runtime.block_on(pending())
        }
        Err(error) => {
            let _ = sender.send(Err(error));
        }
    };
    thread::Builder::new().name(env!("CARGO_PKG_NAME").to_owned()).spawn(run)?;
    receiver.recv().unwrap_or_else(|error| Err(io::Error::other(error)))
}
