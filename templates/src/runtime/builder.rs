//! How a client is made.

use std::collections::HashMap;
use std::env::{self, VarError};
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderValue;

use super::client::{Client, Shared};
use super::credentials::Credentials;
use super::credits::Credits;
use super::endpoint::{
    CONNECT_TIMEOUT, HAS_TLS, Http, Servers, USER_AGENT, checked_base_url, with_base_path,
};
use super::hooks::{AfterAttempt, BeforeAttempt, Hooks};
use super::limiter::{Limiter, Window};
use super::oauth::Grants;
use super::retry::{Budget, Retry};
use super::service::{ConventionHeaders, Service};
use super::settings::Settings;
use super::{Clock, Error, ErrorKind, TokioClock, Transport};

const TIMEOUT: Duration = Duration::from_secs(60);
/// A hundred years: what is longer is beyond what clocks can count to.
const LONGEST_WINDOW: Duration = Duration::from_secs(100 * 31_536_000);
const MAX_BODY: usize = 64 * 1024 * 1024;

/// Makes a [`Client`].
#[derive(Debug)]
#[must_use = "a builder makes a client by `build`"]
pub struct ClientBuilder {
    service: &'static Service,
    base_url: Option<String>,
    credentials: Credentials,
    pub(super) grants: Grants,
    transport: Option<Arc<dyn Transport>>,
    clock: Arc<dyn Clock>,
    rate_limits: HashMap<String, Option<Window>>,
    credit_floor: Option<f64>,
    settings: Settings,
    max_body: usize,
    connect_timeout: Duration,
    no_proxy: bool,
    allow_plain_http: bool,
    user_agent: Option<HeaderValue>,
    hooks: Hooks,
    /// The first thing that was wrong, reported by `build`.
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
            credit_floor: None,
            settings: Settings { timeout: TIMEOUT, deadline: None, retry: Retry::default() },
            max_body: MAX_BODY,
            connect_timeout: CONNECT_TIMEOUT,
            no_proxy: false,
            allow_plain_http: false,
            user_agent: None,
            hooks: Hooks::default(),
            fault: None,
        }
    }

    /// Takes the base URL and the credentials from those environment variables that are set.
    pub(crate) fn from_env(service: &'static Service) -> Self {
        Self::new(service).read_env()
    }

    /// The same for a builder that is there.
    pub(crate) fn read_env(self) -> Self {
        let (service, mut builder) = (self.service, self);
        match env::var(service.base_url_variable) {
            Ok(url) => builder = builder.base_url(url),
            Err(VarError::NotUnicode(_)) => builder.fault(not_unicode(service.base_url_variable)),
            Err(VarError::NotPresent) => {}
        }
        for credential in service.credentials {
            match env::var(credential.variable) {
                Ok(value) => builder = builder.credential(credential.scheme, value),
                Err(VarError::NotUnicode(_)) => builder.fault(not_unicode(credential.variable)),
                Err(_) if builder.grants.read(credential.scheme) => {}
                // Where there is one way to sign in, its absence is a mistake.
                Err(_) if service.credentials.len() == 1 => {
                    let message =
                        format!("the environment variable {} is not set", credential.variable);
                    let message = builder.grants.not_set_either(message, credential.scheme);
                    builder.fault(Error::new(ErrorKind::Configuration, message));
                }
                Err(_) => {}
            }
        }
        builder
    }

    pub(crate) fn credential(mut self, scheme: &str, value: String) -> Self {
        let known = self.service.credentials.iter().find(|known| known.scheme == scheme);
        if let Some(Err(fault)) = known.map(|known| self.credentials.hold(known, value)) {
            self.fault(fault);
        }
        self
    }

    fn fault(&mut self, fault: Error) {
        self.fault.get_or_insert(fault);
    }

    /// The URL that the paths of the API are joined to; a path in it is kept.
    ///
    /// All requests go there, those of operations that have a server of their own among them: a
    /// credential that is meant for one place is never sent to another.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// How long an attempt may take, connecting and reading included. Default: 60 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// How long an attempt may take to connect. Default: 10 seconds. An HTTP client or transport of
    /// your own has its own limit.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long a call may take in all: queueing, attempts and the pauses between them.
    /// Default: as long as its turn within the rate limit takes.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.settings.deadline = Some(deadline);
        self
    }

    /// How calls are repeated that fail in a way that may pass.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.settings.retry = retry;
        self
    }

    /// Stops calls that spend credits if fewer than these might be left after them.
    ///
    /// What a call costs is the cap that its request states, else the most that its operation was
    /// seen to cost; calls in flight count. A call whose cost is not known goes alone. The balance
    /// is known from replies: before the first one that tells it, one call is sent.
    pub fn credit_floor(mut self, credits: f64) -> Self {
        self.credit_floor = Some(credits);
        self
    }

    /// Sets the rate limit of a group of operations, whatever the service says of it.
    ///
    /// The documentation of an operation names its group; the names are constants, too.
    pub fn rate_limit(mut self, group: impl Into<String>, requests: u32, time: Duration) -> Self {
        if requests == 0 {
            self.fault(configuration("a rate limit of no requests lets nothing through"));
        }
        let time = time.min(LONGEST_WINDOW);
        self.set_rate_limit(group.into(), Some(Window { requests, time }));
        self
    }

    /// Sends the requests of a group of operations as fast as they come. A 429 still makes
    /// them wait.
    pub fn no_rate_limit(mut self, group: impl Into<String>) -> Self {
        self.set_rate_limit(group.into(), None);
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

    /// The most bytes that a reply's body may have, unpacked. Default: 64 MiB.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Uses this HTTP client instead of an own one.
    ///
    /// Its settings are kept, so see to it that it follows no redirects, because one that is
    /// followed carries the body of a request to another place, and that it repeats nothing
    /// (`retry::never()`), because what it repeats is counted by nobody. Calls that must not be
    /// repeated take its pooled connections as well, unless it keeps none
    /// (`pool_max_idle_per_host(0)`); the own client gives each of them a new one.
    ///
    /// Blocking calls take its connections as well, and a kept one is driven by the runtime that
    /// opened it: on a thread of a running runtime such a call may wait in vain. Make a second
    /// [`Client`] for blocking calls, or one without an HTTP client of yours, which keeps those
    /// connections apart by itself.
    pub fn http_client(self, http: reqwest::Client) -> Self {
        self.transport(http)
    }

    /// Connects directly, whatever `HTTPS_PROXY` and its like say in the environment.
    pub fn no_proxy(mut self) -> Self {
        self.no_proxy = true;
        self
    }

    /// Says who sends the requests: `my-app/1.0` stands in front of this crate's own name and
    /// version in `User-Agent`, because what matters most comes first (RFC 9110, 10.1.5). A [`transport`](Self::transport) of
    /// your own names itself where you set nothing here.
    pub fn user_agent(mut self, product: &str) -> Self {
        let is_text = product.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        match HeaderValue::from_str(&format!("{product} {USER_AGENT}")) {
            Ok(value) if is_text && !product.trim().is_empty() => self.user_agent = Some(value),
            _ => self.fault(configuration(format!("{product:?} cannot be a user agent"))),
        }
        self
    }

    /// Calls this before each attempt, retries included, once its turn has come; it can add
    /// headers. Hooks are called in the order in which they are set.
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

    /// Calls this after each attempt, retries included, unless its call was dropped before.
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

    /// Sends requests by this instead of HTTP, as tests do that have no network.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Takes the time from this clock, as tests do that do not wait.
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

    /// Makes the client.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] where there is no rate limit group of a name, a credential or the user agent cannot stand in a
    /// header, or the base URL is missing, is no `http` or `https` URL, has a user, a query or a
    /// fragment, is plain `http` to another machine, or is `https` where neither a feature nor a
    /// transport brings TLS.
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
        let has_tls = HAS_TLS || self.transport.is_some();
        let transport = match self.transport {
            Some(transport) => transport,
            None => Arc::new(Http::new(self.no_proxy, self.connect_timeout, base_url.scheme())?),
        };
        let credentials = self.credentials;
        let credentials = self.grants.add_to(credentials, &base_url, self.allow_plain_http)?;
        let shared = Shared {
            transport,
            has_tls,
            clock: self.clock,
            service: self.service,
            limiter: Limiter::new(self.rate_limits),
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
