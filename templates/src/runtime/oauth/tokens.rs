//! Tokens while they are good: kept, shared, and asked for by one call for all that wait.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use reqwest::header::AUTHORIZATION;
use reqwest::{Request, StatusCode};
use tokio::sync::Mutex as Turn;

use super::ask::{Given, Question, Refusal};
use crate::runtime::client::Shared;
use crate::runtime::clock::within;
use crate::runtime::draft::Draft;
use crate::runtime::endpoint::is_blocking;
use crate::runtime::{Error, ErrorKind, Phase, Timing};

/// The tokens of a security scheme; the clones of a client share them.
#[derive(Clone)]
pub struct Tokens(Arc<Source>);

struct Source {
    question: Question,
    /// Who asks holds it; dropping that call lets the next one ask. Blocking calls take turns of
    /// their own: they may stand in the way of the others.
    turns: [Turn<()>; 2],
    last: Mutex<Last>,
}

/// What came of the last question.
struct Last {
    /// How many have been answered.
    number: u64,
    answer: Option<Result<Given, Refusal>>,
}

/// A token, and the number of the question that it is the answer to.
#[derive(Clone)]
struct Token {
    number: u64,
    given: Given,
    /// Whether it was there before the call that uses it.
    was_kept: bool,
}

impl Tokens {
    pub fn new(question: Question) -> Self {
        let last = Mutex::new(Last { number: 0, answer: None });
        Self(Arc::new(Source { question, turns: Default::default(), last }))
    }

    fn last(&self) -> MutexGuard<'_, Last> {
        self.0.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The token that is there, or the number of the last question.
    fn kept(&self, now: Instant) -> Result<Token, u64> {
        let last = self.last();
        match &last.answer {
            Some(Ok(given)) if given.until.is_none_or(|until| now < until) => {
                Ok(Token { number: last.number, given: given.clone(), was_kept: true })
            }
            _ => Err(last.number),
        }
    }

    /// Asks for a token, or waits for another call's answer; `number` is that of the last question
    /// when there was no token.
    async fn ask(&self, number: u64, shared: &Shared) -> Result<Token, Refusal> {
        let _turn = self.0.turns[usize::from(is_blocking())].lock().await;
        let answered = {
            let last = self.last();
            last.answer.clone().filter(|_| last.number != number)
        };
        let answer = match answered {
            Some(answer) => answer,
            None => self.note(self.0.question.ask(shared).await),
        };
        answer.map(|given| Token { number: self.last().number, given, was_kept: false })
    }

    fn note(&self, answer: Result<Given, Refusal>) -> Result<Given, Refusal> {
        let mut last = self.last();
        *last = Last { number: last.number + 1, answer: Some(answer.clone()) };
        answer
    }

    /// Drops a token that the service did not take, unless there is a newer one.
    fn forget(&self, token: &Token) {
        let mut last = self.last();
        if last.number == token.number {
            last.answer = None;
        }
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// How a call under way is signed in, where that takes a token.
#[derive(Default)]
pub struct SignIn {
    token: Option<Token>,
    /// Whether the service refused a token before.
    was_refused: bool,
}

impl SignIn {
    /// Sees to it that there is a token that is good, and gives the time then. It takes no longer than
    /// an attempt may.
    pub async fn ready(
        &mut self,
        draft: &Draft,
        left: Option<Duration>,
        timing: &mut Timing,
    ) -> Result<Instant, Error> {
        let shared = &draft.client.shared;
        let from = shared.clock.now();
        let Some(tokens) = &draft.tokens else { return Ok(from) };
        let mut now = from;
        let token = match tokens.kept(from) {
            Ok(token) => token,
            Err(number) => {
                let most = draft.settings.timeout;
                let time = left.map_or(most, |left| left.min(most));
                // Boxed, so that calls that have a token have no room for it.
                let asked = Box::pin(tokens.ask(number, shared));
                let asked = within(&*shared.clock, Some(time), asked).await;
                now = shared.clock.now();
                timing.in_flight += now - from;
                asked.ok_or_else(|| late(draft))?.map_err(|refusal| refusal.error(&call(draft)))?
            }
        };
        let is_same = self.token.as_ref().is_some_and(|known| known.number == token.number);
        if !is_same {
            self.token = Some(token);
        }
        Ok(now)
    }

    pub fn put_into(&self, request: &mut Request) {
        if let Some(token) = &self.token {
            request.headers_mut().insert(AUTHORIZATION, token.given.authorization.clone());
        }
    }

    /// Whether a call may succeed with another token: 401 says that nothing was done (RFC 9110,
    /// 15.5.2), and that a token that was good is so no longer (RFC 6750, 3.1).
    pub fn renews(&mut self, draft: &Draft, error: &Error) -> bool {
        let (Some(tokens), Some(token)) = (&draft.tokens, &self.token) else { return false };
        let is_refused = error.kind() == ErrorKind::Status
            && error.status() == Some(StatusCode::UNAUTHORIZED)
            && token.was_kept
            && !self.was_refused;
        if is_refused {
            tokens.forget(token);
            self.was_refused = true;
        }
        is_refused && draft.settings.retry.retries > 0
    }
}

fn call(draft: &Draft) -> String {
    format!("{} {}", draft.method, draft.template)
}

fn late(draft: &Draft) -> Error {
    let message = format!("{} took too long {}", call(draft), Phase::SignIn);
    Error::new(ErrorKind::Timeout, message).with_phase(Phase::SignIn).retryable(true)
}
