//! A bulk run: requests in, results out.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_core::Stream;
use futures_util::stream::FuturesUnordered;

use super::in_flight::InFlight;
use super::source::Source;
use super::stop::Switch;
use super::unsent::UnsentList;
use super::{Done, StopReason, Stopper, Unsent};
use crate::runtime::endpoint::is_blocking;
use crate::runtime::request_builder::RequestBuilder;
use crate::runtime::{Call, Error, Operation, trace};

/// The default number of calls in flight.
const CONCURRENCY: usize = 8;

/// Puts a request into a call.
type Fill<Op, R> = fn(Call<Op>, &R) -> Call<Op>;

/// What a caller looks for in results.
type Condition<'r, Op, R> = Box<dyn FnMut(&Done<Op, R>) -> bool + Send + 'r>;

/// A call of one operation for each of any number of requests, several at a time.
///
/// [`next`](Self::next) returns requests with their results as they arrive, in any order. Nothing
/// is sent before it is called, and a request is only taken when a call can begin, so a long file
/// is never held in memory.
///
/// The run continues after a failed call, unless no further call can succeed: if the credits are
/// used up or below the floor, or if the service does not accept the credentials (401, 403).
/// [`stop`](Self::stop), a [`stopper`](Self::stopper) and the condition of
/// [`stop_when`](Self::stop_when) stop it, too. A stopped run sends no further requests: `next`
/// returns the results of all sent requests and then `None`, and [`into_unsent`](Self::into_unsent)
/// returns the other requests.
///
/// **Do not leave the loop by `break`, `return` or `?`**: requests in flight may be paid for, and
/// their results are lost when the run is dropped. Call [`stop`](Self::stop) and continue until
/// `None`, or take the rest by [`finish`](Self::finish).
///
/// Calls only make progress while `next` is awaited. Slow work in the loop delays this run, so do
/// it in another task.
#[must_use = "nothing is sent before `next` asks for it"]
pub struct Run<'r, Op: Operation, R> {
    /// What all calls have in common.
    pub(super) call: Box<RequestBuilder>,
    fill: Fill<Op, R>,
    source: Source<'r, R>,
    condition: Option<Condition<'r, Op, R>>,
    concurrency: usize,
    /// How many requests were taken from the source.
    taken: usize,
    in_flight: FuturesUnordered<InFlight<Op, R>>,
    /// What has come and was not asked for yet; it keeps its room.
    done: VecDeque<Done<Op, R>>,
    unsent: UnsentList<R>,
    switch: Arc<Switch>,
    /// Whether the run has stopped and knows it: nothing waits for its turn any more.
    has_settled: bool,
    /// Whether it was a blocking call that drove it last.
    is_blocking: bool,
}

impl<'r, Op: Operation, R> Run<'r, Op, R> {
    pub(crate) fn new<I>(call: Call<Op>, requests: I, fill: Fill<Op, R>) -> Self
    where
        I: IntoIterator<Item = R, IntoIter: Send + 'r>,
    {
        Self {
            call: call.into_request(),
            fill,
            source: Source::new(requests.into_iter()),
            condition: None,
            concurrency: CONCURRENCY,
            taken: 0,
            in_flight: FuturesUnordered::new(),
            done: VecDeque::new(),
            unsent: UnsentList::new(),
            switch: Arc::default(),
            has_settled: false,
            is_blocking: false,
        }
    }

    /// Sets the number of calls at a time, including those in the queue of the rate limit. Default:
    /// 8. At least 1.
    pub fn concurrency(mut self, calls: usize) -> Self {
        self.concurrency = calls.max(1);
        self
    }

    /// Adds the requests of a stream. They follow the requests that the run was created with.
    ///
    /// If you pass `&mut requests`, the stream still has what the run did not take.
    pub fn followed_by(mut self, requests: impl Stream<Item = R> + Send + 'r) -> Self {
        self.source.add_stream(requests);
        self
    }

    /// Stops the run after a result that meets this condition, in addition to what stops it anyway.
    pub fn stop_when(mut self, condition: impl FnMut(&Done<Op, R>) -> bool + Send + 'r) -> Self {
        self.condition = Some(Box::new(condition));
        self
    }

    /// Stops the run: no further request is sent, and [`next`](Self::next) returns what is in
    /// flight and then `None`.
    pub fn stop(&mut self) {
        self.switch.stop(StopReason::Asked);
    }

    /// Returns a handle that stops the run from elsewhere, for example from a handler of Ctrl-C.
    pub fn stopper(&self) -> Stopper {
        Stopper::new(&self.switch)
    }

    /// Why the run has stopped; `None` while it continues, and if it reached the end of its
    /// requests.
    pub fn stopped(&self) -> Option<StopReason> {
        self.switch.reason()
    }

    /// The requests that were taken and not sent, in their order.
    ///
    /// Those that were never taken are not among them: see [`into_unsent`](Self::into_unsent).
    pub fn unsent(&self) -> &[Unsent<R>] {
        self.unsent.as_slice()
    }

    /// All requests that were not sent, in their order, after [`next`](Self::next) has returned
    /// `None`.
    ///
    /// These are the requests that were taken and not sent, and then the rest of the iterator,
    /// which is read lazily. The rest of a stream stays in it. Before `next` has returned `None`,
    /// calls may be in flight and their results would be lost, so call [`finish`](Self::finish)
    /// first.
    pub fn into_unsent(mut self) -> impl Iterator<Item = Unsent<R>> {
        self.take_back();
        let rest = self.source.take_requests().into_iter().flatten();
        let rest = (self.taken..).zip(rest);
        let rest = rest.map(|(index, request)| Unsent { index, request, error: None });
        self.unsent.take().into_iter().chain(rest)
    }

    /// The next finished request; `None` after the last, or after the last that was sent before the
    /// run stopped.
    ///
    /// The future can be dropped without loss: the next one continues.
    pub async fn next(&mut self) -> Option<Done<Op, R>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Stops the run, and waits for the results of what is in flight.
    pub async fn finish(&mut self) -> Vec<Done<Op, R>> {
        self.stop();
        let mut rest = Vec::new();
        while let Some(done) = self.next().await {
            rest.push(done);
        }
        rest
    }

    /// The next finished request, in blocking code; `None` as with [`next`](Self::next).
    ///
    /// # Errors
    /// [`ErrorKind::Connect`](crate::ErrorKind::Connect) if the thread for blocking
    /// calls cannot be started. Nothing was sent then.
    #[cfg(feature = "blocking")]
    pub fn next_blocking(&mut self) -> Result<Option<Done<Op, R>>, Error> {
        crate::runtime::blocking::wait_here(self.next())
    }

    /// Begins calls while there is room and a request.
    fn begin(&mut self, context: &mut Context<'_>) {
        while self.in_flight.len() + self.done.len() < self.concurrency {
            let Poll::Ready(Some(request)) = self.source.poll_next(context) else { return };
            let call = (self.fill)(Call::of(self.call.clone()), &request);
            self.in_flight.push(InFlight::new(self.taken, request, call.into_request()));
            self.taken += 1;
        }
    }

    /// Takes back what waits for its turn.
    fn take_back(&mut self) {
        if std::mem::replace(&mut self.has_settled, true) {
            return;
        }
        for call in std::mem::take(&mut self.in_flight) {
            match call.is_sent() {
                true => self.in_flight.push(call),
                false => call.into_unsent().into_iter().for_each(|one| self.unsent.insert(one)),
            }
        }
    }

    /// Notes what came of a call, and whether the run goes on.
    fn note(&mut self, done: Done<Op, R>) {
        if let Some(reason) = StopReason::of(&done) {
            self.switch.stop(reason);
        }
        if done.is_unsent() {
            return self.unsent.insert(done.into_unsent());
        }
        if self.condition.as_mut().is_some_and(|is_met| is_met(&done)) {
            self.switch.stop(StopReason::Condition);
        }
        self.done.push_back(done);
    }

    /// Drives all calls as far as they get, so that those that follow begin before the caller is
    /// busy with a result. `false` where nothing more can come.
    fn drive(&mut self, context: &mut Context<'_>) -> bool {
        if std::mem::replace(&mut self.is_blocking, is_blocking()) != self.is_blocking {
            // What drove it so far may stand still and wake nobody, so all calls have to look.
            self.in_flight = std::mem::take(&mut self.in_flight).into_iter().collect();
        }
        loop {
            match self.stopped() {
                Some(_) => self.take_back(),
                None => self.begin(context),
            }
            match Pin::new(&mut self.in_flight).poll_next(context) {
                Poll::Ready(Some(done)) => done.into_iter().for_each(|done| self.note(done)),
                Poll::Ready(None) => return self.stopped().is_none() && !self.source.is_empty(),
                Poll::Pending => return true,
            }
        }
    }
}

/// Nothing of it is pinned in its place.
impl<Op: Operation, R> Unpin for Run<'_, Op, R> {}

impl<Op: Operation, R> Stream for Run<'_, Op, R> {
    type Item = Done<Op, R>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Done<Op, R>>> {
        self.switch.waker.register(context.waker());
        let goes_on = self.drive(context);
        match self.done.pop_front() {
            None if goes_on => Poll::Pending,
            done => Poll::Ready(done),
        }
    }
}

impl<Op: Operation, R> Drop for Run<'_, Op, R> {
    fn drop(&mut self) {
        let lost = self.in_flight.iter().filter(|call| call.is_sent()).count() + self.done.len();
        if lost > 0 {
            trace::abandoned(Op::ID, lost);
        }
    }
}

impl<Op: Operation, R> fmt::Debug for Run<'_, Op, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Run")
            .field("operation", &Op::ID)
            .field("taken", &self.taken)
            .field("in_flight", &self.in_flight.len())
            .field("done", &self.done.len())
            .field("stopped", &self.stopped())
            .finish_non_exhaustive()
    }
}
