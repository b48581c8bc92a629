//! Swagger 2.0: brought to the objects of OpenAPI 3.0, in which all later steps read a description.

use serde_json::{Map, Value};

use super::diagnostic_sink::DiagnosticSink;
use super::methods::METHODS;
use super::object_schema::Dialect;
use super::pointer_rewrites::PointerRewrites;
use crate::pointer::Pointer;
use media_types::MediaTypes;

mod bodies;
mod forms;
mod lists;
mod media_types;
mod operations;
mod parameters;
mod responses;
mod schemas;
mod security;
mod servers;

/// The members of an object.
type Members = Map<String, Value>;

/// What is noted while a description is brought to OpenAPI 3.0, and what all of its operations share.
struct Upgrade<'a> {
    moves: &'a mut PointerRewrites,
    diagnostics: &'a mut DiagnosticSink,
    consumes: MediaTypes,
    produces: MediaTypes,
    /// The parameters and responses that operations refer to, as they were written.
    parameters: Members,
    responses: Members,
    /// The scheme of the first server, and the rest of its URL.
    server: Option<(String, String)>,
}

/// Brings a description of Swagger 2.0 to OpenAPI 3.0; any other is left as it is.
///
/// `definitions: {Pet: …}` → `components: {schemas: {Pet: …}}`
pub(super) fn upgrade(
    description: &mut Value,
    moves: &mut PointerRewrites,
    diagnostics: &mut DiagnosticSink,
) {
    if Dialect::of(description) != Dialect::Swagger2 {
        return;
    }
    let Value::Object(members) = description else { return };
    members.shift_remove("swagger");
    members.insert("openapi".to_owned(), "3.0.4".into());
    let mut upgrade = Upgrade::new(members, moves, diagnostics);
    upgrade.servers(members);
    upgrade.components(members);
    upgrade.paths(members);
    schemas::upgrade(description, upgrade.moves);
}

impl<'a> Upgrade<'a> {
    fn new(
        members: &mut Members,
        moves: &'a mut PointerRewrites,
        diagnostics: &'a mut DiagnosticSink,
    ) -> Self {
        Self {
            moves,
            diagnostics,
            consumes: MediaTypes::take(members, "consumes").unwrap_or_default(),
            produces: MediaTypes::take(members, "produces").unwrap_or_default(),
            parameters: take_map(members, "parameters"),
            responses: take_map(members, "responses"),
            server: None,
        }
    }

    /// Moves what is shared to where OpenAPI 3.0 has it.
    fn components(&mut self, members: &mut Members) {
        let at = Pointer::root().at("components");
        let sections = [
            ("schemas", "definitions", take_map(members, "definitions")),
            ("securitySchemes", "securityDefinitions", take_map(members, "securityDefinitions")),
            ("responses", "responses", self.responses.clone()),
        ];
        let mut components = take_map(members, "components");
        for (section, from, mut entries) in sections {
            self.moves.moved(Pointer::root().at(from), at.at(section));
            for (name, entry) in &mut entries {
                let at = at.at(section).at(name);
                match (section, entry) {
                    ("securitySchemes", Value::Object(scheme)) => self.security_scheme(scheme, &at),
                    ("responses", Value::Object(response)) => {
                        let produces = self.produces.clone();
                        self.response(response, &produces, &at);
                    }
                    _ => {}
                }
            }
            put(&mut components, section, entries);
        }
        let (parameters, bodies) = self.shared_parameters();
        put(&mut components, "parameters", parameters);
        put(&mut components, "requestBodies", bodies);
        if !components.is_empty() {
            members.insert("components".to_owned(), components.into());
        }
    }

    fn paths(&mut self, members: &mut Members) {
        let at = Pointer::root().at("paths");
        let Some(Value::Object(paths)) = members.get_mut("paths") else { return };
        for (path, item) in paths {
            let at = at.at(path);
            let Value::Object(item) = item else { continue };
            let shared = self.parameter_list(item, &at);
            for (key, operation) in item {
                let is_method = METHODS.contains(&key.to_ascii_lowercase().as_str());
                if let Value::Object(operation) = operation
                    && is_method
                {
                    self.operation(operation, &shared, &at.at(key));
                }
            }
        }
    }
}

/// Adds entries to a map of the components; those of OpenAPI 3.0 that are there already stay.
fn put(components: &mut Members, section: &str, entries: Members) {
    if entries.is_empty() {
        return;
    }
    let known = components.entry(section).or_insert_with(|| Map::new().into());
    if let Value::Object(known) = known {
        for (name, entry) in entries {
            known.entry(name).or_insert(entry);
        }
    }
}

/// Takes a map out of an object; none where it is something else, which is reported where it stands.
fn take_map(members: &mut Members, key: &str) -> Members {
    match members.get_mut(key) {
        Some(Value::Object(entries)) => {
            let entries = std::mem::take(entries);
            members.shift_remove(key);
            entries
        }
        _ => Members::new(),
    }
}
