//! Operations: what they are called, what they take, and how they are treated.

use serde_json::Value;

use super::{Body, DocumentedResponse, OperationDocs, Reply, Ty, ValueDocs};
use crate::pipeline::resolve::Method;
use crate::pointer::Pointer;
use crate::rust::names::Name;

/// An operation: a method, and the type that stands for it in `Call<…>`.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The method's name.
    pub name: Name,
    /// The operation's type.
    pub type_name: Name,
    /// Its `operationId`, or the words that stand for it.
    pub id: String,
    /// Its documentation.
    pub docs: OperationDocs,
    /// Where the description has it.
    pub at: Pointer,
    /// Whether callers should do without it.
    pub deprecated: bool,
    /// The method of the request.
    pub method: Method,
    /// The path, with a `{placeholder}` for each path parameter.
    pub path: String,
    /// The URL of its server, where that is not the one of the others.
    pub server: Option<String>,
    /// Required parameters: the method's arguments.
    pub arguments: Vec<Parameter>,
    /// Optional parameters: setters of the call.
    pub options: Vec<Parameter>,
    /// What is sent.
    pub body: Option<Body>,
    /// What comes back.
    pub success: Reply,
    /// The media types to ask for.
    pub accept: Vec<String>,
    /// What comes back when it fails.
    pub errors: Vec<DocumentedResponse>,
    /// Sets of security schemes of which one is sent.
    pub security: Vec<Vec<String>>,
    /// How it may be treated.
    pub policy: Policy,
    /// What becomes of it where it submits a batch.
    pub batch: Option<Batch>,
    /// The method that calls it for each of many requests.
    pub bulk: Option<Bulk>,
}

/// A method that calls an operation for each of any number of requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bulk {
    /// The method's name.
    pub name: Name,
    /// The argument that takes the requests.
    pub requests: Name,
}

/// What an operation that submits a batch gives, and how it is fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The field of the answer that has the id of the run.
    pub run_id: BatchField,
    /// The one that says where the results will be.
    pub results: BatchField,
    /// The one that says where the credit report will be.
    pub report: Option<BatchField>,
    /// The type of a row of the results; `None` where no column is known.
    pub row: Option<Ty>,
    /// The type of a row of the credit report.
    pub charge: Option<Ty>,
    /// How any number of records is submitted.
    pub chunks: Option<Chunks>,
}

/// A field of the answer to a submission: a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchField {
    /// Its name.
    pub name: Name,
    /// Whether it may be absent.
    pub is_optional: bool,
}

/// How many records are cut into batches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunks {
    /// The field of the body that lists them.
    pub field: String,
    /// The most that a batch takes.
    pub at_most: u64,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name on the wire, and the argument's or the setter's.
    pub name: Name,
    /// Its documentation.
    pub docs: ValueDocs,
    /// The type of its value.
    pub ty: Ty,
    /// An example of its value.
    pub example: Option<Value>,
    /// How it is sent.
    pub style: Style,
    /// What its value is to the runtime.
    pub form: ParameterForm,
}

/// What a parameter's value is to the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterForm {
    /// A scalar or a list of scalars.
    Plain,
    /// Of any shape.
    AnyShape,
    /// An object whose members are given in turn.
    ObjectJoined,
    /// An object whose members are given as assignments.
    ObjectExploded,
    /// JSON text.
    Json,
}

/// How a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// In the path.
    Path,
    /// In the path, slashes kept.
    PathWithSlashes,
    /// In the path after a dot; whether there is a dot before each value.
    PathLabel(bool),
    /// In the path after `;name=`; whether it is written for each value.
    PathMatrix(bool),
    /// In the query, an item a pair.
    Query,
    /// In the query, a member a pair.
    QueryFields,
    /// In the query, a member a pair: `color[R]=100`.
    QueryDeep,
    /// In the query, all items in one pair with this between them.
    QueryJoined(&'static str),
    /// As a header.
    Header,
    /// As a cookie.
    Cookie,
}

/// How an operation may be treated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The rate limit that it shares with others.
    pub rate_limit: Option<RateLimit>,
    /// Whether sending it twice does the same as sending it once.
    pub retry_safety: RetrySafety,
    /// Whether it costs credits.
    pub consumes_credits: bool,
    /// The item that says that no more come.
    pub stream_end: Option<String>,
}

/// The rate limit of a group of operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// The group.
    pub group: String,
    /// How many requests in how many seconds; `None` where no figure is known.
    pub window: Option<(u32, u64)>,
}

/// Whether sending a request twice does the same as sending it once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RetrySafety {
    /// It does.
    Safe,
    /// It does as long as this field of the body stays the same.
    SafeByKey(String),
    /// It may act a second time.
    Unsafe,
}
