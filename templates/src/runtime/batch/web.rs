//! Results on the web, usually at a presigned URL.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use reqwest::{Method, Request, StatusCode};
use url::Url;

use super::place::is_local;
use super::{Fetch, FetchError, FetchProgress, Fetched, Fetching, Place, verdict};
use crate::runtime::platform::{Http, Response};
use crate::runtime::{Error, Transport, TransportError, attempt, endpoint};

/// Fetches from the web, by plain GET requests without credentials, cookies or a referrer. It does
/// not follow redirects, and uses only `https` and public host names.
#[derive(Clone, Debug)]
pub struct Web {
    transport: Arc<dyn Transport>,
    local: bool,
}

impl Web {
    /// Fetches with a connection pool of its own.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if no HTTP client can be
    /// made.
    pub fn new() -> Result<Self, Error> {
        let settings = endpoint::HttpSettings {
            connect_timeout: endpoint::CONNECT_TIMEOUT,
            ..endpoint::HttpSettings::default()
        };
        Ok(Self::by(Http::new(settings, "https")?))
    }

    /// Fetches by this transport: an HTTP client with your own settings, which should not follow
    /// redirects or add headers, or a replacement in a test.
    pub fn by(transport: impl Transport) -> Self {
        Self::over(Arc::new(transport))
    }

    /// Fetches with the proxy, TLS and connections of a client. The credentials and other headers
    /// that a client adds to its calls are not part of its transport.
    pub(super) fn over(transport: Arc<dyn Transport>) -> Self {
        Self { transport, local: false }
    }

    /// Also fetches from IP addresses, from local names, and by plain `http`.
    #[must_use]
    pub fn allow_local(self) -> Self {
        Self { local: true, ..self }
    }

    async fn get(
        &self,
        url: &Url,
        most: usize,
        told: &FetchProgress,
    ) -> Result<Fetched, FetchError> {
        let sending = self.transport.send(Request::new(Method::GET, url.clone()));
        let response = sending.await.map_err(|error| {
            FetchError::passing("the store could not be reached").with_source(error)
        })?;
        if response.status() == StatusCode::OK {
            return Ok(Fetched::Found(body(response, most, told).await?));
        }
        verdict_of(response).await
    }
}

impl Fetch for Web {
    fn fetch<'a>(&'a self, place: &'a Place, most: usize) -> Fetching<'a> {
        Box::pin(async move { self.fetch_telling(place, most, &FetchProgress::default()).await })
    }

    fn fetch_telling<'a>(
        &'a self,
        place: &'a Place,
        most: usize,
        told: &'a FetchProgress,
    ) -> Fetching<'a> {
        Box::pin(async move {
            let Place::Web(url) = place else { return Err(no_web(place)) };
            if !self.local && (is_local(url) || url.scheme() != "https") {
                return Err(FetchError::refused(
                    "they are not at a public name by https; `Web::allow_local` allows that",
                ));
            }
            self.get(url, most, told).await
        })
    }
}

/// How to fetch from a location that is not on the web.
pub(super) fn no_web(place: &Place) -> FetchError {
    let place = place.shown();
    let what = if cfg!(feature = "s3") {
        "fetch them by `S3` and `fetch_by`, or by a `Fetch` of your own"
    } else {
        "turn on the feature `s3`, or fetch them by a `Fetch` of your own and `fetch_by`"
    };
    FetchError::refused(format!("they are at `{place}`, which is not a URL: {what}"))
}

async fn body(
    mut response: Response,
    most: usize,
    told: &FetchProgress,
) -> Result<Bytes, FetchError> {
    response.content_length().into_iter().for_each(|bytes| told.expect(bytes));
    let mut pieces = BytesMut::new();
    loop {
        match response.chunk().await {
            Ok(None) => return Ok(pieces.freeze()),
            Ok(Some(piece)) if pieces.len() + piece.len() <= most => {
                told.add(piece.len());
                pieces.extend_from_slice(&piece);
            }
            Ok(Some(_)) => return Err(FetchError::too_large(most)),
            Err(error) => {
                let error = TransportError::from(error);
                return Err(FetchError::passing("they were cut off").with_source(error));
            }
        }
    }
}

async fn verdict_of(mut response: Response) -> Result<Fetched, FetchError> {
    const SHORT: usize = 4096;
    let said = attempt::whole_body(&mut response, SHORT).await.unwrap_or_default();
    verdict::of(response.status(), &String::from_utf8_lossy(&said))
}
