//! Work that the service does later: its status is requested until there is a result.
//!
//! ```text
//! call ──► URL of the status ──► not yet ──► not yet ──► … ──► the result
//! ```

pub use self::poller::Poller;
use super::{Call, Error, Operation, send};
use crate::runtime::json::Json;
pub use rules::Polling;

mod poller;
mod rules;
mod status;

/// An operation whose result comes later. [`Call::into_poller`] waits for it.
pub trait Polled: Operation {
    /// The result.
    type Outcome: Json + Send + 'static;

    /// Where the status is, and what it says.
    const POLLING: Polling;

    /// The operation's own server, if it has one.
    const SERVER: Option<&'static str> = None;
}

impl<Op: Polled> Call<Op> {
    /// Sends the call, and returns what waits for its result.
    ///
    /// ```text
    /// let poller = client.reports().create(body).into_poller().await?;
    /// store(poller.url());
    /// let report = poller.wait().await?;
    /// ```
    ///
    /// # Errors
    /// Those of [`send`](Self::send), and [`ErrorKind::Decode`](crate::ErrorKind::Decode) if the reply does not
    /// say where the status is.
    pub async fn into_poller(self) -> Result<Poller<Op>, Error> {
        let mut request = self.into_request();
        request.accept(Op::ACCEPT);
        let (client, url, settings) = (request.client.clone(), request.url(), request.settings);
        let received = send::send(request, Op::ID, Op::SECURITY, &Op::POLICY).await?;
        Poller::after(client, settings, &url, received)
    }

    /// The same in blocking code.
    ///
    /// # Errors
    /// Those of [`into_poller`](Self::into_poller), and [`ErrorKind::Connect`](crate::ErrorKind::Connect) if the
    /// thread for blocking calls cannot be started.
    #[cfg(feature = "blocking")]
    pub fn into_poller_blocking(self) -> Result<Poller<Op>, Error> {
        super::blocking::wait(self.into_poller())?
    }
}
