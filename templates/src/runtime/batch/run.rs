//! An accepted batch, as a value.

use std::fmt;
use std::ops::Deref;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use super::{Table, Wait};
use crate::runtime::json::{Json, Ref, json_object};
use crate::runtime::{Client, Error, Operation, Received};

/// An operation that submits a batch.
pub trait Submission: Operation<Success = Batch<Self>> + Sized {
    /// The reply to a submission, which says where the results will be.
    type Accepted: Json + Clone + fmt::Debug + Send + Sync;

    /// A row of the results.
    type Row: Json + Send;

    /// A row of the credit report.
    type Charge: Json + Send;

    /// The method of the request that submits it: `POST`.
    const METHOD: &'static str;

    /// The path of that request in the description: `/v1/imports`.
    ///
    /// A stored batch is recognized by it if the operation has another `operationId` now.
    const PATH: &'static str;

    /// What a reply says about the run.
    fn run(accepted: &Self::Accepted) -> Run<'_>;
}

/// A run of the service: its id, and the locations of its results.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// The service's id of the run, if the reply has it.
    pub id: Option<&'a str>,
    /// Where the results will be, if the reply says it.
    pub results: Option<&'a str>,
    /// Where the credit report will be, if there is one.
    pub report: Option<&'a str>,
}

/// A batch that the service has accepted.
///
/// It derefs to the service's reply. It can be stored and read by serde, also after a crash. Store
/// it as soon as you have it, because it is what the credits were spent on. A later version of this
/// crate can read it if the operation still has its `operationId`, or its method and path. Its
/// locations may be presigned URLs, which give access to the results to anybody who has them.
pub struct Batch<Op: Submission> {
    accepted: Op::Accepted,
}

impl<Op: Submission> Batch<Op> {
    pub(crate) fn new(accepted: Op::Accepted) -> Self {
        Self { accepted }
    }

    /// Reads the answer to a submission.
    pub(crate) fn read(reply: &Received) -> Result<Self, Error> {
        reply.json().map(Self::new)
    }

    /// The service's id of the run; empty if its reply has none.
    pub fn run_id(&self) -> &str {
        Op::run(&self.accepted).id.unwrap_or_default()
    }

    /// Waits until the results are there, and returns them as a table.
    pub fn wait(&self, client: &Client) -> Wait<Op::Row> {
        let run = Op::run(&self.accepted);
        Wait::new(client, "the results", self.run_id(), run.results)
    }

    /// Waits until the credit report is there, and returns it as a table.
    pub fn report(&self, client: &Client) -> Wait<Op::Charge> {
        let run = Op::run(&self.accepted);
        Wait::new(client, "the credit report", self.run_id(), run.report)
    }
}

impl<Op: Submission> Deref for Batch<Op> {
    type Target = Op::Accepted;

    fn deref(&self) -> &Op::Accepted {
        &self.accepted
    }
}

impl<Op: Submission> Clone for Batch<Op> {
    fn clone(&self) -> Self {
        Self { accepted: self.accepted.clone() }
    }
}

/// Places may be presigned, so only the id is shown.
impl<Op: Submission> fmt::Debug for Batch<Op> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch")
            .field("operation", &Op::ID)
            .field("run_id", &self.run_id())
            .finish_non_exhaustive()
    }
}

/// `{"operation": "…", "method": "POST", "path": "/v1/imports", "accepted": {…}}`; the first
/// versions stored no method and no path.
struct Stored {
    operation: String,
    method: Option<String>,
    path: Option<String>,
    accepted: Value,
}

json_object!(Stored { operation, method: optional, path: optional, accepted });

impl Stored {
    /// Whether it was submitted by this operation: its `operationId` may have changed since, or
    /// its request, but not both.
    fn is_of<Op: Submission>(&self) -> bool {
        let (method, path) = (self.method.as_deref(), self.path.as_deref());
        let same_path = path.is_some_and(|path| nameless(path) == nameless(Op::PATH));
        self.operation == Op::ID || (method == Some(Op::METHOD) && same_path)
    }

    /// `` `POST /v1/imports` (`add_import`) ``
    fn submitted_by(&self) -> String {
        match (&self.method, &self.path) {
            (Some(method), Some(path)) => format!("`{method} {path}` (`{}`)", self.operation),
            _ => format!("`{}`", self.operation),
        }
    }
}

/// `/imports/{id}` → `/imports/{}`: another name of a placeholder makes no other path.
fn nameless(path: &str) -> String {
    let mut parts = path.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |path, part| {
        let rest = part.split_once('}').map_or("", |(_, rest)| rest);
        path + "{}" + rest
    })
}

impl<Op: Submission> Serialize for Batch<Op> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("operation", Op::ID)?;
        map.serialize_entry("method", Op::METHOD)?;
        map.serialize_entry("path", Op::PATH)?;
        map.serialize_entry("accepted", &Ref(&self.accepted))?;
        map.end()
    }
}

/// A batch of one operation is not taken for one of another.
impl<'de, Op: Submission> Deserialize<'de> for Batch<Op> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = Stored::deserialize(deserializer)?;
        if !stored.is_of::<Op>() {
            let by = stored.submitted_by();
            let this = format!("`{} {}` (`{}`)", Op::METHOD, Op::PATH, Op::ID);
            return Err(D::Error::custom(format!(
                "the batch was submitted by {by}, not by {this}"
            )));
        }
        Op::Accepted::read(stored.accepted).map(Self::new).map_err(D::Error::custom)
    }
}
