//! Results in S3, fetched with the caller's own AWS credentials.

use std::fmt;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{GetResult, ObjectStoreExt};
use reqwest::StatusCode;

use super::{Fetch, FetchError, Fetched, Fetching, Place};
use crate::runtime::Error;

/// Fetches `s3://bucket/key` with AWS credentials of your own.
///
/// They go to AWS and not to the service, whose credential in turn does not go there. Addresses
/// on the web are fetched by [`Web`](super::Web).
#[derive(Clone)]
pub struct S3 {
    settings: AmazonS3Builder,
    bucket: Option<String>,
    web: super::Web,
}

impl S3 {
    /// Takes region and credentials from the environment: `AWS_REGION`, `AWS_ACCESS_KEY_ID` and
    /// the like, or the role of the machine.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) where no HTTP client can be
    /// made.
    pub fn from_env() -> Result<Self, Error> {
        Self::new(AmazonS3Builder::from_env())
    }

    /// Takes region, endpoint and credentials from a builder; the bucket is set for each place.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) where no HTTP client can be
    /// made.
    pub fn new(settings: AmazonS3Builder) -> Result<Self, Error> {
        Ok(Self { settings, bucket: None, web: super::Web::new()? })
    }

    /// Where to look for keys without a bucket.
    #[must_use]
    pub fn bucket(self, bucket: impl Into<String>) -> Self {
        Self { bucket: Some(bucket.into()), ..self }
    }

    fn store(&self, bucket: &str) -> Result<AmazonS3, FetchError> {
        self.settings.clone().with_bucket_name(bucket).build().map_err(|error| {
            FetchError::lasting("the settings for S3 are not complete").with_source(error)
        })
    }

    async fn get(&self, bucket: &str, key: &str, most: usize) -> Result<Fetched, FetchError> {
        let path = Path::parse(key).map_err(|error| {
            FetchError::refused("the key is none that S3 takes").with_source(error)
        })?;
        match self.store(bucket)?.get(&path).await {
            Ok(found) => Ok(Fetched::Found(whole(found, most).await?)),
            Err(error) => missing(error),
        }
    }
}

/// The credentials are in the settings.
impl fmt::Debug for S3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3").field("bucket", &self.bucket).finish_non_exhaustive()
    }
}

impl Fetch for S3 {
    fn fetch<'a>(&'a self, place: &'a Place, most: usize) -> Fetching<'a> {
        match (place, &self.bucket) {
            (Place::S3 { bucket, key }, _) | (Place::Key(key), Some(bucket)) => {
                Box::pin(self.get(bucket, key, most))
            }
            (Place::Key(_), None) => Box::pin(async {
                Err(FetchError::refused(
                    "they are at a key without a bucket; set it by `S3::bucket`",
                ))
            }),
            (Place::Web(_), _) => self.web.fetch(place, most),
        }
    }
}

fn missing(error: object_store::Error) -> Result<Fetched, FetchError> {
    use object_store::Error::{NotFound, PermissionDenied, Unauthenticated};
    match error {
        NotFound { .. } => Ok(Fetched::NotYet(StatusCode::NOT_FOUND)),
        // So S3 says that something is not there to who may not list the bucket.
        PermissionDenied { .. } if !is_about_credentials(&error) => {
            Ok(Fetched::NotYet(StatusCode::FORBIDDEN))
        }
        PermissionDenied { .. } | Unauthenticated { .. } => {
            Err(FetchError::lasting("S3 does not take the credentials").with_source(error))
        }
        _ => Err(FetchError::passing("S3 could not be reached").with_source(error)),
    }
}

/// The codes of S3 that waiting does not change (Amazon S3 API Reference, "Error responses").
fn is_about_credentials(error: &object_store::Error) -> bool {
    const CODES: [&str; 3] = ["ExpiredToken", "InvalidAccessKeyId", "SignatureDoesNotMatch"];
    let said = format!("{error:?}");
    CODES.iter().any(|code| said.contains(code))
}

async fn whole(found: GetResult, most: usize) -> Result<Bytes, FetchError> {
    let most_bytes = u64::try_from(most).unwrap_or(u64::MAX);
    if found.meta.size > most_bytes {
        return Err(FetchError::too_large(most));
    }
    let mut stream = found.into_stream();
    let mut whole = BytesMut::new();
    while let Some(piece) = std::future::poll_fn(|context| stream.as_mut().poll_next(context)).await
    {
        let piece =
            piece.map_err(|error| FetchError::passing("they were cut off").with_source(error))?;
        if whole.len() + piece.len() > most {
            return Err(FetchError::too_large(most));
        }
        whole.extend_from_slice(&piece);
    }
    Ok(whole.freeze())
}
