//! Waiting for results.

use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::{Fetch, FetchError, Fetched, Place, Table, Web};
use crate::runtime::clock::within;
use crate::runtime::json::Json;
use crate::runtime::reply::Meta;
use crate::runtime::{Client, Error, ErrorKind, Phase};

const FIRST: Duration = Duration::from_secs(5);
const LONGEST: Duration = Duration::from_secs(60);
const DEADLINE: Duration = Duration::from_secs(60 * 60);

/// A wait for the results of a batch.
///
/// It looks for them when it is awaited: at once, after 5 seconds, and then less and less often,
/// up to once a minute, for an hour. A wait that ended can be begun again; it costs nothing.
#[must_use = "results are looked for when the wait is awaited, or by `send`"]
#[derive(Clone, Debug)]
pub struct Wait<Row> {
    client: Client,
    what: &'static str,
    run_id: String,
    place: Option<String>,
    fetch: Option<Arc<dyn Fetch>>,
    first: Duration,
    longest: Duration,
    deadline: Duration,
    row: PhantomData<fn() -> Row>,
}

impl<Row> Wait<Row> {
    pub(super) fn new(
        client: &Client,
        what: &'static str,
        run_id: &str,
        place: Option<&str>,
    ) -> Self {
        Self {
            client: client.clone(),
            what,
            run_id: run_id.to_owned(),
            place: place.map(str::to_owned),
            fetch: None,
            first: FIRST,
            longest: LONGEST,
            deadline: DEADLINE,
            row: PhantomData,
        }
    }

    /// How often to look: after the first pause, which grows by half each time up to the longest.
    pub fn every(self, first: Duration, longest: Duration) -> Self {
        Self { first, longest, ..self }
    }

    /// How long to wait in all. Default: an hour.
    pub fn deadline(self, deadline: Duration) -> Self {
        Self { deadline, ..self }
    }

    /// Fetches by this instead of [`Web`].
    pub fn fetch_by(self, fetch: impl Fetch) -> Self {
        Self { fetch: Some(Arc::new(fetch)), ..self }
    }
}

/// What is known of results that are not there yet.
#[derive(Default)]
struct Last {
    status: Option<StatusCode>,
    failure: Option<FetchError>,
}

impl<Row: Json> Wait<Row> {
    /// Waits until the results are there.
    ///
    /// # Errors
    /// [`ErrorKind::Timeout`] where they are not there in time, with the status that was last
    /// seen; [`ErrorKind::Refused`] where the service named a place that is none to go to;
    /// [`ErrorKind::Decode`] where they are no table.
    pub async fn send(self) -> Result<Table<Row>, Error> {
        let csv = self.poll().await?;
        Table::read(csv)
            .map_err(|reason| self.error(ErrorKind::Decode, &format!("cannot be read: {reason}")))
    }

    /// Waits until the results are there, for code that is not async.
    ///
    /// # Errors
    /// Those of [`send`](Self::send).
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<Table<Row>, Error>
    where
        Row: 'static,
    {
        crate::runtime::blocking::wait(self.send())?
    }

    async fn poll(&self) -> Result<Bytes, Error> {
        let place = self.place()?;
        let fetch = match &self.fetch {
            Some(fetch) => fetch.clone(),
            None => Arc::new(Web::new()?),
        };
        let clock = &*self.client.shared.clock;
        let started = clock.now();
        let (mut last, mut pause) = (Last::default(), self.first);
        loop {
            if let Some(found) = self.look(&*fetch, &place, started, &mut last).await? {
                return Ok(found);
            }
            let left = self.left(started);
            if left.is_zero() {
                return Err(self.late(last));
            }
            clock.sleep(pause.min(left)).await;
            pause = (pause + pause / 2).min(self.longest);
        }
    }

    fn place(&self) -> Result<Place, Error> {
        let refuse = |reason: &str| self.error(ErrorKind::Refused, reason);
        let place =
            self.place.as_deref().ok_or_else(|| refuse("have no place in the service's answer"))?;
        Place::parse(place).map_err(|reason| refuse(&format!("are at no place to go to: {reason}")))
    }

    fn left(&self, started: Instant) -> Duration {
        self.deadline.saturating_sub(self.client.shared.clock.now() - started)
    }

    /// Looks once, no longer than an attempt of a call may take.
    async fn look(
        &self,
        fetch: &dyn Fetch,
        place: &Place,
        started: Instant,
        last: &mut Last,
    ) -> Result<Option<Bytes>, Error> {
        let shared = &self.client.shared;
        // The last look is at the deadline and must have a little time too.
        let left = self.left(started).max(self.first).min(shared.settings.timeout);
        match within(&*shared.clock, Some(left), fetch.fetch(place, shared.max_body)).await {
            Some(Ok(Fetched::Found(bytes))) => return Ok(Some(bytes)),
            Some(Ok(Fetched::NotYet(status))) => {
                *last = Last { status: Some(status), failure: None }
            }
            Some(Err(error)) if error.passes => {
                *last = Last { status: error.status.or(last.status), failure: Some(error) };
            }
            Some(Err(error)) => return Err(self.failed(error)),
            None => {}
        }
        Ok(None)
    }

    /// `the results of the run ‹run-1› could not be fetched: …`
    fn error(&self, kind: ErrorKind, what: &str) -> Error {
        Error::new(kind, format!("{} of the run {:?} {what}", self.what, self.run_id))
    }

    fn failed(&self, failure: FetchError) -> Error {
        let error = self.error(failure.kind, &format!("cannot be fetched: {failure}"));
        with_status(error, failure.status).with_source(failure)
    }

    fn late(&self, last: Last) -> Error {
        let seen = match (&last.failure, last.status) {
            (Some(failure), _) => format!("at last, {failure}"),
            (None, Some(status)) => format!("the store last answered with {status}"),
            (None, None) => "the store never answered".to_owned(),
        };
        let what = format!("were not there after {:?}: {seen}", self.deadline);
        let error =
            self.error(ErrorKind::Timeout, &what).with_phase(Phase::Results).retryable(true);
        let error = with_status(error, last.status);
        last.failure.into_iter().fold(error, Error::with_source)
    }
}

fn with_status(error: Error, status: Option<StatusCode>) -> Error {
    status.into_iter().fold(error, |error, status| {
        error.with_reply(Meta { status, headers: HeaderMap::new() }, Bytes::new())
    })
}

impl<Row: Json + 'static> IntoFuture for Wait<Row> {
    type Output = Result<Table<Row>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}
