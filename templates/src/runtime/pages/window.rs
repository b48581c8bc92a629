//! Pages that are windows of time, for services that say nothing of a next page. A reply with as many items as it
//! can have may lack some, so its window is halved and asked for again.

use jiff::{SignedDuration, Timestamp};

use super::Pagination;
use super::position::items;
use crate::runtime::find::fault;
use crate::runtime::percent::component;
use crate::runtime::request_builder::RequestBuilder;
use crate::runtime::{Error, Received};

/// The parameters of a query that limit a list to a window of time, and the most items that a reply has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WindowParameters {
    pub from: &'static str,
    pub to: &'static str,
    /// The most items of a reply, if the request does not say.
    pub size: u64,
    /// The parameter by which a request says it, and the most that it can say.
    pub limit: Option<(&'static str, u64)>,
}

/// What is to be done after a reply.
pub(super) enum Step {
    /// The reply may lack items: this window is shorter.
    Shorter(String),
    /// The page is whole: the next window is this one, unless it was the last.
    Next(Option<String>),
}

/// A window of time. As a position it is an interval of ISO 8601: `2026-01-01T00:00:00Z/2026-01-02T00:00:00Z`.
#[derive(Clone, Copy)]
struct Window {
    from: Timestamp,
    to: Timestamp,
}

impl WindowParameters {
    /// Asks for the window at a position.
    pub fn start_at(self, request: &mut RequestBuilder, position: &str) {
        match Window::read(position) {
            Some(Window { from, to }) => {
                request.set_query(self.from, component(&from.to_string()));
                request.set_query(self.to, component(&to.to_string()));
            }
            None => request.refuse(format!("`{position}` is not a position of this call")),
        }
    }

    /// What is to be done after a reply. `call` is the request for all of the time, `asked` that for the page.
    pub fn step(
        self,
        pagination: &Pagination,
        call: &RequestBuilder,
        asked: &RequestBuilder,
        received: &Received,
    ) -> Result<Step, Error> {
        let (count, most) = (items(pagination, received)?, self.most(asked));
        let window = self.window(asked);
        let Some(window) = window else {
            return if count < most {
                Ok(Step::Next(None))
            } else {
                Err(self.cannot_split(received))
            };
        };
        if count >= most {
            let half = window.first_half().ok_or_else(|| too_many(received, most, window))?;
            return Ok(Step::Shorter(half.to_string()));
        }
        let end = self.window(call).map_or(window.to, |all| all.to);
        let is_sparse = count.saturating_mul(4) < most;
        Ok(Step::Next(window.following(end, is_sparse).map(|next| next.to_string())))
    }

    /// The most items that the reply to a request has.
    fn most(self, request: &RequestBuilder) -> u64 {
        let Some((name, most)) = self.limit else { return self.size };
        let stated = request.query_value(name).and_then(|value| value.parse().ok());
        stated.unwrap_or(self.size).min(most)
    }

    /// The window of a request that says both of its ends.
    fn window(self, request: &RequestBuilder) -> Option<Window> {
        let time = |name| request.query_value(name)?.parse().ok();
        Some(Window { from: time(self.from)?, to: time(self.to)? })
    }

    fn cannot_split(self, received: &Received) -> Error {
        let Self { from, to, .. } = self;
        let why =
            format!("it may lack items, and `{from}` and `{to}` do not say the time to split");
        fault(received, why)
    }
}

fn too_many(received: &Received, most: u64, window: Window) -> Error {
    fault(received, format!("it may lack items: there are {most} or more in {window}"))
}

impl Window {
    fn read(position: &str) -> Option<Self> {
        let (from, to) = position.split_once('/')?;
        Some(Self { from: from.parse().ok()?, to: to.parse().ok()? })
    }

    fn seconds(self) -> i64 {
        self.to.duration_since(self.from).as_secs()
    }

    /// Its first half, in whole seconds; `None` if it is too short for that.
    fn first_half(self) -> Option<Self> {
        let half = self.seconds() / 2;
        (half > 0).then(|| self.until(half, self.to))
    }

    /// The window of this length, or of twice the length, that begins at its end and does not go beyond another.
    fn following(self, end: Timestamp, is_longer: bool) -> Option<Self> {
        let length = self.seconds().max(1).saturating_mul(if is_longer { 2 } else { 1 });
        (self.to < end).then(|| Self { from: self.to, ..self }.until(length, end))
    }

    /// The window that begins with this one and is so long, unless that is beyond an end.
    fn until(self, seconds: i64, end: Timestamp) -> Self {
        let to = self.from.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(end);
        Self { from: self.from, to: to.min(end) }
    }
}

impl std::fmt::Display for Window {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.from, self.to)
    }
}
