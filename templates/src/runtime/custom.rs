//! Requests of no operation, for what a description leaves out.

use std::sync::Arc;

use reqwest::Method;
use serde::Serialize;
use serde_json::Value;

use super::hooks::{BeforeSending, BoxError};
use super::request_builder::Treatment;
use super::{Call, Client, Error, Operation, Parameter, Policy, Received, RetrySafety, Upload};

const SAFE: Policy = Policy::new(RetrySafety::Safe);
const UNSAFE: Policy = Policy::new(RetrySafety::Unsafe);

/// A request of no operation: what [`Client::request`] makes.
#[derive(Clone, Copy, Debug)]
pub struct CustomRequest;

/// The reply is any JSON; it is null if there is none.
impl Operation for CustomRequest {
    type Success = Value;
    const ID: &'static str = "custom request";
    const POLICY: Policy = UNSAFE;
    const ACCEPT: &'static str = "application/json, */*";
    const READ: fn(&Received) -> Result<Value, Error> = Received::any_json;
}

impl Client {
    /// A request that the description does not have. It is sent, limited and retried as any call.
    ///
    /// It has all credentials of the client. It is sent again where its method may be repeated
    /// (RFC 9110, 9.2.2). [`treated_as`](Call::treated_as) says otherwise. The path can have
    /// placeholders for [`with_path`](Call::with_path).
    ///
    /// ```text
    /// let reply = client.request(Method::POST, "/v1/books/{id}/lend").with_path("id", 7).await?;
    /// ```
    pub fn request(&self, method: Method, path: &'static str) -> Call<CustomRequest> {
        let policy = if method.is_idempotent() { &SAFE } else { &UNSAFE };
        let mut request = Call::<CustomRequest>::new(self, method, path).into_request();
        request.treatment = Some(Treatment { policy, security: None });
        Call::of(request)
    }
}

impl Call<CustomRequest> {
    /// Puts an encoded value in the place of `{name}` in the path.
    pub fn with_path(self, name: &str, value: impl Parameter) -> Self {
        self.path(name, value)
    }

    /// Sends this body as JSON.
    pub fn with_json(self, body: impl Serialize) -> Self {
        let mut request = self.into_request();
        match serde_json::to_vec(&body) {
            Ok(body) => request.body("application/json", body),
            Err(error) => request.refuse(format!("the body cannot be written as JSON: {error}")),
        }
        Self::of(request)
    }

    /// Sends these bytes with this media type.
    pub fn with_bytes(self, media_type: &'static str, body: impl Into<Upload>) -> Self {
        self.bytes(media_type, body)
    }

    /// Treats it as an operation is treated: with its rate limit, its credentials, its costs, and
    /// its rule for retries.
    pub fn treated_as<Op: Operation>(self) -> Self {
        let mut request = self.into_request();
        request.treatment = Some(Treatment { policy: &Op::POLICY, security: Some(Op::SECURITY) });
        Self::of(request)
    }

    /// The same by values, for programs that know operations as data.
    pub fn treated_by(
        self,
        policy: &'static Policy,
        security: &'static [&'static [&'static str]],
    ) -> Self {
        let mut request = self.into_request();
        request.treatment = Some(Treatment { policy, security: Some(security) });
        Self::of(request)
    }

    /// Calls this each time before the request is sent, after it has waited for its turn: for
    /// programs that record what they send. If it fails, nothing is sent, and the error is an
    /// [`ErrorKind::Request`](crate::ErrorKind::Request).
    pub fn before_sending<E: Into<BoxError>>(
        self,
        before: impl Fn() -> Result<(), E> + Send + Sync + 'static,
    ) -> Self {
        let mut request = self.into_request();
        request.before = Some(BeforeSending(Arc::new(move || before().map_err(Into::into))));
        Self::of(request)
    }

    /// Requests this path, which can have a query, in the place of the one that it was made with.
    /// All of it is encoded already: `/v1/books/a%2Fb?limit=5`.
    pub fn with_target(self, target: &str) -> Self {
        let mut request = self.into_request();
        request.target(target);
        Self::of(request)
    }
}

impl Received {
    fn any_json(&self) -> Result<Value, Error> {
        if self.body.is_empty() { Ok(Value::Null) } else { self.json() }
    }
}
