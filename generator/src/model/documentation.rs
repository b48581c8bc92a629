//! What is written above types, fields, methods and setters.

use serde_json::Value;

use super::{Docs, OperationDocs, Ty};
use crate::docs;
use crate::names::Name;
use crate::resolve::{self, Constraint, Kind, Meaning, Schema};

/// What is said of an operation; its links are found later.
pub fn of_operation(described: &resolve::Operation) -> OperationDocs {
    OperationDocs {
        summary: summary(described),
        description: description(described),
        path: described.path.clone(),
        links: Vec::new(),
    }
}

/// The summary of an operation, if there is anything in it.
pub fn summary(described: &resolve::Operation) -> Option<String> {
    described.summary.as_deref().and_then(worded).map(str::to_owned)
}

/// The description of an operation, where it is not its summary again.
pub fn description(described: &resolve::Operation) -> Option<String> {
    let is_same = described.summary == described.description;
    described.description.as_deref().filter(|_| !is_same).and_then(worded).map(str::to_owned)
}

/// What a type stands for.
pub fn of_type(schema: &Schema, name: &Name, parent: Option<&(String, Name)>) -> Docs {
    let title = schema.title.as_deref().filter(|title| *title != name.wire());
    let mut docs = match (said(schema.description.as_deref().or(title)), parent) {
        (Some(docs), _) => docs,
        (None, Some((wire, parent))) => {
            vec![format!("The {} of [`{}`].", code(wire), parent.rust())]
        }
        // Below a body or a reply the last step is `schema`, which tells nothing.
        (None, None) if name.wire() == "schema" => vec![code(name.rust())],
        (None, None) => vec![code(name.wire())],
    };
    let rules = schema.constraints.iter().filter(|it| matches!(it, Constraint::Rule(_)));
    let rules = rules.filter_map(Constraint::sentence).flat_map(|text| docs::lines(&text));
    append(&mut docs, rules.collect());
    docs
}

/// What a field means, and what its value has to fulfil.
pub fn of_value(schema: Option<&Schema>, target: Option<&Schema>, wire: &str) -> Docs {
    let own = schema.and_then(|schema| schema.description.as_deref().or(schema.title.as_deref()));
    let text = own.or_else(|| target?.description.as_deref());
    let mut docs = said(text);
    let docs = docs.get_or_insert_with(|| vec![code(wire)]);
    append(docs, facts_of(schema, target));
    std::mem::take(docs)
}

/// What a parameter means, and what its value has to fulfil.
pub fn of_parameter(
    parameter: &resolve::Parameter,
    schema: Option<&Schema>,
    target: Option<&Schema>,
) -> Docs {
    let Some(mut docs) = said(parameter.description.as_deref()) else {
        return of_value(schema, target, &parameter.name);
    };
    append(&mut docs, facts_of(schema, target));
    docs
}

/// What a text of an enum stands for: what is said of it, or itself.
pub fn of_text(text: &str, meaning: Option<&Meaning>) -> Docs {
    let meaning = meaning.and_then(|meaning| said(meaning.text.as_deref()));
    meaning.unwrap_or_else(|| {
        vec![if text.trim().is_empty() {
            format!("The text {}.", code(&format!("{text:?}")))
        } else {
            code(text)
        }]
    })
}

/// What an integer of an enum stands for: itself, and what is said of it.
///
/// `200` → `` `200` ``, with a meaning → `` `200`: All is well. ``
pub fn of_integer(integer: i64, meaning: Option<&Meaning>) -> Docs {
    let mut docs = meaning.and_then(|meaning| said(meaning.text.as_deref())).unwrap_or_default();
    match docs.first_mut() {
        Some(first) => *first = format!("`{integer}`: {first}"),
        None => docs.push(format!("`{integer}`")),
    }
    docs
}

/// What a variant of a union stands for.
pub fn of_variant(schema: Option<&Schema>, target: Option<&Schema>, ty: &Ty) -> Docs {
    let text = |schema: Option<&Schema>| said(schema?.description.as_deref());
    text(schema).or_else(|| text(target)).unwrap_or_else(|| {
        vec![match ty {
            Ty::Named(name) | Ty::Boxed(name) => format!("[`{}`]", name.rust()),
            Ty::Bool => "A truth value.".to_owned(),
            Ty::Integer(_) => "An integer.".to_owned(),
            Ty::Float(_) => "A number.".to_owned(),
            Ty::String => "A text.".to_owned(),
            Ty::Timestamp => "A moment.".to_owned(),
            Ty::Date => "A day.".to_owned(),
            Ty::Formatted(format) => format.said().to_owned(),
            Ty::File => "A file.".to_owned(),
            Ty::Json | Ty::Nullable(_) => "Any value.".to_owned(),
            Ty::JsonObject | Ty::Map(_) => "An object.".to_owned(),
            Ty::List(_) => "A list.".to_owned(),
            Ty::Tuple(items) => format!("A list of {} items.", items.len()),
        }]
    })
}

/// What a tag stands for: `Credits: How many are left.`
pub fn of_tag(name: &str, declared: Option<&resolve::Tag>) -> Docs {
    let description = declared.and_then(|tag| tag.description.as_deref()).and_then(worded);
    let described = description.map(|description| format!("{name}: {description}"));
    said(described.as_deref()).or_else(|| said(Some(name))).unwrap_or_else(|| of_text(name, None))
}

/// What a server is: what is said of it, and its URL.
pub fn of_server(server: &resolve::Server) -> Docs {
    let mut docs = said(server.description.as_deref()).unwrap_or_default();
    append(&mut docs, vec![code(&server.template)]);
    docs
}

/// What a variable of a server's URL is for: `Where the data is. \`eu\`, unless it is set.`
pub fn of_server_variable(variable: &resolve::ServerVariable) -> Docs {
    let mut docs = said(variable.description.as_deref()).unwrap_or_default();
    let default = match variable.default.as_str() {
        "" => "Nothing, unless it is set.".to_owned(),
        default => format!("{}, unless it is set.", code(default)),
    };
    append(&mut docs, vec![default]);
    docs
}

/// What the values of a variable stand for.
pub fn of_server_choice(variable: &resolve::ServerVariable) -> Docs {
    let words = || vec![format!("What {} may be.", code(&format!("{{{}}}", variable.name)))];
    said(variable.description.as_deref()).unwrap_or_else(words)
}

/// A text that has a word in it.
fn worded(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.trim().is_empty())
}

/// `Always "person".`, and what a value has to fulfil.
fn facts_of(schema: Option<&Schema>, target: Option<&Schema>) -> Docs {
    let constant = match target.or(schema).map(|end| &end.kind) {
        Some(Kind::Texts(texts)) if texts.len() == 1 => texts.first(),
        _ => None,
    };
    let constant = constant.map(|only| format!("Always {}.", json(&only.as_str().into())));
    let facts: Vec<String> = constant.into_iter().chain(limits(schema, target)).collect();
    if facts.is_empty() { Vec::new() } else { vec![facts.join(" ")] }
}

/// `Between 1 and 100. Default: 20.`
pub fn limits(schema: Option<&Schema>, target: Option<&Schema>) -> Option<String> {
    let schema = schema?;
    let target = target.filter(|target| target.at != schema.at);
    let constraints = target.map_or(&schema.constraints, |target| &target.constraints);
    let deprecated = schema.deprecated.then(|| "Deprecated.".to_owned());
    let constraints = constraints.iter().filter_map(Constraint::sentence);
    let constraints = constraints.flat_map(|text| docs::lines(&text));
    let mut sentences: Vec<String> = deprecated.into_iter().chain(constraints).collect();
    let default = schema.default.as_ref().or_else(|| target?.default.as_ref());
    let default = default.filter(|default| !default.is_null());
    sentences.extend(default.map(|default| format!("Default: {}.", json(default))));
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

fn json(value: &Value) -> String {
    code(&value.to_string())
}

/// Free text as doc lines, if there is anything to be seen in it.
fn said(text: Option<&str>) -> Option<Docs> {
    text.map(prose).filter(|docs| !docs.is_empty())
}

/// Free text as doc lines; a single line becomes a sentence.
fn prose(text: &str) -> Docs {
    match text.trim().lines().count() {
        0 => Vec::new(),
        1 => docs::lines(&docs::sentence(text)),
        _ => docs::lines(text),
    }
}

/// Any text as inline code.
fn code(text: &str) -> String {
    let fence = if text.contains('`') { "``" } else { "`" };
    let spaced = if text.contains('`') { " " } else { "" };
    docs::lines(&format!("{fence}{spaced}{text}{spaced}{fence}")).join(" ")
}

/// Adds a paragraph.
pub fn append(docs: &mut Docs, paragraph: Docs) {
    if !docs.is_empty() && !paragraph.is_empty() {
        docs.push(String::new());
    }
    docs.extend(paragraph);
}
