//! Stage 4: what is generated, decided to the last word.
//!
//! An [`Api`] is always right: every [`Name`] is legal and unique where it stands, every type
//! is defined once and has a home, and nothing is left for `render` to decide.

use serde_json::Value;

use crate::names::Name;
use crate::pointer::Pointer;

mod base_url;
mod batches;
mod bodies;
mod build;
mod credentials;
mod cycles;
mod documentation;
mod examples;
mod failures;
mod features;
mod formats;
mod grants;
mod homes;
mod links;
mod messages;
mod meta;
mod multipart;
mod operations;
mod policy;
mod replies;
mod samples;
mod selection;
mod servers;
mod signals;
mod streams;
mod type_names;
mod types;
mod unions;
mod uses;
mod ways;
mod webhooks;

pub use build::{model, model_as};
pub use formats::Format;
pub use servers::{Choice, Server, Servers, Setting, Variable};
pub use webhooks::{Payload, Webhook, Webhooks};

use crate::coverage::Coverage;
use crate::diagnostics::Place;
use crate::resolve::Constraint;
use crate::selection::Concerns;

/// Lines of documentation: safe Markdown, without the `///`.
pub type Docs = Vec<String>;

/// A client as its caller wishes it, and what is known of the rest of the description.
#[derive(Debug)]
pub struct Decided {
    /// The client.
    pub api: Api,
    /// How much of the description it covers, as far as the model tells.
    pub coverage: Coverage,
    concerns: Option<Concerns>,
}

impl Decided {
    /// Whether a place has to do with what is selected.
    #[must_use]
    pub fn concerns(&self, place: &Place) -> bool {
        self.concerns.as_ref().is_none_or(|concerns| concerns.include(place))
    }
}

/// A client, ready to be printed.
#[derive(Clone, Debug)]
pub struct Api {
    /// The crate's name, as Cargo has it: `lantern-client`.
    pub crate_name: String,
    /// The name of the description's file, without its folders.
    pub source: String,
    /// The name of the API.
    pub title: String,
    /// The version of the API; any text.
    pub version: String,
    /// What the crate is, in a line.
    pub headline: Docs,
    /// What the API is for.
    pub docs: Docs,
    /// Where the service is, if the description says so in full.
    pub base_url: Option<String>,
    /// The environment variable that says so otherwise.
    pub base_url_variable: String,
    /// Where else it is.
    pub servers: Servers,
    /// How a caller signs in.
    pub credentials: Vec<Credential>,
    /// Where replies speak of success, limits and credits.
    pub signals: Signals,
    /// The response headers that have an accessor.
    pub headers: Vec<MetaHeader>,
    /// The operations by tag.
    pub tags: Vec<Tag>,
    /// What the service sends of its own accord.
    pub webhooks: Webhooks,
    /// The types of bodies and parameters.
    pub types: Vec<TypeDef>,
    /// How most operations fail.
    pub usual_errors: Docs,
    /// The example of the crate's front page.
    pub example: Docs,
    /// The JSON that the description gives as examples of bodies, replies and types.
    pub samples: Vec<Sample>,
}

/// An example of a body, a reply or a type in JSON.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Where the description has it.
    pub at: Pointer,
    /// Where the schema is that it follows.
    pub schema: Pointer,
    /// The type that reads it.
    pub ty: Ty,
    /// The example.
    pub value: Value,
}

/// A security scheme and the setter of the builder that takes its value.
#[derive(Clone, Debug)]
pub struct Credential {
    /// The scheme's name, and the setter's.
    pub name: Name,
    /// Where the value goes.
    pub placement: crate::resolve::Placement,
    /// The environment variable that holds the value.
    pub variable: String,
    /// What the setter does.
    pub docs: Docs,
    /// How a client asks for values of its own.
    pub grant: Option<Grant>,
}

/// How a client gets tokens by an id and a secret (RFC 6749, 4.4), and the setters for it.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The setter of the id and the secret.
    pub client: Setter,
    /// That of another place to ask at.
    pub token_url: Setter,
    /// That of other scopes.
    pub scopes: Setter,
    /// The environment variables that hold the id, the secret, and another place.
    pub variables: [String; 3],
    /// Where tokens are asked for, relative to the base URL at times; `None` where that is not known.
    pub url: Option<String>,
    /// What the operations need, in their order.
    pub needed: Vec<String>,
}

impl Grant {
    /// The variables of the environment that stand for a token.
    #[must_use]
    pub fn client_variables(&self) -> String {
        let [id, secret, _] = &self.variables;
        format!("`{id}` and `{secret}`")
    }
}

/// A setter of the builder.
#[derive(Clone, Debug)]
pub struct Setter {
    /// Its name.
    pub name: Name,
    /// What it does.
    pub docs: Docs,
}

/// Where replies speak of success, limits and credits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signals {
    /// The member of a body that is false where a 2xx reply is a failure after all.
    pub success_field: Option<String>,
    /// The header that states the rate limit.
    pub rate_limit_header: Option<String>,
    /// The header that states the credits that are left.
    pub balance_header: Option<String>,
    /// The members of bodies that state them.
    pub balance_fields: Vec<String>,
}

/// A response header that has an accessor.
#[derive(Clone, Debug)]
pub struct MetaHeader {
    /// The header's name, and the accessor's.
    pub name: Name,
    /// What it says.
    pub docs: Docs,
    /// The type of its value: a scalar.
    pub ty: Ty,
}

/// The operations of a tag: a module, and a type that holds them.
#[derive(Clone, Debug)]
pub struct Tag {
    /// The tag, and the module's name: `batch_agents`.
    pub name: Name,
    /// The type that holds the operations: `BatchAgents`.
    pub type_name: Name,
    /// The feature of the crate that the module belongs to, where each tag is one.
    pub feature: Option<String>,
    /// What the tag stands for.
    pub docs: Docs,
    /// Its operations, in the order of the description.
    pub operations: Vec<Operation>,
}

/// An operation: a method, and the type that stands for it in `Call<…>`.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The method's name.
    pub name: Name,
    /// The operation's type.
    pub type_name: Name,
    /// Its `operationId`, or the words that stand for it.
    pub id: String,
    /// The method's documentation.
    pub docs: Docs,
    /// Where the description has it.
    pub at: Pointer,
    /// Whether callers should do without it.
    pub deprecated: bool,
    /// The method of the request.
    pub verb: Verb,
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
    /// The media types to ask for, as the `Accept` header has them.
    pub accept: String,
    /// What comes back when it fails.
    pub failures: Vec<Failure>,
    /// Sets of security schemes of which one is sent.
    pub security: Vec<Vec<String>>,
    /// How it may be treated.
    pub policy: Policy,
    /// What its reply is good for; part of the documentation too.
    pub links: Docs,
    /// What becomes of it where it submits a batch.
    pub batch: Option<Batch>,
}

/// What an operation that submits a batch gives, and how it is fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The field of the answer that has the id of the run.
    pub run_id: Name,
    /// The one that says where the results will be.
    pub results: Name,
    /// The one that says where the credit report will be.
    pub report: Option<Name>,
    /// The type of a row of the results; `None` where no column is known.
    pub row: Option<Ty>,
    /// The type of a row of the credit report.
    pub charge: Option<Ty>,
    /// How any number of records is submitted.
    pub chunks: Option<Chunks>,
}

/// How many records are cut into batches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunks {
    /// The field of the body that lists them.
    pub field: String,
    /// The most that a batch takes.
    pub at_most: u64,
}

/// The methods of HTTP that a path can have (OpenAPI 3.1.0, 4.8.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// `GET`
    Get,
    /// `PUT`
    Put,
    /// `POST`
    Post,
    /// `DELETE`
    Delete,
    /// `OPTIONS`
    Options,
    /// `HEAD`
    Head,
    /// `PATCH`
    Patch,
    /// `TRACE`
    Trace,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name on the wire, and the argument's or the setter's.
    pub name: Name,
    /// The setter's documentation.
    pub docs: Docs,
    /// What its value has to fulfil, in words; part of the documentation too.
    pub limits: Option<String>,
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
    Loose,
    /// An object whose members are given in turn.
    Members,
    /// An object whose members are given as assignments.
    Assignments,
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

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// The argument's or the setter's name.
    pub name: Name,
    /// The setter's documentation.
    pub docs: Docs,
    /// How it is sent.
    pub sent: Sent,
    /// Whether it is an argument or a setter.
    pub required: bool,
    /// An example of it.
    pub example: Option<Value>,
}

/// How a request body is sent.
#[derive(Clone, Debug)]
pub enum Sent {
    /// Always in the same form.
    One(BodyForm),
    /// In one of several, as the caller chooses.
    Several {
        /// The name of the enum.
        name: Name,
        /// The cases, JSON first.
        cases: Vec<BodyCase>,
    },
}

impl Sent {
    /// The forms that it may have.
    #[must_use]
    pub fn forms(&self) -> Vec<&BodyForm> {
        match self {
            Self::One(form) => vec![form],
            Self::Several { cases, .. } => cases.iter().map(|case| &case.form).collect(),
        }
    }
}

/// One of several forms of a request body.
#[derive(Clone, Debug)]
pub struct BodyCase {
    /// The variant.
    pub name: Name,
    /// The variant's documentation.
    pub docs: Docs,
    /// What it holds, and how that is written.
    pub form: BodyForm,
    /// Whether what it holds becomes it by `into`: no case before it holds the same.
    pub is_usual: bool,
}

/// How a request body is written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum BodyForm {
    /// As JSON of this media type.
    Json(String, Ty),
    /// As `application/x-www-form-urlencoded`; these fields as `a[b]=1`.
    Form(Ty, Vec<String>),
    /// As `multipart/form-data`: a struct of parts, or any.
    Multipart(Option<Ty>),
    /// As it is, of this media type.
    Text(String),
    /// As it is, of this media type.
    Bytes(String),
    /// As it is, of a media type that the caller states: one of these, or within these ranges.
    Content(Vec<String>),
}

impl BodyForm {
    /// The type that is written.
    #[must_use]
    pub fn ty(&self) -> Option<&Ty> {
        match self {
            Self::Json(_, ty) | Self::Form(ty, _) | Self::Multipart(Some(ty)) => Some(ty),
            Self::Text(_) | Self::Bytes(_) | Self::Content(_) | Self::Multipart(None) => None,
        }
    }

    /// The media types that it may have.
    #[must_use]
    pub fn media_types(&self) -> Vec<&str> {
        match self {
            Self::Json(media_type, _) | Self::Text(media_type) | Self::Bytes(media_type) => {
                vec![media_type]
            }
            Self::Form(..) => vec!["application/x-www-form-urlencoded"],
            Self::Multipart(_) => vec!["multipart/form-data"],
            Self::Content(media_types) => media_types.iter().map(String::as_str).collect(),
        }
    }
}

/// What a successful call gives.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Always the same.
    One(ReplyForm),
    /// One of several, told apart by status or media type.
    Several {
        /// The name of the enum.
        name: Name,
        /// The media types of the cases that come piece by piece.
        streams: Vec<String>,
        /// The cases, the one for everything else last.
        cases: Vec<ReplyCase>,
    },
}

/// One of several replies.
#[derive(Clone, Debug)]
pub struct ReplyCase {
    /// The variant.
    pub name: Name,
    /// The variant's documentation.
    pub docs: Docs,
    /// How the case is known.
    pub when: When,
    /// What it holds.
    pub form: ReplyForm,
}

/// How one of several replies is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// By its status.
    Status(u16),
    /// By its media type.
    Media(String),
    /// By its status and its media type.
    Both(u16, String),
}

/// How the body of a reply is read.
#[derive(Clone, Debug, PartialEq)]
pub enum ReplyForm {
    /// Not at all.
    Nothing,
    /// As JSON.
    Json(Ty),
    /// As text.
    Text,
    /// As bytes.
    Bytes,
    /// As server-sent events, whose data are JSON or texts.
    Events(Option<Ty>),
    /// As JSON in lines, or in texts of a sequence.
    Lines(Ty),
}

impl ReplyForm {
    /// The type of the JSON in it.
    #[must_use]
    pub fn ty(&self) -> Option<&Ty> {
        match self {
            Self::Json(ty) | Self::Lines(ty) | Self::Events(Some(ty)) => Some(ty),
            Self::Nothing | Self::Text | Self::Bytes | Self::Events(None) => None,
        }
    }

    /// Whether it comes piece by piece.
    #[must_use]
    pub fn streams(&self) -> bool {
        matches!(self, Self::Events(_) | Self::Lines(_))
    }
}

impl Reply {
    /// Whether it may come piece by piece.
    #[must_use]
    pub fn streams(&self) -> bool {
        match self {
            Self::One(form) => form.streams(),
            Self::Several { streams, .. } => !streams.is_empty(),
        }
    }

    /// Whether it is bytes or may be, which can also be had piece by piece.
    #[must_use]
    pub fn has_bytes(&self) -> bool {
        match self {
            Self::One(form) => *form == ReplyForm::Bytes,
            Self::Several { cases, .. } => cases.iter().any(|case| case.form == ReplyForm::Bytes),
        }
    }
}

/// A documented way to fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The statuses: `404`, `4XX` or `other`.
    pub status: String,
    /// When it comes, in a line.
    pub docs: String,
    /// The type of the JSON that comes with it.
    pub ty: Option<Ty>,
}

/// How an operation may be treated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The rate limit that it shares with others.
    pub rate_limit: Option<RateLimit>,
    /// Whether sending it twice does the same as sending it once.
    pub repeat: Repeat,
    /// Whether it costs credits.
    pub spends: bool,
}

/// A rate limit that a family of operations shares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// The family.
    pub family: String,
    /// How many requests in how many seconds; `None` where no figure is known.
    pub window: Option<(u32, u64)>,
}

/// Whether sending a request twice does the same as sending it once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// It does.
    Safe,
    /// It does as long as this field of the body stays the same.
    SafeByKey(String),
    /// It may act a second time.
    Unsafe,
}

/// A type of bodies and parameters.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// Its name.
    pub name: Name,
    /// What it stands for.
    pub docs: Docs,
    /// Where the description has it.
    pub at: Pointer,
    /// The module that it lives in.
    pub home: Home,
    /// What it is.
    pub shape: Shape,
    /// An example of its value.
    pub example: Option<Value>,
    /// What `validate` looks at; nothing where there is none.
    pub checks: Vec<Check>,
}

/// What `validate` looks at in a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// The field or the variant; `None` for the value as a whole.
    pub part: Option<Name>,
    /// What is looked for.
    pub sought: Sought,
}

/// What is looked for in a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Sought {
    /// Whether it keeps these limits.
    Limits(Vec<Limit>),
    /// What its type looks for.
    Within,
}

/// What a value has to fulfil.
#[derive(Clone, Debug, PartialEq)]
pub enum Limit {
    /// By itself.
    Own(Constraint),
    /// By each value in it.
    Each(Vec<Limit>),
    /// By one of its items.
    Item(usize, Vec<Limit>),
}

impl Limit {
    /// Whether any of them is a pattern.
    fn have_pattern(limits: &[Self]) -> bool {
        limits.iter().any(|limit| match limit {
            Self::Own(constraint) => matches!(constraint, Constraint::Pattern(_)),
            Self::Each(limits) | Self::Item(_, limits) => Self::have_pattern(limits),
        })
    }
}

/// The module that a type lives in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Home {
    /// The one of the only tag that uses it, or of the webhooks, by its module's name.
    Tag(String),
    /// The one of types that several tags use, or none.
    Common,
}

/// What a type is.
#[derive(Clone, Debug)]
pub enum Shape {
    /// An object with fields.
    Struct(Struct),
    /// One of several texts.
    Enum(Vec<Variant>),
    /// One of several integers.
    IntegerEnum(Vec<IntegerVariant>),
    /// One of several texts, numbers and truth values.
    ScalarEnum(Vec<ScalarVariant>),
    /// One of several types.
    Union(Union),
}

/// An object with fields.
#[derive(Clone, Debug)]
pub struct Struct {
    /// The fields, in the order of the description.
    pub fields: Vec<Field>,
    /// The field that keeps all other members.
    pub extra: Option<Extra>,
    /// Who makes values of it.
    pub maker: Maker,
    /// How its values are written.
    pub written: Written,
}

/// How the values of a struct are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// As JSON.
    Json,
    /// As the parts of a body.
    Parts(Vec<Part>),
    /// As either.
    Both(Vec<Part>),
}

impl Written {
    /// The parts of a body, a part a field.
    #[must_use]
    pub fn parts(&self) -> Option<&[Part]> {
        match self {
            Self::Json => None,
            Self::Parts(parts) | Self::Both(parts) => Some(parts),
        }
    }

    /// Whether they are written as JSON, too.
    #[must_use]
    pub fn is_json(&self) -> bool {
        !matches!(self, Self::Parts(_))
    }
}

/// A field as the part of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The field.
    pub field: Name,
    /// How it is written.
    pub form: PartForm,
    /// Its media type, where the description states one.
    pub media_type: Option<String>,
}

/// How a field is written as a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartForm {
    /// As a file, or several.
    Files,
    /// As text, or as JSON where it is an object.
    Value,
    /// As parts that are called `a[b]`.
    Deep,
}

/// Who makes the values of a struct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maker {
    /// The caller, so it has `new` and setters.
    Caller,
    /// The service.
    Service,
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name on both sides.
    pub name: Name,
    /// What it means.
    pub docs: Docs,
    /// What its value has to fulfil, in words; part of the documentation too.
    pub limits: Option<String>,
    /// The type of its value, without the `Option` that its presence asks for.
    pub ty: Ty,
    /// What its absence means.
    pub presence: Presence,
    /// The setter that sends null, where null is not the same as absent.
    pub eraser: Option<Name>,
    /// The only text that it can have.
    pub constant: Option<String>,
    /// An example of its value.
    pub example: Option<Value>,
}

impl Field {
    /// Whether a value cannot be made without being told this field.
    #[must_use]
    pub fn is_argument(&self) -> bool {
        self.presence == Presence::Required && self.constant.is_none()
    }
}

/// What the absence of a field means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It is always there.
    Required,
    /// It is always there and may be null.
    Nullable,
    /// It may be absent.
    Optional,
    /// It may be absent, and null says something else.
    OptionalNullable,
}

/// The field that keeps members that have no field of their own.
#[derive(Clone, Debug)]
pub struct Extra {
    /// Its name.
    pub name: Name,
    /// The type of their values; `None` where they may be anything.
    pub values: Option<Ty>,
}

/// A text that an enum knows.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The text, and the variant's name.
    pub name: Name,
    /// What it stands for.
    pub docs: Docs,
}

/// An integer that an enum knows.
#[derive(Clone, Debug)]
pub struct IntegerVariant {
    /// The variant's name.
    pub name: Name,
    /// What it stands for.
    pub docs: Docs,
    /// The integer.
    pub value: i64,
}

/// A text, a number or a truth value that an enum knows.
#[derive(Clone, Debug)]
pub struct ScalarVariant {
    /// The variant's name.
    pub name: Name,
    /// What it stands for.
    pub docs: Docs,
    /// The value.
    pub value: Value,
}

/// One of several types.
#[derive(Clone, Debug)]
pub struct Union {
    /// How a value finds its variant.
    pub selector: Selector,
    /// The variants, in the order in which they are tried.
    pub variants: Vec<UnionVariant>,
}

/// How a value finds its variant of a union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    /// By trying those of its kind in order.
    Kind,
    /// By the value of this member.
    Tag(String),
}

/// A type that a union may have.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// Where the description has it.
    pub at: Pointer,
    /// The tag's value (empty where there is none), and the variant's name.
    pub name: Name,
    /// What it stands for.
    pub docs: Docs,
    /// What it holds.
    pub ty: Ty,
    /// The kind of its JSON.
    pub kind: JsonKind,
}

/// The kinds of JSON values, integers apart (RFC 8259, 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonKind {
    /// Any of them.
    Any,
    /// `true` and `false`.
    Boolean,
    /// `1`
    Integer,
    /// `1.5`
    Number,
    /// `"a"`
    String,
    /// `[]`
    Array,
    /// `{}`
    Object,
}

/// A type as it is used.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ty {
    /// A type of the crate.
    Named(Name),
    /// A type of the crate, boxed because it may hold itself.
    Boxed(Name),
    /// `bool`
    Bool,
    /// An integer type: `i64`.
    Integer(&'static str),
    /// `f64`, or `f32`.
    Float(&'static str),
    /// `String`
    String,
    /// A moment: `jiff::Timestamp`.
    Timestamp,
    /// A day: `jiff::civil::Date`.
    Date,
    /// A text that stands for something else.
    Formatted(Format),
    /// A file in a body of parts: `FilePart`.
    File,
    /// Any JSON: `serde_json::Value`.
    Json,
    /// Any JSON object.
    JsonObject,
    /// `Vec<T>`
    List(Box<Ty>),
    /// `(A, B)`: a list of as many items.
    Tuple(Vec<Ty>),
    /// A map from texts.
    Map(Box<Ty>),
    /// `Option<T>`
    Nullable(Box<Ty>),
}

impl Ty {
    /// The first type of the crate that a type is, or that it holds.
    #[must_use]
    pub fn named(&self) -> Option<&Name> {
        self.names().next()
    }

    /// The types of the crate that a type is, or that it holds.
    pub fn names(&self) -> impl Iterator<Item = &Name> {
        self.leaves().into_iter().filter_map(|leaf| match leaf {
            Self::Named(name) | Self::Boxed(name) => Some(name),
            _ => None,
        })
    }

    /// Whether it is a tuple or holds one.
    fn has_tuple(&self) -> bool {
        match self {
            Self::List(ty) | Self::Map(ty) | Self::Nullable(ty) => ty.has_tuple(),
            Self::Tuple(_) => true,
            _ => false,
        }
    }

    /// How many types hold each other in it: `Vec<Option<A>>` → 2
    fn depth(&self) -> usize {
        match self {
            Self::List(ty) | Self::Map(ty) | Self::Nullable(ty) => 1 + ty.depth(),
            Self::Tuple(items) => 1 + items.iter().map(Self::depth).max().unwrap_or(0),
            _ => 0,
        }
    }

    /// The types that hold no other one: `Vec<(A, Option<B>)>` → `A` and `B`.
    fn leaves(&self) -> Vec<&Self> {
        match self {
            Self::List(ty) | Self::Map(ty) | Self::Nullable(ty) => ty.leaves(),
            Self::Tuple(items) => items.iter().flat_map(Self::leaves).collect(),
            leaf => vec![leaf],
        }
    }
}
