//! Stage 4: the model of the client, with all names, types and modules.
//!
//! An [`Api`] is always valid: every [`Name`](crate::rust::names::Name) is legal and unique in its scope, every type is
//! defined once and has a module, and nothing is left for `render` to decide.

mod api;
mod build;
mod builders;
mod diagnostic_sink;
mod extension_object;
mod items;
mod passes;
mod queries;
mod tables;

pub use api::{
    Allowed, Api, Batch, BatchField, Body, BodyCase, BodyEncoding, BodyForm, Bridge, Bulk, Check,
    CheckKind, Choice, Chunks, Credential, Dependency, Derive, DescribedReply, Direction,
    DocumentedResponse, ErrorAlias, ErrorCase, ErrorEnum, EventData, ExampleBody, Examples, Extra,
    Field, FixedValue, FormStyles, Format, Grant, IntegerType, IntegerVariant, JsonKind, Limit,
    Link, LinkValue, Message, MessagePart, MetaHeader, MethodPath, Module, Operation,
    OperationDocs, OwnType, Owner, PageParameter, PageStyle, PageWindow, Pagination, Parameter,
    ParameterForm, Part, PartForm, Payload, Policy, PollState, Polling, Presence, RateLimit,
    RateLimitGroup, RateLimits, Reply, ReplyCase, ReplyExample, ReplyForm, ReplyTest, RequestBody,
    ResponseConventions, ResultPlace, RetrySafety, ScalarVariant, SchemaExample, Selector, Server,
    Servers, Setting, Shape, SignatureScheme, StatusUrl, Struct, Style, Tag, TellingMember, Ty,
    TypeDef, TypeDocs, TypeExample, TypeModule, Union, UnionVariant, ValueDocs, ValueLimits,
    Variable, Variant, Webhook, WebhookDocs, WebhookParameter, WebhookSignature, Webhooks, When,
};
pub use build::model;
pub(crate) use builders::bodies::in_order as media_in_order;
pub use builders::methods::UNTAGGED;
pub(crate) use builders::structs::is_secret;
pub use queries::{Need, RuntimeNeeds, schema_values, used_types::own_types};
pub use tables::{Choices as TypeChoices, OperationNames};

use crate::diagnostics::Location;
use crate::selection::RelevantLocations;

/// What the stage returns.
#[derive(Debug)]
pub struct ModelOutput {
    /// The client.
    pub api: Api,
    relevant_locations: Option<RelevantLocations>,
}

impl ModelOutput {
    /// Whether a location has to do with the selected operations.
    #[must_use]
    pub fn is_relevant(&self, place: &Location) -> bool {
        self.relevant_locations.as_ref().is_none_or(|relevant| relevant.include(place))
    }
}
