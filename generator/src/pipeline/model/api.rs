//! The model of a client: what `render` prints.

use serde_json::Value;

use crate::pointer::Pointer;
use crate::rust::names::Name;

mod access;
mod body;
mod choice;
mod definition;
mod docs;
mod error_enum;
mod examples;
mod format;
mod json_kind;
mod module;
mod object;
mod operation;
mod own_type;
mod pagination;
mod polling;
mod rate_limits;
mod reply;
mod servers;
mod ty;
mod webhook;

pub use access::{Credential, Grant, MetaHeader, ResponseConventions};
pub use body::{Body, BodyCase, BodyForm, FormStyles, RequestBody};
pub use choice::{
    Allowed, IntegerVariant, ScalarVariant, Selector, TellingMember, Union, UnionVariant, Variant,
};
pub use definition::{Check, CheckKind, Limit, Shape, TypeDef, TypeModule};
pub use docs::{
    Link, LinkValue, Message, MessagePart, MethodPath, OperationDocs, Owner, TypeDocs, ValueDocs,
    ValueLimits, WebhookDocs, WebhookParameter,
};
pub use error_enum::{ErrorAlias, ErrorCase, ErrorEnum};
pub use examples::{ExampleBody, Examples, ReplyExample, TypeExample};
pub use format::Format;
pub use json_kind::JsonKind;
pub use module::Module;
pub use object::{
    BodyEncoding, Direction, Extra, Field, FixedValue, Part, PartForm, Presence, Struct,
};
pub use operation::{
    Batch, BatchField, Bulk, Chunks, Operation, Parameter, ParameterForm, Policy, RateLimit,
    RetrySafety, Style,
};
pub use own_type::{Bridge, Dependency, Derive, OwnType};
pub use pagination::{PageParameter, PageStyle, PageWindow, Pagination};
pub use polling::{PollState, Polling, ResultPlace, StatusUrl};
pub use rate_limits::{RateLimitGroup, RateLimits};
pub use reply::{
    DescribedReply, DocumentedResponse, EventData, Reply, ReplyCase, ReplyForm, ReplyTest, When,
};
pub use servers::{Choice, Server, Servers, Setting, Variable};
pub use ty::{IntegerType, Ty};
pub use webhook::{Payload, SignatureScheme, Webhook, WebhookSignature, Webhooks};

/// The model of a client.
#[derive(Clone, Debug)]
pub struct Api {
    /// The crate's name, as Cargo has it: `lantern-client`.
    pub crate_name: String,
    /// The module that it is, if it has no crate of its own.
    pub module: Option<Module>,
    /// The name of the description's file, without its folders.
    pub source: String,
    /// The name of the API.
    pub title: String,
    /// The version of the API; any text.
    pub version: String,
    /// What the API is for: Markdown of the description.
    pub description: Option<String>,
    /// The base URL of the service, if the description has an absolute one.
    pub base_url: Option<String>,
    /// The path of a relative server, which is added to a base URL without a path: `/api/v3`.
    pub base_path: Option<String>,
    /// The environment variable that overrides it.
    pub base_url_variable: String,
    /// Other servers.
    pub servers: Servers,
    /// The credentials that a caller sets.
    pub credentials: Vec<Credential>,
    /// The security schemes that ask for a client certificate, which the connection has and not a request.
    pub certificates: Vec<String>,
    /// Which headers and members of replies state success, limits and credits.
    pub response_conventions: ResponseConventions,
    /// The groups of operations that share a rate limit.
    pub rate_limits: RateLimits,
    /// The response headers that have an accessor.
    pub headers: Vec<MetaHeader>,
    /// The operations by tag.
    pub tags: Vec<Tag>,
    /// The module of the crate that has the types of bulk runs: `bulk`.
    pub bulk_module: Name,
    /// What the service sends by itself.
    pub webhooks: Webhooks,
    /// The types of bodies and parameters.
    pub types: Vec<TypeDef>,
    /// The errors that most operations have.
    pub common_errors: Vec<DocumentedResponse>,
    /// Examples of bodies, replies and types, as JSON, if the options ask for them.
    pub schema_examples: Vec<SchemaExample>,
    /// The modules that the owner of the crate adds.
    pub own_modules: Vec<String>,
    /// The crates that own types are of.
    pub dependencies: Vec<Dependency>,
    /// Examples for tests of those who use the client.
    pub examples: Examples,
}

impl Api {
    /// What callers name the client by in code: `lantern_client`, or the path of its module.
    #[must_use]
    pub fn crate_path(&self) -> String {
        match &self.module {
            Some(module) => module.path_in_examples(),
            None => self.crate_name.replace('-', "_"),
        }
    }
}

/// An example of a body, a reply or a type in JSON.
#[derive(Clone, Debug)]
pub struct SchemaExample {
    /// Where the description has it.
    pub at: Pointer,
    /// The location of its schema.
    pub schema: Pointer,
    /// The type that reads it.
    pub ty: Ty,
    /// The example.
    pub value: Value,
}

/// The operations of a tag: a module, and a type that holds them.
#[derive(Clone, Debug)]
pub struct Tag {
    /// The tag, and the module's name: `batch_agents`.
    pub name: Name,
    /// The type that holds the operations: `BatchAgents`.
    pub type_name: Name,
    /// The feature of the crate that the module belongs to, if each tag has one.
    pub feature: Option<String>,
    /// What it stands for: Markdown of the description.
    pub description: Option<String>,
    /// The tag that it is a part of.
    pub parent: Option<String>,
    /// Its operations, in the order of the description.
    pub operations: Vec<Operation>,
    /// The documented errors of its operations.
    pub errors: Vec<ErrorEnum>,
}

impl Tag {
    /// The documented errors of an operation, and what they are called for it.
    #[must_use]
    pub fn errors_of(&self, operation: &Operation) -> Option<(&ErrorEnum, &Name)> {
        self.errors.iter().find_map(|errors| Some((errors, errors.alias_of(operation)?)))
    }
}
