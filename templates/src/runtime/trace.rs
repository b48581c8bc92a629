//! What `tracing` is told: a span for each attempt, as OpenTelemetry's semantic conventions
//! for HTTP client spans have it, and an event for each wait.
//!
//! Neither whole URLs nor headers nor bodies are part of it: they hold what is secret. So there
//! is no `url.full`, and `url.template` stands in its place.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::time::Duration;

use reqwest::Url;
use tracing::field::Empty;
use tracing::instrument::{Instrumented, WithSubscriber};
use tracing::{Instrument, Level, debug, event, info_span, warn};

use super::Error;
use super::hooks::Attempt;
use super::reply::Received;

/// What filters know all of it by: `lantern_client=debug`.
const TARGET: &str = env!("CARGO_CRATE_NAME");

/// What filters know measurements by: `lantern_client::metrics=trace`.
const METRICS: &str = concat!(env!("CARGO_CRATE_NAME"), "::metrics");

/// The span of an attempt.
pub struct Span(tracing::Span);

impl Span {
    /// The span of an attempt at this base URL.
    pub fn new(attempt: &Attempt, url: &Url) -> Self {
        Self(info_span!(
            target: TARGET,
            "attempt",
            otel.name = %attempt,
            otel.kind = "client",
            otel.status_code = Empty,
            http.request.method = attempt.method.as_str(),
            url.template = attempt.path,
            server.address = url.host_str(),
            server.port = url.port_or_known_default(),
            http.request.resend_count = Some(attempt.resends).filter(|resends| *resends > 0),
            http.response.status_code = Empty,
            "error.type" = Empty,
        ))
    }

    /// Makes the attempt within its span.
    pub fn around<F: Future>(&self, attempt: F) -> Instrumented<F> {
        attempt.instrument(self.0.clone())
    }

    /// Tells what came of the attempt.
    pub fn tell(&self, result: &Result<Received, Error>) {
        let status = match result {
            Ok(received) => Some(received.meta.status),
            Err(error) => error.status(),
        };
        if let Some(status) = status {
            self.0.record("http.response.status_code", status.as_u16());
        }
        if let Err(error) = result {
            self.0.record("otel.status_code", "ERROR");
            self.0.record("error.type", error_type(error));
        }
    }
}

/// Tells how long an attempt took, by OpenTelemetry's name and in the form that the `MetricsLayer` of
/// `tracing-opentelemetry` reads: a histogram, and what it is counted by.
pub fn measure(attempt: &Attempt, url: &Url, took: Duration, result: &Result<Received, Error>) {
    let (status, error) = match result {
        Ok(received) => (Some(received.meta.status), None),
        Err(error) => (error.status(), Some(error_type(error))),
    };
    event!(
        target: METRICS,
        Level::TRACE,
        histogram.http.client.request.duration = took.as_secs_f64(),
        http.request.method = attempt.method.as_str(),
        url.template = attempt.path,
        server.address = url.host_str(),
        server.port = url.port_or_known_default(),
        http.response.status_code = status.map(|status| status.as_u16()),
        "error.type" = error,
    );
}

/// The status where it says that something is wrong, else the kind of the error.
fn error_type(error: &Error) -> String {
    match error.status().filter(|status| !status.is_success()) {
        Some(status) => status.as_str().to_owned(),
        None => format!("{:?}", error.kind()),
    }
}

/// Tells that a call has to wait for its turn, if it has to.
pub async fn queue<T>(group: &str, turn: impl Future<Output = T>) -> T {
    let mut turn = pin!(turn);
    let mut told = false;
    poll_fn(|context| {
        let polled = turn.as_mut().poll(context);
        if polled.is_pending() && !told {
            told = true;
            debug!(target: TARGET, group, "waiting in the queue of the rate limit");
        }
        polled
    })
    .await
}

/// Tells that a 429 has closed the gate of a rate limit.
pub fn gate_closed(group: &str, stated: Option<Duration>) {
    let retry_after = stated.map(|stated| stated.as_secs_f64());
    debug!(target: TARGET, group, retry_after, "the gate of the rate limit is closed");
}

/// Tells that a call waits before it is sent again.
pub fn pause(attempt: &Attempt, pause: Duration, error: &Error) {
    debug!(
        target: TARGET,
        {
            http.request.method = attempt.method.as_str(),
            url.template = attempt.path,
            "error.type" = error_type(error),
            seconds = pause.as_secs_f64(),
        },
        "pausing before the next attempt"
    );
}

/// Tells that a bulk run was dropped with calls under way.
pub fn abandoned(operation: &str, calls: usize) {
    warn!(target: TARGET, operation, calls, "a bulk run was dropped: the results of its calls in flight are lost");
}

/// Takes the current span and subscriber along to another thread.
pub fn carried<F: Future>(future: F) -> impl Future<Output = F::Output> {
    future.in_current_span().with_current_subscriber()
}
