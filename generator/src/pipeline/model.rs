//! Stage 4: what is generated, decided to the last word.
//!
//! An [`Api`] is always right: every [`Name`](crate::rust::names::Name) is legal and unique where it stands, every type
//! is defined once and has a module, and nothing is left for `render` to decide.

mod api;
mod base_url;
mod batches;
mod bodies;
mod build;
mod bulk;
mod client_credentials;
mod common_errors;
mod credentials;
mod cycles;
mod documentation;
mod features;
mod formats;
mod links;
mod messages;
mod meta;
mod multipart;
mod operations;
mod policy;
mod queries;
mod rate_limits;
mod replies;
mod runtime_needs;
mod samples;
mod schema_usage;
mod selection;
mod servers;
mod signals;
mod streams;
mod type_modules;
mod type_names;
mod types;
mod unions;
mod webhooks;

pub use api::{
    Api, Batch, BatchField, Body, BodyCase, BodyEncoding, BodyForm, Bulk, Check, CheckKind, Chunks,
    Credential, Direction, DocumentedResponse, Extra, Field, Grant, IntegerVariant, JsonKind,
    Limit, Link, LinkValue, Message, MessagePart, MetaHeader, MethodPath, Operation, OperationDocs,
    Owner, Parameter, ParameterForm, Part, PartForm, Policy, Presence, RateLimit, Repeat, Reply,
    ReplyCase, ReplyForm, RequestBody, Sample, ScalarVariant, Selector, Shape, Signals, Struct,
    Style, Tag, Ty, TypeDef, TypeDocs, TypeModule, Union, UnionVariant, ValueDocs, ValueLimits,
    Variant, Verb, WebhookDocs, WebhookParameter, When,
};
pub use build::model;
pub use formats::Format;
pub use rate_limits::{RateLimitGroup, RateLimits};
pub use runtime_needs::{Need, RuntimeNeeds};
pub use servers::{Choice, Server, Servers, Setting, Variable};
pub use webhooks::{Payload, Webhook, Webhooks};

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
