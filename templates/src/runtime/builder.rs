//! The settings of a client.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderValue;

use super::client::{Client, Shared};
use super::credentials::Credentials;
use super::credits::Credits;
use super::endpoint::{
    CONNECT_TIMEOUT, Configure, HAS_TLS, HttpSettings, Servers, checked_base_url, with_base_path,
};
use super::hooks::{AfterAttempt, BeforeAttempt, Hooks};
use super::limiter::{Limiter, Window};
use super::oauth::Grants;
use super::platform::Http;
use super::retry::{Budget, Retry};
use super::service::{ConventionHeaders, Service};
use super::settings::{Defaults, Settings};
use super::shared_limits::SharedLimits;
use super::signing::Signer;
use super::{Clock, Error, ErrorKind, TokioClock, Transport};

mod credentials;
mod http;

const TIMEOUT: Duration = Duration::from_secs(60);
/// A hundred years. Clocks cannot count to longer times.
const LONGEST_WINDOW: Duration = Duration::from_secs(100 * 31_536_000);
const MAX_BODY: usize = 64 * 1024 * 1024;

/// Builds a [`Client`].
#[derive(Debug)]
#[must_use = "a builder makes a client by `build`"]
pub struct ClientBuilder {
    pub(super) service: &'static Service,
    pub(super) base_url: Option<String>,
    pub(super) credentials: Credentials,
    pub(super) grants: Grants,
    transport: Option<Arc<dyn Transport>>,
    clock: Arc<dyn Clock>,
    rate_limits: HashMap<String, Option<Window>>,
    shared_limits: Option<Arc<dyn SharedLimits>>,
    credit_floor: Option<f64>,
    settings: Settings,
    max_body: usize,
    connect_timeout: Duration,
    no_proxy: bool,
    allow_plain_http: bool,
    without_credentials: bool,
    /// What the environment lacks, unless a credential is set in another way.
    absent: Option<String>,
    user_agent: Option<HeaderValue>,
    pub(super) hooks: Hooks,
    pub(super) signer: Option<Signer>,
    defaults: Defaults,
    configure_http: Option<Configure>,
    #[cfg(feature = "mock")]
    pub(super) mock: Option<super::mock::Mock>,
    /// The first invalid setting, which `build` reports.
    fault: Option<Error>,
}

impl ClientBuilder {
    pub(crate) fn new(service: &'static Service) -> Self {
        Self {
            service,
            base_url: None,
            credentials: Credentials::default(),
            grants: Grants::default(),
            transport: None,
            clock: Arc::new(TokioClock),
            rate_limits: HashMap::new(),
            shared_limits: None,
            credit_floor: None,
            settings: Settings { timeout: TIMEOUT, deadline: None, retry: Retry::default() },
            max_body: MAX_BODY,
            connect_timeout: CONNECT_TIMEOUT,
            no_proxy: false,
            allow_plain_http: false,
            without_credentials: false,
            absent: None,
            user_agent: None,
            hooks: Hooks::default(),
            signer: None,
            defaults: Defaults::default(),
            configure_http: None,
            #[cfg(feature = "mock")]
            mock: None,
            fault: None,
        }
    }

    pub(super) fn fault(&mut self, fault: Error) {
        self.fault.get_or_insert(fault);
    }

    /// Sets the URL that the paths of the API are appended to. A path in it is kept.
    ///
    /// All requests are sent there, also those of operations with a server of their own, so that a
    /// credential for one host is never sent to another.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Limits the time of an attempt, including connecting and reading. Default: 60 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// Limits the time of a whole call: the queue, the attempts and the pauses between them. By
    /// default there is no limit, because the queue of a rate limit may be long.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.settings.deadline = Some(deadline);
        self
    }

    /// Sets how calls are retried after a failure that may be temporary.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.settings.retry = retry;
        self
    }

    /// Stops calls that cost credits if fewer than these might be left after them.
    ///
    /// The cost of a call is the cap that its request states, otherwise the highest cost that was
    /// seen for its operation. Calls in flight count. A call whose cost is not known is sent alone.
    /// The balance is known from replies: one call is sent before the first reply that states it.
    pub fn credit_floor(mut self, credits: f64) -> Self {
        self.credit_floor = Some(credits);
        self
    }

    /// Sets the rate limit of a group of operations. What the service states does not change it.
    ///
    /// The documentation of an operation names its group. The names are also constants.
    pub fn rate_limit(mut self, group: impl Into<String>, requests: u32, time: Duration) -> Self {
        if requests == 0 {
            self.fault(configuration("a rate limit of no requests lets nothing through"));
        }
        let time = time.min(LONGEST_WINDOW);
        self.set_rate_limit(group.into(), Some(Window { requests, time }));
        self
    }

    /// Removes the rate limit of a group of operations. A 429 still makes its calls wait.
    pub fn no_rate_limit(mut self, group: impl Into<String>) -> Self {
        self.set_rate_limit(group.into(), None);
        self
    }

    /// Keeps the rate limits together with other processes that use the same API key: each request is
    /// also counted there. A client for another key that is made of this one does not share them.
    pub fn shared_limits(mut self, limits: impl SharedLimits) -> Self {
        self.shared_limits = Some(Arc::new(limits));
        self
    }

    fn set_rate_limit(&mut self, group: String, window: Option<Window>) {
        let known = self.service.rate_limit_groups;
        if !known.contains(&group.as_str()) {
            let groups: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
            let there_are = match groups.as_slice() {
                [] => "this API has none".to_owned(),
                groups => format!("the groups are {}", groups.join(", ")),
            };
            let message = format!("there is no rate limit group {group:?}: {there_are}");
            self.fault(configuration(message));
        }
        self.rate_limits.insert(group, window);
    }

    /// Limits the decompressed size of a reply's body. Default: 64 MiB.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Calls this function before each attempt, including retries, when it is about to be sent. It
    /// can add headers. Hooks are called in the order in which they are set.
    ///
    /// ```text
    /// builder.before_attempt(|attempt| attempt.header("x-trace", &trace_of(attempt.operation())))
    /// ```
    pub fn before_attempt(
        mut self,
        hook: impl Fn(&mut BeforeAttempt<'_>) + Send + Sync + 'static,
    ) -> Self {
        self.hooks.before.push(Arc::new(hook));
        self
    }

    /// Calls this function after each attempt, including retries, unless the call was dropped
    /// before.
    ///
    /// ```text
    /// builder.after_attempt(|attempt| record(attempt.operation(), attempt.duration()))
    /// ```
    pub fn after_attempt(
        mut self,
        hook: impl Fn(AfterAttempt<'_>) + Send + Sync + 'static,
    ) -> Self {
        self.hooks.after.push(Arc::new(hook));
        self
    }

    /// Sends requests by this transport instead of HTTP, for example in tests without a network.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Reads the time from this clock, for example in tests that do not wait.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Allows a base URL with plain `http` to a host other than this machine.
    ///
    /// The credentials then travel unencrypted.
    pub fn allow_plain_http(mut self) -> Self {
        self.allow_plain_http = true;
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] if every operation needs a credential and none is set, if there is
    /// no rate limit group with a name that was set, if a credential or the user agent is not valid in a header, or if the base URL is missing, is not
    /// an `http` or `https` URL, has a user, a query or a fragment, is plain `http` to another
    /// machine, or is `https` while neither a feature nor a transport provides TLS.
    pub fn build(self) -> Result<Client, Error> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let servers = match self.base_url {
            Some(_) => Servers::One,
            None => Servers::Described { allow_plain_http: self.allow_plain_http },
        };
        let base_url = self.base_url.as_deref().or(self.service.base_url);
        let base_url = base_url.ok_or_else(|| configuration("no base URL is set"))?;
        let base_url = checked_base_url(base_url, self.allow_plain_http)?;
        let base_url = with_base_path(base_url, self.service.base_path);
        let credentials =
            self.grants.add_to(self.credentials.clone(), &base_url, self.allow_plain_http)?;
        if self.lacks_credentials(&credentials) {
            return Err(self.no_credentials());
        }
        let has_tls = HAS_TLS || self.transport.is_some();
        let transport = match self.transport {
            Some(transport) => transport,
            None => {
                let settings = HttpSettings {
                    no_proxy: self.no_proxy,
                    connect_timeout: self.connect_timeout,
                    configure: self.configure_http,
                };
                Arc::new(Http::new(settings, base_url.scheme())?)
            }
        };
        let shared = Shared {
            transport,
            has_tls,
            clock: self.clock,
            service: self.service,
            limiter: Limiter::new(self.rate_limits).sharing(self.shared_limits),
            budget: Budget::default(),
            credits: Credits::new(self.credit_floor),
            conventions: self.service.conventions,
            convention_headers: ConventionHeaders::from(&self.service.conventions),
            base_url,
            servers,
            credentials,
            settings: self.settings,
            max_body: self.max_body,
            user_agent: self.user_agent,
            hooks: self.hooks,
            signer: self.signer,
            defaults: self.defaults,
            #[cfg(feature = "mock")]
            mock: self.mock,
        };
        Ok(Client { shared: Arc::new(shared) })
    }
}

/// The value is not shown: it may be a secret.
pub(super) fn not_unicode(variable: &str) -> Error {
    configuration(format!("the environment variable {variable} is not Unicode"))
}

pub(super) fn configuration(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Configuration, message)
}
