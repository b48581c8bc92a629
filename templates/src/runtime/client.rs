//! The client and what its clones share.

use std::fmt;
use std::sync::Arc;

use reqwest::header::HeaderValue;
use url::Url;

use super::builder::configuration;
use super::credentials::Credentials;
use super::credits::Credits;
use super::endpoint::Servers;
use super::hooks::Hooks;
use super::limiter::Limiter;
use super::retry::Budget;
use super::service::{ConventionHeaders, ResponseConventions, Service};
use super::settings::{Defaults, Settings};
use super::signing::Signer;
use super::{Clock, Error, Transport};

/// A client of the API.
///
/// It is cheap to clone. Its clones share connections, rate limits, the retry budget and what is
/// known about credits.
#[derive(Clone)]
pub struct Client {
    pub(super) shared: Arc<Shared>,
}

/// What the clones of a client share.
pub(super) struct Shared {
    pub transport: Arc<dyn Transport>,
    /// Whether that can go to `https`.
    pub has_tls: bool,
    pub clock: Arc<dyn Clock>,
    pub service: &'static Service,
    pub limiter: Limiter,
    pub budget: Budget,
    pub credits: Credits,
    pub conventions: ResponseConventions,
    pub convention_headers: ConventionHeaders,
    pub base_url: Url,
    pub servers: Servers,
    pub credentials: Credentials,
    pub settings: Settings,
    pub max_body: usize,
    pub user_agent: Option<HeaderValue>,
    pub hooks: Hooks,
    pub signer: Option<Signer>,
    pub defaults: Defaults,
    /// What is at the other end, in a test.
    #[cfg(feature = "mock")]
    pub mock: Option<super::mock::Mock>,
}

impl Shared {
    /// The same for another key.
    fn with(&self, credentials: Credentials) -> Self {
        Self {
            transport: self.transport.clone(),
            clock: self.clock.clone(),
            limiter: self.limiter.fresh(),
            budget: Budget::default(),
            credits: self.credits.fresh(),
            convention_headers: ConventionHeaders::from(&self.conventions),
            base_url: self.base_url.clone(),
            credentials,
            user_agent: self.user_agent.clone(),
            hooks: self.hooks.clone(),
            signer: self.signer.clone(),
            defaults: self.defaults.clone(),
            #[cfg(feature = "mock")]
            mock: self.mock.clone(),
            ..*self
        }
    }
}

impl Client {
    /// The credits that were left by the last reply that stated them, to this client or a clone.
    pub fn known_credits(&self) -> Option<f64> {
        self.shared.credits.balance()
    }

    /// Forgets the balance, and a 402 that stops calls that cost credits. Use it after you added
    /// credits: the next call is sent, whatever the balance was.
    pub fn reset_credits(&self) {
        self.shared.credits.reset();
    }

    /// A client with another secret for a security scheme, by the name that the scheme has in the
    /// description. It shares the connections and the settings of this one. Limits and credits are
    /// those of a key, so these it has for itself.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](super::ErrorKind::Configuration) if there is no such scheme, or
    /// the secret cannot be sent.
    pub fn with_credential(&self, scheme: &str, secret: impl Into<String>) -> Result<Self, Error> {
        let shared = &*self.shared;
        let known = shared.service.credentials.iter().find(|known| known.scheme == scheme);
        let known = known
            .ok_or_else(|| configuration(format!("there is no security scheme {scheme:?}")))?;
        let mut credentials = shared.credentials.clone();
        credentials.hold(known, secret.into())?;
        Ok(Self { shared: Arc::new(shared.with(credentials)) })
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            // A path may have a secret in it, such as `/bot<token>`.
            .field("origin", &self.shared.base_url.origin().ascii_serialization())
            .field("credentials", &self.shared.credentials)
            .field("settings", &self.shared.settings)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use crate::Client;

    #[test]
    fn debug_shows_no_secret_of_the_base_url() {
        let client = Client::builder().base_url("https://example.com/bot123:secret").api_key("k");
        let shown = format!("{:?}", client.build().expect("a client"));
        assert!(shown.contains("https://example.com") && !shown.contains("secret"), "{shown}");
    }
}
