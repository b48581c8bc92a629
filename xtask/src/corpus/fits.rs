//! Whether a value follows a schema of a description, as a validator of JSON Schema judges it.

use std::cell::RefCell;

use jsonschema::{Draft, Registry, Validator};
use lantern_generator::pipeline::model::SchemaExample;
use lantern_generator::pipeline::resolve::OWN_MEMBERS;
use lantern_generator::pointer::Pointer;
use serde_json::{Map, Value, json};

/// The name under which the validator knows the description.
const DOCUMENT: &str = "https://example.com/description";

/// Judges values by the schemas of a description.
pub struct Judge {
    description: Value,
    /// `None` if the description as a whole cannot be judged by.
    registry: Option<Registry<'static>>,
    /// The validator that was asked last.
    last: RefCell<Option<(Pointer, Option<Validator>)>>,
}

impl Judge {
    pub fn new(mut description: Value) -> Self {
        in_words_of_json_schema(&mut description);
        Self::of_schemas(description)
    }

    /// One that lets a value follow several alternatives of a `oneOf`: those that allow any further member are rarely
    /// meant to exclude each other.
    pub fn lenient(mut description: Value) -> Self {
        in_words_of_json_schema(&mut description);
        with_any_of(&mut description);
        Self::of_schemas(description)
    }

    fn of_schemas(description: Value) -> Self {
        let registry = Registry::new().add(DOCUMENT, description.clone());
        let registry = registry.and_then(|builder| builder.prepare()).ok();
        Self { description, registry, last: RefCell::default() }
    }

    /// The samples that follow their own schema; where that cannot be told, one is said to.
    pub fn fitting<'s>(&self, samples: &'s [SchemaExample]) -> Vec<&'s SchemaExample> {
        let fits = |sample: &&SchemaExample| {
            self.registry.is_none() || self.is_valid(&sample.schema, &sample.value) == Some(true)
        };
        samples.iter().filter(fits).collect()
    }

    /// Whether a value follows a schema; `None` where the description has no such schema, or one that no validator
    /// gets to the end of.
    pub fn fits(&self, schema: &Pointer, value: &Value) -> Option<bool> {
        let parent = schema.parent().filter(|_| schema.as_str().ends_with(OWN_MEMBERS));
        let schema = parent.as_ref().unwrap_or(schema);
        let moved = schema.as_str().replace("/oneOf/", "/anyOf/");
        let there = [schema.clone()].into_iter().chain(Pointer::parse(&moved));
        let schema =
            &there.into_iter().find(|at| self.description.pointer(at.as_str()).is_some())?;
        let place = schema.as_str();
        self.description.pointer(place)?;
        let is_endless = leads_back(&self.description, place, &mut Vec::new());
        (!is_endless).then(|| self.is_valid(schema, value)).flatten()
    }

    fn is_valid(&self, schema: &Pointer, value: &Value) -> Option<bool> {
        let mut last = self.last.borrow_mut();
        if last.as_ref().is_none_or(|(known, _)| known != schema) {
            *last = Some((schema.clone(), self.validator(schema)));
        }
        let (_, validator) = last.as_ref()?;
        validator.as_ref().map(|validator| validator.is_valid(value))
    }

    fn validator(&self, schema: &Pointer) -> Option<Validator> {
        let place = json!({ "$ref": format!("{DOCUMENT}#{}", encoded(schema)) });
        let options = jsonschema::options().with_draft(Draft::Draft202012);
        let options = options.should_validate_formats(true);
        options.with_registry(self.registry.as_ref()?).build(&place).ok()
    }
}

/// Whether a schema applies itself to the very value that it is about: a parent that lists what extends it.
fn leads_back<'a>(description: &'a Value, place: &'a str, way: &mut Vec<&'a str>) -> bool {
    if way.contains(&place) {
        return true;
    }
    way.push(place);
    let found =
        description.pointer(place).is_some_and(|schema| applies_back(description, schema, way));
    way.pop();
    found
}

fn applies_back<'a>(description: &'a Value, schema: &'a Value, way: &mut Vec<&'a str>) -> bool {
    let reference = schema.get("$ref").and_then(Value::as_str);
    let target = reference.and_then(|reference| reference.strip_prefix('#'));
    let parts = ["allOf", "oneOf", "anyOf"].into_iter().filter_map(|keyword| schema.get(keyword));
    let mut parts = parts.filter_map(Value::as_array).flatten();
    target.is_some_and(|target| leads_back(description, target, way))
        || parts.any(|part| applies_back(description, part, way))
}
/// A pointer as it stands in a URI (RFC 6901, 6).
fn encoded(at: &Pointer) -> String {
    at.as_str().replace('%', "%25").replace(' ', "%20").replace('{', "%7B").replace('}', "%7D")
}

/// `type: string, nullable: true` → `type: [string, null]`; `minimum: 0, exclusiveMinimum: true` → `exclusiveMinimum: 0`
fn in_words_of_json_schema(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(in_words_of_json_schema),
        Value::Object(members) => {
            members.values_mut().for_each(in_words_of_json_schema);
            bounds(members);
            if members.get("nullable") == Some(&Value::Bool(true)) {
                members.shift_remove("nullable");
                let schema = Value::Object(std::mem::take(members));
                *value = json!({ "anyOf": [schema, { "type": "null" }] });
            }
        }
        _ => {}
    }
}

/// `oneOf: […]` → `anyOf: […]`
fn with_any_of(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(with_any_of),
        Value::Object(members) => {
            members.values_mut().for_each(with_any_of);
            if let Some(Value::Array(_)) =
                members.get("oneOf").filter(|_| !members.contains_key("anyOf"))
            {
                let alternatives = members.shift_remove("oneOf").unwrap_or_default();
                members.insert("anyOf".to_owned(), alternatives);
            }
        }
        _ => {}
    }
}

fn bounds(members: &mut Map<String, Value>) {
    for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        let Some(Value::Bool(is_exclusive)) = members.get(exclusive).cloned() else { continue };
        members.shift_remove(exclusive);
        if is_exclusive && let Some(bound) = members.shift_remove(bound) {
            members.insert(exclusive.to_owned(), bound);
        }
    }
}
