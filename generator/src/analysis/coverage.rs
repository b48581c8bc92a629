//! How much of a description its client covers: counted from what the stages have decided and said.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde::Serialize;

use crate::diagnostics::Diagnostics;
use crate::pipeline::model::{ModelOutput, Operation};
use crate::pipeline::resolve::{self, MediaType, ParameterLocation, Resolved, Schema, Status};
use crate::pointer::Pointer;

mod keywords;
mod table;

pub use keywords::{Fate, Keyword};

/// How much of a description its client covers.
///
/// All but the operations is counted within what the client's operations have to do with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Operations, and methods for them.
    pub operations: Share,
    /// Webhooks and callbacks, and types that read them.
    pub webhooks: Share,
    /// Schemas, inline ones among them, and types for them; all others are Rust's own types.
    pub schemas: Share,
    /// Parameters by where they go: `query`.
    pub parameters: IndexMap<&'static str, Share>,
    /// The forms of bodies by media type, and those that are sent.
    pub bodies: IndexMap<String, Share>,
    /// The forms of successful replies by media type, and those that are read.
    pub replies: IndexMap<String, Share>,
    /// Documented errors with a body, and those with a type for it.
    pub errors: Share,
    /// What became of keywords; used ones first.
    pub keywords: Vec<Keyword>,
}

/// How many there are in the description, and how many of them in the client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// In the description.
    pub described: usize,
    /// In the client.
    pub made: usize,
}

impl Share {
    fn add(&mut self, is_made: bool) {
        self.described += 1;
        self.made += usize::from(is_made);
    }
}

impl Coverage {
    /// Counts what the model has of what was resolved and is relevant, and what the stages warned of: what was
    /// widened, what is ignored, and operations without code.
    #[must_use]
    pub fn count(resolved: &Resolved, output: &ModelOutput, warnings: &Diagnostics) -> Self {
        let api = &output.api;
        let is_relevant =
            |schema: &&Schema| output.is_relevant(&resolved.origins.place(&schema.at));
        let schemas: Vec<&Schema> = resolved.schemas.values().filter(is_relevant).collect();
        let made: IndexMap<&Pointer, &Operation> =
            api.operations().map(|operation| (&operation.at, operation)).collect();
        let lost = keywords::lost_operations(warnings);
        let mut keywords = keywords::used(&schemas, &resolved.origins);
        keywords.extend(keywords::told(warnings));
        let mut coverage = Self {
            operations: Share { described: resolved.operations.len() + lost, made: made.len() },
            webhooks: Share { described: resolved.webhooks.len(), made: api.webhooks.all.len() },
            schemas: Share { described: schemas.len(), made: api.types.len() },
            parameters: IndexMap::new(),
            bodies: IndexMap::new(),
            replies: IndexMap::new(),
            errors: Share::default(),
            keywords,
        };
        for described in &resolved.operations {
            if let Some(made) = made.get(&described.at) {
                coverage.add_operation(described, made, resolved);
            }
        }
        coverage
    }

    fn add_operation(
        &mut self,
        described: &resolve::Operation,
        made: &Operation,
        resolved: &Resolved,
    ) {
        let parameters = made.arguments.iter().chain(&made.options);
        let sent: HashSet<&str> = parameters.map(|parameter| parameter.name.wire()).collect();
        for parameter in &described.parameters {
            let place = self.parameters.entry(place_of(parameter.location)).or_default();
            place.add(sent.contains(parameter.name.as_str()));
        }
        for media in described.body.iter().flat_map(|body| &body.content) {
            let form = self.bodies.entry(media.media_type.to_string()).or_default();
            form.add(made.body.is_some() && !media.is_opaque(resolved));
        }
        let (good, bad): (Vec<_>, Vec<_>) =
            described.responses.iter().partition(|response| response.status.is_success());
        for media in good.iter().flat_map(|response| &response.content) {
            let form = self.replies.entry(media.media_type.to_string()).or_default();
            let named = media.media_type.canonical();
            let is_read =
                made.accept.iter().any(|asked| MediaType::new(asked).canonical() == named);
            form.add(is_read && !media.is_opaque(resolved));
        }
        let switches = bad.iter().filter(|response| response.status == Status::Code(101));
        switches.for_each(|_| {
            self.replies.entry("of another protocol".to_owned()).or_default().add(false)
        });
        self.errors.described += bad.iter().filter(|response| !response.content.is_empty()).count();
        self.errors.made += made.errors.iter().filter(|error| error.ty.is_some()).count();
    }
}

fn place_of(location: ParameterLocation) -> &'static str {
    match location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::QueryString => "querystring",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    }
}
