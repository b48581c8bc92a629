//! Texts that were written without quotes, and that YAML reads as something else: `version: 1.10` is the number 1.1.
//!
//! A schema says what was meant: a value of `type: string` is the text as it was written.

use serde_json::Value;

use super::Syntax;
use super::at::At;
use crate::Source;
use crate::diagnostics::source_map::Sources;
use crate::diagnostics::{Location, SpanKind};
use crate::pointer::Pointer;

/// How many schemas may be within each other around a value; a schema can hold itself.
const DEEPEST: usize = 16;

/// How many values of schemas are looked at: more than descriptions have, and few enough where `allOf` multiplies them.
const MOST_STEPS: usize = 1_000_000;

/// Puts the text as it was written where a text is meant, and another one would come of the value.
pub(super) fn keep_texts(mut root: Value, syntax: Syntax, source: &Source) -> Value {
    let mut meant = Meant { root: &root, found: Vec::new(), steps: 0 };
    meant.description(&root);
    let mut found = meant.found;
    if syntax == Syntax::Json {
        found.retain(|at| root.pointer(at.as_str()).is_none_or(has_several_spellings));
    }
    // Nothing is looked for in the text until there is a place.
    let sources = Sources::new([source.clone()]);
    for at in found {
        let Some(value) = root.pointer_mut(at.as_str()) else { continue };
        if let Some(text) = written(value, &at, source, &sources) {
            *value = text.into();
        }
    }
    root
}

/// Whether JSON can write a value in another way than we do: `1.50`, but neither `true` nor `15`.
fn has_several_spellings(value: &Value) -> bool {
    value.is_f64()
}

/// The text that a value was read from, unless the value would be written so.
fn written(value: &Value, at: &Pointer, source: &Source, sources: &Sources) -> Option<String> {
    let place = Location::new(&source.file, at.clone()).spot(SpanKind::Value);
    let excerpt = sources.find(&place)?;
    let text = excerpt.text.get(excerpt.start..excerpt.end)?;
    // An alias is read from another place, and of a value in several lines only the key is found.
    let is_it = super::scalar(text).is_some_and(|read| read == *value);
    let usual = value.to_string();
    (is_it && usual != text).then(|| text.to_owned())
}

/// Finds the values that are no texts where a text is meant.
struct Meant<'a> {
    root: &'a Value,
    found: Vec<Pointer>,
    steps: usize,
}

impl<'a> Meant<'a> {
    fn description(&mut self, root: &'a Value) {
        let at = At::Member(&At::Root, "info");
        self.text(root.pointer("/info/version"), &At::Member(&at, "version"));
        self.within(root, &At::Root);
    }

    /// Everything that is or has a schema.
    fn within(&mut self, value: &'a Value, at: &At<'_>) {
        match value {
            Value::Object(members) => {
                if members.keys().any(|key| is_value(key)) {
                    self.beside_a_schema(value, at);
                }
                for (key, member) in members.iter().filter(|(key, _)| !is_value(key)) {
                    self.within(member, &At::Member(at, key));
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.within(item, &At::Item(at, index));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// The values beside the words of a schema, and beside the schema of a parameter, a header or a body.
    fn beside_a_schema(&mut self, owner: &'a Value, at: &At<'_>) {
        let of_owner = owner.get("schema");
        for (words, schema) in
            [(&["default", "example", "const"][..], Some(owner)), (&["example"], of_owner)]
        {
            let Some(schema) = schema else { continue };
            for word in words {
                if let Some(value) = owner.get(word) {
                    self.of_schema(schema, value, &At::Member(at, word), DEEPEST);
                }
            }
        }
        for word in ["enum", "examples"] {
            let at = At::Member(at, word);
            for (index, value) in items(owner.get(word)).enumerate() {
                self.of_schema(owner, value, &At::Item(&at, index), DEEPEST);
            }
        }
        if let (Some(schema), Some(Value::Object(examples))) = (of_owner, owner.get("examples")) {
            let at = At::Member(at, "examples");
            for (name, example) in examples {
                if let Some(value) = example.get("value") {
                    let at = At::Member(&at, name);
                    self.of_schema(schema, value, &At::Member(&at, "value"), DEEPEST);
                }
            }
        }
    }

    /// A value of a schema, and those within.
    fn of_schema(&mut self, schema: &'a Value, value: &'a Value, at: &At<'_>, depth: usize) {
        self.steps += 1;
        let Some(depth) = depth.checked_sub(1).filter(|_| self.steps < MOST_STEPS) else { return };
        if let Some(target) =
            schema.get("$ref").and_then(Value::as_str).and_then(|to| self.target(to))
        {
            self.of_schema(target, value, at, depth);
        }
        for part in items(schema.get("allOf")) {
            self.of_schema(part, value, at, depth);
        }
        match value {
            Value::Object(members) => {
                let Some(properties) = schema.get("properties") else { return };
                for (key, member) in members {
                    if let Some(schema) = properties.get(key) {
                        self.of_schema(schema, member, &At::Member(at, key), depth);
                    }
                }
            }
            Value::Array(values) => {
                let Some(schema) = schema.get("items") else { return };
                for (index, item) in values.iter().enumerate() {
                    self.of_schema(schema, item, &At::Item(at, index), depth);
                }
            }
            scalar if is_text(schema) => self.text(Some(scalar), at),
            _ => {}
        }
    }

    fn target(&self, reference: &str) -> Option<&'a Value> {
        let pointer = reference.strip_prefix('#').unwrap_or(reference);
        self.root.pointer(pointer)
    }

    fn text(&mut self, value: Option<&Value>, at: &At<'_>) {
        if matches!(value, Some(Value::Bool(_) | Value::Number(_))) {
            self.found.push(at.pointer());
        }
    }
}

fn items(list: Option<&Value>) -> impl Iterator<Item = &Value> {
    list.and_then(Value::as_array).into_iter().flatten()
}

/// Members that are values and no part of a description.
fn is_value(key: &str) -> bool {
    ["default", "enum", "example", "examples", "const"].contains(&key)
}

/// Whether all values of a schema but null are texts.
fn is_text(schema: &Value) -> bool {
    match schema.get("type") {
        Some(Value::String(kind)) => kind == "string",
        Some(Value::Array(kinds)) => {
            let is_text = |kind: &Value| kind == "string" || kind == "null";
            kinds.contains(&"string".into()) && kinds.iter().all(is_text)
        }
        _ => false,
    }
}
