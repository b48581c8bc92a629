//! One look into a bucket: for an object, or for what lies below a prefix.

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use object_store::aws::AmazonS3;
use object_store::list::{PaginatedListOptions, PaginatedListStore};
use object_store::path::Path;
use object_store::{Error, GetResult, ObjectMeta, ObjectStoreExt};
use reqwest::StatusCode;

use super::{FetchError, FetchProgress, Fetched, Part, verdict};

/// A look for a key.
pub struct Look<'a> {
    pub store: &'a AmazonS3,
    pub key: &'a str,
    pub most: usize,
    pub told: &'a FetchProgress,
}

impl Look<'_> {
    /// The object, or what lies below it.
    pub async fn find(&self) -> Result<Fetched, FetchError> {
        if self.key.ends_with('/') {
            return self.below(self.list().await?).await;
        }
        let failure = match self.object(&path(self.key)?).await {
            Ok(found) => return Ok(Fetched::Found(self.whole(found).await?)),
            Err(error) => judge(error),
        };
        match failure {
            Ok(Fetched::NotYet(status)) => self.listed(status).await,
            // Some stores fail in this way where a key is a folder of theirs.
            Err(error) if error.passes && error.status.is_some() => match self.list().await {
                Ok(listed) if !self.parts(listed.clone()).is_empty() => self.below(listed).await,
                _ => Err(error),
            },
            other => other,
        }
    }

    /// Who may list can be told more of what was not found than this status says.
    async fn listed(&self, status: StatusCode) -> Result<Fetched, FetchError> {
        match self.list().await {
            Ok(listed) if self.is_unreadable(&listed, status) => {
                let message = "they are there, and there is no permission to read them";
                Err(FetchError::lasting(message).with_status(status))
            }
            Ok(listed) => self.below(listed).await,
            Err(error) if error.status == Some(StatusCode::FORBIDDEN) => {
                Ok(Fetched::NotYet(status))
            }
            Err(error) => Err(error),
        }
    }

    fn is_unreadable(&self, listed: &[ObjectMeta], status: StatusCode) -> bool {
        let is_it = |object: &ObjectMeta| object.location.as_ref() == self.key && object.size > 0;
        status == StatusCode::FORBIDDEN && listed.iter().any(is_it)
    }

    async fn object(&self, path: &Path) -> Result<GetResult, Error> {
        self.store.get(path).await
    }

    /// All objects whose keys begin with this one.
    async fn list(&self) -> Result<Vec<ObjectMeta>, FetchError> {
        let (mut listed, mut page) = (Vec::new(), None);
        loop {
            let options = PaginatedListOptions { page_token: page, ..Default::default() };
            let got = self.store.list_paginated(Some(self.key), options).await;
            let got = match got.map_err(judge) {
                Ok(got) => got,
                Err(Err(error)) => return Err(error),
                Err(Ok(_)) => {
                    let message = "there is no permission to list the objects below the prefix";
                    return Err(FetchError::lasting(message).with_status(StatusCode::FORBIDDEN));
                }
            };
            listed.extend(got.result.objects);
            page = got.page_token;
            if page.is_none() {
                return Ok(listed);
            }
        }
    }

    /// The parts among what was listed, in the order of their keys.
    fn parts(&self, listed: Vec<ObjectMeta>) -> Vec<ObjectMeta> {
        let folder = format!("{}/", self.key.trim_end_matches('/'));
        let is_part = |object: &ObjectMeta| {
            let name = object.location.as_ref().strip_prefix(&folder);
            // Spark marks by such names what is no data, or is not complete.
            name.is_some_and(|name| !name.split('/').any(|step| step.starts_with(['_', '.'])))
                && object.size > 0
        };
        let mut parts: Vec<_> = listed.into_iter().filter(is_part).collect();
        parts.sort_by(|one, two| one.location.as_ref().cmp(two.location.as_ref()));
        parts
    }

    async fn below(&self, listed: Vec<ObjectMeta>) -> Result<Fetched, FetchError> {
        let parts = self.parts(listed);
        let size = parts.iter().fold(0_u64, |size, part| size.saturating_add(part.size));
        if size > self.most as u64 {
            return Err(FetchError::too_large(self.most));
        }
        self.told.expect(size);
        let mut fetched = Vec::new();
        for part in &parts {
            let found = self.object(&part.location).await.map_err(unreadable)?;
            let name = Some(part.location.to_string());
            fetched.push(Part { name, bytes: self.whole(found).await? });
        }
        match fetched.len() {
            0 => Ok(Fetched::NotYet(StatusCode::NOT_FOUND)),
            1 => Ok(Fetched::Found(fetched.swap_remove(0).bytes)),
            _ if self.is_unchanged(&parts).await? => Ok(Fetched::Parts(fetched)),
            _ => Err(FetchError::passing("further parts are still written below the prefix")),
        }
    }

    /// Whether no part has come while they were fetched: nothing else tells that they are all.
    async fn is_unchanged(&self, parts: &[ObjectMeta]) -> Result<bool, FetchError> {
        let now = self.parts(self.list().await?);
        let same = |(one, two): (&ObjectMeta, &ObjectMeta)| {
            one.location == two.location && one.size == two.size
        };
        Ok(now.len() == parts.len() && now.iter().zip(parts).all(same))
    }

    async fn whole(&self, found: GetResult) -> Result<Bytes, FetchError> {
        let too_large = || FetchError::too_large(self.most);
        if found.meta.size > self.most as u64 {
            return Err(too_large());
        }
        if self.told.expected().is_none() {
            self.told.expect(found.meta.size);
        }
        let mut stream = found.into_stream();
        let mut whole = BytesMut::new();
        while let Some(piece) =
            std::future::poll_fn(|context| stream.as_mut().poll_next(context)).await
        {
            let piece = piece
                .map_err(|error| FetchError::passing("they were cut off").with_source(error))?;
            if whole.len() + piece.len() > self.most {
                return Err(too_large());
            }
            self.told.add(piece.len());
            whole.extend_from_slice(&piece);
        }
        Ok(whole.freeze())
    }
}

fn path(key: &str) -> Result<Path, FetchError> {
    Path::parse(key).map_err(|error| {
        FetchError::refused("the key is none that can be asked for").with_source(error)
    })
}

/// A part that was listed and cannot be had: that it is gone may pass.
fn unreadable(error: Error) -> FetchError {
    match judge(error) {
        Err(error) => error,
        Ok(Fetched::NotYet(StatusCode::FORBIDDEN)) => {
            let message = "they are there, and there is no permission to read them";
            FetchError::lasting(message).with_status(StatusCode::FORBIDDEN)
        }
        Ok(_) => FetchError::passing("a part that was listed is gone"),
    }
}

/// What an error of the library means, which keeps status and body in words only.
fn judge(error: Error) -> Result<Fetched, FetchError> {
    let said = format!("{error:?}");
    let Some(status) = status(&error, &said) else {
        return Err(FetchError::passing("S3 could not be reached").with_source(error));
    };
    match verdict::of(status, &said) {
        Err(failure) if status == StatusCode::UNAUTHORIZED || is_about_credentials(&said) => {
            let message = format!("S3 does not take the credentials: {failure}");
            Err(FetchError::lasting(message).with_status(status).with_source(error))
        }
        Err(failure) => Err(failure.with_source(error)),
        found => found,
    }
}

fn status(error: &Error, said: &str) -> Option<StatusCode> {
    match error {
        Error::NotFound { .. } => Some(StatusCode::NOT_FOUND),
        Error::PermissionDenied { .. } => Some(StatusCode::FORBIDDEN),
        Error::Unauthenticated { .. } => Some(StatusCode::UNAUTHORIZED),
        _ if said.contains("BareRedirect") => Some(StatusCode::MOVED_PERMANENTLY),
        _ => {
            let (_, rest) = said.split_once("status: ")?;
            rest.get(..3)?.parse().ok()
        }
    }
}

fn is_about_credentials(said: &str) -> bool {
    const CODES: [&str; 4] =
        ["ExpiredToken", "InvalidAccessKeyId", "InvalidToken", "SignatureDoesNotMatch"];
    verdict::code(said).is_some_and(|code| CODES.contains(&code))
}
