//! Parameters that only a path tells of: each variable of a path is one.

use serde_json::{Value, json};

use super::diagnostic_sink::DiagnosticSink;
use super::methods::operations;
use super::path_items::path_items;
use super::path_template::{Expansion, PathTemplate, Variable};
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::Pointer;

/// Gives operations the parameters that only their path tells of, as strings.
///
/// `/search/{kind}?q={term}` → `parameters: [{name: kind, in: path, …}, {name: term, in: query, required: true, …}]`
///
/// OpenAPI asks for a declaration of each (OpenAPI 3.1.1, 4.8.8.2), and knows no paths with a query.
pub(super) fn declare(description: &mut Value, diagnostics: &mut DiagnosticSink) {
    let at = Pointer::root().at("paths");
    let has_braces = path_items("paths", description).any(|(path, _)| path.contains('{'));
    let mut missing = Vec::new();
    for (path, item) in path_items("paths", description) {
        let at = at.at(path);
        for (method, at_operation, operation) in operations(item, &at) {
            let declared = declared([item, operation], description);
            let is_express =
                |name: &str| declared.iter().any(|known| known.name == name) || !has_braces;
            let template = PathTemplate::parse(path, is_express);
            if let Some(fragment) = template.fragment {
                let message = format!("`#{fragment}` is left out: a fragment is never sent");
                diagnostics.warn(DiagnosticCode::Corrected, &at, message);
            }
            let open = undeclared(path, &template, &declared);
            let missed = |variable| (at.clone(), method.clone(), at_operation.clone(), variable);
            missing.extend(open.map(missed));
        }
    }
    for (at, method, at_operation, variable) in missing {
        let (name, place) = (&variable.name, variable.place);
        let message = format!(
            "no parameter of `{method}` fills `{{{name}}}` of the path; it is taken as a string"
        );
        let help = "declare it, by an overlay if need be";
        diagnostics.warn_with_help(
            DiagnosticCode::UndeclaredParameter,
            &at,
            message,
            Some(help.to_owned()),
        );
        let parameter = json!({
            "name": name, "in": place, "required": variable.required, "schema": { "type": "string" }
        });
        add(parameter, &at_operation, description);
    }
}

/// A parameter that nothing declares.
struct Undeclared {
    name: String,
    place: &'static str,
    required: bool,
}

fn undeclared(
    path: &str,
    template: &PathTemplate<'_>,
    declared: &[Declared],
) -> impl Iterator<Item = Undeclared> {
    let of = |place: &str| {
        let known = declared.iter().filter(move |known| known.place == place);
        known.map(|known| known.name.as_str()).collect::<Vec<_>>()
    };
    let (in_path, in_query) = (of("path"), of("query"));
    let in_either = [in_path.as_slice(), in_query.as_slice()].concat();
    let fixed_query = path.find('?').unwrap_or(path.len());
    let mut found: Vec<Undeclared> = Vec::new();
    for (variable, parameter) in with_parameters(template, &in_path) {
        let name = variable.name.to_owned();
        let stands_in_query = path.find(&format!("{{{name}}}")).is_some_and(|at| at > fixed_query);
        let (place, required, is_known) = match variable.expansion {
            Expansion::Fragment => continue,
            Expansion::Query => ("query", false, in_query.contains(&variable.name)),
            _ if stands_in_query => ("query", true, in_either.contains(&variable.name)),
            _ => ("path", true, parameter.is_some()),
        };
        if !is_known && found.iter().all(|known| known.name != name) {
            found.push(Undeclared { name, place, required });
        }
    }
    found.into_iter()
}

/// The variables of a path, each with the one of the path parameters of these names that fills it.
///
/// Without one of exactly its name, that is one that fills nothing else, and whose name differs in case and signs only:
/// `orderId` for `{order_id}`.
pub(crate) fn with_parameters<'p>(
    template: &PathTemplate<'p>,
    names: &[&str],
) -> Vec<(Variable<'p>, Option<usize>)> {
    let variables: Vec<_> = template.variables().collect();
    let is_unused = |name: &str| variables.iter().all(|variable| variable.name != name);
    let parameter = |variable: &Variable<'_>| {
        let exact = names.iter().position(|name| *name == variable.name);
        let alike = |name: &&str| is_unused(name) && folded(name) == folded(variable.name);
        exact.or_else(|| names.iter().position(alike))
    };
    variables.iter().map(|variable| (*variable, parameter(variable))).collect()
}

fn folded(name: &str) -> String {
    let letters = name.chars().filter(|sign| sign.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// A parameter that a path or its query may have.
struct Declared {
    name: String,
    place: String,
}

fn declared(owners: [&Value; 2], description: &Value) -> Vec<Declared> {
    let lists = owners.into_iter().filter_map(|owner| owner.get("parameters")?.as_array());
    let found = lists.flatten().filter_map(|parameter| {
        let reference = parameter.get("$ref").and_then(Value::as_str);
        let place = reference.and_then(|reference| reference.strip_prefix('#'));
        let there = place.and_then(|place| description.pointer(place)).unwrap_or(parameter);
        let text = |key: &str| there.get(key).and_then(Value::as_str).map(str::to_owned);
        Some(Declared { name: text("name")?, place: text("in")? })
    });
    found.collect()
}

fn add(parameter: Value, operation: &Pointer, description: &mut Value) {
    let operation = description.pointer_mut(operation.as_str()).and_then(Value::as_object_mut);
    let parameters = operation.map(|members| members.entry("parameters").or_insert(json!([])));
    if let Some(Value::Array(parameters)) = parameters {
        parameters.push(parameter);
    }
}
