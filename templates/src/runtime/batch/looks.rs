//! Looking for results, again and again, until they are there.

use std::fmt::Write;
use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::{Fetch, FetchError, FetchProgress, Fetched, Fetching, Part, Place, Wait};
use crate::runtime::clock::Instant;
use crate::runtime::clock::before;
use crate::runtime::reply::Meta;
use crate::runtime::{Clock, Error, ErrorKind, Phase, Timing};

/// Looks are never closer than this, whatever a caller says.
const SHORTEST: Duration = Duration::from_millis(1);

/// What is known of results while they are looked for.
pub struct Looks<'a, Row> {
    wait: &'a Wait<Row>,
    clock: &'a dyn Clock,
    started: Instant,
    /// Since when the store has answered 403 and nothing else.
    forbidden_since: Option<Instant>,
    timing: Timing,
    status: Option<StatusCode>,
    last: Option<Last>,
}

/// How the last look ended.
struct Last {
    why: Why,
    received: u64,
    expected: Option<u64>,
}

enum Why {
    NotYet(StatusCode),
    Failed(FetchError),
    GivenUp(Duration),
}

impl<'a, Row> Looks<'a, Row> {
    pub fn new(wait: &'a Wait<Row>) -> Self {
        let clock = &*wait.client.shared.clock;
        Self {
            wait,
            clock,
            started: clock.now(),
            forbidden_since: None,
            timing: Timing::default(),
            status: None,
            last: None,
        }
    }

    /// Looks until the results are there, the time is up, or looking does not help.
    pub async fn until_there(
        mut self,
        fetch: &dyn Fetch,
        place: &Place,
    ) -> Result<Vec<Part>, Error> {
        let mut pause = self.wait.first.max(SHORTEST);
        loop {
            if let Some(found) = self.look(fetch, place).await? {
                return Ok(found);
            }
            let allowed = self.forbidden_left();
            if allowed.is_zero() {
                return Err(self.forbidden());
            }
            let left = self.left();
            if left.is_zero() {
                return Err(self.late());
            }
            let began = self.clock.now();
            self.clock.sleep(pause.min(left).min(allowed)).await;
            self.timing.paused += self.clock.now() - began;
            pause = pause.saturating_add(pause / 2).min(self.wait.longest).max(SHORTEST);
        }
    }

    fn left(&self) -> Duration {
        self.wait.deadline.saturating_sub(self.clock.now() - self.started)
    }

    /// How much longer the store may go on to answer 403.
    fn forbidden_left(&self) -> Duration {
        let since = self.forbidden_since.map(|since| self.clock.now() - since);
        since.map_or(Duration::MAX, |since| self.wait.forbidden.saturating_sub(since))
    }

    async fn look(&mut self, fetch: &dyn Fetch, place: &Place) -> Result<Option<Vec<Part>>, Error> {
        let (began, told) = (self.clock.now(), FetchProgress::default());
        let most = self.wait.client.shared.max_body;
        let seen = self.watch(fetch.fetch_telling(place, most, &told), &told).await;
        let took = self.clock.now() - began;
        self.timing.attempts += 1;
        self.timing.in_flight += took;
        let why = match seen {
            Some(Ok(Fetched::Found(bytes))) => return Ok(Some(vec![Part { name: None, bytes }])),
            Some(Ok(Fetched::Parts(parts))) => return Ok(Some(parts)),
            Some(Ok(Fetched::NotYet(status))) => self.not_yet(status),
            Some(Err(error)) if error.passes => Why::Failed(error),
            Some(Err(error)) => return Err(self.failed(error)),
            None => Why::GivenUp(took),
        };
        if let Why::Failed(FetchError { status: Some(status), .. }) = &why {
            self.status = Some(*status);
        }
        self.last = Some(Last { why, received: told.received(), expected: told.expected() });
        Ok(None)
    }

    fn not_yet(&mut self, status: StatusCode) -> Why {
        self.status = Some(status);
        self.forbidden_since = (status == StatusCode::FORBIDDEN)
            .then(|| self.forbidden_since.unwrap_or_else(|| self.clock.now()));
        Why::NotYet(status)
    }

    /// Waits for a look, no longer than an attempt of a call may take, or than bytes go on to come.
    async fn watch(
        &self,
        look: Fetching<'_>,
        told: &FetchProgress,
    ) -> Option<Result<Fetched, FetchError>> {
        let mut look = pin!(look);
        let timeout = self.wait.client.shared.settings.timeout;
        // The last look is at the deadline and must have a little time too.
        let mut left = self.left().max(self.wait.first.max(SHORTEST));
        loop {
            let received = told.received();
            let mut alarm = self.clock.sleep(left.min(timeout));
            if let Some(seen) = before(&mut alarm, look.as_mut()).await {
                return Some(seen);
            }
            left = self.left();
            if told.received() == received || left.is_zero() {
                return None;
            }
        }
    }

    fn failed(&self, failure: FetchError) -> Error {
        let error = self.wait.error(failure.kind, &format!("cannot be fetched: {failure}"));
        let error = self.finished(error, failure.status);
        // The message has what the failure says.
        failure.source.into_iter().fold(error, Error::with_source)
    }

    fn forbidden(&self) -> Error {
        let what = format!(
            "cannot be fetched: the store answered with 403 Forbidden {} times in {:?}, so there may be no right to \
             read them; if they are only not there yet, `Wait::forbidden_for` waits longer",
            self.timing.attempts, self.wait.forbidden
        );
        let error = self.wait.error(ErrorKind::Status, &what);
        self.finished(error, self.status)
    }

    fn late(self) -> Error {
        let looks = match self.timing.attempts {
            1 => "1 look".to_owned(),
            looks => format!("{looks} looks"),
        };
        let mut what = format!("were not there after {:?} and {looks}", self.wait.deadline);
        // Writing to a string cannot fail.
        let _ = self.last.iter().try_for_each(|last| write!(what, ": {last}"));
        let error = self.wait.error(ErrorKind::Timeout, &what);
        let error = self.finished(error, self.status).with_phase(Phase::Results).retryable(true);
        match self.last {
            Some(Last { why: Why::Failed(failure), .. }) => {
                failure.source.into_iter().fold(error, Error::with_source)
            }
            _ => error,
        }
    }

    fn finished(&self, error: Error, status: Option<StatusCode>) -> Error {
        status.into_iter().fold(error.with_timing(self.timing), |error, status| {
            error.with_reply(Meta::new(status, HeaderMap::new()), Bytes::new())
        })
    }
}

/// `the last one was given up after 60s, when 512 of 2048 bytes had come`
impl std::fmt::Display for Last {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.why {
            Why::NotYet(status) => write!(f, "the store last answered with {status}")?,
            Why::Failed(failure) => write!(f, "the last one failed, as {failure}")?,
            Why::GivenUp(time) => write!(f, "the last one was given up after {time:?}")?,
        }
        match (self.received, self.expected, &self.why) {
            (0, None, Why::GivenUp(_)) => f.write_str(", when nothing had come"),
            (0, None, _) => Ok(()),
            (received, Some(expected), _) => {
                write!(f, ", when {received} of {expected} bytes had come")
            }
            (received, None, _) => write!(f, ", when {received} bytes had come"),
        }
    }
}
