//! A call from its finished request to its whole reply: queueing, attempts, pauses.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use reqwest::Request;
use serde_json::Value;

use super::attempt::{self, Attempted, Body, Failure, Terms};
use super::client::Shared;
use super::clock::Instant;
use super::clock::within;
use super::credits::{Charge, Reservation, Stated};
use super::hooks::Attempt;
use super::limiter::RateLimitGroup;
use super::members::member;
use super::reply::{Meta, Received};
use super::request_builder::{RequestBuilder, Treatment};
use super::retry::{RATE_LIMITED, Retry, retry_after};
use super::signing::Signer;
use super::tokens::SignIn;
use super::{
    Delivery, Error, ErrorKind, Phase, Policy, RetrySafety, SendProgress, Sending, SharedLimits,
    Timing, trace,
};

mod credits;
mod errors;
mod resend;

use errors::is_uncertain;

/// Sends a request until it succeeds, fails for good, or its time is up.
pub async fn send(
    mut request: Box<RequestBuilder>,
    operation: &'static str,
    security: &'static [&'static [&'static str]],
    policy: &'static Policy,
) -> Result<Received, Error> {
    let shared = request.client.shared.clone();
    let attempt =
        Attempt { operation, method: request.method.clone(), path: request.template, resends: 0 };
    let treatment = Treatment { policy, security: Some(security) };
    let Treatment { policy, security } = request.treatment.unwrap_or(treatment);
    if !request.is_foreign {
        request.add_client(security);
    }
    if let RetrySafety::SafeByHeader(name) = policy.retry_safety {
        request.identify(name);
    }
    request.check()?;
    let is_repeatable = resend::is_repeatable(policy.retry_safety, request.body_bytes());
    let group = shared.limiter.group(policy.rate_limit);
    let started = shared.clock.now();
    let timing = Timing::default();
    let mut execution = CallExecution {
        shared: &shared,
        attempt,
        request: &request,
        group: &group,
        policy,
        is_repeatable,
        started,
        timing,
        retries: 0,
        limited: 0,
        sign_in: SignIn::default(),
        reservation: None,
    };
    let result = execution.run().await;
    result.map_err(|error| error.with_timing(execution.timing))
}

/// A call under way.
struct CallExecution<'a> {
    shared: &'a Shared,
    attempt: Attempt,
    request: &'a RequestBuilder,
    group: &'a RateLimitGroup,
    policy: &'static Policy,
    /// Whether it may be sent again after it may have arrived.
    is_repeatable: bool,
    started: Instant,
    timing: Timing,
    retries: u32,
    limited: u32,
    sign_in: SignIn,
    /// What the attempt may cost, while it is under way.
    reservation: Option<Box<Reservation<'a>>>,
}

/// What comes after an attempt that failed.
enum Next {
    /// For good.
    GiveUp,
    /// Again after a pause of its own.
    Pause(Duration),
    /// Again when the gate of the rate limit group opens.
    Queue,
}

impl<'a> CallExecution<'a> {
    async fn run(&mut self) -> Result<Received, Error> {
        self.shared.budget.earn();
        loop {
            let error = match self.send_when_allowed().await {
                Ok(received) => return Ok(received),
                Err(error) => error,
            };
            // It is still there if nothing was sent.
            self.end_reservation(Charge::Nothing);
            if self.request.is_spent() {
                return Err(error.unrepeatable());
            }
            match self.after_failure(&error) {
                _ if self.sign_in.renews(self.request, &error) => {}
                Next::GiveUp => return Err(error),
                Next::Pause(pause) => self.pause(pause, error).await?,
                // Where the deadline comes first, waiting would only hide what the service said.
                Next::Queue if self.ends_within(error.retry_after().unwrap_or_default()) => {
                    return Err(error);
                }
                Next::Queue => {}
            }
        }
    }

    /// Sends the request once, when that is allowed.
    async fn send_when_allowed(&mut self) -> Result<Received, Error> {
        let now = match self.turn_at_once() {
            Some(now) => now,
            // Boxed, so that the calls that need not wait have no room for it.
            None => Box::pin(self.turn()).await?,
        };
        self.attempt.resends = self.timing.attempts;
        let span = trace::Span::new(&self.attempt, self.request.base_url());
        let result = span.around(self.send_once(now)).await;
        span.tell(&result);
        result
    }

    /// The time, if nothing has to be waited for.
    fn turn_at_once(&self) -> Option<Instant> {
        let waits = self.request.tokens.is_some()
            || self.shared.limiter.shared().is_some()
            || self.may_be_refused();
        let now = self.shared.clock.now();
        (!waits && self.group.is_free(now)).then_some(now)
    }

    /// Waits for a turn, and gives the time when it has come.
    async fn turn(&mut self) -> Result<Instant, Error> {
        self.may_spend()?;
        self.sign_in.ready(self.request, self.started, &mut self.timing).await?;
        let now = self.queue(self.timing.attempts > 0).await?;
        let now = self.reserve(now).await?;
        // What was good may have ended in the queue.
        let signed_in = self.sign_in.ready(self.request, self.started, &mut self.timing).await?;
        Ok(signed_in.map_or(now, |time| time.max(now)))
    }

    /// Time until the deadline.
    fn left(&self) -> Option<Duration> {
        let deadline = self.request.settings.deadline?;
        Some(deadline.saturating_sub(self.shared.clock.now() - self.started))
    }

    /// Whether the deadline comes no later than the end of such a pause.
    fn ends_within(&self, pause: Duration) -> bool {
        self.left().is_some_and(|left| left <= pause)
    }

    /// Waits in the queue of the rate limit, and gives the time when its turn has come: each look at the clock costs.
    async fn queue(&mut self, is_retry: bool) -> Result<Instant, Error> {
        let (clock, shared) = (&*self.shared.clock, self.shared.limiter.shared());
        let from = clock.now();
        let turn = async {
            match shared {
                Some(shared) => self.group.enter_shared(clock, shared, is_retry).await,
                None => Ok(self.group.enter(clock, is_retry).await),
            }
        };
        let entered = within(clock, self.left(), trace::queue(self.group.name, turn)).await;
        let until = entered.as_ref().and_then(|entered| entered.as_ref().ok().copied());
        self.timing.queued += until.unwrap_or_else(|| clock.now()) - from;
        match entered {
            None => Err(self.timeout(Phase::Queue).retryable(true)),
            Some(entered) => entered.map_err(|error| self.shared_limits_error(error)),
        }
    }

    /// Holds up the other processes, too, after a 429. If they cannot be told, they learn it from the service.
    async fn tell_others(&self, shared: &dyn SharedLimits, now: Instant) {
        let _ = shared.close(self.group.name, self.group.closed_for(now)).await;
    }

    /// Sends the request once, with what hooks add to it.
    async fn send_once(&mut self, sent: Instant) -> Result<Received, Error> {
        let idle = self.request.settings.timeout;
        let time = self.left().map_or(idle, |left| left.min(idle));
        let (policy, progress) = (self.policy, SendProgress::of(&self.attempt));
        let signer = self.shared.signer.as_ref().filter(|_| !self.request.is_foreign);
        let sending = match signer {
            None => self.sending(self.request_to_send()?, &progress),
            // Boxed, so that calls that are not signed have no room for it.
            Some(signer) => Box::pin(self.signed_sending(signer, time, &progress)).await?,
        };
        self.timing.attempts += 1;
        self.request.sent.iter().for_each(|sent| sent.set());
        let terms = Terms { time, idle, policy, progress };
        let attempted = attempt::attempt(self.shared, sending, &terms).await;
        // Each look at the clock costs, so all that follows goes by this one.
        let now = self.shared.clock.now();
        let duration = now - sent;
        self.timing.in_flight += duration;
        let result = self.reply(attempted, sent, now);
        if let Some(shared) = self.shared.limiter.shared().filter(|_| is_limited(&result)) {
            Box::pin(self.tell_others(shared, now)).await;
        }
        self.shared.hooks.after(&self.attempt, &result, duration);
        trace::measure(&self.attempt, self.request.base_url(), duration, &result);
        result
    }

    /// The request, with what hooks add to it.
    fn request_to_send(&self) -> Result<Request, Error> {
        let mut request = self.request.build();
        self.sign_in.put_into(&mut request);
        if !self.request.is_foreign {
            self.shared.hooks.before(&self.attempt, &mut request)?;
        }
        self.request.before.as_ref().map_or(Ok(()), |before| (before.0)()).map_err(|why| {
            self.error(ErrorKind::Request, &format!("was not sent: {why}")).with_source(why)
        })?;
        Ok(request)
    }

    /// The signed request on its way.
    async fn signed_sending(
        &self,
        signer: &Signer,
        time: Duration,
        progress: &SendProgress,
    ) -> Result<Sending<'a>, Error> {
        let mut request = self.request_to_send()?;
        let signed = within(&*self.shared.clock, Some(time), signer.sign(&mut request)).await;
        match signed {
            None => Err(self.timeout(Phase::SignIn).retryable(true)),
            Some(Err(why)) => {
                Err(self.error(ErrorKind::SignIn, "could not be signed").with_source(why))
            }
            Some(Ok(())) => Ok(self.sending(request, progress)),
        }
    }

    /// The request on its way.
    fn sending(&self, request: Request, progress: &SendProgress) -> Sending<'a> {
        let apart = !self.is_repeatable;
        self.shared.transport.send_tracked(request, apart, progress.clone())
    }

    /// The reply where it is a success; what it says of limits is noted in any case.
    fn reply(
        &mut self,
        attempted: Attempted,
        sent: Instant,
        now: Instant,
    ) -> Result<Received, Error> {
        let (meta, body) = match attempted {
            Ok(reply) => reply,
            Err(failure) => {
                self.learn_loss(&failure);
                return Err(self.failure_error(failure));
            }
        };
        let (body, open) = match body {
            Body::Whole(body) => (body, None),
            Body::Open(open) => (Bytes::new(), Some(Arc::new(Mutex::new(Some(*open))))),
        };
        let headers = &self.shared.convention_headers;
        if meta.status.as_u16() != 429 {
            self.group.learn(headers.rate_limit.as_ref().and_then(|name| meta.text(name)));
        }
        let balance = headers.balance.as_ref().and_then(|name| meta.text(name));
        let stated =
            Stated::read(&self.shared.conventions, balance, &body, self.policy.consumes_credits);
        self.learn_credits(&meta, &stated, &body, sent, now);
        let (call, timing) = (self.attempt.clone(), self.timing);
        let received = Received { meta, body, open, call, timing };
        if received.meta.status.is_success() && stated.success != Some(false) {
            return Ok(received);
        }
        let stated = retry_after(&received.meta.headers, &received.body, self.shared.clock.wall());
        let error = Error::rejected(received).with_retry_after(stated);
        let is_temporary = self.is_temporary(&error);
        self.timing.uncertain += u32::from(is_uncertain(&error));
        if error.kind() == ErrorKind::RateLimited {
            let limit = stated.filter(|stated| *stated <= self.request.settings.retry.max_wait);
            self.group.close(sent, now, limit);
            trace::gate_closed(self.group.name, stated);
        }
        Err(error.retryable(is_temporary))
    }

    /// Whether the request is sent again, and when. Only a 401 to a cached secret is decided elsewhere, in
    /// [`SignIn::renews`].
    fn after_failure(&mut self, error: &Error) -> Next {
        let retry = self.request.settings.retry;
        let stated = error.retry_after();
        let late = error.kind() == ErrorKind::Timeout && error.phase() != Some(Phase::Connect);
        if !error.is_retryable() || late || retry.retries == 0 || stated > Some(retry.max_wait) {
            return Next::GiveUp;
        }
        if error.kind() == ErrorKind::RateLimited {
            self.limited += 1;
            return if self.limited < RATE_LIMITED { Next::Queue } else { Next::GiveUp };
        }
        if self.retries == retry.retries || !self.shared.budget.spend() {
            return Next::GiveUp;
        }
        self.retries += 1;
        Next::Pause(stated.map_or_else(|| retry.pause(self.retries - 1), Retry::stated_pause))
    }

    /// Sleeps, or gives the error at once where the deadline comes first.
    async fn pause(&mut self, pause: Duration, error: Error) -> Result<(), Error> {
        if self.ends_within(pause) {
            return Err(error);
        }
        trace::pause(&self.attempt, pause, &error);
        self.shared.clock.sleep(pause).await;
        self.timing.paused += pause;
        Ok(())
    }
}

fn is_limited(result: &Result<Received, Error>) -> bool {
    result.as_ref().is_err_and(|error| error.kind() == ErrorKind::RateLimited)
}
