//! How requests are sent over HTTP, and what all of them have.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderValue;

use super::{ClientBuilder, configuration};
use crate::runtime::endpoint::{Configure, USER_AGENT};
use crate::runtime::header::header;

impl ClientBuilder {
    /// Limits the time to connect. Default: 10 seconds. An HTTP client or transport of your own has
    /// its own limit.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Uses this HTTP client instead of one of its own.
    ///
    /// Its settings are kept. Turn off redirects, because a redirect can send the body of a request
    /// to another host, and retries (`retry::never()`), because they are not counted. Calls that
    /// must not be repeated use its pooled connections, too, unless it keeps none
    /// (`pool_max_idle_per_host(0)`). Without this setting each of them gets a new connection.
    ///
    /// Blocking calls use its connections, too. A connection is driven by the runtime that opened
    /// it, so a blocking call on a thread of a running runtime may wait for ever. Build a second
    /// [`Client`](crate::Client) for blocking calls, or one without this setting, which keeps their connections
    /// separate.
    pub fn http_client(self, http: reqwest::Client) -> Self {
        self.transport(http)
    }

    /// Changes the HTTP client that this client makes for itself: root certificates, a client
    /// certificate (`mutualTLS`), a proxy, DNS, keep-alive.
    ///
    /// Unlike [`http_client`](Self::http_client), this keeps what calls rely on: no redirects, no
    /// retries that are not counted, a new connection for each call that must not be repeated, and
    /// connections of their own for blocking calls. So the function is called for each of them, and
    /// cannot change these settings.
    ///
    /// ```text
    /// let certificate = reqwest::Certificate::from_pem(&std::fs::read("root.pem")?)?;
    /// builder.configure_http(move |http| http.tls_certs_merge([certificate.clone()]))
    /// ```
    pub fn configure_http(
        mut self,
        configure: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.configure_http = Some(Configure(Arc::new(configure)));
        self
    }

    /// Ignores `HTTPS_PROXY` and the other variables for proxies, and connects directly.
    pub fn no_proxy(mut self) -> Self {
        self.no_proxy = true;
        self
    }

    /// Sends a header with each request, unless the call sets it itself.
    pub fn default_header(mut self, name: &str, value: &str) -> Self {
        match header(name, value) {
            Ok((name, mut value)) => {
                value.set_sensitive(self.service.hides(&name));
                self.defaults.headers.push((name, value));
            }
            Err(reason) => self.fault(configuration(reason)),
        }
        self
    }

    /// Sends a pair in the query of each request, unless the call sets one of this name itself.
    pub fn default_query(mut self, name: &str, value: impl ToString) -> Self {
        self.defaults.query.push((name.to_owned(), value.to_string()));
        self
    }

    /// Adds a product such as `my-app/1.0` to `User-Agent`, before the name and version of this
    /// crate (RFC 9110, 10.1.5: the most important product is first). A
    /// [`transport`](Self::transport) of your own sets its own `User-Agent` if you do not use this.
    pub fn user_agent(mut self, product: &str) -> Self {
        let is_text = product.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        match HeaderValue::from_str(&format!("{product} {USER_AGENT}")) {
            Ok(value) if is_text && !product.trim().is_empty() => self.user_agent = Some(value),
            _ => self.fault(configuration(format!("{product:?} cannot be a user agent"))),
        }
        self
    }
}
