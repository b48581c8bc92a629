//! Where a client sends its requests, and by what.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::{ClientBuilder, Request};
use url::{Host, ParseError, Url};

use super::builder::configuration;
use super::progress::tracked;
use super::{Error, SendProgress, Sending, Transport};

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

/// A base URL with the path of the described server, unless it has a path of its own.
pub fn with_base_path(mut base_url: Url, path: Option<&str>) -> Url {
    if base_url.path() == "/" {
        path.iter().for_each(|path| base_url.set_path(path));
    }
    base_url
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
///
/// A connection is driven by the runtime that opened it, which stands still while one of its
/// threads makes a blocking call. So blocking calls have connections of their own, driven by
/// theirs.
#[derive(Debug)]
pub struct Http {
    settings: HttpSettings,
    pools: Pools,
    /// Made when the first blocking call is.
    blocking: OnceLock<Pools>,
}

/// How the HTTP client of a client is made.
#[derive(Clone, Debug, Default)]
pub struct HttpSettings {
    pub no_proxy: bool,
    pub connect_timeout: Duration,
    pub configure: Option<Configure>,
}

/// What the caller changes in an HTTP client.
#[derive(Clone)]
pub struct Configure(pub Arc<dyn Fn(ClientBuilder) -> ClientBuilder + Send + Sync>);

impl fmt::Debug for Configure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Configure")
    }
}

#[derive(Clone, Debug)]
struct Pools {
    shared: reqwest::Client,
    /// Closes each connection after its reply.
    apart: reqwest::Client,
}

impl Http {
    pub fn new(settings: HttpSettings, scheme: &str) -> Result<Self, Error> {
        if !HAS_TLS && scheme == "https" {
            return Err(configuration(
                "this build has no TLS for https; turn on the feature `rustls` or `native-tls`, or set a transport",
            ));
        }
        let pools = Pools::new(&settings)
            .map_err(|error| configuration("the HTTP client cannot be made").with_source(error))?;
        Ok(Self { settings, pools, blocking: OnceLock::new() })
    }

    fn pools(&self) -> &Pools {
        if !is_blocking() {
            return &self.pools;
        }
        // What could be made once can be made again.
        let made = || Pools::new(&self.settings).unwrap_or_else(|_| self.pools.clone());
        self.blocking.get_or_init(made)
    }
}

impl Pools {
    fn new(settings: &HttpSettings) -> Result<Self, reqwest::Error> {
        let built = |idle| http_client(settings).pool_max_idle_per_host(idle).build();
        Ok(Self { shared: built(usize::MAX)?, apart: built(0)? })
    }
}

/// Whether this is the thread on which blocking calls are made.
pub fn is_blocking() -> bool {
    #[cfg(feature = "blocking")]
    return super::blocking::is_here();
    #[cfg(not(feature = "blocking"))]
    false
}

impl Transport for Http {
    fn send(&self, request: Request) -> Sending<'_> {
        self.pools().shared.send(request)
    }

    fn send_apart(&self, request: Request) -> Sending<'_> {
        self.pools().apart.send(request)
    }

    fn send_tracked(&self, request: Request, apart: bool, progress: SendProgress) -> Sending<'_> {
        let pools = self.pools();
        tracked(if apart { &pools.apart } else { &pools.shared }, request, progress)
    }
}

fn http_client(settings: &HttpSettings) -> ClientBuilder {
    let builder = reqwest::Client::builder();
    let builder = if settings.no_proxy { builder.no_proxy() } else { builder };
    let builder = builder.user_agent(USER_AGENT).connect_timeout(settings.connect_timeout);
    let configured = settings.configure.iter();
    let builder = configured.fold(builder, |builder, Configure(configure)| configure(builder));
    // What calls rely on is set last.
    builder
        .redirect(reqwest::redirect::Policy::none())
        // What is sent again is decided, counted and told in `send`.
        .retry(reqwest::retry::never())
        // `unpack` does that to the end, whatever features of reqwest others turn on.
        .no_gzip()
        .no_brotli()
        .no_deflate()
        .no_zstd()
        .pool_idle_timeout(IDLE_TIMEOUT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_described_path_follows_a_base_url_without_one() {
        for (base_url, path, expected) in [
            ("https://example.com", Some("/api/v3"), "https://example.com/api/v3"),
            ("https://example.com/", Some("/api/v3"), "https://example.com/api/v3"),
            ("https://example.com/gateway", Some("/api/v3"), "https://example.com/gateway"),
            ("https://example.com", None, "https://example.com/"),
        ] {
            let url = with_base_path(Url::parse(base_url).expect("a URL"), path);
            assert_eq!(url.as_str(), expected);
        }
    }
}
