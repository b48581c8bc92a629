//! Waiting for results.

use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::looks::Looks;
use super::{Fetch, Part, Place, Record, Table, Web};
use crate::runtime::json::Json;
use crate::runtime::{Client, Error, ErrorKind};

const FIRST: Duration = Duration::from_secs(5);
const LONGEST: Duration = Duration::from_secs(60);
const DEADLINE: Duration = Duration::from_secs(60 * 60);
const FORBIDDEN: Duration = Duration::from_secs(15 * 60);

/// A wait for the results of a batch.
///
/// It checks for them when it is awaited: at once, after 5 seconds, and then less and less often,
/// down to once a minute, for an hour. A wait that ended can be started again without costs.
///
/// Results on the web are fetched by the client's transport, proxy and TLS, but without its
/// credential. Results in S3 are fetched by `S3::from_env`, if the feature `s3` is on.
/// [`fetch_by`](Self::fetch_by) changes that.
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

    /// Sets how often to check: after the first pause, which grows by half each time up to the
    /// longest.
    pub fn every(self, first: Duration, longest: Duration) -> Self {
        Self { first, longest, ..self }
    }

    /// Limits the whole wait. Default: one hour.
    pub fn deadline(self, deadline: Duration) -> Self {
        Self { deadline, ..self }
    }

    /// Sets how long to continue while the store replies with 403. Default: 15 minutes.
    ///
    /// A store replies with 403 if the results are not there yet, and if there is no permission to
    /// read them. If it says which, the wait uses that. Otherwise it ends after this time, because
    /// waiting does not bring a permission. `Duration::ZERO` ends it at the first 403, and
    /// `Duration::MAX` only at the deadline.
    pub fn forbidden_for(self, time: Duration) -> Self {
        Self { forbidden: time, ..self }
    }

    /// Fetches with this: [`Web`], `S3`, or your own [`Fetch`].
    pub fn fetch_by(self, fetch: impl Fetch) -> Self {
        Self { fetch: Some(Arc::new(fetch)), ..self }
    }
}

impl Wait<Record> {
    /// A wait for the results of a run that the service named in its answer, as rows of texts: for
    /// programs that know operations as data.
    pub fn of_run(client: &Client, run_id: &str, place: &str) -> Self {
        Self::new(client, "the results", run_id, Some(place))
    }
}

impl<Row: Json> Wait<Row> {
    /// Waits until the results are there.
    ///
    /// # Errors
    /// - [`ErrorKind::Timeout`] if they are not there in time, with the last status;
    ///   [`Error::timing`] has the number of checks
    /// - [`ErrorKind::Status`] if the store says that waiting does not help, or replied with 403
    ///   for longer than [`forbidden_for`](Self::forbidden_for) allows
    /// - [`ErrorKind::Refused`] if the service named a location that is not valid, or one that
    ///   nothing here can fetch from; this is checked before the wait
    /// - [`ErrorKind::Configuration`] if the settings for fetching are not valid
    /// - [`ErrorKind::Decode`] if they are not a table: [`parts`](Self::parts) returns them as they
    ///   are
    pub async fn send(self) -> Result<Table<Row>, Error> {
        let parts = self.fetched().await?;
        Table::read(parts, self.client.shared.max_body).map_err(|no_table| {
            let kind =
                if no_table.is_too_large { ErrorKind::BodyTooLarge } else { ErrorKind::Decode };
            let what = format!(
                "are not a table: {}; `Wait::parts` gives them as they are",
                no_table.reason
            );
            self.error(kind, &what).retryable(no_table.may_pass)
        })
    }

    /// Waits until the results are there, in blocking code.
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
    /// Waits until the results are there, and returns them as they are. Usually they are one
    /// object.
    ///
    /// # Errors
    /// Those of [`send`](Self::send), except that the results need not be a table.
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
        #[cfg(feature = "mock")]
        if let (None, Some(mock)) = (&self.fetch, &self.client.shared.mock) {
            return Ok(Arc::new(mock.clone()));
        }
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
