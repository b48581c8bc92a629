//! Why a command failed: what is shown, what to do next, and the exit status.

use std::fmt::Write;
use std::process::ExitCode;
use std::time::Duration;

use lantern_operations::{Operation, Table};
use serde_json::Value;

use crate::Outgoing;

/// Why a request failed.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The kind.
    pub kind: FailureKind,
    /// What went wrong, in one line.
    pub message: String,
    /// The status, if the service replied.
    pub status: Option<u16>,
    /// The service's id of the request.
    pub request_id: Option<String>,
    /// The body of the reply.
    pub body: Vec<u8>,
    /// How long the service asks to wait.
    pub retry_after: Option<Duration>,
    /// How often the request was sent.
    pub attempts: u32,
    /// How many of these attempts may have been charged without a reply that says so.
    pub uncertain: u32,
    /// Whether the service may have acted in any of them.
    pub may_have_acted: bool,
}

/// A kind of failure, and its exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// A file could not be read or written, or the like.
    Other,
    /// The command was used wrongly.
    Usage,
    /// There is no secret, or the settings cannot be used.
    Configuration,
    /// The service did not accept the secret, or it does not allow this: 401, 403.
    NotAllowed,
    /// The credits are used up: 402.
    Credits,
    /// The service did not accept the request: any other 4xx, or a reply that says that the call failed.
    Refused,
    /// The rate limit is exceeded: 429.
    RateLimited,
    /// The service failed: 5xx, or a reply that cannot be read.
    Service,
    /// No connection could be made, or it took too long. Nothing was done, or it can be repeated.
    Connection,
    /// The reply was lost, or was an error of the service, which may have acted and may act a second time.
    OutcomeUnknown,
    /// Some rows of a bulk run failed.
    Rows,
    /// The command was stopped.
    Stopped,
}

/// An exit status and what it says, for the help.
pub type ExitStatus = (u8, &'static str);

/// All exit statuses.
pub(crate) const EXIT_STATUSES: &[ExitStatus] = &[
    (0, "done"),
    (1, "a file could not be read or written"),
    (2, "the command was used wrongly"),
    (3, "there is no key, or a setting cannot be used"),
    (4, "the key was not accepted, or does not allow this (401, 403)"),
    (5, "the credits are used up (402)"),
    (6, "the service did not accept the request (other 4xx)"),
    (7, "the rate limit is exceeded (429)"),
    (8, "the service failed (5xx), or its reply cannot be read"),
    (9, "no connection, or it took too long; the same command can be run again"),
    (10, "the reply is lost or an error, and the service may have acted: look before you go on"),
    (11, "some rows of a bulk run failed or are not answered"),
    (130, "stopped by Ctrl-C"),
];

impl FailureKind {
    /// The exit status.
    #[must_use]
    pub fn exit_status(self) -> u8 {
        match self {
            Self::Other => 1,
            Self::Usage => 2,
            Self::Configuration => 3,
            Self::NotAllowed => 4,
            Self::Credits => 5,
            Self::Refused => 6,
            Self::RateLimited => 7,
            Self::Service => 8,
            Self::Connection => 9,
            Self::OutcomeUnknown => 10,
            Self::Rows => 11,
            Self::Stopped => 130,
        }
    }

    /// The kind of a status that is not a success.
    #[must_use]
    pub fn of_status(status: u16) -> Self {
        match status {
            401 | 403 => Self::NotAllowed,
            402 => Self::Credits,
            429 => Self::RateLimited,
            400..=499 => Self::Refused,
            _ => Self::Service,
        }
    }
}

impl Failure {
    /// A failure without a reply.
    pub fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            status: None,
            request_id: None,
            body: Vec::new(),
            retry_after: None,
            attempts: 0,
            uncertain: 0,
            may_have_acted: false,
        }
    }

    /// What the failure of a request means: nobody knows what came of it if the service may have acted, and would do so again.
    pub(crate) fn of(self, request: &Outgoing) -> Self {
        let is_risky = self.may_have_acted && !request.is_repeatable();
        match self.kind {
            FailureKind::Connection | FailureKind::Service if is_risky => {
                Self { kind: FailureKind::OutcomeUnknown, ..self }
            }
            _ => self,
        }
    }

    /// What a request that failed has cost, as far as the reply says it, and at most.
    pub(crate) fn cost(&self, table: &Table, operation: &Operation, expected: f64) -> (f64, f64) {
        let body: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        let stated = table.conventions.cost(&body);
        // A reply that says in its body that the call failed.
        let is_answered = self.may_have_acted && self.uncertain == 0;
        let known = stated.or(is_answered.then_some(expected));
        let at_most = operation.cost_at_most(known, self.uncertain, expected);
        (stated.unwrap_or_default(), at_most)
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(FailureKind::Usage, message)
    }

    pub(crate) fn other(message: impl Into<String>) -> Self {
        Self::new(FailureKind::Other, message)
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(self.kind.exit_status())
    }

    /// What is shown: the message, what the service says, and what to do next.
    pub(crate) fn text(&self, hint: Option<&str>) -> String {
        let mut text = format!("error: {}\n", self.message);
        // The message has a few of them.
        for line in problems(&self.body).iter().filter(|line| !self.message.contains(*line)) {
            let _ = writeln!(text, "  {line}");
        }
        if let Some(hint) = hint.or(self.hint()) {
            let _ = writeln!(text, "  hint: {hint}");
        }
        if let Some(wait) = self.retry_after {
            let _ = writeln!(text, "  the service asks to wait {} s", wait.as_secs());
        }
        if let Some(id) = &self.request_id {
            let _ = writeln!(text, "  request id: {id}");
        }
        text
    }

    /// What to do next.
    fn hint(&self) -> Option<&'static str> {
        Some(match self.kind {
            FailureKind::Credits => "add credits to the account, or ask for less",
            FailureKind::Refused if self.status == Some(404) => "check the ids in the command",
            FailureKind::Refused => {
                "see --help for what the command takes; --dry-run shows the request"
            }
            FailureKind::RateLimited => "wait, and run the same command again",
            FailureKind::Service => "nothing is wrong with the command; try again later, or see -v",
            FailureKind::Connection if self.status.is_some() => "run the same command again later",
            FailureKind::Connection => {
                "check the network and --base-url, and run the same command again"
            }
            FailureKind::OutcomeUnknown => {
                "the service may have acted: look for the result before you run the command again"
            }
            _ => return None,
        })
    }
}

/// The problems in a body as FastAPI writes them: `body.age: must be at least 0`.
fn problems(body: &[u8]) -> Vec<String> {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let detail = body.get("detail").and_then(Value::as_array);
    let line = |problem: &Value| {
        let message = problem.get("msg")?.as_str()?;
        let steps = problem.get("loc")?.as_array()?;
        let step = |step: &Value| step.as_str().map_or_else(|| step.to_string(), str::to_owned);
        Some(format!("{}: {message}", steps.iter().map(step).collect::<Vec<_>>().join(".")))
    };
    detail.into_iter().flatten().filter_map(line).collect()
}
