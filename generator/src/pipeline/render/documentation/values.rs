//! What is written above fields and the setters of parameters.

use serde_json::Value;

use super::{Docs, code, constraints, paragraphs};
use crate::pipeline::model::{Body, Field, Parameter, ValueDocs, ValueLimits};
use crate::rust::rustdoc;

/// What a field means, and what its value has to fulfil.
pub fn field(field: &Field) -> Docs {
    value(field.name.wire(), &field.docs)
}

/// What the setter of a field has room for; the field has the whole text.
pub fn field_setter(field: &Field) -> Docs {
    match &field.docs.description {
        Some(description) => rustdoc::first_paragraph(description),
        None => vec![code(field.name.wire())],
    }
}

/// What a parameter means, and what its value has to fulfil.
pub fn parameter(parameter: &Parameter) -> Docs {
    let mut docs = value(parameter.name.wire(), &parameter.docs);
    if parameter.constant.is_some() {
        docs = paragraphs([docs, vec!["It is sent by itself, unless it is set here.".to_owned()]]);
    }
    docs
}

/// ``- `book_id`: The book's id.``, where more is said of it than its name.
pub fn argument(parameter: &Parameter) -> Option<String> {
    if parameter.docs.description.is_none() && facts(&parameter.docs).is_none() {
        return None;
    }
    let lines = self::parameter(parameter);
    let words: Vec<_> = lines.iter().flat_map(|line| line.split_whitespace()).collect();
    Some(format!("- `{}`: {}", parameter.name.rust(), words.join(" ")))
}

/// What is written above the setter of a body.
pub fn body(body: &Body) -> Docs {
    let text = body.description.as_deref().unwrap_or("The body of the request");
    rustdoc::lines(&rustdoc::sentence(text))
}

/// `Between 1 and 100. Default: 20.`
pub fn limits(limits: &ValueLimits) -> Option<String> {
    let ValueLimits { deprecated, constraints, default } = limits;
    let deprecated = deprecated.then(|| "Deprecated.".to_owned());
    let constraints = constraints.iter().filter_map(constraints::sentence);
    let constraints = constraints.flat_map(|text| rustdoc::lines(&text));
    let default = default.as_ref().map(|default| format!("Default: {}.", json(default)));
    let sentences: Vec<_> = deprecated.into_iter().chain(constraints).chain(default).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

fn value(wire: &str, docs: &ValueDocs) -> Docs {
    let description = docs.description.as_deref().map(rustdoc::prose);
    paragraphs([description.unwrap_or_else(|| vec![code(wire)]), facts(docs).into_iter().collect()])
}

/// ``Always `"person"`.``, and what a value has to fulfil.
fn facts(docs: &ValueDocs) -> Option<String> {
    let constant = docs.constant.as_ref().map(|only| format!("Always {}.", json(only)));
    let facts: Vec<_> = constant.into_iter().chain(limits(&docs.limits)).collect();
    (!facts.is_empty()).then(|| facts.join(" "))
}

fn json(value: &Value) -> String {
    code(&value.to_string())
}
