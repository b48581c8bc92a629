//! Operations whose result comes later.

use super::Ty;

/// Where the status of an operation is, and what it says. Places in a reply are JSON pointers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Polling {
    /// Where a reply has the URL of the status.
    pub url: StatusUrl,
    /// Where a status says how the work is, and what it says.
    pub state: Option<PollState>,
    /// The milliseconds between two requests, if the description says it.
    pub every: Option<u64>,
    /// The type of the result.
    pub outcome: Ty,
    /// Where the result is.
    pub result: ResultPlace,
}

/// Where a reply has the URL of a status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatusUrl {
    /// In the first of these headers that it has.
    Header(Vec<String>),
    /// At this place in its body.
    Body(String),
}

/// What a status says of the work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PollState {
    /// Where it says it.
    pub at: String,
    /// What it says when there is a result.
    pub done: Vec<String>,
    /// What it says when there will be none.
    pub failed: Vec<String>,
}

/// Where a result is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResultPlace {
    /// At this place in the last status.
    Here(String),
    /// At the URL that the last status has at this place.
    Url(String),
}
