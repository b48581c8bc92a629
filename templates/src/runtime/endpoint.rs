//! Where a client sends its requests, and by what.

use std::time::Duration;

use reqwest::{ClientBuilder, Request};
use url::{Host, ParseError, Url};

use super::builder::configuration;
use super::{Error, Sending, Transport};

/// The name and the version of this crate (RFC 9110, 10.1.5).
pub const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
/// How long an attempt may take to connect, unless the caller says otherwise.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Shorter than the 5 seconds after which uvicorn closes a connection, so that no request is
/// sent on a connection that is about to be closed.
const IDLE_TIMEOUT: Duration = Duration::from_secs(4);

/// Where operations are called that have a server of their own.
#[derive(Clone, Copy)]
pub enum Servers {
    /// Where all others are: the caller has said where that is.
    One,
    /// At their servers.
    Described { allow_plain_http: bool },
}

/// A base URL that requests may be sent to.
pub fn checked_base_url(text: &str, allow_plain_http: bool) -> Result<Url, Error> {
    if let Some(fault) = without_scheme(text) {
        return Err(configuration(fault));
    }
    let url = checked_url("base URL", Url::parse(text), allow_plain_http)?;
    if url.query().is_some() || url.fragment().is_some() {
        return Err(configuration("the base URL has a query or a fragment"));
    }
    Ok(url)
}

/// What to write instead of `127.0.0.1:8765`, `localhost:8000` or `api.example.com/v1`.
fn without_scheme(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches("//");
    if text.is_empty() {
        return Some("the base URL is empty".to_owned());
    }
    let is_port = |rest: &str| rest.starts_with(|first: char| first.is_ascii_digit());
    let is_host = match Url::parse(text) {
        // `localhost:8000` is read as a scheme and a path.
        Ok(url) => !url.has_host() && is_port(url.path()),
        Err(error) => error == ParseError::RelativeUrlWithoutBase,
    };
    if !is_host {
        return None;
    }
    let local = Url::parse(&format!("http://{text}")).is_ok_and(|url| is_loopback(&url));
    let scheme = if local { "http" } else { "https" };
    // What stands before an `@` is a secret.
    let shown = text.rsplit('@').next().unwrap_or_default();
    Some(format!("the base URL has no scheme; write `{scheme}://{shown}`"))
}

/// A URL that credentials may be sent to.
pub fn checked_url(
    what: &str,
    url: Result<Url, ParseError>,
    allow_plain_http: bool,
) -> Result<Url, Error> {
    let refuse = |reason: &str| configuration(format!("the {what} {reason}"));
    let url = url.map_err(|error| refuse(&format!("cannot be read: {error}")))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refuse("has a user or password in it; set the credential instead"));
    }
    match url.scheme() {
        "https" => {}
        "http" if allow_plain_http || is_loopback(&url) => {}
        "http" => {
            return Err(refuse(
                "is plain http, which shows the credentials to all between; use https or `allow_plain_http`",
            ));
        }
        _ => return Err(refuse("is neither http nor https")),
    }
    Ok(url)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Whether this build can speak `https` by itself.
pub const HAS_TLS: bool = cfg!(any(feature = "native-tls", feature = "rustls"));

/// HTTP by reqwest, as a client uses it that brings no transport of its own.
#[derive(Debug)]
pub struct Http {
    pooled: reqwest::Client,
    /// Closes each connection after its reply.
    apart: reqwest::Client,
}

impl Http {
    pub fn new(no_proxy: bool, connect_timeout: Duration, scheme: &str) -> Result<Self, Error> {
        if !HAS_TLS && scheme == "https" {
            return Err(configuration(
                "this build has no TLS for https; turn on the feature `rustls` or `native-tls`, or set a transport",
            ));
        }
        let built = |idle| {
            let client =
                http_client(no_proxy, connect_timeout).pool_max_idle_per_host(idle).build();
            client
                .map_err(|error| configuration("the HTTP client cannot be made").with_source(error))
        };
        Ok(Self { pooled: built(usize::MAX)?, apart: built(0)? })
    }
}

impl Transport for Http {
    fn send(&self, request: Request) -> Sending<'_> {
        self.pooled.send(request)
    }

    fn send_apart(&self, request: Request) -> Sending<'_> {
        self.apart.send(request)
    }
}

fn http_client(no_proxy: bool, connect_timeout: Duration) -> ClientBuilder {
    let builder = reqwest::Client::builder();
    let builder = if no_proxy { builder.no_proxy() } else { builder };
    builder
        .user_agent(USER_AGENT)
        .redirect(reqwest::redirect::Policy::none())
        // What is sent again is decided, counted and told in `send`.
        .retry(reqwest::retry::never())
        .connect_timeout(connect_timeout)
        .pool_idle_timeout(IDLE_TIMEOUT)
}
