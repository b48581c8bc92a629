//! Any number of records, in as many batches as needed.

use std::fmt;
use std::future::{Future, poll_fn};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use serde_json::{Map, Value};

use super::{Batch, Submission};
use crate::runtime::request_builder::{RequestBuilder, SentFlag};
use crate::runtime::{Call, Error};

type Submitting<Op> = Pin<Box<dyn Future<Output = Submitted<Op>> + Send>>;

/// A submission whose answer is not here yet.
struct UnderWay<Op: Submission> {
    submitting: Submitting<Op>,
    /// The first of its ids.
    from: usize,
    /// Whether it has left the queue.
    is_sent: SentFlag,
}

/// Submits records batch by batch, within the rate limit.
///
/// Nothing is sent before [`next`](Self::next) is called. After a batch that failed you can
/// continue or stop. The records that were not submitted are in [`remaining`](Self::remaining).
#[must_use = "a batch is submitted when `next` asks for it"]
pub struct Submissions<Op: Submission> {
    call: Box<RequestBuilder>,
    field: &'static str,
    size: usize,
    ids: Vec<String>,
    begun: usize,
    /// Kept here, so that whoever stops waiting does not lose the answer.
    under_way: Option<UnderWay<Op>>,
    operation: PhantomData<fn() -> Op>,
}

/// A submitted batch, and the result of the submission.
#[derive(Debug)]
#[non_exhaustive]
pub struct Submitted<Op: Submission> {
    /// The number of the batch, from 1.
    pub number: usize,
    /// The number of batches.
    pub of: usize,
    /// The records in it.
    pub ids: Vec<String>,
    /// The batch, or the error. After [`OutcomeUnknown`](crate::ErrorKind::OutcomeUnknown) the
    /// service may still run it.
    pub batch: Result<Batch<Op>, Error>,
}

impl<Op: Submission> Call<Op> {
    /// The same call over and over, each time with the next of the ids.
    pub(crate) fn in_batches(
        self,
        field: &'static str,
        size: usize,
        ids: impl IntoIterator<Item = impl Into<String>>,
    ) -> Submissions<Op> {
        Submissions {
            call: self.into_request(),
            field,
            size: size.max(1),
            ids: ids.into_iter().map(Into::into).collect(),
            begun: 0,
            under_way: None,
            operation: PhantomData,
        }
    }
}

impl<Op: Submission> Submissions<Op> {
    /// Submits the next batch; `None` after the last.
    ///
    /// The future can be dropped without loss: the next one continues.
    pub async fn next(&mut self) -> Option<Submitted<Op>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Submits the next batch, in blocking code; `None` after the last.
    ///
    /// One that [`next`](Self::next) has begun and not sent is begun anew. One that was sent is
    /// waited for, no longer than its timeout: its answer comes if the runtime in which it was sent
    /// goes on to drive its connection.
    ///
    /// # Errors
    /// [`ErrorKind::Connect`](crate::ErrorKind::Connect) if the thread for blocking
    /// calls cannot be started. Nothing was sent then.
    #[cfg(feature = "blocking")]
    pub fn next_blocking(&mut self) -> Result<Option<Submitted<Op>>, Error> {
        // Where no thread can be started, nothing that is under way may be given away.
        crate::runtime::blocking::wait(async {})?;
        let under_way = match self.under_way.take() {
            Some(sent) if sent.is_sent.is_set() => sent,
            queued => {
                self.begun = queued.map_or(self.begun, |queued| queued.from);
                let Some(next) = self.begin() else { return Ok(None) };
                next
            }
        };
        crate::runtime::blocking::wait(under_way.submitting).map(Some)
    }

    /// The ids that were not submitted.
    pub fn remaining(&self) -> &[String] {
        &self.ids[self.begun..]
    }

    fn begin(&mut self) -> Option<UnderWay<Op>> {
        let rest = self.remaining();
        let ids = rest[..rest.len().min(self.size)].to_vec();
        if ids.is_empty() {
            return None;
        }
        let from = self.begun;
        let number = from / self.size + 1;
        let of = self.ids.len().div_ceil(self.size);
        self.begun += ids.len();
        let mut request = self.call.clone();
        put(&mut request, self.field, &ids);
        let is_sent = SentFlag::default();
        request.sent = Some(is_sent.clone());
        let submitting = Box::pin(async move {
            let reply = Call::<Op>::of(request).send().await;
            Submitted { number, of, ids, batch: reply.map(crate::runtime::Reply::into_body) }
        });
        Some(UnderWay { submitting, from, is_sent })
    }
}

/// Puts the ids in the place of those that the call has, in JSON only.
fn put(request: &mut RequestBuilder, field: &str, ids: &[String]) {
    let bytes = request.body_bytes();
    let body = if bytes.is_empty() { Ok(Map::new()) } else { serde_json::from_slice(bytes) };
    match body {
        Ok(mut body) => {
            body.insert(field.to_owned(), Value::from(ids));
            request.replace_body(Value::Object(body).to_string());
        }
        Err(_) => request.refuse(format!("only a JSON body can list records in `{field}`")),
    }
}

impl<Op: Submission> Stream for Submissions<Op> {
    type Item = Submitted<Op>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Submitted<Op>>> {
        let Some(mut under_way) = self.under_way.take().or_else(|| self.begin()) else {
            return Poll::Ready(None);
        };
        let polled = under_way.submitting.as_mut().poll(context);
        if polled.is_pending() {
            self.under_way = Some(under_way);
        }
        polled.map(Some)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let open = usize::from(self.under_way.is_some());
        let count = self.remaining().len().div_ceil(self.size) + open;
        (count, Some(count))
    }
}

impl<Op: Submission> fmt::Debug for Submissions<Op> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Submissions")
            .field("operation", &Op::ID)
            .field("remaining", &self.remaining().len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use reqwest::Method;

    use super::*;
    use crate::Client;

    fn put_into(body: &'static str) -> (Box<RequestBuilder>, Result<(), Error>) {
        let client = Client::builder().api_key("key").build().expect("a client");
        let mut request = Box::new(RequestBuilder::new(&client, Method::POST, "/imports"));
        request.body("application/json", body);
        put(&mut request, "isbns", &["1".to_owned()]);
        let checked = request.check();
        (request, checked)
    }

    #[test]
    fn records_are_put_into_json_only() {
        for (body, expected) in [
            ("", r#"{"isbns":["1"]}"#),
            (r#"{"isbns":[],"dry":true}"#, r#"{"isbns":["1"],"dry":true}"#),
        ] {
            let (request, checked) = put_into(body);
            assert!(checked.is_ok(), "{body}");
            let read = |text: &[u8]| serde_json::from_slice::<Value>(text).expect("JSON");
            assert_eq!(read(request.body_bytes()), read(expected.as_bytes()));
        }
        let (_, checked) = put_into("isbns=2&dry=true");
        assert_eq!(checked.expect_err("a form").kind(), crate::ErrorKind::Request);
    }
}
