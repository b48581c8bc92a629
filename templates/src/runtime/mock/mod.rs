//! A service in memory, for tests without a network.
//!
//! ```text
//! Mock ── on::<Operation>() ──► rule: conditions and answers
//!   │                             ▲
//!   └─ client() ──► call ─────────┘ the newest rule that fits answers; otherwise the call fails
//! ```

mod answer;
mod answers;
mod described;
mod example;
mod recorded;
mod rule;
mod seen;
mod service;
mod values;

use std::fmt;
use std::panic::Location;
use std::sync::Arc;

pub use answers::Answers;
pub use described::{AnyRequest, Described, MockOperation};
pub use example::Example;
use recorded::Recorded;
pub use rule::On;
pub use seen::Seen;

use super::{Client, ClientBuilder, Operation};
use rule::{Rule, Target};
use service::Service;

/// A service in memory: it replies as a test says, and remembers what was sent.
///
/// Clones are the same service. Nothing of it waits, so with tokio's paused clock
/// (`#[tokio::test(start_paused = true)]`) tests of retries, rate limits and 429 take no time.
///
/// A call for which there is no rule fails with [`ErrorKind::Request`](super::ErrorKind::Request),
/// and is not made again. Its message says what was sent and which rules there are. If nobody
/// takes it by [`unmatched`](Self::unmatched), the mock panics when it is dropped, so that such a
/// call is not overlooked.
#[derive(Clone)]
pub struct Mock(pub(super) Arc<Service>);

impl Mock {
    pub(crate) fn of(operations: &'static [Described]) -> Self {
        Self(Arc::new(Service::new(operations)))
    }

    /// Also replies to operations that have no rule: with the example of the description, or with
    /// a value of the documented type.
    #[must_use]
    pub fn with_examples(self) -> Self {
        self.0.state().has_examples = true;
        self
    }

    /// Adds a rule for an operation. Of the rules that fit, the one that was added last answers.
    ///
    /// A rule without an answer replies with the example of the description.
    #[track_caller]
    pub fn on<Op: MockOperation>(&self) -> On<Op> {
        self.add(Target::Operation(Op::DESCRIBED))
    }

    /// Adds a rule for requests of no operation, such as those for the results of a batch:
    /// `on_request("GET", "s3://results/1.csv")`. The URL has no query; its path is enough.
    #[track_caller]
    pub fn on_request(&self, method: &str, url: &str) -> On<AnyRequest> {
        self.add(Target::Request { method: method.to_uppercase(), url: url.to_owned() })
    }

    #[track_caller]
    fn add<Op>(&self, target: Target) -> On<Op> {
        let rule = Rule::new(target, Location::caller());
        On::new(self.0.clone(), self.0.add(rule))
    }

    /// A client of this service, with a credential for each security scheme.
    ///
    /// # Panics
    /// Never with the settings of a description that a client was generated from.
    #[must_use]
    #[track_caller]
    pub fn client(&self) -> Client {
        match self.client_builder().build() {
            Ok(client) => client,
            Err(error) => panic!("{error}"),
        }
    }

    /// Starts a client of this service with other settings.
    pub fn client_builder(&self) -> ClientBuilder {
        Client::builder().mocked(self.clone())
    }

    /// The requests of an operation that were sent, retries included, in their order.
    #[must_use]
    pub fn seen<Op: MockOperation>(&self) -> Vec<Seen<Op>> {
        let state = self.0.state();
        let of_operation = |one: &&Arc<Recorded>| one.operation == <Op as Operation>::ID;
        state.seen.iter().filter(of_operation).map(|one| Seen::new(one.clone())).collect()
    }

    /// All requests that were sent, in their order.
    #[must_use]
    pub fn requests(&self) -> Vec<Seen<AnyRequest>> {
        self.0.state().seen.iter().map(|one| Seen::new(one.clone())).collect()
    }

    /// Takes the messages of the calls that no rule was for.
    #[must_use]
    pub fn unmatched(&self) -> Vec<String> {
        std::mem::take(&mut self.0.state().unmatched)
    }

    /// Checks that each answer was given, and that there was a rule for each call.
    ///
    /// # Panics
    /// If that is not so.
    #[track_caller]
    pub fn assert_complete(&self) {
        let mut faults = self.unmatched();
        faults.extend(self.0.state().rules.iter().filter_map(Rule::missing));
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

impl ClientBuilder {
    /// Sends to a mock, with what its calls need.
    pub(super) fn mocked(mut self, mock: Mock) -> Self {
        for credential in self.service.credentials {
            self = self.credential(credential.scheme, "mock:secret".to_owned());
        }
        if self.service.base_url.is_none() {
            self = self.base_url("https://mock.invalid");
        }
        self.mock = Some(mock.clone());
        self.allow_plain_http().transport(mock)
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.0.state();
        f.debug_struct("Mock")
            .field("rules", &state.rules)
            .field("seen", &state.seen.len())
            .finish()
    }
}
