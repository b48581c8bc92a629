//! HTTP by reqwest.

use std::sync::OnceLock;
use std::time::Duration;

use reqwest::{ClientBuilder, Request};

use super::tracked::tracked;
use crate::runtime::builder::configuration;
use crate::runtime::endpoint::{Configure, HAS_TLS, HttpSettings, USER_AGENT, is_blocking};
use crate::runtime::{Error, SendProgress, Sending, Transport};

/// Shorter than the 5 seconds after which uvicorn closes a connection, so that no request is
/// sent on a connection that is about to be closed.
const IDLE_TIMEOUT: Duration = Duration::from_secs(4);

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

impl Transport for reqwest::Client {
    fn send(&self, request: Request) -> Sending<'_> {
        // Outside of the future, which would have to keep room for the request.
        let reply = self.execute(request);
        Box::pin(async { Ok(reply.await?) })
    }

    fn send_tracked(&self, request: Request, _: bool, progress: SendProgress) -> Sending<'_> {
        tracked(self, request, progress)
    }
}
