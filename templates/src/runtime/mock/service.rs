//! The service behind a mock: its rules, and what it was sent.

use std::future::pending;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use reqwest::Request;

use super::answer::{Answer, AnswerKind, MockReply};
use super::rule::Rule;
use super::{Described, Mock, Recorded};
use crate::runtime::platform::{self, Response};
use crate::runtime::{Delivery, SendProgress, Sending, Transport, TransportError};

/// The service behind a mock.
pub struct Service {
    operations: &'static [Described],
    state: Mutex<State>,
}

#[derive(Default)]
pub struct State {
    pub rules: Vec<Rule>,
    pub seen: Vec<Arc<Recorded>>,
    /// What is said of requests that no rule was for.
    pub unmatched: Vec<String>,
    /// Whether operations without a rule reply with their examples.
    pub has_examples: bool,
}

impl Service {
    pub fn new(operations: &'static [Described]) -> Self {
        Self { operations, state: Mutex::default() }
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a rule, and returns its number.
    pub fn add(&self, rule: Rule) -> usize {
        let rules = &mut self.state().rules;
        rules.push(rule);
        rules.len() - 1
    }

    /// Remembers a request, and returns the answer of the newest rule that fits; otherwise why there is none.
    pub fn answer(&self, request: Recorded) -> Result<Answer, String> {
        let request = Arc::new(request);
        self.state().seen.push(request.clone());
        let checks: Vec<_> = self.state().rules.iter().map(Rule::check).collect();
        for (number, check) in checks.iter().enumerate().rev() {
            if check(&request)
                && let Some(answer) = self.state().rules[number].take()
            {
                return Ok(answer);
            }
        }
        self.example(&request).ok_or_else(|| self.unmatched(&request))
    }

    fn example(&self, request: &Recorded) -> Option<Answer> {
        let mut operations = self.operations.iter().filter(|_| self.state().has_examples);
        let described = operations.find(|described| described.id == request.operation)?;
        MockReply::example(described).map(|reply| AnswerKind::Reply(reply).into())
    }

    /// Says what was sent, and which rules there are.
    fn unmatched(&self, request: &Recorded) -> String {
        let mut state = self.state();
        let own: Vec<_> = state.rules.iter().filter(|rule| rule.target.is_of(request)).collect();
        let rules = if own.is_empty() { state.rules.iter().collect() } else { own };
        let rules: Vec<_> = rules.iter().map(|rule| format!("\n  {rule:?}")).collect();
        let rules = if rules.is_empty() { " none".to_owned() } else { rules.concat() };
        let name = if request.operation.is_empty() { "a request" } else { request.operation };
        let message =
            format!("no rule of the mock answers {name}\nsent: {request}\nexpected:{rules}");
        state.unmatched.push(message.clone());
        message
    }
}

/// A call that no rule was for is not to be overlooked.
impl Drop for Service {
    fn drop(&mut self) {
        let unmatched = std::mem::take(&mut self.state().unmatched);
        assert!(unmatched.is_empty() || std::thread::panicking(), "{}", unmatched.join("\n"));
    }
}

impl Mock {
    /// Answers a look at a location: a status and a body, or nothing if it fails.
    pub(in crate::runtime) async fn fetched(
        &self,
        location: &str,
    ) -> Result<Option<(u16, Bytes)>, String> {
        let answer = self.0.answer(Recorded::fetch(location))?;
        platform::sleep(answer.delay).await;
        match answer.kind {
            AnswerKind::Reply(reply) => Ok(Some((reply.status, reply.body))),
            AnswerKind::Lost | AnswerKind::NotSent => Ok(None),
            AnswerKind::Silence => pending().await,
        }
    }
}

impl Transport for Mock {
    fn send(&self, request: Request) -> Sending<'_> {
        self.send_tracked(request, false, SendProgress::default())
    }

    fn send_tracked(&self, mut request: Request, _: bool, progress: SendProgress) -> Sending<'_> {
        Box::pin(async move {
            platform::load(&mut request).await?;
            let answer = self.0.answer(Recorded::new(&request, progress.call()));
            let answer = answer.map_err(|why| TransportError::new(Delivery::Refused, why))?;
            if !matches!(answer.kind, AnswerKind::NotSent) {
                progress.begin();
            }
            platform::sleep(answer.delay).await;
            respond(answer.kind).await
        })
    }
}

async fn respond(answer: AnswerKind) -> Result<Response, TransportError> {
    let fail = |delivery| Err(TransportError::new(delivery, "the test says so"));
    match answer {
        AnswerKind::Reply(reply) => reply.response(),
        AnswerKind::Lost => fail(Delivery::Unknown),
        AnswerKind::NotSent => fail(Delivery::NotSent),
        AnswerKind::Silence => pending().await,
    }
}
