//! Names of types: components have the name of their key, inline schemas one of their location.

use std::collections::HashMap;

use super::operation_names::{OperationNames, own_id};
use super::shared_bodies::Bodies;
use super::type_words::{
    body_words, fields_with, is_component_schema, operations_by_id, parameters_by_place,
    property_words, suffixed,
};
use super::variant_words;
use crate::kept_names::KeptNames;
use crate::pipeline::resolve::{Kind, Resolved, Schema, Webhook};
use crate::pointer::Pointer;
use crate::rust::names::{self, Case, Name, Scope, operation_words};

/// Words that mean something else in the modules of types.
const RESERVED: &[&str] = &[
    "Box",
    "Clone",
    "Debug",
    "Default",
    "Eq",
    "Err",
    "From",
    "Hash",
    "Into",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Result",
    "Self",
    "Some",
    "String",
    "Vec",
];

/// The words that the schemas of a request are named after.
#[derive(Debug)]
struct Request {
    /// The words of the operation.
    words: String,
    /// The word for its body.
    body: &'static str,
}

/// Gives names to schemas, in the order of the calls.
#[derive(Debug)]
pub struct TypeNames<'a> {
    resolved: &'a Resolved,
    requests: HashMap<&'a Pointer, Request>,
    /// What bodies are for.
    bodies: Bodies<'a>,
    /// The first operation of each id.
    operations: HashMap<&'a str, &'a Pointer>,
    /// The names of parameters, by their places.
    parameters: HashMap<&'a Pointer, &'a str>,
    /// The schemas that share the type of another one, with that one.
    repeats: HashMap<&'a Pointer, &'a Pointer>,
    scope: Scope,
    given: HashMap<Pointer, Name>,
}

impl<'a> TypeNames<'a> {
    pub fn new(resolved: &'a Resolved) -> Self {
        let names = OperationNames::new(&resolved.operations);
        let sent = resolved.operations.iter().map(|operation| {
            let words = names.get(&operation.at).to_owned();
            (&operation.at, Request { words, body: "request" })
        });
        let mut requests: HashMap<_, _> = sent.collect();
        for webhook in &resolved.webhooks {
            let words = webhook_name(webhook, &requests);
            requests.insert(&webhook.request.at, Request { words, body: "payload" });
        }
        let repeated = resolved
            .schemas
            .values()
            .flat_map(|first| first.repeated_at.iter().map(move |repeated| (repeated, &first.at)));
        Self {
            resolved,
            requests,
            bodies: Bodies::new(resolved),
            operations: operations_by_id(resolved),
            parameters: parameters_by_place(resolved),
            repeats: repeated.collect(),
            scope: Scope::reserving(RESERVED),
            given: HashMap::new(),
        }
    }

    /// Gives schemas the names that they had at the last release, wherever these are.
    pub fn keep(&mut self, schemas: &[&Schema], kept: &KeptNames) {
        for schema in schemas {
            let places = [&schema.at].into_iter().chain(&schema.repeated_at);
            let had = places.filter_map(|at| kept.types.get(at.as_str())).find_map(|name| {
                let is_own = self.chosen(&schema.at).is_none();
                is_own.then(|| self.scope.keep(&self.wire(&schema.at), name))?
            });
            if let Some(name) = had {
                self.given.insert(schema.at.clone(), name);
            }
        }
    }

    /// Gives a schema its name.
    pub fn give(&mut self, at: &Pointer) -> Name {
        if let Some(kept) = self.get(at) {
            return kept.clone();
        }
        let wire = self.wire(at);
        let own = self.words(at);
        let shared = self.shared_words(at, &own);
        let name = shared
            .and_then(|shared| self.scope.name_if_free(&wire, &shared, Case::Type))
            .or_else(|| self.scope.name_if_free(&wire, &own, Case::Type))
            .or_else(|| self.scope.name_if_free(&wire, &body_words(at, &own)?, Case::Type))
            .or_else(|| self.scope.name_if_free(&wire, &self.shaped_words(at, &own)?, Case::Type))
            .or_else(|| self.scope.name_if_free(&wire, &self.words_of_uses(at, &own)?, Case::Type))
            .unwrap_or_else(|| self.scope.name_as(&wire, &own, Case::Type));
        self.given.insert(at.clone(), name.clone());
        name
    }

    /// Other words for an inline schema whose own words are taken: with what it is.
    fn shaped_words(&self, at: &Pointer, own: &str) -> Option<String> {
        if is_component_schema(at) || self.chosen(at).is_some() {
            return None;
        }
        let shape = match &self.resolved.schemas.get(at)?.kind {
            Kind::Union(_) => "choice",
            Kind::Object(_) => "object",
            _ => "value",
        };
        Some(names::joined(own, shape))
    }

    /// Other words for a component whose key differs from another one in capitals only: those that its uses share, or
    /// those of the only one.
    ///
    /// `meta` beside `Meta`, at `#/components/schemas/Page/properties/meta` → `Page meta`
    fn words_of_uses(&self, at: &Pointer, own: &str) -> Option<String> {
        let is_taken = self.given.values().any(|name| name.wire().eq_ignore_ascii_case(own));
        if !is_component_schema(at) || self.chosen(at).is_some() || !is_taken {
            return None;
        }
        let uses = fields_with(at, self.resolved);
        let uses = uses.map(|(owner, name)| property_words(&self.words(owner), name));
        match uses.collect::<Vec<_>>().split_first()? {
            (only, []) => Some(only.clone()),
            (first, others) => names::shared(first, others.iter().cloned()),
        }
    }

    /// The last step of a location, or the word of a variant of a union instead of its index.
    fn wire(&self, at: &Pointer) -> String {
        let step = at.steps().next_back().unwrap_or_default();
        match at.parent() {
            Some(list) if list.steps().next_back().is_some_and(|it| is_list_of_schemas(&it)) => {
                variant_words::word(self.resolved, &list, &step)
            }
            _ => step,
        }
    }

    /// The name that a schema was given.
    pub fn get(&self, at: &Pointer) -> Option<&Name> {
        self.given.get(at)
    }

    /// The names that were given.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// The words of a request.
    pub fn request(&self, at: &Pointer) -> &str {
        self.requests.get(at).map_or("", |request| &request.words)
    }

    /// The words that all locations of a schema share, if it has several and these words say what it is.
    ///
    /// `list users response owner` and `list teams response owner` → `list response owner`
    fn shared_words(&self, at: &Pointer, own: &str) -> Option<String> {
        let repeated = &self.resolved.schemas.get(at)?.repeated_at;
        if repeated.is_empty() || is_component_schema(at) || self.chosen(at).is_some() {
            return None;
        }
        let others: Vec<_> = repeated.iter().map(|other| (other, self.words(other))).collect();
        self.bodies
            .shared_words(at, own, &others)
            .or_else(|| names::shared(own, others.into_iter().map(|(_, words)| words)))
    }

    /// The words of a location.
    ///
    /// `/components/schemas/User/properties/address` → `User address`;
    /// `/paths/~1users/post/requestBody/…/schema` → `create user request`.
    fn words(&self, at: &Pointer) -> String {
        if let Some(words) = self.chosen(at) {
            return words;
        }
        if let Some(name) = self.get(at).or_else(|| self.get(self.repeats.get(at)?)) {
            return name.rust().to_owned();
        }
        if let Some(request) = self.requests.get(at) {
            return request.words.clone();
        }
        let Some(parent) = at.parent() else { return String::new() };
        let step = at.steps().next_back().unwrap_or_default();
        let above = parent.steps().next_back().unwrap_or_default();
        self.below(&parent, &above, &step)
    }

    /// The name that an overlay chose.
    fn chosen(&self, at: &Pointer) -> Option<String> {
        self.resolved.schemas.get(at)?.extensions.rust_name().map(str::to_owned)
    }

    /// The words of the step `step` below `parent`, whose own last step is `above`.
    fn below(&self, parent: &Pointer, above: &str, step: &str) -> String {
        let outer = |up: &Pointer| up.parent().map(|up| self.words(&up)).unwrap_or_default();
        match (above, step) {
            (
                "schemas" | "parameters" | "headers" | "responses" | "requestBodies" | "mediaTypes",
                name,
            ) if is_component(parent) => self.fastapi_body(name).unwrap_or_else(|| name.to_owned()),
            ("properties" | "$defs" | "patternProperties", name) => {
                property_words(&outer(parent), name)
            }
            // What is in it is in the whole.
            ("allOf", index) if self.is_plain_part(&parent.at(index)) => outer(parent),
            (list, index) if is_list_of_schemas(list) => {
                names::joined(&outer(parent), &variant_words::word(self.resolved, parent, index))
            }
            (_, "items") if is_component_schema(parent) => {
                format!("{} item", self.words(parent))
            }
            (_, "additionalProperties") => format!("{} value", self.words(parent)),
            (_, "requestBody") => suffixed(&self.words(parent), self.body(parent)),
            ("responses", status) => {
                let status = if status.starts_with('2') { "" } else { status };
                format!("{} {status}", suffixed(&outer(parent), "response"))
            }
            ("parameters", index) => {
                names::joined(&outer(parent), self.parameter(parent, index).trim_start())
            }
            ("headers", name) => format!("{} {name}", outer(parent)),
            ("content", _) => outer(parent),
            _ => self.words(parent),
        }
    }

    /// Whether a part of an `allOf` is an object without a name of its own.
    fn is_plain_part(&self, at: &Pointer) -> bool {
        let schema = self.resolved.schemas.get(at);
        schema
            .is_some_and(|schema| schema.title.is_none() && matches!(schema.kind, Kind::Object(_)))
    }

    fn body(&self, request: &Pointer) -> &'static str {
        self.requests.get(request).map_or("request", |request| request.body)
    }

    /// FastAPI names the body of a form after its operation: `Body_upload_v1_upload_post` is
    /// the request of `upload`.
    fn fastapi_body(&self, component: &str) -> Option<String> {
        let id = component.strip_prefix("Body_")?;
        Some(format!("{} request", self.request(self.operations.get(id)?)))
    }

    fn parameter(&self, parent: &Pointer, index: &str) -> String {
        let name = self.parameters.get(&parent.at(index));
        name.map_or_else(|| index.to_owned(), |name| (*name).to_owned())
    }
}

fn is_list_of_schemas(keyword: &str) -> bool {
    ["oneOf", "anyOf", "allOf", "prefixItems"].contains(&keyword)
}

fn is_component(parent: &Pointer) -> bool {
    parent.parent().is_some_and(|up| up.as_str() == "/components")
}

/// The words of a webhook: the id of its operation, or its own name; before that of a callback, the operation that
/// asks for it.
///
/// `newBook` → `newBook`; `onLoan` of the operation `borrow` → `borrow onLoan`
fn webhook_name(webhook: &Webhook, sent: &HashMap<&Pointer, Request>) -> String {
    let Webhook { name, declared_by, request } = webhook;
    if let Some(id) = own_id(request) {
        return operation_words(id, request.method.key(), &request.path);
    }
    match declared_by.as_slice() {
        [only] => {
            let asking = sent.get(only).map_or("", |request| &request.words);
            format!("{asking} {name}")
        }
        _ => name.clone(),
    }
}
