//! Requests that a function of the caller signs.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use reqwest::header::HeaderMap;
use reqwest::{Body, Method, Request, Url};

use super::ClientBuilder;
use super::hooks::BoxError;

type Sign = dyn Fn(RequestToSign) -> BoxFuture<'static, Result<HeaderMap, BoxError>> + Send + Sync;

/// One sending of a request, as a function that signs it sees it.
///
/// It has all that is sent but credentials in headers, which are never shown.
#[derive(Clone)]
#[non_exhaustive]
pub struct RequestToSign {
    /// The method.
    pub method: Method,
    /// The URL, with the path and the query as they are sent.
    pub url: Url,
    /// The headers, apart from credentials.
    pub headers: HeaderMap,
    /// The body; empty if there is none, or if it is a stream or a file.
    pub body: Bytes,
    /// Whether the body is a stream or a file, which is read while it is sent.
    pub is_streamed: bool,
}

/// The URL and the headers are not shown, as both may hold a secret.
impl fmt::Debug for RequestToSign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} with {} bytes to sign", self.method, self.body.len())
    }
}

impl RequestToSign {
    fn new(request: &Request) -> Self {
        let shown = request.headers().iter().filter(|(_, value)| !value.is_sensitive());
        let bytes = request.body().map(Body::as_bytes);
        Self {
            method: request.method().clone(),
            url: request.url().clone(),
            headers: shown.map(|(name, value)| (name.clone(), value.clone())).collect(),
            body: Bytes::copy_from_slice(bytes.flatten().unwrap_or_default()),
            is_streamed: bytes == Some(None),
        }
    }
}

/// The function that signs.
#[derive(Clone)]
pub struct Signer(Arc<Sign>);

impl Signer {
    /// Adds what the function returns to the headers of a request.
    pub async fn sign(&self, request: &mut Request) -> Result<(), BoxError> {
        let signed = (self.0)(RequestToSign::new(request)).await?;
        for (name, value) in &signed {
            let mut value = value.clone();
            value.set_sensitive(true);
            request.headers_mut().insert(name, value);
        }
        Ok(())
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("signs each attempt")
    }
}

impl ClientBuilder {
    /// Signs each attempt by this function, including retries, when it is about to be sent.
    ///
    /// The function sees the method, the URL, the headers and the body, and returns the headers to
    /// add, such as those of AWS Signature Version 4, or an HMAC of the body. They replace headers
    /// of the same names, and are not shown. If the function fails, the call fails with
    /// [`ErrorKind::SignIn`](super::ErrorKind::SignIn) and nothing is sent.
    ///
    /// ```text
    /// builder.sign_with(|request| async move {
    ///     let signature = keys.hmac(&request.body).await?;
    ///     Ok::<_, Error>(HeaderMap::from_iter([(SIGNATURE, signature.parse()?)]))
    /// })
    /// ```
    pub fn sign_with<F, E>(
        mut self,
        sign: impl Fn(RequestToSign) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Result<HeaderMap, E>> + Send + 'static,
        E: Into<BoxError>,
    {
        let sign = move |request: RequestToSign| {
            sign(request).map(|signed| signed.map_err(Into::into)).boxed()
        };
        self.signer = Some(Signer(Arc::new(sign)));
        self
    }
}
