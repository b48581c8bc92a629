//! The wait for a result.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::time::Duration;

use url::Url;

use super::Polled;
use super::status::{Verdict, get, refused};
use crate::runtime::clock::within;
use crate::runtime::decode::from_slice;
use crate::runtime::find::{fault, find};
use crate::runtime::retry::{Retry, retry_after};
use crate::runtime::settings::Settings;
use crate::runtime::{Client, Error, ErrorKind, Phase, Received, Reply};

const DEADLINE: Duration = Duration::from_secs(60 * 60);

/// Waits for the result of an operation that the service has accepted.
///
/// Its [`url`](Self::url) can be stored. [`resume`](Self::resume) waits for the same result later, also after a
/// crash. A wait that ended can be started again.
#[must_use = "the status is requested when the poller is awaited, or by `wait`"]
pub struct Poller<Op: Polled> {
    client: Client,
    settings: Settings,
    /// Where the status is; `None` if the first reply is the last status.
    url: Option<Url>,
    accepted: Option<Received>,
    interval: Duration,
    deadline: Duration,
    operation: PhantomData<fn() -> Op>,
}

impl<Op: Polled> Poller<Op> {
    fn new(
        client: Client,
        settings: Settings,
        url: Option<Url>,
        accepted: Option<Received>,
    ) -> Self {
        let (interval, operation) = (Op::POLLING.interval, PhantomData);
        Self { client, settings, url, accepted, interval, deadline: DEADLINE, operation }
    }

    /// What waits for the result of the request that was answered so.
    pub(super) fn after(
        client: Client,
        settings: Settings,
        requested: &Url,
        reply: Received,
    ) -> Result<Self, Error> {
        let url = match Op::POLLING.location(&reply) {
            Some(location) => Some(requested.join(&location).map_err(refused)?),
            None if matches!(Op::POLLING.verdict(&reply), Verdict::NotYet) => {
                return Err(fault(&reply, "it does not say where the status is".to_owned()));
            }
            None => None,
        };
        Ok(Self::new(client, settings, url, Some(reply)))
    }

    /// Waits for the result of an earlier call, whose status has this URL.
    ///
    /// # Errors
    /// [`ErrorKind::Refused`] if it is not a valid URL.
    pub fn resume(client: &Client, url: &str) -> Result<Self, Error> {
        let url = client.shared.base_url.join(url).map_err(refused)?;
        Ok(Self::new(client.clone(), client.shared.settings, Some(url), None))
    }

    /// Where the status is; `None` if the result came with the first reply.
    pub fn url(&self) -> Option<&str> {
        self.url.as_ref().map(Url::as_str)
    }

    /// Sets the time between two requests. A time that the service states by `Retry-After` comes before it.
    pub fn every(self, interval: Duration) -> Self {
        Self { interval, ..self }
    }

    /// Limits the whole wait. Default: one hour.
    pub fn deadline(self, deadline: Duration) -> Self {
        Self { deadline, ..self }
    }

    /// Waits until there is a result.
    ///
    /// # Errors
    /// - [`ErrorKind::Unsuccessful`] if the service says that there will be no result; [`Error::body`] has its reply
    /// - [`ErrorKind::Timeout`] if there is none in time
    /// - [`ErrorKind::Refused`] if the status is at a place that is not requested
    /// - those of any call, also [`ErrorKind::Decode`] if the result does not match the description
    pub async fn wait(&self) -> Result<Reply<Op::Outcome>, Error> {
        let outcome = Box::pin(self.outcome());
        within(&*self.client.shared.clock, Some(self.deadline), outcome).await.unwrap_or_else(
            || {
                let message = format!("{} took too long {}", Op::ID, Phase::Results);
                Err(Error::new(ErrorKind::Timeout, message)
                    .with_phase(Phase::Results)
                    .retryable(true))
            },
        )
    }

    /// The same in blocking code.
    ///
    /// # Errors
    /// Those of [`wait`](Self::wait), and [`ErrorKind::Connect`] if the thread for blocking calls cannot be started.
    #[cfg(feature = "blocking")]
    pub fn wait_blocking(&self) -> Result<Reply<Op::Outcome>, Error> {
        let poller = self.clone();
        crate::runtime::blocking::wait(async move { poller.wait().await })?
    }

    async fn outcome(&self) -> Result<Reply<Op::Outcome>, Error> {
        let last = self.last_status().await?;
        let Some(location) = Op::POLLING.result_location(&last)? else {
            return read(last, Op::POLLING.result);
        };
        let beside = self.url.as_ref().unwrap_or(&self.client.shared.base_url);
        let url = beside.join(&location).map_err(refused)?;
        read(get::<Op>(&self.client, self.settings, &url).await?, "")
    }

    /// Requests the status until it is the last one.
    async fn last_status(&self) -> Result<Received, Error> {
        let Some(url) = &self.url else {
            let accepted = self.accepted.clone().map_or(Ok(None), take_last::<Op>)?;
            return accepted.ok_or_else(|| refused("there is none"));
        };
        let mut pause = self.accepted.as_ref().map(|accepted| self.pause_after(accepted));
        loop {
            if let Some(pause) = pause {
                self.client.shared.clock.sleep(pause).await;
            }
            let status = get::<Op>(&self.client, self.settings, url).await?;
            pause = Some(self.pause_after(&status));
            if let Some(last) = take_last::<Op>(status)? {
                return Ok(last);
            }
        }
    }

    fn pause_after(&self, reply: &Received) -> Duration {
        let wall = self.client.shared.clock.wall();
        let stated = retry_after(&reply.meta.headers, &reply.body, wall);
        stated.map_or(self.interval, Retry::stated_pause)
    }
}

/// The status, if it is the last one.
fn take_last<Op: Polled>(status: Received) -> Result<Option<Received>, Error> {
    match Op::POLLING.verdict(&status) {
        Verdict::NotYet => Ok(None),
        Verdict::Done => Ok(Some(status)),
        Verdict::Failed(state) => Err(failed(Op::ID, &state, status)),
    }
}

fn failed(operation: &str, state: &str, status: Received) -> Error {
    let message = format!("the service says of {operation} that it is `{state}`");
    Error::new(ErrorKind::Unsuccessful, message).with_reply(status.meta, status.body)
}

/// Reads the result at a place of a reply. An empty body is read as null.
fn read<T: super::Json>(reply: Received, at: &str) -> Result<Reply<T>, Error> {
    let text = match reply.body.is_empty() {
        true => Some("null"),
        false => find(&reply.body, at),
    };
    let text = text.ok_or_else(|| fault(&reply, format!("no result is at `{at}`")))?;
    let outcome = from_slice(text.as_bytes()).map_err(|error| reply.undecodable(&error))?;
    Ok(Reply::of(outcome, reply))
}

impl<Op: Polled> IntoFuture for Poller<Op> {
    type Output = Result<Reply<Op::Outcome>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.wait().await })
    }
}

impl<Op: Polled> Clone for Poller<Op> {
    fn clone(&self) -> Self {
        let Self { client, settings, url, accepted, interval, deadline, operation } = self;
        Self {
            client: client.clone(),
            settings: *settings,
            url: url.clone(),
            accepted: accepted.clone(),
            interval: *interval,
            deadline: *deadline,
            operation: *operation,
        }
    }
}

/// The URL is not shown, because it may give access to the result.
impl<Op: Polled> fmt::Debug for Poller<Op> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Poller").field("operation", &Op::ID).finish_non_exhaustive()
    }
}
