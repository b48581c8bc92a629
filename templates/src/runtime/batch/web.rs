//! Results on the web, as a rule behind a presigned URL.

use std::sync::Arc;

use bytes::Bytes;
use reqwest::{Method, Request, Response, StatusCode};
use url::Url;

use super::place::is_local;
use super::{Fetch, FetchError, Fetched, Fetching, Place};
use crate::runtime::{Error, Transport, attempt, endpoint};

/// Fetches from the web, by plain GETs that carry nothing of the caller: no credential, no
/// cookie, no referrer. It follows no redirects, and goes by `https` to public names only.
#[derive(Clone, Debug)]
pub struct Web {
    transport: Arc<dyn Transport>,
    local: bool,
}

impl Web {
    /// One with a connection pool of its own.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) where no HTTP client can be
    /// made.
    pub fn new() -> Result<Self, Error> {
        Ok(Self::by(endpoint::Http::new(false, endpoint::CONNECT_TIMEOUT, "https")?))
    }

    /// One that sends its requests by this: an HTTP client with settings of your own, which
    /// should follow no redirects, or what answers in a test.
    pub fn by(transport: impl Transport) -> Self {
        Self { transport: Arc::new(transport), local: false }
    }

    /// Goes to addresses without a name, to local names, and by plain `http` as well.
    #[must_use]
    pub fn allow_local(self) -> Self {
        Self { local: true, ..self }
    }

    async fn get(&self, url: &Url, most: usize) -> Result<Fetched, FetchError> {
        let sending = self.transport.send(Request::new(Method::GET, url.clone()));
        let response = sending.await.map_err(|error| {
            FetchError::passing("the store could not be reached").with_source(error)
        })?;
        let status = response.status();
        match status.as_u16() {
            200 => Ok(Fetched::Found(body(response, most).await?)),
            403 => forbidden(response).await,
            404 => Ok(Fetched::NotYet(status)),
            408 | 429 | 500.. => Err(answered(FetchError::passing, status)),
            _ => Err(answered(FetchError::lasting, status)),
        }
    }
}

impl Fetch for Web {
    fn fetch<'a>(&'a self, place: &'a Place, most: usize) -> Fetching<'a> {
        Box::pin(async move {
            let Place::Web(url) = place else { return Err(no_web(place)) };
            if !self.local && (is_local(url) || url.scheme() != "https") {
                return Err(FetchError::refused(
                    "they are not at a public name by https; `Web::allow_local` allows that",
                ));
            }
            self.get(url, most).await
        })
    }
}

fn no_web(place: &Place) -> FetchError {
    let place = place.shown();
    FetchError::refused(format!(
        "they are at `{place}`, which is no address on the web; use the feature `s3`, its `S3` and \
         `fetch_by`, or a `Fetch` of your own"
    ))
}

fn answered(make: fn(String) -> FetchError, status: StatusCode) -> FetchError {
    make(format!("the store answered with {status}")).with_status(status)
}

async fn body(mut response: Response, most: usize) -> Result<Bytes, FetchError> {
    attempt::whole_body(&mut response, most).await.map_err(|failure| match failure {
        attempt::Cut::TooLarge => FetchError::too_large(most),
        attempt::Cut::Lost(error) => FetchError::passing("they were cut off").with_source(error),
    })
}

/// S3 forbids what is not there, and says of a URL whose time is over that it is.
async fn forbidden(mut response: Response) -> Result<Fetched, FetchError> {
    const SHORT: usize = 4096;
    let status = response.status();
    let said = attempt::whole_body(&mut response, SHORT).await.unwrap_or_default();
    let over = ["Request has expired", "ExpiredToken"];
    let said = String::from_utf8_lossy(&said);
    if over.iter().any(|sign| said.contains(sign)) {
        let message =
            "the time of their presigned URL is over: submit no second batch, ask for a new URL";
        return Err(FetchError::lasting(message).with_status(status));
    }
    Ok(Fetched::NotYet(status))
}
