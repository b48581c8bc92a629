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
use super::draft::Draft;
use super::json::Json;
use super::parameter::{Writing, pairs};
use super::retry::Retry;
use super::{Error, Operation, Parameter, Reply, body, send};

/// A call of an operation that has not been sent.
///
/// It is sent when it is awaited, or by [`send`](Self::send). Required parameters are given
/// when the call is made; optional ones are set on it, as are the settings that every call has.
#[must_use = "a call is sent when it is awaited, or by `send`"]
pub struct Call<Op> {
    /// Boxed, because a call is moved at each of its steps.
    draft: Box<Draft>,
    operation: PhantomData<fn() -> Op>,
}

impl<Op> Call<Op> {
    pub(super) fn new(client: &Client, method: Method, path: &'static str) -> Self {
        Self::of(Box::new(Draft::new(client, method, path)))
    }

    pub(super) fn of(draft: Box<Draft>) -> Self {
        Self { draft, operation: PhantomData }
    }

    pub(super) fn into_draft(self) -> Box<Draft> {
        self.draft
    }

    /// How long an attempt of this call may take, instead of what the client allows.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.draft.settings.timeout = timeout;
        self
    }

    /// How long this call may take in all: queueing, attempts and the pauses between them.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.draft.settings.deadline = Some(deadline);
        self
    }

    /// How this call is repeated, instead of how the client does it.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.draft.settings.retry = retry;
        self
    }

    /// Sends this call once, whatever comes of it.
    pub fn no_retry(self) -> Self {
        self.retry(Retry::times(0))
    }

    /// Sends a further header with this call.
    ///
    /// One that the client sends of its own accord, such as `Accept`, `User-Agent` or that of a
    /// credential (`Authorization`), goes out once, with this value.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.draft.header(name, value);
        self
    }

    pub(crate) fn path(mut self, name: &str, value: impl Parameter) -> Self {
        self.draft.check_parameter(name, &value);
        self.draft.path(name, &joined(&value, ","));
        self
    }

    pub(crate) fn path_with_slashes(mut self, name: &str, value: impl Parameter) -> Self {
        self.draft.check_parameter(name, &value);
        self.draft.path_with_slashes(name, &joined(&value, ","));
        self
    }

    /// `style: form, explode: true` (OpenAPI 3.1.0, 4.8.12.3): an item a pair.
    pub(crate) fn query(mut self, name: &str, value: impl Parameter) -> Self {
        self.draft.check_parameter(name, &value);
        value.each(&mut |text| self.draft.query(name, text));
        self
    }

    /// The styles without `explode`: all items in one pair.
    pub(crate) fn query_joined(mut self, name: &str, by: &str, value: impl Parameter) -> Self {
        self.draft.check_parameter(name, &value);
        self.draft.query(name, joined(&value, by));
        self
    }

    /// `style: form` of an object (OpenAPI 3.1.0, 4.8.12.4): `R=100&G=200`.
    pub(crate) fn query_fields(mut self, value: &impl Json) -> Self {
        self.draft.query_object(pairs("", Writing::Fields, value));
        self
    }

    /// `style: deepObject` (OpenAPI 3.1.0, 4.8.12.4): `color[R]=100&color[G]=200`.
    pub(crate) fn query_deep(mut self, name: &str, value: &impl Json) -> Self {
        self.draft.query_object(pairs(name, Writing::Deep, value));
        self
    }

    /// `style: label` and `style: matrix` (OpenAPI 3.1.0, 4.8.12.4): `.blue.black`, `;color=blue,black`.
    pub(crate) fn path_styled(
        mut self,
        name: &str,
        start: &str,
        by: &str,
        value: impl Parameter,
    ) -> Self {
        self.draft.check_parameter(name, &value);
        self.draft.path_styled(name, start, by, &texts(&value));
        self
    }

    pub(crate) fn header_parameter(mut self, name: &str, value: impl Parameter) -> Self {
        self.draft.check_parameter(name, &value);
        self.draft.header(name, &joined(&value, ","));
        self
    }

    pub(crate) fn cookie(mut self, name: &str, value: impl Parameter) -> Self {
        self.draft.check_parameter(name, &value);
        self.draft.cookie(name, &joined(&value, ","));
        self
    }

    pub(crate) fn json(mut self, media_type: &'static str, body: &impl Json) -> Self {
        match body::json(body) {
            Ok(bytes) => self.draft.body(media_type, bytes),
            Err(error) => self.draft.refuse(format!("the body cannot be written as JSON: {error}")),
        }
        self
    }

    pub(crate) fn form(self, body: &impl Json) -> Self {
        self.deep_form(body, &[])
    }

    /// A form in which some fields are written as `a[b]=1`.
    pub(crate) fn deep_form(mut self, body: &impl Json, deep: &[&str]) -> Self {
        match body::form(body, deep) {
            Ok(text) => self.draft.body("application/x-www-form-urlencoded", text),
            Err(error) => {
                self.draft.refuse(format!("the body cannot be written as a form: {error}"))
            }
        }
        self
    }

    pub(crate) fn bytes(mut self, media_type: &'static str, body: impl Into<Bytes>) -> Self {
        self.draft.body(media_type, body);
        self
    }
}

fn joined(value: &impl Parameter, by: &str) -> String {
    texts(value).join(by)
}

fn texts(value: &impl Parameter) -> Vec<String> {
    let mut texts = Vec::new();
    value.each(&mut |text| texts.push(text));
    texts
}

impl<Op: Operation> Call<Op> {
    /// Sends the call and reads its reply.
    ///
    /// # Errors
    /// [`Error`] where the call cannot be sent, the service answers with another status than
    /// success, or the answer is not what the description promises. In the last case all of the
    /// answer is in [`Error::body`].
    pub async fn send(mut self) -> Result<Reply<Op::Success>, Error> {
        self.draft.accept(Op::ACCEPT);
        let received = send::send(self.draft, Op::ID, Op::SECURITY, &Op::POLICY).await?;
        let body = (Op::READ)(&received)?;
        Ok(Reply::new(body, received))
    }

    /// Sends the call and waits for its reply, in code that is not async.
    ///
    /// It may be called on any thread; on one of an async runtime it blocks the other tasks of
    /// that thread.
    ///
    /// # Errors
    /// Those of [`send`](Self::send), and [`ErrorKind::Connect`](super::ErrorKind::Connect)
    /// where no thread can be started that does the work.
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<Reply<Op::Success>, Error> {
        super::blocking::wait(self.send())?
    }
}

impl<Op: Operation> IntoFuture for Call<Op> {
    type Output = Result<Reply<Op::Success>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

impl<Op> fmt::Debug for Call<Op> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Call({} {})", self.draft.method, self.draft.template)
    }
}
