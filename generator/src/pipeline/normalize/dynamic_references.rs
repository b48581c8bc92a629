//! `$dynamicRef` (JSON Schema 2020-12 Core, 8.2.3.2): generics, each use a schema of its own.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::diagnostic_sink::DiagnosticSink;
use super::keywords::is_annotation;
use super::object_kind::ObjectKind;
use super::object_schema::walk;
use super::pointer_rewrites::PointerRewrites;
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::{Pointer, percent_decoded};

/// More uses of generic schemas than this are left as they are: nobody writes so many, and each is a copy.
const MOST_USES: usize = 1_000;

/// A schema that refers to a generic one and says what its placeholders are.
struct Use {
    at: Pointer,
    /// Where in it the reference stands: in itself, or in a member of its `allOf`.
    reference: Pointer,
    generic: Pointer,
    bindings: HashMap<String, Pointer>,
}

/// Puts a copy of a generic schema in the place of each reference that says what its placeholders are.
///
/// `{$ref: '#/components/schemas/Page', $defs: {item: {$dynamicAnchor: item, …}}}` → the members of `Page`, in which
/// `$dynamicRef: '#item'` is a `$ref` to that definition
///
/// In the generic schema itself the placeholder means its own definition. Where neither says what is meant, one of
/// several schemas is taken with a warning.
pub(super) fn expand(
    description: &mut Value,
    moves: &mut PointerRewrites,
    diagnostics: &mut DiagnosticSink,
) {
    if !has_dynamic_words(description) {
        return;
    }
    let names = names(description);
    for found in uses(description, &names).into_iter().take(MOST_USES) {
        let Some(mut copy) = description.pointer(found.generic.as_str()).cloned() else { continue };
        bind(&mut copy, &found.bindings);
        if let Value::Object(members) = &mut copy {
            for key in ["$id", "$anchor", "$dynamicAnchor", "$defs"] {
                members.shift_remove(key);
            }
        }
        moves.copied(&found.generic, found.reference.clone());
        let at_itself = found.at == found.reference;
        let Some(Value::Object(place)) = description.pointer_mut(found.reference.as_str()) else {
            continue;
        };
        place.shift_remove("$ref");
        match (copy, at_itself) {
            (Value::Object(copy), true) if says_more(place, &copy) => {
                if let Value::Array(members) = place.entry("allOf").or_insert(json!([])) {
                    members.push(copy.into());
                }
            }
            (Value::Object(copy), true) => {
                for (key, value) in copy {
                    place.entry(key).or_insert(value);
                }
            }
            (Value::Object(copy), false) => *place = copy,
            _ => {}
        }
    }
    bind_own(description);
    warn_of_rest(description, diagnostics);
}

/// Whether there is anything of the kind anywhere. In most descriptions there is nothing.
fn has_dynamic_words(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(has_dynamic_words),
        Value::Object(members) => members
            .iter()
            .any(|(key, member)| key.starts_with("$dynamic") || has_dynamic_words(member)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// Whether two schemas both have a keyword that restricts them.
fn says_more(schema: &Map<String, Value>, copy: &Map<String, Value>) -> bool {
    copy.keys().any(|key| schema.contains_key(key) && !is_annotation(key))
}

/// Binds the placeholders in each schema that has definitions for them, the outermost first.
fn bind_own(description: &mut Value) {
    let mut found = Vec::new();
    each_schema(description, &mut |schema, at| {
        let bindings = bindings(schema, at);
        if !bindings.is_empty() {
            found.push((at.clone(), bindings));
        }
    });
    for (at, bindings) in found {
        if let Some(schema) = description.pointer_mut(at.as_str()) {
            bind(schema, &bindings);
        }
    }
}

fn warn_of_rest(description: &mut Value, diagnostics: &mut DiagnosticSink) {
    let (mut anchors, mut rest) = (HashMap::new(), Vec::new());
    each_schema(description, &mut |schema, at| {
        if let Some(anchor) = schema.get("$dynamicAnchor").and_then(Value::as_str) {
            *anchors.entry(anchor.to_owned()).or_insert(0_usize) += 1;
        }
        rest.extend(placeholder(schema).map(|name| (name.to_owned(), at.at("$dynamicRef"))));
    });
    for (name, at) in rest {
        if anchors.get(&name).is_some_and(|count| *count > 1) {
            let message =
                format!("several schemas have the anchor `{name}`; the last of them is taken");
            diagnostics.warn(DiagnosticCode::WidenedKeyword, &at, message);
        }
    }
}

/// The places of schemas by their `$id`.
fn names(description: &mut Value) -> HashMap<String, Pointer> {
    let mut names = HashMap::new();
    each_schema(description, &mut |schema, at| {
        if let Some(id) = schema.get("$id").and_then(Value::as_str) {
            names.insert(id.to_owned(), at.clone());
        }
    });
    names
}

fn uses(description: &mut Value, names: &HashMap<String, Pointer>) -> Vec<Use> {
    let mut candidates = Vec::new();
    each_schema(description, &mut |schema, at| {
        let bindings = bindings(schema, at);
        if !bindings.is_empty() {
            let references = references(schema, at);
            candidates.extend(
                references
                    .into_iter()
                    .map(|(reference, to)| (at.clone(), reference, to, bindings.clone())),
            );
        }
    });
    let found = candidates.into_iter().filter_map(|(at, reference, to, bindings)| {
        let generic = match names.get(&to) {
            Some(place) => place.clone(),
            None => Pointer::parse(&percent_decoded(to.strip_prefix('#')?))?,
        };
        let schema = description.pointer(generic.as_str())?;
        let is_generic = generic != at && has_placeholder(schema, &bindings);
        is_generic.then_some(Use { at, reference, generic, bindings })
    });
    found.collect()
}

fn each_schema(description: &mut Value, visit: &mut dyn FnMut(&Map<String, Value>, &Pointer)) {
    walk(ObjectKind::Description, description, &Pointer::root(), &mut |object, value, at| {
        if let (ObjectKind::Schema, Value::Object(schema)) = (object, value) {
            visit(schema, at);
        }
    });
}

/// The `$dynamicAnchor`s of a schema itself and of its definitions.
fn bindings(schema: &Map<String, Value>, at: &Pointer) -> HashMap<String, Pointer> {
    let anchor = |schema: &Value| schema.get("$dynamicAnchor")?.as_str().map(str::to_owned);
    let own = schema.get("$dynamicAnchor").and_then(Value::as_str);
    let definitions = schema.get("$defs").and_then(Value::as_object).into_iter().flatten();
    let at_definitions = at.at("$defs");
    let of_definitions = definitions
        .filter_map(|(name, definition)| Some((anchor(definition)?, at_definitions.at(name))));
    own.map(|own| (own.to_owned(), at.clone())).into_iter().chain(of_definitions).collect()
}

/// The references of a schema, and of the members of its `allOf`, with their places.
fn references(schema: &Map<String, Value>, at: &Pointer) -> Vec<(Pointer, String)> {
    let to = |schema: &Value| schema.get("$ref")?.as_str().map(str::to_owned);
    let own = schema.get("$ref").and_then(Value::as_str).map(|to| (at.clone(), to.to_owned()));
    let members = schema.get("allOf").and_then(Value::as_array).into_iter().flatten().enumerate();
    let at_members = at.at("allOf");
    let members = members.filter_map(|(index, member)| Some((at_members.at(index), to(member)?)));
    own.into_iter().chain(members).collect()
}

/// Whether a schema has a `$dynamicRef` to one of these names.
fn has_placeholder(schema: &Value, bindings: &HashMap<String, Pointer>) -> bool {
    match schema {
        Value::Array(items) => items.iter().any(|item| has_placeholder(item, bindings)),
        Value::Object(members) => {
            placeholder(members).is_some_and(|name| bindings.contains_key(name))
                || members.values().any(|member| has_placeholder(member, bindings))
        }
        _ => false,
    }
}

fn placeholder(members: &Map<String, Value>) -> Option<&str> {
    members.get("$dynamicRef")?.as_str()?.strip_prefix('#')
}

fn bind(schema: &mut Value, bindings: &HashMap<String, Pointer>) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(|item| bind(item, bindings)),
        Value::Object(members) => {
            if let Some(place) = placeholder(members).and_then(|name| bindings.get(name)) {
                members.shift_remove("$dynamicRef");
                members.insert("$ref".to_owned(), json!(format!("#{}", place.as_str())));
            }
            members.values_mut().for_each(|member| bind(member, bindings));
        }
        _ => {}
    }
}
