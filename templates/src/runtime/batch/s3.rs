//! Results in S3, fetched with the caller's own AWS credentials.

use std::fmt;
use std::time::Duration;

use object_store::aws::{AmazonS3, AmazonS3Builder, AmazonS3ConfigKey};
use object_store::{RetryConfig, aws::AwsCredentialProvider};

use super::place::{AccessPoint, is_bucket};
use super::s3_look::Look;
use super::{Fetch, FetchError, FetchProgress, Fetched, Fetching, Place};
use crate::runtime::Error;

/// Fetches `s3://bucket/key` with AWS credentials of your own.
///
/// They are sent to AWS and not to the service, and the service's credential is not sent to AWS.
/// URLs are fetched by [`Web`](super::Web).
///
/// | place | what is fetched |
/// |---|---|
/// | `s3://bucket/key`, `arn:aws:s3:::bucket/key` | the object; where there is none, what lies below `key/` |
/// | `s3://bucket/run/` | what lies below: one object, or several that are one table, in the order of their keys |
/// | `bucket/key` | the same; with [`bucket`](Self::bucket), `key` or `bucket/key` in that bucket |
/// | `key` | the object in that bucket |
///
/// Below a prefix, empty objects and those that begin with `_` or `.` are ignored, because Spark
/// writes `_SUCCESS`. A prefix needs the permission to list. With it, S3 also distinguishes what is
/// not there yet from what may not be read.
#[derive(Clone)]
pub struct S3 {
    settings: AmazonS3Builder,
    bucket: Option<String>,
    web: super::Web,
}

/// A bucket, a key in it, and whether the bucket is a guess.
type Candidate<'a> = (&'a str, &'a str, bool);

impl S3 {
    /// Reads the region and the credentials from the environment: `AWS_REGION`, `AWS_ACCESS_KEY_ID`
    /// and others, or the role of the machine.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if no HTTP client can be
    /// made.
    pub fn from_env() -> Result<Self, Error> {
        // A wait looks again by itself, so that a machine without a role is soon told.
        let retry = RetryConfig {
            max_retries: 2,
            retry_timeout: Duration::from_secs(10),
            ..RetryConfig::default()
        };
        Self::new(AmazonS3Builder::from_env().with_retry(retry))
    }

    /// Takes the region, endpoint and credentials from a builder. The bucket is set for each
    /// location.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if no HTTP client can be
    /// made.
    pub fn new(settings: AmazonS3Builder) -> Result<Self, Error> {
        Ok(Self { settings, bucket: None, web: super::Web::new()? })
    }

    /// Sets the bucket of keys without a bucket.
    ///
    /// A key that begins with the name of this bucket is first looked up without it.
    #[must_use]
    pub fn bucket(self, bucket: impl Into<String>) -> Self {
        Self { bucket: Some(bucket.into()), ..self }
    }

    fn store(&self, bucket: &str) -> Result<AmazonS3, FetchError> {
        let settings = self.settings.clone();
        let has_endpoint = settings.get_config_value(&AmazonS3ConfigKey::Endpoint).is_some();
        let settings = match AccessPoint::parse(bucket) {
            None => settings.with_bucket_name(bucket),
            // S3-compatible stores have buckets only.
            Some(point) if has_endpoint => settings.with_bucket_name(point.name),
            Some(AccessPoint { name, account, region, domain }) => settings
                .with_endpoint(format!("https://{name}-{account}.s3-accesspoint.{region}.{domain}"))
                .with_virtual_hosted_style_request(true)
                .with_region(region)
                .with_bucket_name(name),
        };
        settings.build().map_err(|error| {
            FetchError::configuration("the settings for S3 are not complete").with_source(error)
        })
    }

    async fn look(
        &self,
        (bucket, key, is_guess): Candidate<'_>,
        most: usize,
        told: &FetchProgress,
    ) -> Result<Fetched, FetchError> {
        let store = self.store(bucket)?;
        signed(store.credentials()).await?;
        let found = Look { store: &store, key, most, told }.find().await;
        found.map_err(|error| match error.to_string().contains("NoSuchBucket") {
            true if is_guess => FetchError::refused(format!(
                "`{bucket}`, taken from `{bucket}/{key}`, is not a bucket; set the bucket by `S3::bucket`"
            )),
            _ => error,
        })
    }

    /// Where `bucket/key` or `key` may be.
    fn candidates<'a>(&'a self, text: &'a str) -> Result<Vec<Candidate<'a>>, FetchError> {
        let parts = text.split_once('/').filter(|(_, key)| !key.is_empty());
        match (&self.bucket, parts) {
            (Some(bucket), Some((first, key))) if first == bucket => {
                Ok(vec![(bucket, key, false), (bucket, text, false)])
            }
            (Some(bucket), _) => Ok(vec![(bucket, text, false)]),
            (None, Some((first, key))) if is_bucket(first) => Ok(vec![(first, key, true)]),
            (None, _) => Err(FetchError::refused(format!(
                "`{text}` is a key without a bucket; set the bucket by `S3::bucket`"
            ))),
        }
    }

    async fn first_of(
        &self,
        candidates: Vec<Candidate<'_>>,
        most: usize,
        told: &FetchProgress,
    ) -> Result<Fetched, FetchError> {
        let mut missing = None;
        for candidate in candidates {
            match self.look(candidate, most, told).await? {
                Fetched::NotYet(status) => missing = missing.or(Some(status)),
                found => return Ok(found),
            }
        }
        missing.map(Fetched::NotYet).ok_or_else(|| FetchError::refused("they are nowhere"))
    }
}

/// Credentials that cannot be had do not come by waiting for results.
async fn signed(credentials: &AwsCredentialProvider) -> Result<(), FetchError> {
    credentials.get_credential().await.map(drop).map_err(|error| {
        FetchError::configuration(
            "there are no AWS credentials; set `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, or run where there is \
             a role",
        )
        .with_source(error)
    })
}

/// The credentials are in the settings.
impl fmt::Debug for S3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3").field("bucket", &self.bucket).finish_non_exhaustive()
    }
}

impl Fetch for S3 {
    fn fetch<'a>(&'a self, place: &'a Place, most: usize) -> Fetching<'a> {
        Box::pin(async move { self.fetch_telling(place, most, &FetchProgress::default()).await })
    }

    fn fetch_telling<'a>(
        &'a self,
        place: &'a Place,
        most: usize,
        told: &'a FetchProgress,
    ) -> Fetching<'a> {
        match place {
            Place::S3 { bucket, key } => Box::pin(self.look((bucket, key, false), most, told)),
            Place::Key(text) => {
                Box::pin(async move { self.first_of(self.candidates(text)?, most, told).await })
            }
            Place::Web(_) => self.web.fetch_telling(place, most, told),
        }
    }
}
