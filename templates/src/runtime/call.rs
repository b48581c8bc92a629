//! A call of an operation, from its arguments to its reply.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use reqwest::Method;
use serde::Serialize;

use super::client::Client;
use super::json::Json;
use super::request_builder::RequestBuilder;
use super::retry::Retry;
use super::{Error, Operation, Policy, Received, Reply, Upload, body, send};

mod constants;
mod parameters;

pub use constants::Constant;

/// A call of an operation. It has not been sent yet.
///
/// It is sent when it is awaited, or by [`send`](Self::send). Required parameters are arguments of
/// the method that returned it. Optional ones are set on it, as are the settings of a call.
#[must_use = "a call is sent when it is awaited, or by `send`"]
pub struct Call<Op> {
    /// Boxed, because a call is moved at each of its steps.
    request: Box<RequestBuilder>,
    operation: PhantomData<fn() -> Op>,
}

impl<Op> Call<Op> {
    pub(super) fn new(client: &Client, method: Method, path: &'static str) -> Self {
        Self::of(Box::new(RequestBuilder::new(client, method, path)))
    }

    pub(super) fn of(request: Box<RequestBuilder>) -> Self {
        Self { request, operation: PhantomData }
    }

    pub(super) fn into_request(self) -> Box<RequestBuilder> {
        self.request
    }

    /// Limits the time of an attempt of this call, instead of the client's setting.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.request.settings.timeout = timeout;
        self
    }

    /// Limits the time of the whole call: the queue, the attempts and the pauses between them.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.request.settings.deadline = Some(deadline);
        self
    }

    /// Sets how this call is retried, instead of the client's setting.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.request.settings.retry = retry;
        self
    }

    /// Turns retries off for this call.
    pub fn no_retry(self) -> Self {
        self.retry(Retry::times(0))
    }

    /// Adds a header to this call.
    ///
    /// It replaces a header that the client sends by itself, such as `Accept`, `User-Agent` or that
    /// of a credential (`Authorization`).
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request.header(name, value);
        self
    }

    /// Adds a member to the body of this call, which must be a JSON object: one that the description
    /// does not have.
    pub fn body_extra(mut self, name: &str, value: impl Serialize) -> Self {
        match serde_json::to_value(value) {
            Ok(value) => self.request.add_member(name, &value),
            Err(error) => {
                self.request.refuse(format!("`{name}` cannot be written as JSON: {error}"))
            }
        }
        self
    }

    pub(crate) fn json(self, body: &impl Json) -> Self {
        self.json_as("application/json", body)
    }

    pub(crate) fn json_as(mut self, media_type: &'static str, body: &impl Json) -> Self {
        match body::json(body) {
            Ok(bytes) => self.request.body(media_type, bytes),
            Err(error) => {
                self.request.refuse(format!("the body cannot be written as JSON: {error}"))
            }
        }
        self
    }

    pub(crate) fn form(self, body: &impl Json) -> Self {
        self.deep_form(body, &[])
    }

    /// A form in which some fields are written as `a[b]=1`.
    pub(crate) fn deep_form(self, body: &impl Json, deep: &[&str]) -> Self {
        self.styled_form(body, deep, &[])
    }

    /// The same, with some lists in one pair: `a=1,2`.
    pub(crate) fn styled_form(
        mut self,
        body: &impl Json,
        deep: &[&str],
        joined: &[(&str, &str)],
    ) -> Self {
        match body::form(body, deep, joined) {
            Ok(text) => self.request.body("application/x-www-form-urlencoded", text),
            Err(error) => {
                self.request.refuse(format!("the body cannot be written as a form: {error}"))
            }
        }
        self
    }

    pub(crate) fn bytes(mut self, media_type: &'static str, body: impl Into<Upload>) -> Self {
        self.request.upload(media_type, body.into());
        self
    }
}

impl<Op: Operation> Call<Op> {
    /// Sends the call and reads its reply.
    ///
    /// # Errors
    /// [`Error`] if the call cannot be sent, if the service replies with a status that is not a
    /// success, or if the reply does not match the description. In the last case the whole reply is
    /// in [`Error::body`].
    pub async fn send(mut self) -> Result<Reply<Op::Success>, Error> {
        self.request.accept(Op::ACCEPT);
        let received = send::send(self.request, Op::ID, Op::SECURITY, &Op::POLICY).await?;
        let body = (Op::READ)(&received)?;
        Ok(Reply::of(body, received))
    }

    /// Sends the call and returns the body of its reply as it was received, whatever the
    /// description says of it.
    ///
    /// # Errors
    /// Those of [`send`](Self::send), but for those of reading the body.
    pub async fn send_raw(self) -> Result<Reply<Bytes>, Error> {
        let received = self.receive().await?;
        Ok(Reply::of(received.body.clone(), received))
    }

    /// Sends the call and reads the JSON of its reply as another type than that of the
    /// description: one of this crate, or a [`serde_json::Value`].
    ///
    /// # Errors
    /// Those of [`send`](Self::send).
    pub async fn send_as<T: Json>(self) -> Result<Reply<T>, Error> {
        let received = self.receive().await?;
        Ok(Reply::of(received.json()?, received))
    }

    /// Sends the call and receives the whole body of its reply, also if that is a stream otherwise.
    async fn receive(mut self) -> Result<Received, Error> {
        self.request.accept(Op::ACCEPT);
        send::send(self.request, Op::ID, Op::SECURITY, &Whole::<Op>::POLICY).await
    }

    /// Sends the call and waits for its reply, in blocking code.
    ///
    /// It can be called on any thread. On a thread of an async runtime it blocks the other tasks of
    /// that thread.
    ///
    /// # Errors
    /// Those of [`send`](Self::send), and [`ErrorKind::Connect`](super::ErrorKind::Connect) if the
    /// thread for blocking calls cannot be started.
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<Reply<Op::Success>, Error> {
        super::blocking::wait(self.send())?
    }
}

/// An operation whose reply is read whole.
struct Whole<Op>(PhantomData<fn() -> Op>);

impl<Op: Operation> Whole<Op> {
    const POLICY: Policy = Policy { streams: &[], ..Op::POLICY };
}

impl<Op: Operation> IntoFuture for Call<Op> {
    type Output = Result<Reply<Op::Success>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

/// The same call once more. Nothing of it has been sent.
impl<Op> Clone for Call<Op> {
    fn clone(&self) -> Self {
        let mut request = self.request.clone();
        request.sent = None;
        Self::of(request)
    }
}

impl<Op> fmt::Debug for Call<Op> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Call({} {})", self.request.method, self.request.template)
    }
}
