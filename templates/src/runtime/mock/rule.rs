//! Rules: which requests a mock answers, and how.

use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;
use std::sync::Arc;

use bytes::Bytes;
use serde::Serialize;

use super::answer::{Answer, AnswerKind, MockReply, json};
use super::service::Service;
use super::{Answers, Described, Recorded, Seen};

type Holds = dyn Fn(&Arc<Recorded>) -> bool + Send + Sync;

/// Which requests a rule is for.
#[derive(Clone)]
pub enum Target {
    Operation(Described),
    Request { method: String, url: String },
}

/// What else has to hold.
#[derive(Clone)]
struct Condition {
    text: String,
    holds: Arc<Holds>,
}

/// Which requests are answered, and how.
pub struct Rule {
    pub target: Target,
    conditions: Vec<Condition>,
    pub answers: Vec<Answer>,
    /// How many answers were given.
    given: usize,
    /// Where the test added it.
    place: &'static Location<'static>,
}

impl Target {
    /// Whether a request is of the operation, or goes to the URL.
    pub fn is_of(&self, request: &Recorded) -> bool {
        match self {
            Self::Operation(described) => described.id == request.operation,
            Self::Request { method, url } => {
                let is_there = [request.url.as_str(), request.path(), request.template];
                *method == request.method.as_str() && is_there.contains(&url.as_str())
            }
        }
    }

    pub fn described(&self) -> Option<&Described> {
        match self {
            Self::Operation(described) => Some(described),
            Self::Request { .. } => None,
        }
    }
}

/// `POST /v1/books (add_book)`
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operation(Described { id, method, path, .. }) => {
                write!(f, "{method} {path} ({id})")
            }
            Self::Request { method, url } => write!(f, "{method} {url}"),
        }
    }
}

impl Rule {
    pub fn new(target: Target, place: &'static Location<'static>) -> Self {
        Self { target, conditions: Vec::new(), answers: Vec::new(), given: 0, place }
    }

    /// Whether a request fits, apart from answers that are left. It is decided outside of the
    /// service's lock, because conditions are code of the test.
    pub fn check(&self) -> impl Fn(&Arc<Recorded>) -> bool + use<> {
        let (target, conditions) = (self.target.clone(), self.conditions.clone());
        move |request| target.is_of(request) && conditions.iter().all(|one| (one.holds)(request))
    }

    /// The next answer, if one is left.
    pub fn take(&mut self) -> Option<Answer> {
        if self.answers.is_empty() {
            self.given += 1;
            let example = self.target.described().and_then(MockReply::example)?;
            return Some(AnswerKind::Reply(example).into());
        }
        let mut before = 0;
        for (number, answer) in self.answers.iter().enumerate() {
            before +=
                answer.times.unwrap_or(if self.is_last(number) { usize::MAX - before } else { 1 });
            if self.given < before {
                self.given += 1;
                return Some(answer.clone());
            }
        }
        None
    }

    fn is_last(&self, number: usize) -> bool {
        number + 1 == self.answers.len()
    }

    /// How many answers it has to give.
    fn needed(&self) -> usize {
        let all = self.answers.iter().map(|answer| answer.times.unwrap_or(1)).sum();
        if self.answers.is_empty() { 1 } else { all }
    }

    /// What is missing if it has not given all of its answers.
    pub fn missing(&self) -> Option<String> {
        let (given, needed) = (self.given, self.needed());
        let fault = || format!("{self:?} gave {given} of {needed} answers");
        (given < needed).then(fault)
    }
}

/// `the rule for GET /v1/books at tests/books.rs:12, with the query limit=5`
impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (target, file, line) = (&self.target, self.place.file(), self.place.line());
        write!(f, "the rule for {target} at {file}:{line}")?;
        self.conditions.iter().try_for_each(|condition| write!(f, ", {}", condition.text))
    }
}

/// A rule of a mock that is for an operation. Conditions come first, and then answers.
///
/// Without an answer, it replies with the example of the description.
pub struct On<Op> {
    service: Arc<Service>,
    number: usize,
    operation: PhantomData<fn() -> Op>,
}

impl<Op> On<Op> {
    pub(super) fn new(service: Arc<Service>, number: usize) -> Self {
        Self { service, number, operation: PhantomData }
    }

    pub(super) fn edit(&self, change: impl FnOnce(&mut Rule)) {
        change(&mut self.service.state().rules[self.number]);
    }

    fn condition(
        self,
        text: String,
        holds: impl Fn(&Arc<Recorded>) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.edit(|rule| rule.conditions.push(Condition { text, holds: Arc::new(holds) }));
        self
    }

    fn usual(&self, body: &impl Serialize) -> AnswerKind {
        let described = self.described();
        AnswerKind::Reply(MockReply::usual(described.as_ref(), body))
    }

    fn described(&self) -> Option<Described> {
        self.service.state().rules[self.number].target.described().copied()
    }

    fn answer(self, kind: AnswerKind) -> Answers<Op> {
        self.edit(|rule| rule.answers.push(kind.into()));
        Answers::new(self)
    }

    /// Only answers requests for which this holds.
    #[track_caller]
    pub fn when(self, holds: impl Fn(&Seen<Op>) -> bool + Send + Sync + 'static) -> Self
    where
        Op: 'static,
    {
        let place = Location::caller();
        let text = format!("if the condition at {}:{} holds", place.file(), place.line());
        self.condition(text, move |request| holds(&Seen::new(request.clone())))
    }

    /// Only answers requests with this pair in their query.
    pub fn with_query(self, name: &str, value: impl ToString) -> Self {
        let (name, value) = (name.to_owned(), value.to_string());
        let text = format!("with the query {name}={value}");
        let is_one = move |pair: &(String, String)| pair.0 == name && pair.1 == value;
        self.condition(text, move |request| request.query.iter().any(&is_one))
    }

    /// Only answers requests with this value of a path parameter.
    pub fn with_path(self, name: &str, value: impl ToString) -> Self {
        let (name, value) = (name.to_owned(), value.to_string());
        let text = format!("with the path parameter {name}={value}");
        self.condition(text, move |request| request.path_parameter(&name).as_ref() == Some(&value))
    }

    /// Only answers requests with this header.
    pub fn with_header(self, name: &str, value: &str) -> Self {
        let (name, value) = (name.to_owned(), value.to_owned());
        let text = format!("with the header {name}: {value}");
        self.condition(text, move |request| request.header(&name) == Some(&*value))
    }

    /// Only answers requests with this body: JSON, or a request of the crate.
    pub fn with_json(self, body: impl Serialize) -> Self {
        let body = json(&body);
        let text = format!("with the body {body}");
        let is_same = move |request: &Arc<Recorded>| {
            serde_json::from_slice(&request.body).is_ok_and(|sent: serde_json::Value| sent == body)
        };
        self.condition(text, is_same)
    }

    /// Replies with this body, and the status and the media type of the description: with JSON, a
    /// value of the reply's type, or a text where the operation replies with one.
    pub fn reply(self, body: impl Serialize) -> Answers<Op> {
        let answer = self.usual(&body);
        self.answer(answer)
    }

    /// Replies with these bytes of this media type: a file, a table, or any text.
    pub fn reply_bytes(self, media_type: &str, body: impl Into<Bytes>) -> Answers<Op> {
        let reply = MockReply::of_status(200).with(media_type, body);
        self.answer(AnswerKind::Reply(reply))
    }

    /// Replies with a stream of these items.
    pub fn reply_items<T: Serialize>(self, items: impl IntoIterator<Item = T>) -> Answers<Op> {
        let reply = MockReply::items(self.described().as_ref(), items);
        self.answer(AnswerKind::Reply(reply))
    }

    /// Replies with this status, and without a body unless one is added by [`json`](Answers::json).
    pub fn status(self, status: u16) -> Answers<Op> {
        self.answer(AnswerKind::Reply(MockReply::of_status(status)))
    }

    /// Loses the reply: the request may have been received.
    pub fn lost(self) -> Answers<Op> {
        self.answer(AnswerKind::Lost)
    }

    /// Does not let the request out: there is no connection.
    pub fn not_sent(self) -> Answers<Op> {
        self.answer(AnswerKind::NotSent)
    }

    /// Never replies.
    pub fn silent(self) -> Answers<Op> {
        self.answer(AnswerKind::Silence)
    }
}

impl<Op> fmt::Debug for On<Op> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.service.state().rules[self.number].fmt(f)
    }
}
