//! Parameters that are no body, and headers: what describes their value is a schema of its own.

use serde_json::{Map, Value};

use super::lists::Place;
use super::{Members, Upgrade};
use crate::pipeline::normalize::keywords;
use crate::pointer::Pointer;

/// What a parameter of Swagger 2.0 is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ParameterKind {
    /// One in the path, the query or a header.
    Plain,
    Body,
    /// A field of a form.
    Field,
}

impl ParameterKind {
    pub(super) fn of(parameter: &Value) -> Self {
        match parameter.get("in").and_then(Value::as_str) {
            Some("body") => Self::Body,
            Some("formData") => Self::Field,
            _ => Self::Plain,
        }
    }
}

/// A parameter that becomes a body or a field of it.
#[derive(Clone, Debug)]
pub(super) struct Input {
    pub(super) kind: ParameterKind,
    pub(super) parameter: Members,
    /// Where it stands, which is where it is written or where it is referred to.
    pub(super) at: Pointer,
    /// Its name among the shared parameters, if it is one.
    pub(super) shared: Option<String>,
}

impl Input {
    pub(super) fn name(&self) -> &str {
        self.parameter.get("name").and_then(Value::as_str).unwrap_or_default()
    }

    /// Where it is written.
    pub(super) fn written_at(&self) -> Pointer {
        match &self.shared {
            Some(name) => Pointer::root().at("parameters").at(name),
            None => self.at.clone(),
        }
    }
}

impl Upgrade<'_> {
    /// The shared parameters and bodies as components. Fields of forms are none: they are part of their operations.
    pub(super) fn shared_parameters(&mut self) -> (Members, Members) {
        let (mut parameters, mut bodies) = (Map::new(), Map::new());
        let (from, at) = (Pointer::root().at("parameters"), Pointer::root().at("components"));
        for (name, mut parameter) in self.parameters.clone() {
            let from = from.at(&name);
            match (ParameterKind::of(&parameter), &mut parameter) {
                (ParameterKind::Plain, Value::Object(members)) => {
                    let at = at.at("parameters").at(&name);
                    self.moves.moved(from, at.clone());
                    self.plain_parameter(members, &at);
                    parameters.insert(name, parameter);
                }
                (ParameterKind::Body, Value::Object(members)) => {
                    let at = at.at("requestBodies").at(&name);
                    self.moves.moved(from.clone(), at.clone());
                    let consumes = self.consumes.clone();
                    let body = self.body(std::mem::take(members), &consumes, &from, &at);
                    bodies.insert(name, body);
                }
                _ => {}
            }
        }
        (parameters, bodies)
    }

    /// Brings a list of parameters to OpenAPI 3.0, and takes what belongs to bodies out of it. All others keep their
    /// places.
    pub(super) fn parameter_list(&mut self, owner: &mut Members, at: &Pointer) -> Vec<Input> {
        let at = at.at("parameters");
        let mut inputs = Vec::new();
        let Some(Value::Array(items)) = owner.get_mut("parameters") else { return inputs };
        for (index, item) in items.iter_mut().enumerate() {
            let at = at.at(index);
            let shared = self.shared_name(item);
            let written = shared.as_ref().and_then(|name| self.parameters.get(name));
            let parameter = written.unwrap_or(item);
            let kind = ParameterKind::of(parameter);
            match (kind, parameter) {
                (ParameterKind::Plain, _) => match (shared, item) {
                    (Some(name), Value::Object(members)) => {
                        let place = Pointer::root().at("components").at("parameters").at(name);
                        members.insert("$ref".to_owned(), format!("#{}", place.as_str()).into());
                    }
                    (None, Value::Object(members)) => self.plain_parameter(members, &at),
                    _ => {}
                },
                (_, Value::Object(members)) => {
                    inputs.push(Input { kind, parameter: members.clone(), at, shared });
                    *item = Value::Null;
                }
                _ => {}
            }
        }
        inputs
    }

    /// `#/parameters/Limit` → `Limit`
    fn shared_name(&self, parameter: &Value) -> Option<String> {
        let place = Pointer::parse(parameter.get("$ref")?.as_str()?.strip_prefix('#')?)?;
        let steps: Vec<String> = place.steps().collect();
        match steps.as_slice() {
            [section, name] if section == "parameters" && self.parameters.contains_key(name) => {
                Some(name.clone())
            }
            _ => None,
        }
    }

    /// `{name: a, in: query, type: integer}` → `{name: a, in: query, schema: {type: integer}}`
    fn plain_parameter(&mut self, parameter: &mut Members, at: &Pointer) {
        if parameter.contains_key("$ref") || parameter.contains_key("schema") {
            return;
        }
        let is_query = parameter.get("in").is_some_and(|place| place == "query");
        let place = if is_query { Place::Query } else { Place::Simple };
        let mut schema = take_value(parameter);
        self.list_style(&mut schema, place, at).state(parameter);
        if let Some(example) = parameter.shift_remove("x-example") {
            parameter.entry("example").or_insert(example);
        }
        self.place_schema(parameter, schema, at);
    }

    /// `{type: integer, description: a}` → `{schema: {type: integer}, description: a}`
    pub(super) fn header(&mut self, header: &mut Members, at: &Pointer) {
        if header.contains_key("$ref") || header.contains_key("schema") {
            return;
        }
        let mut schema = take_value(header);
        self.list_style(&mut schema, Place::Simple, at).state(header);
        self.place_schema(header, schema, at);
    }

    fn place_schema(&mut self, owner: &mut Members, schema: Members, at: &Pointer) {
        self.moves.copied(at, at.at("schema"));
        owner.insert("schema".to_owned(), schema.into());
    }
}

/// Takes what describes the value out of a parameter or a header.
pub(super) fn take_value(members: &mut Members) -> Members {
    let keys: Vec<String> = members.keys().filter(|key| is_of_value(key)).cloned().collect();
    keys.iter().filter_map(|key| members.shift_remove_entry(key)).collect()
}

fn is_of_value(key: &str) -> bool {
    let is_of_parameter = matches!(key, "description" | "example" | "required" | "$ref");
    let is_word = matches!(key, "collectionFormat" | "x-nullable") || key.starts_with("x-enum");
    is_word || (keywords::member(key).is_some() && !is_of_parameter)
}
