//! Where a client sends its requests, and by what.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::ClientBuilder;
use url::{Host, ParseError, Url};

use super::Error;
use super::builder::configuration;

/// The name and the version of this crate (RFC 9110, 10.1.5).
pub const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
/// How long an attempt may take to connect, unless the caller says otherwise.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

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

/// Whether this build can speak `https` by itself. A browser always can.
pub const HAS_TLS: bool =
    cfg!(any(feature = "native-tls", feature = "rustls", target_arch = "wasm32"));

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

/// Whether this is the thread on which blocking calls are made.
pub fn is_blocking() -> bool {
    #[cfg(feature = "blocking")]
    return super::blocking::is_here();
    #[cfg(not(feature = "blocking"))]
    false
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
