//! Pages that are windows of time: one that is full may lack items, so it is halved and asked for again.

use jiff::{SignedDuration, Timestamp};
use lantern_operations::PageStyle;
use serde_json::{Map, Value};

use super::{Position, Step, number_of};
use crate::failure::Failure;

/// A window of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub from: Timestamp,
    pub to: Timestamp,
}

/// What is to be done after a reply with so many items. `call` are the parameters for all of the time, `asked` those for the
/// page.
pub fn step(
    style: &PageStyle,
    call: &Map<String, Value>,
    asked: &Map<String, Value>,
    count: u64,
) -> Result<Step, Failure> {
    let PageStyle::Window { from, to, size, limit, most } = style else {
        return Ok(Step::Next(None));
    };
    let stated = limit.as_ref().and_then(|limit| number_of(asked, limit)).unwrap_or(*size);
    let most = stated.min(most.unwrap_or(u64::MAX));
    let Some(window) = Window::of(asked, from, to) else {
        return match count < most {
            true => Ok(Step::Next(None)),
            false => Err(lacks(&format!("`{from}` and `{to}` do not say the time to split"))),
        };
    };
    if count >= most {
        let half = window.first_half();
        let half = half.ok_or_else(|| lacks(&format!("there are {most} or more in a second")))?;
        return Ok(Step::Instead(Position::Window(half)));
    }
    let end = Window::of(call, from, to).map_or(window.to, |all| all.to);
    let is_sparse = count.saturating_mul(4) < most;
    Ok(Step::Next(window.following(end, is_sparse).map(Position::Window)))
}

fn lacks(why: &str) -> Failure {
    Failure::other(format!("the page may lack items: {why}"))
}

impl Window {
    fn of(parameters: &Map<String, Value>, from: &str, to: &str) -> Option<Self> {
        let time = |name: &str| parameters.get(name)?.as_str()?.parse().ok();
        Some(Self { from: time(from)?, to: time(to)? })
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

    fn until(self, seconds: i64, end: Timestamp) -> Self {
        let to = self.from.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(end);
        Self { from: self.from, to: to.min(end) }
    }
}
