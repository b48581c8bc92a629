//! The client and what its clones share.

use std::fmt;
use std::sync::Arc;

use reqwest::header::HeaderValue;
use url::Url;

use super::credentials::Credentials;
use super::credits::Credits;
use super::endpoint::Servers;
use super::hooks::Hooks;
use super::limiter::Limiter;
use super::retry::Budget;
use super::service::{ConventionHeaders, ResponseConventions, Service};
use super::settings::Settings;
use super::{Call, Clock, Transport};

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

    pub(crate) fn get<Op>(&self, path: &'static str) -> Call<Op> {
        Call::new(self, reqwest::Method::GET, path)
    }

    pub(crate) fn post<Op>(&self, path: &'static str) -> Call<Op> {
        Call::new(self, reqwest::Method::POST, path)
    }

    pub(crate) fn put<Op>(&self, path: &'static str) -> Call<Op> {
        Call::new(self, reqwest::Method::PUT, path)
    }

    pub(crate) fn patch<Op>(&self, path: &'static str) -> Call<Op> {
        Call::new(self, reqwest::Method::PATCH, path)
    }

    pub(crate) fn delete<Op>(&self, path: &'static str) -> Call<Op> {
        Call::new(self, reqwest::Method::DELETE, path)
    }

    pub(crate) fn head<Op>(&self, path: &'static str) -> Call<Op> {
        Call::new(self, reqwest::Method::HEAD, path)
    }

    pub(crate) fn options<Op>(&self, path: &'static str) -> Call<Op> {
        Call::new(self, reqwest::Method::OPTIONS, path)
    }

    pub(crate) fn trace<Op>(&self, path: &'static str) -> Call<Op> {
        Call::new(self, reqwest::Method::TRACE, path)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.shared.base_url.as_str())
            .field("credentials", &self.shared.credentials)
            .field("settings", &self.shared.settings)
            .finish_non_exhaustive()
    }
}
