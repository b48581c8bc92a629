//! Secrets that are requested: cached while they are valid, shared, and requested once for all calls that wait.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared, WeakShared};
use reqwest::{Request, StatusCode};

use super::client::Client;
use super::clock::within;
use super::credentials::Secret;
use super::endpoint::is_blocking;
use super::request_builder::RequestBuilder;
use super::service::Placement;
use super::{Error, ErrorKind, Phase, Timing};
use crate::runtime::clock::Instant;
pub use given::{Given, Refusal};

mod given;

/// Where secrets are requested.
pub trait Source: Send + Sync {
    /// Requests a secret once.
    fn ask<'a>(&'a self, client: &'a Client) -> BoxFuture<'a, Result<Given, Refusal>>;

    /// Where its secrets are sent.
    fn placement(&self) -> Placement;

    /// How often a call may request another secret because its own was refused; `was_kept` says
    /// whether the refused one was cached before the call.
    fn renewals(&self, was_kept: bool) -> u32;
}

/// The tokens of a security scheme; the clones of a client share them.
#[derive(Clone)]
pub struct Tokens(Arc<Kept>);

struct Kept {
    source: Box<dyn Source>,
    state: Mutex<State>,
}

pub(super) struct State {
    /// How many requests have ended.
    number: u64,
    /// The result of the last one.
    pub(super) answer: Option<Result<Given, Refusal>>,
    /// The requests under way. Blocking calls have one of their own, because they may block the thread
    /// that drives the others.
    asking: [Option<WeakShared<Asking>>; 2],
}

/// A request under way. It is driven by any call that waits for it and is polled, and ends when no
/// call waits for it any more.
type Asking = BoxFuture<'static, Result<Token, Refusal>>;

/// A token, and the number of the request that returned it.
#[derive(Clone)]
struct Token {
    number: u64,
    given: Given,
    /// Whether it was cached before the call that uses it.
    was_kept: bool,
}

impl Tokens {
    pub fn new(source: impl Source + 'static) -> Self {
        let state = State { number: 0, answer: None, asking: [None, None] };
        Self(Arc::new(Kept { source: Box::new(source), state: Mutex::new(state) }))
    }

    /// Where the secrets are sent.
    pub fn placement(&self) -> Placement {
        self.0.source.placement()
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The cached token, or a request for one.
    fn kept(&self, now: Instant, client: &Client) -> Result<Token, Shared<Asking>> {
        let mut state = self.state();
        match &state.answer {
            Some(Ok(given)) if given.until.is_none_or(|until| now < until) => {
                Ok(Token { number: state.number, given: given.clone(), was_kept: true })
            }
            _ => Err(self.ask(&mut state, client)),
        }
    }

    /// A new request, or the one that other calls wait for already.
    fn ask(&self, state: &mut State, client: &Client) -> Shared<Asking> {
        let slot = usize::from(is_blocking());
        let known = state.asking[slot].as_ref().and_then(WeakShared::upgrade);
        known.unwrap_or_else(|| {
            let asking = self.clone().answer(client.clone(), slot).boxed().shared();
            state.asking[slot] = asking.downgrade();
            asking
        })
    }

    async fn answer(self, client: Client, slot: usize) -> Result<Token, Refusal> {
        let answer = self.0.source.ask(&client).await;
        let mut state = self.state();
        state.number += 1;
        state.answer = Some(answer.clone());
        state.asking[slot] = None;
        answer.map(|given| Token { number: state.number, given, was_kept: false })
    }

    /// Drops a token that the service refused, unless there is a newer one.
    fn forget(&self, token: &Token) {
        let mut state = self.state();
        if state.number == token.number {
            state.answer = None;
        }
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// The token of a call in flight, if it needs one.
#[derive(Default)]
pub struct SignIn {
    /// Boxed, so that calls without one need no space for it.
    token: Option<Box<Token>>,
    /// How many secrets of the call were refused, and the last of them.
    refused: u32,
    last_refused: Option<Arc<Secret>>,
}

impl SignIn {
    /// Makes sure that there is a valid token, for a call that started at this time, and returns the time then,
    /// if the call needs a token. It takes no longer than an attempt may.
    pub async fn ready(
        &mut self,
        request: &RequestBuilder,
        started: Instant,
        timing: &mut Timing,
    ) -> Result<Option<Instant>, Error> {
        let Some(tokens) = &request.tokens else { return Ok(None) };
        let clock = &*request.client.shared.clock;
        let from = clock.now();
        let mut now = from;
        let token = match tokens.kept(from, &request.client) {
            Ok(token) => token,
            Err(asking) => {
                // Boxed, so that calls that need not wait use no space for it.
                let token = Box::pin(answer(request, asking, from, started)).await;
                now = clock.now();
                timing.in_flight += now - from;
                token?
            }
        };
        let is_same = self.token.as_ref().is_some_and(|known| known.number == token.number);
        if !is_same {
            self.token = Some(Box::new(token));
        }
        Ok(Some(now))
    }

    pub fn put_into(&self, request: &mut Request) {
        if let Some(token) = &self.token {
            token.given.secret.put_into(request);
        }
    }

    /// Whether a call may succeed with another secret: after a 401 nothing was done (RFC 9110,
    /// 15.5.2), and a token that was valid is so no longer (RFC 6750, 3.1).
    pub fn renews(&mut self, request: &RequestBuilder, error: &Error) -> bool {
        let (Some(tokens), Some(token)) = (&request.tokens, &self.token) else { return false };
        let is_same = self.last_refused.as_ref().is_some_and(|last| last.is(&token.given.secret));
        let is_refused = error.kind() == ErrorKind::Status
            && error.status() == Some(StatusCode::UNAUTHORIZED)
            && self.refused < tokens.0.source.renewals(token.was_kept)
            && !is_same;
        if is_refused {
            tokens.forget(token);
            self.refused += 1;
            self.last_refused = Some(token.given.secret.clone());
        }
        is_refused && request.settings.retry.retries > 0
    }
}

/// Waits for a secret, for a call that started at this time.
async fn answer(
    request: &RequestBuilder,
    asking: Shared<Asking>,
    from: Instant,
    started: Instant,
) -> Result<Token, Error> {
    let most = request.settings.timeout;
    let left = request.settings.deadline.map(|all| all.saturating_sub(from - started));
    let time = left.map_or(most, |left| left.min(most));
    let asked = within(&*request.client.shared.clock, Some(time), asking).await;
    asked.ok_or_else(|| late(request))?.map_err(|refusal| refusal.error(&call(request)))
}

fn call(request: &RequestBuilder) -> String {
    format!("{} {}", request.method, request.template)
}

fn late(request: &RequestBuilder) -> Error {
    let message = format!("{} took too long {}", call(request), Phase::SignIn);
    Error::new(ErrorKind::Timeout, message).with_phase(Phase::SignIn).retryable(true)
}
