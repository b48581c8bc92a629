//! Operations: their names, their parameters, and how they are treated.

use serde_json::Value;

use super::{
    Body, DescribedReply, DocumentedResponse, OperationDocs, Pagination, Polling, Reply, Ty,
    ValueDocs,
};
use crate::pipeline::resolve::Method;
use crate::pointer::Pointer;
use crate::rust::names::Name;

/// An operation: a method, and the type that stands for it in `Call<…>`.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The method's name.
    pub name: Name,
    /// The names that the method had, which are deprecated.
    pub aliases: Vec<Name>,
    /// The operation's type.
    pub type_name: Name,
    /// Its `operationId`, or words that replace it.
    pub id: String,
    /// Its documentation.
    pub docs: OperationDocs,
    /// Where the description has it.
    pub at: Pointer,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The method of the request.
    pub method: Method,
    /// The path, with a `{placeholder}` for each path parameter.
    pub path: String,
    /// The URL of its server, if it has one of its own.
    pub server: Option<String>,
    /// Required parameters: the method's arguments.
    pub arguments: Vec<Parameter>,
    /// Optional parameters, and those that are sent by themselves: setters of the call.
    pub options: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The reply to a successful call.
    pub success: Reply,
    /// The media types to ask for.
    pub accept: Vec<String>,
    /// The documented errors.
    pub errors: Vec<DocumentedResponse>,
    /// What is described of each status.
    pub replies: Vec<DescribedReply>,
    /// Sets of security schemes of which one is sent.
    pub security: Vec<Vec<String>>,
    /// How it may be treated.
    pub policy: Policy,
    /// The batch that it submits.
    pub batch: Option<Batch>,
    /// The method that calls it for each of many requests.
    pub bulk: Option<Bulk>,
    /// How it is paginated, if its replies are pages.
    pub pagination: Option<Pagination>,
    /// How its result is waited for, if that comes later.
    pub polling: Option<Polling>,
}

/// A method that calls an operation for each of any number of requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bulk {
    /// The method's name.
    pub name: Name,
    /// The argument that takes the requests.
    pub requests: Name,
}

/// What an operation that submits a batch returns, and how the batch is fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The field of the answer that has the id of the run.
    pub run_id: BatchField,
    /// The field that has the URL of the results.
    pub results: BatchField,
    /// The field that has the URL of the credit report.
    pub report: Option<BatchField>,
    /// The type of a row of the results; `None` if no column is known.
    pub row: Option<Ty>,
    /// The type of a row of the credit report.
    pub charge: Option<Ty>,
    /// How any number of records is split into batches.
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

/// How records are split into batches.
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
    /// The form of its value.
    pub form: ParameterForm,
    /// The text of the only value that it can have, if it is sent without being set.
    pub constant: Option<String>,
}

/// The form of a parameter's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterForm {
    /// A scalar or a list of scalars.
    Plain,
    /// Any other value.
    AnyShape,
    /// An object whose members are joined: `R,100,G,200`.
    ObjectJoined,
    /// An object whose members are assignments: `R=100,G=200`.
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
    /// In the query, one pair for each item.
    Query,
    /// In the path, as what it is: after `;name=`, or after a `;` before each member of an object.
    PathMatrixAny,
    /// In the query, one pair for each member; whether reserved characters are not encoded.
    QueryFields(bool),
    /// In the query, one pair for each member of an object, and for each item of another value; whether reserved
    /// characters are not encoded.
    QueryAny(bool),
    /// In the query, one pair for each member: `color[R]=100`; whether reserved characters are not encoded.
    QueryDeep(bool),
    /// In the query, all items in one pair with this between them.
    QueryJoined(&'static str),
    /// In the query, one pair for each item, without encoding reserved characters.
    QueryReserved,
    /// In the query, all items in one pair with this between them, without encoding reserved characters.
    QueryJoinedReserved(&'static str),
    /// As the whole query.
    QueryString,
    /// As a header.
    Header,
    /// As a cookie with all items, joined by commas.
    Cookie,
    /// As cookies, one for each item.
    CookieRepeated,
    /// As cookies, one for each member.
    CookieFields,
    /// As cookies, one for each member of an object, and for each item of another value.
    CookieAny,
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
    /// The item that ends a stream.
    pub stream_end: Option<String>,
}

/// The rate limit of a group of operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// The group.
    pub group: String,
    /// How many requests in how many seconds; `None` if that is not known.
    pub window: Option<(u32, u64)>,
}

/// Whether sending a request twice does the same as sending it once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RetrySafety {
    /// It does the same.
    Safe,
    /// It does the same as long as this field of the body does not change.
    SafeByKey(String),
    /// It does the same: the client sends a key of its own in this header.
    SafeByHeader(String),
    /// It may act a second time.
    Unsafe,
}
