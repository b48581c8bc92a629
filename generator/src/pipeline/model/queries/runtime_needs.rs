//! What a client needs of the runtime beyond what all clients need.

use std::collections::BTreeSet;

use super::used_types::{types_in, types_of};
use crate::pipeline::model::{
    Api, BodyEncoding, BodyForm, CheckKind, Extra, Format, IntegerType, Limit, Operation, Shape,
    Struct, Ty, TypeDef, Webhook,
};

/// A part of the runtime that only some clients need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Strings that are bytes in base64.
    Base64,
    /// Integers of any size.
    BigIntegers,
    /// Operations that submit batches.
    Batches,
    /// Methods that send many requests.
    Bulk,
    /// Errors that the description types.
    DocumentedErrors,
    /// Replies that are bytes, or may be.
    Downloads,
    /// Access tokens that the client requests itself.
    ClientCredentials,
    /// Credentials that the caller sets.
    Credentials,
    /// Operations that cost credits.
    Credits,
    /// Bodies whose media type the caller states.
    Content,
    /// Files in types that are also written as JSON or as a form.
    FilesInJson,
    /// Replies that are streams of items.
    ItemStreams,
    /// Requests that have `validate`.
    Limits,
    /// Bodies of several parts.
    Multipart,
    /// Operations that have a server of their own.
    OperationServers,
    /// Operations whose replies are pages.
    Pagination,
    /// Operations whose result comes later.
    Polling,
    /// Limits that are patterns.
    Patterns,
    /// Groups of operations that share a rate limit.
    RateLimits,
    /// URLs of servers that have variables.
    ServerVariables,
    /// Types of other crates.
    OwnTypes,
    /// Lists that are tuples.
    Tuples,
    /// Strings that are UUIDs.
    Uuid,
    /// Strings that keep their spelling.
    Verbatim,
    /// Signatures of requests that the service sends.
    WebhookSignatures,
    /// Requests that the service sends.
    Webhooks,
}

/// What a client needs of the runtime beyond what all clients need.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuntimeNeeds(BTreeSet<Need>);

impl RuntimeNeeds {
    /// Collects the needs of a client.
    #[must_use]
    pub fn new(api: &Api) -> Self {
        let mut needs = Self::default();
        needs.add(Need::Credentials, !api.credentials.is_empty());
        needs.add(Need::ClientCredentials, api.grants().next().is_some());
        needs.add(Need::RateLimits, !api.rate_limits.groups.is_empty());
        needs.add(Need::ServerVariables, api.servers.have_variables());
        needs.add(Need::Webhooks, !api.webhooks.all.is_empty());
        let is_signed = !api.webhooks.all.is_empty() && api.webhooks.signature.is_some();
        needs.add(Need::WebhookSignatures, is_signed);
        let has_errors = api.tags.iter().any(|tag| !tag.errors.is_empty());
        needs.add(Need::DocumentedErrors, has_errors);
        for operation in api.operations() {
            needs.add_operation(operation);
        }
        for definition in &api.types {
            needs.add_definition(definition);
        }
        for ty in api.webhooks.all.iter().flat_map(Webhook::types) {
            needs.add_type(ty);
        }
        needs
    }

    /// Whether a part of the runtime is needed.
    #[must_use]
    pub fn include(&self, need: Need) -> bool {
        self.0.contains(&need)
    }

    /// Whether any of several parts is needed.
    #[must_use]
    pub fn include_any(&self, needs: &[Need]) -> bool {
        needs.iter().any(|need| self.include(*need))
    }

    fn add(&mut self, need: Need, is_needed: bool) {
        if is_needed {
            self.0.insert(need);
        }
    }

    fn add_operation(&mut self, operation: &Operation) {
        self.add(Need::Batches, operation.batch.is_some());
        self.add(Need::Bulk, operation.bulk.is_some());
        self.add(Need::Credits, operation.policy.consumes_credits);
        self.add(Need::Downloads, operation.success.has_bytes());
        self.add(Need::ItemStreams, operation.success.streams());
        self.add(Need::Pagination, operation.pagination.is_some());
        self.add(Need::Polling, operation.polling.is_some());
        self.add(Need::OperationServers, operation.server.is_some());
        for form in operation.body.iter().flat_map(|body| body.sent.forms()) {
            self.add(Need::Content, matches!(form, BodyForm::Content(_)));
            self.add(Need::Multipart, matches!(form, BodyForm::Multipart(_)));
        }
        for ty in types_of(operation) {
            self.add_type(ty);
        }
    }

    fn add_definition(&mut self, definition: &TypeDef) {
        self.add(Need::FilesInJson, has_files_in_json(&definition.shape));
        self.add(Need::Limits, definition.validates);
        self.add(Need::Patterns, definition.checks.iter().any(|check| has_pattern(&check.kind)));
        for ty in types_in(&definition.shape) {
            self.add_type(ty);
        }
    }

    fn add_type(&mut self, ty: &Ty) {
        match ty {
            Ty::List(ty) | Ty::Map(ty) | Ty::Nullable(ty) => self.add_type(ty),
            Ty::Tuple(items) => {
                self.add(Need::Tuples, true);
                items.iter().for_each(|item| self.add_type(item));
            }
            Ty::Formatted(format) => self.add_format(*format),
            Ty::Integer(integer) => self.add(Need::BigIntegers, *integer == IntegerType::Big),
            Ty::Own(_) => self.add(Need::OwnTypes, true),
            _ => {}
        }
    }

    fn add_format(&mut self, format: Format) {
        self.add(Need::Base64, format == Format::Base64);
        self.add(Need::Uuid, format == Format::Uuid);
        self.add(Need::Verbatim, format.is_verbatim());
    }
}

fn has_files_in_json(shape: &Shape) -> bool {
    match shape {
        Shape::Struct(Struct { written: BodyEncoding::Both(_), fields, extra, .. }) => {
            fields.iter().any(|field| field.ty.leaves().contains(&&Ty::File))
                || extra.as_ref().is_some_and(Extra::has_files)
        }
        _ => false,
    }
}

fn has_pattern(kind: &CheckKind) -> bool {
    match kind {
        CheckKind::Limits(limits) => Limit::have_pattern(limits),
        CheckKind::Nested => false,
    }
}
