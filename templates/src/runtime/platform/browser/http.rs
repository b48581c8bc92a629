//! HTTP by the browser's `fetch`.

use reqwest::Request;
use send_wrapper::SendWrapper;

use super::Response;
use crate::runtime::builder::configuration;
use crate::runtime::endpoint::{Configure, HttpSettings};
use crate::runtime::{Delivery, Error, Sending, Transport, TransportError};

/// HTTP by `fetch`, as a client uses it that brings no transport of its own.
///
/// The browser decides about connections, proxies, compression and redirects. It may send a request
/// on a connection that was idle, also one that must not be repeated.
#[derive(Debug)]
pub struct Http(reqwest::Client);

impl Http {
    pub fn new(settings: HttpSettings, _scheme: &str) -> Result<Self, Error> {
        let builder = reqwest::Client::builder();
        let configured = settings.configure.iter();
        let builder = configured.fold(builder, |builder, Configure(configure)| configure(builder));
        let client = builder.build();
        Ok(Self(
            client.map_err(|error| {
                configuration("the HTTP client cannot be made").with_source(error)
            })?,
        ))
    }
}

impl Transport for Http {
    fn send(&self, request: Request) -> Sending<'_> {
        self.0.send(request)
    }
}

/// HTTP by `fetch`.
impl Transport for reqwest::Client {
    fn send(&self, request: Request) -> Sending<'_> {
        let reply = self.execute(request);
        // There is one thread only.
        Box::pin(SendWrapper::new(async { Ok(Response::from(reply.await?)) }))
    }
}

/// A browser does not say why there is no reply, nor whether the request was sent. The URL is
/// removed, because its query may have a credential.
impl From<reqwest::Error> for TransportError {
    fn from(error: reqwest::Error) -> Self {
        let delivery = if error.is_builder() { Delivery::NotSent } else { Delivery::Unknown };
        let timed_out = error.is_timeout();
        Self::new(delivery, error.without_url().to_string()).timed(timed_out)
    }
}
