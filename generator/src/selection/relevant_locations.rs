//! Which places of a description a selection has to do with, so that nobody hears diagnostics about the rest.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::diagnostics::Location;
use crate::pipeline::normalize::methods::{METHODS, QUERY};
use crate::pipeline::normalize::{self, SourceMapping};
use crate::pointer::{Pointer, percent_decoded};

/// The places that a selection has to do with, by the description as it was written.
///
/// Looked for in the text and not in the model: what a diagnostic is about was often left out of the model, and a
/// diagnostic must never go with it. So it is rather too much than too little: all that a `$ref` leads to.
#[derive(Debug)]
pub struct RelevantLocations {
    file: String,
    /// Whatever is below one of these.
    reached: HashSet<Pointer>,
    /// What is right above one of them.
    around: HashSet<Pointer>,
    /// A reference leads somewhere that is not looked for, so nothing is passed over.
    lost: bool,
}

/// What is selected, and what is known of the rest.
pub struct Selected<'a> {
    /// Where selected operations and types stand.
    pub roots: Vec<Pointer>,
    /// Where the operations stand of which code could be made; the others were left out because of a fault.
    pub known: HashSet<&'a Pointer>,
    /// The tags that are selected whole, in the words of the description.
    pub tags: Vec<&'a str>,
    /// The operations that are named.
    pub ids: &'a [String],
    /// The tag of operations that have none.
    pub untagged: &'a str,
}

impl RelevantLocations {
    /// Follows all references of what is selected.
    pub fn new(selected: Selected<'_>, origins: &SourceMapping) -> Self {
        let written = &normalize::written(origins);
        let mut open: Vec<Pointer> =
            selected.roots.iter().map(|at| origins.place(at).pointer).collect();
        open.extend(selected.faulty(written));
        open.extend(beside(&open, written));
        let around = open.iter().filter_map(Pointer::parent).collect();
        let file = origins.file().to_owned();
        let mut relevant = Self { file, reached: HashSet::new(), around, lost: false };
        while let Some(at) = open.pop() {
            let found = written.pointer(at.as_str());
            if relevant.reached.insert(at) {
                open.extend(found.into_iter().flat_map(|found| relevant.references(found)));
            }
        }
        relevant
    }

    /// Whether a place has to do with the selection: not an operation that is not in it, and no component that none
    /// in it refers to.
    #[must_use]
    pub fn include(&self, place: &Location) -> bool {
        let steps: Vec<String> = place.pointer.steps().take(3).collect();
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        match steps.as_slice() {
            _ if self.lost || place.file != self.file => true,
            ["components", "securitySchemes", ..] => true,
            ["paths" | "x-ms-paths" | "webhooks" | "x-webhooks", _] => {
                self.around.contains(&place.pointer)
            }
            ["paths" | "x-ms-paths" | "webhooks" | "x-webhooks" | "components", _, _] => {
                self.is_below(&place.pointer)
            }
            // What Swagger 2.0 shares.
            ["definitions" | "parameters" | "responses", _, ..] => self.is_below(&place.pointer),
            _ => true,
        }
    }

    fn is_below(&self, at: &Pointer) -> bool {
        let around = std::iter::successors(Some(at.clone()), Pointer::parent);
        around.into_iter().any(|around| self.reached.contains(&around))
    }

    /// The places that references below a value lead to.
    fn references(&mut self, value: &Value) -> Vec<Pointer> {
        let mut found = Vec::new();
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            match value {
                Value::Array(items) => open.extend(items),
                Value::Object(members) => {
                    open.extend(members.values());
                    found.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
                    found.extend(mapped(members));
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
        let places: Vec<_> = found.iter().map(|reference| target(reference)).collect();
        self.lost |= places.iter().any(Option::is_none);
        places.into_iter().flatten().collect()
    }
}

impl Selected<'_> {
    /// Operations of which no code could be made, though they are selected or nobody can tell.
    fn faulty(&self, written: &Value) -> Vec<Pointer> {
        let operations = operations(written).into_iter();
        let faulty = operations.filter(|(at, operation)| {
            !self.known.contains(at) && self.may_be_meant(operation).unwrap_or(true)
        });
        faulty.map(|(at, _)| at).collect()
    }

    /// `None` where an operation does not say what it is.
    fn may_be_meant(&self, operation: &Value) -> Option<bool> {
        let operation = operation.as_object()?;
        let tag = match operation.get("tags") {
            None => self.untagged,
            Some(tags) => tags.as_array()?.first().map_or(Some(self.untagged), Value::as_str)?,
        };
        let id = operation.get("operationId").map_or(Some(""), Value::as_str)?;
        Some(self.tags.contains(&tag) || self.ids.iter().any(|asked| asked == id))
    }
}

/// All operations as they were written, those of methods that OpenAPI 3.0 has no word for among them.
fn operations(written: &Value) -> Vec<(Pointer, &Value)> {
    let mut found = Vec::new();
    for (path, item) in written.get("paths").and_then(Value::as_object).into_iter().flatten() {
        let at = Pointer::root().at("paths").at(path);
        for (key, operation) in item.as_object().into_iter().flatten() {
            match key.as_str() {
                "additionalOperations" => {
                    let further = operation.as_object().into_iter().flatten();
                    found.extend(further.map(|(name, one)| (at.at(key).at(name), one)));
                }
                key if is_method(key) => found.push((at.at(key), operation)),
                _ => {}
            }
        }
    }
    found
}

fn is_method(key: &str) -> bool {
    key == QUERY || METHODS.contains(&key)
}

/// What stands beside operations and is for all of their path: parameters, servers, a `$ref`.
fn beside(operations: &[Pointer], written: &Value) -> Vec<Pointer> {
    let mut found = Vec::new();
    for item in operations.iter().filter_map(Pointer::parent).collect::<HashSet<_>>() {
        let is_path = item.as_str().starts_with("/paths/");
        let members = written.pointer(item.as_str()).filter(|_| is_path);
        let members = members.and_then(Value::as_object).into_iter().flatten();
        let shared = members.filter(|(key, _)| !is_method(key) && *key != "additionalOperations");
        found.extend(shared.map(|(key, _)| item.at(key)));
    }
    found
}

/// The schemas that the mapping of a discriminator names, by pointer or by name (OpenAPI 3.1.0, 4.8.25).
fn mapped(members: &Map<String, Value>) -> Vec<String> {
    let mapping = members.get("discriminator").and_then(|found| found.get("mapping"));
    let named = mapping.and_then(Value::as_object).into_iter().flatten();
    let named = named.filter_map(|(_, to)| to.as_str());
    named
        .map(|to| match to.contains('/') {
            true => to.to_owned(),
            false => format!("#/components/schemas/{to}"),
        })
        .collect()
}

/// Where a reference leads to; `None` where that is another document, or an anchor.
fn target(reference: &str) -> Option<Pointer> {
    Pointer::parse(&percent_decoded(reference.strip_prefix('#')?))
}
