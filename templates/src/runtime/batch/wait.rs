//! Waiting for results.

use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::looks::Looks;
use super::{Fetch, Part, Place, Table, Web};
use crate::runtime::json::Json;
use crate::runtime::{Client, Error, ErrorKind};

const FIRST: Duration = Duration::from_secs(5);
const LONGEST: Duration = Duration::from_secs(60);
const DEADLINE: Duration = Duration::from_secs(60 * 60);
const FORBIDDEN: Duration = Duration::from_secs(15 * 60);

/// A wait for the results of a batch.
///
/// It looks for them when it is awaited: at once, after 5 seconds, and then less and less often,
/// up to once a minute, for an hour. A wait that ended can be begun again; it costs nothing.
///
/// What is at an address on the web is fetched as the client sends its requests, by the same
/// transport, proxy and TLS, but without its credential. What is in S3 is fetched by
/// `S3::from_env` where the feature `s3` is on. [`fetch_by`](Self::fetch_by) says otherwise.
#[must_use = "results are looked for when the wait is awaited, or by `send`"]
#[derive(Clone, Debug)]
pub struct Wait<Row> {
    pub(super) client: Client,
    what: &'static str,
    run_id: String,
    place: Option<String>,
    fetch: Option<Arc<dyn Fetch>>,
    pub(super) first: Duration,
    pub(super) longest: Duration,
    pub(super) deadline: Duration,
    pub(super) forbidden: Duration,
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
            forbidden: FORBIDDEN,
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

    /// How long to look on while the store answers 403. Default: 15 minutes.
    ///
    /// Stores say so of what is not there yet as well as of what there is no right to read. Where
    /// they tell which, that is heeded; else the wait ends after this time, because a right that
    /// is missing does not come by waiting. `Duration::ZERO` ends it at the first 403, and
    /// `Duration::MAX` at the deadline only.
    pub fn forbidden_for(self, time: Duration) -> Self {
        Self { forbidden: time, ..self }
    }

    /// Fetches by this instead: [`Web`], `S3`, or a [`Fetch`] of your own.
    pub fn fetch_by(self, fetch: impl Fetch) -> Self {
        Self { fetch: Some(Arc::new(fetch)), ..self }
    }
}

impl<Row: Json> Wait<Row> {
    /// Waits until the results are there.
    ///
    /// # Errors
    /// - [`ErrorKind::Timeout`] where they are not there in time, with the status that was last
    ///   seen; [`Error::timing`] tells how often it was looked
    /// - [`ErrorKind::Status`] where the store says that waiting does not help, or answered 403
    ///   for longer than [`forbidden_for`](Self::forbidden_for) allows
    /// - [`ErrorKind::Refused`] where the service named a place that is none to go to, or one that
    ///   nothing at hand can fetch from: nothing was waited for then
    /// - [`ErrorKind::Configuration`] where the settings of what fetches them do not do
    /// - [`ErrorKind::Decode`] where they are no table: [`parts`](Self::parts) gives them as they
    ///   are
    pub async fn send(self) -> Result<Table<Row>, Error> {
        let parts = self.fetched().await?;
        Table::read(parts, self.client.shared.max_body).map_err(|no_table| {
            let kind =
                if no_table.is_too_large { ErrorKind::BodyTooLarge } else { ErrorKind::Decode };
            let what =
                format!("are no table: {}; `Wait::parts` gives them as they are", no_table.reason);
            self.error(kind, &what).retryable(no_table.may_pass)
        })
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
}

impl<Row> Wait<Row> {
    /// Waits until the results are there, and gives them as they are, whatever they are: one
    /// object as a rule.
    ///
    /// # Errors
    /// Those of [`send`](Self::send), except that they need not be a table.
    pub async fn parts(self) -> Result<Vec<Part>, Error> {
        self.fetched().await
    }

    async fn fetched(&self) -> Result<Vec<Part>, Error> {
        let place = self.place()?;
        let fetch = self.fetcher(&place)?;
        Looks::new(self).until_there(&*fetch, &place).await
    }

    fn place(&self) -> Result<Place, Error> {
        let refuse = |reason: &str| self.error(ErrorKind::Refused, reason);
        let place =
            self.place.as_deref().ok_or_else(|| refuse("have no place in the service's answer"))?;
        Place::parse(place).map_err(|reason| refuse(&format!("are at no place to go to: {reason}")))
    }

    /// What the caller says, or what goes to such a place.
    fn fetcher(&self, place: &Place) -> Result<Arc<dyn Fetch>, Error> {
        match (&self.fetch, place) {
            (Some(fetch), _) => Ok(fetch.clone()),
            (None, Place::Web(_)) => {
                let shared = &self.client.shared;
                if shared.has_tls {
                    return Ok(Arc::new(Web::over(shared.transport.clone())));
                }
                let what = "are at an address that needs TLS: turn on the feature `rustls` or \
                            `native-tls`, or set a transport";
                Err(self.error(ErrorKind::Configuration, what))
            }
            #[cfg(feature = "s3")]
            (None, _) => Ok(Arc::new(super::S3::from_env()?)),
            #[cfg(not(feature = "s3"))]
            (None, place) => {
                let refusal = super::web::no_web(place);
                Err(self.error(ErrorKind::Refused, &format!("cannot be fetched: {refusal}")))
            }
        }
    }

    /// `the results of the run ‹run-1› could not be fetched: …`
    pub(super) fn error(&self, kind: ErrorKind, what: &str) -> Error {
        Error::new(kind, format!("{} of the run {:?} {what}", self.what, self.run_id))
    }
}

impl<Row: Json + 'static> IntoFuture for Wait<Row> {
    type Output = Result<Table<Row>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}
