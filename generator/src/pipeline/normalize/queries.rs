//! Paths with a query: what stands in it has to be a parameter.

use serde_json::{Value, json};

use super::diagnostic_sink::DiagnosticSink;
use super::path_items::METHODS;
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::Pointer;

/// Gives operations the parameters that only the query of their path tells of.
///
/// `/search?q={term}` → `/search?q={term}` with `parameters: [{name: term, in: query, required: true, …}]`
///
/// OpenAPI knows no such paths (OpenAPI 3.1.0, 4.8.8.1), but descriptions have them.
pub(super) fn declare(description: &mut Value, diagnostics: &mut DiagnosticSink) {
    let at = Pointer::root().at("paths");
    let mut missing = Vec::new();
    for (path, item) in description.get("paths").and_then(Value::as_object).into_iter().flatten() {
        for method in METHODS.into_iter().filter(|method| item.get(method).is_some()) {
            let declared = |name: &&str| declares([item, &item[method]], name, description);
            let names = placeholders(path).filter(|name| !declared(name));
            missing.extend(names.map(|name| (at.at(path), method, name.to_owned())));
        }
    }
    for (at, method, name) in missing {
        let message =
            format!("no parameter of `{method}` gives `{{{name}}}`; it is taken as a text");
        diagnostics.warn(DiagnosticCode::Corrected, &at, message);
        let operation =
            description.pointer_mut(at.at(method).as_str()).and_then(Value::as_object_mut);
        let parameters = operation.map(|members| members.entry("parameters").or_insert(json!([])));
        if let Some(Value::Array(parameters)) = parameters {
            let schema = json!({ "type": "string" });
            parameters
                .push(json!({ "name": name, "in": "query", "required": true, "schema": schema }));
        }
    }
}

/// `/search/{kind}?q={term}&limit=5` → `term`
fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    let query = path.split_once('?').map_or("", |(_, query)| query);
    let values = query.split('&').filter_map(|pair| pair.split_once('='));
    let names = values.filter_map(|(_, value)| value.strip_prefix('{')?.strip_suffix('}'));
    names.filter(|name| !name.is_empty())
}

fn declares(owners: [&Value; 2], name: &str, description: &Value) -> bool {
    let lists = owners.into_iter().filter_map(|owner| owner.get("parameters")?.as_array());
    lists.flatten().any(|parameter| {
        let reference = parameter.get("$ref").and_then(Value::as_str);
        let place = reference.and_then(|reference| reference.strip_prefix('#'));
        let there = place.and_then(|place| description.pointer(place)).unwrap_or(parameter);
        let sent = matches!(there.get("in").and_then(Value::as_str), Some("path" | "query"));
        sent && there.get("name").and_then(Value::as_str) == Some(name)
    })
}
