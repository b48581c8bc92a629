//! What is added to the answers of a rule.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use serde::Serialize;

use super::On;
use super::answer::{Answer, AnswerKind, MockReply, json};

/// The answers of a rule: each is given once, in this order, and the last one to all further
/// requests. [`times`](Self::times) changes that.
pub struct Answers<Op>(On<Op>);

impl<Op> Answers<Op> {
    pub(super) fn new(rule: On<Op>) -> Self {
        Self(rule)
    }

    fn change(self, change: impl FnOnce(&mut Answer)) -> Self {
        self.0.edit(|rule| {
            if let Some(answer) = rule.answers.last_mut() {
                change(answer);
            }
        });
        self
    }

    #[track_caller]
    fn change_reply(self, change: impl FnOnce(&mut MockReply)) -> Self {
        self.change(|answer| match &mut answer.kind {
            AnswerKind::Reply(reply) => change(reply),
            other => panic!("{other:?} is not a reply"),
        })
    }

    /// Gives the last answer a body of JSON, such as that of an error.
    #[track_caller]
    pub fn json(self, body: impl Serialize) -> Self {
        let text = json(&body).to_string();
        self.change_reply(|reply| *reply = reply.clone().with("application/json", text))
    }

    /// Gives the last answer a header.
    #[track_caller]
    pub fn header(self, name: &str, value: &str) -> Self {
        self.change_reply(|reply| reply.set_header(name, value))
    }

    /// Lets the last answer ask to wait these seconds, by `Retry-After`.
    #[track_caller]
    pub fn retry_after(self, seconds: u64) -> Self {
        self.header("retry-after", &seconds.to_string())
    }

    /// Lets the last answer come after this time.
    pub fn after(self, delay: Duration) -> Self {
        self.change(|answer| answer.delay = delay)
    }

    /// Gives the last answer so often. After the answers of a rule, it fits no request any more.
    pub fn times(self, times: usize) -> Self {
        self.change(|answer| answer.times = Some(times))
    }

    /// Then replies as [`On::reply`] does.
    pub fn then_reply(self, body: impl Serialize) -> Self {
        self.0.reply(body)
    }

    /// Then replies as [`On::reply_bytes`] does.
    pub fn then_bytes(self, media_type: &str, body: impl Into<Bytes>) -> Self {
        self.0.reply_bytes(media_type, body)
    }

    /// Then replies as [`On::status`] does.
    pub fn then_status(self, status: u16) -> Self {
        self.0.status(status)
    }

    /// Then loses the reply.
    pub fn then_lost(self) -> Self {
        self.0.lost()
    }

    /// Then does not let the request out.
    pub fn then_not_sent(self) -> Self {
        self.0.not_sent()
    }

    /// Then never replies.
    pub fn then_silent(self) -> Self {
        self.0.silent()
    }
}

impl<Op> fmt::Debug for Answers<Op> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
