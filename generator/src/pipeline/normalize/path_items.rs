//! Path items: references between them inlined, because OpenAPI 3.0 does not know
//! `components.pathItems`, and the order of their operations kept.

use serde_json::{Map, Value};

use super::diagnostic_sink::DiagnosticSink;
use super::kept_facts::KeptFact;
use super::methods::{METHODS, method};
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::Pointer;

/// A chain of references longer than this is taken for a circle.
const LONGEST_CHAIN: usize = 32;

/// Puts the path item that a `$ref` names in its place; what stands beside the `$ref` is kept and wins.
///
/// `{$ref: '#/components/pathItems/user', get: …}` → `{get: …, post: …}` (OpenAPI 3.1.0, 4.8.9)
///
/// A reference to nothing stays, to be reported with all others of its kind.
pub(super) fn inline(description: &mut Value, diagnostics: &mut DiagnosticSink) {
    for section in SECTIONS {
        inline_section(section, description, diagnostics);
    }
}

/// Where path items stand (OpenAPI 3.1.0, 4.8.1).
pub(super) const SECTIONS: [&str; 3] = ["paths", "webhooks", "x-webhooks"];

fn inline_section(section: &str, description: &mut Value, diagnostics: &mut DiagnosticSink) {
    let at = Pointer::root().at(section);
    let inlined: Vec<(String, Value)> = path_items(section, description)
        .filter(|(_, item)| item.get("$ref").is_some())
        .filter_map(|(path, item)| match whole(item, description)? {
            Whole::Item(item) => Some((path.clone(), item)),
            Whole::Circle => {
                let message = "this path item's references go round in a circle";
                diagnostics.error(
                    DiagnosticCode::CyclicReference,
                    &at.at(path).at("$ref"),
                    message,
                );
                Some((path.clone(), Value::Null))
            }
        })
        .collect();
    if let Some(items) = description.get_mut(section).and_then(Value::as_object_mut) {
        items.extend(inlined);
    }
}

/// Keeps the order of the operations of each path, which `openapiv3` does not.
///
/// `{delete: …, get: …}` → `{delete: …, get: …, x-kept-order: [delete, get]}`; the usual
/// order, in which `openapiv3` has them, needs no mention.
pub(super) fn keep_order(description: &mut Value) {
    let Value::Object(members) = description else { return };
    let sections = members.iter_mut().filter(|(key, _)| SECTIONS.contains(&key.as_str()));
    let items = sections.filter_map(|(_, items)| items.as_object_mut()).flatten();
    for item in items.filter_map(|(_, item)| item.as_object_mut()) {
        let order: Vec<&str> = item.keys().filter_map(|key| method(key)).collect();
        if !order.is_sorted_by_key(|found| METHODS.iter().position(|method| method == found)) {
            KeptFact::MethodOrder.keep_in(item, order);
        }
    }
}

/// The path items of a section, by their paths.
pub(super) fn path_items<'v>(
    section: &str,
    description: &'v Value,
) -> impl Iterator<Item = (&'v String, &'v Value)> {
    description.get(section).and_then(Value::as_object).into_iter().flatten()
}

/// What becomes of a path item that refers to another.
enum Whole {
    Item(Value),
    Circle,
}

/// `None` where a reference leads to nothing, or out of the document.
fn whole(item: &Value, description: &Value) -> Option<Whole> {
    let mut whole = Map::new();
    let mut next = item;
    for _ in 0..LONGEST_CHAIN {
        for (key, value) in next.as_object()?.iter().filter(|(key, _)| *key != "$ref") {
            whole.entry(key).or_insert_with(|| value.clone());
        }
        let Some(reference) = next.get("$ref").and_then(Value::as_str) else {
            return Some(Whole::Item(whole.into()));
        };
        next = description.pointer(reference.strip_prefix('#')?)?;
    }
    Some(Whole::Circle)
}
