//! Names that got a number because another one takes the same word: they change when that one goes.

use serde_json::{Value, json};

use super::Action;
use super::{Finding, Subject};
use crate::diagnostics::code::DiagnosticCode;
use crate::pipeline::model::{Shape, Tag, TypeDef};
use crate::pointer::Pointer;
use crate::rust::names::{Case, Name, Scope};

pub(super) fn find(subject: &Subject) -> Vec<Finding> {
    let operations = subject.api.tags.iter().flat_map(|tag| operations(tag, subject));
    let operations = operations.chain(subject.api.tags.iter().flat_map(|tag| bulk(tag, subject)));
    let types = subject.api.types.iter().filter_map(|definition| own(definition, subject));
    let members = subject.api.types.iter().flat_map(|definition| members(definition, subject));
    operations.chain(types).chain(members).collect()
}

fn operations<'a>(tag: &'a Tag, subject: &'a Subject) -> impl Iterator<Item = Finding> + 'a {
    let numbered = tag.operations.iter().filter(|found| is_numbered(&found.name, Case::Value));
    // That an id is not an operation's own is told by a rule of its own.
    let shared = |id: &str| {
        let operations = subject.resolved.operations.iter();
        operations.filter(|one| one.id.as_deref() == Some(id)).count() > 1
    };
    numbered.filter(move |found| !shared(&found.id)).filter_map(|found| {
        let words = format!("the method `{}().{}`", tag.name.rust(), found.name.rust());
        pinned(&words, &found.name, &found.at, subject)
    })
}

/// The methods that take many requests are called after their operations, which alone have names of their own.
fn bulk<'a>(tag: &'a Tag, subject: &'a Subject) -> impl Iterator<Item = Finding> + 'a {
    let methods =
        tag.operations.iter().filter_map(|found| Some((found, &found.bulk.as_ref()?.name)));
    let numbered = methods.filter(|(_, name)| is_numbered(name, Case::Value));
    numbered.map(|(found, name)| {
        let words = format!("the method `{}().{}`", tag.name.rust(), name.rust());
        subject.finding(DiagnosticCode::NameClash, &found.at, message(&words, name))
    })
}

/// The name of a type that stands inline has the words of its place, of which its last step is only one.
fn own(definition: &TypeDef, subject: &Subject) -> Option<Finding> {
    let rust = definition.name.rust();
    let base = rust.trim_end_matches(|last: char| last.is_ascii_digit());
    let another = subject.api.types.iter().any(|other| other.name.rust() == base);
    let alone = Scope::default().name(definition.name.wire(), Case::Type);
    if base == rust || !another || alone.rust() == rust {
        return None;
    }
    pinned(&format!("the type `types::{rust}`"), &definition.name, &definition.at, subject)
}

fn members(definition: &TypeDef, subject: &Subject) -> Vec<Finding> {
    let ty = definition.name.rust();
    match &definition.shape {
        Shape::Struct(object) => {
            let fields = object.fields.iter().filter(|field| is_numbered(&field.name, Case::Value));
            let finding = |name: &Name| {
                let at = definition.at.at("properties").at(name.wire());
                pinned(&format!("the field `types::{ty}::{}`", name.rust()), name, &at, subject)
            };
            fields.filter_map(|field| finding(&field.name)).collect()
        }
        Shape::Enum(variants) => {
            let numbered = variants.iter().filter(|one| is_numbered(&one.name, Case::Type));
            let finding = |name: &Name| {
                let words = format!("the variant `types::{ty}::{}`", name.rust());
                let at = definition.at.at("enum");
                subject.finding(DiagnosticCode::NameClash, &at, message(&words, name))
            };
            numbered.map(|variant| finding(&variant.name)).collect()
        }
        Shape::IntegerEnum(_) | Shape::ScalarEnum(_) | Shape::Union(_) => Vec::new(),
    }
}

/// Whether a name is what it would be alone, and a number.
fn is_numbered(name: &Name, case: Case) -> bool {
    let alone = Scope::default().name(name.wire(), case);
    let number = name.rust().strip_prefix(alone.rust().trim_end_matches('_'));
    number.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

fn message(words: &str, name: &Name) -> String {
    format!("{words} has a number because `{}` clashes with another name", name.wire())
}

/// A name that an overlay has chosen does not change any more; so the action that helps is to choose.
fn pinned(words: &str, name: &Name, at: &Pointer, subject: &Subject) -> Option<Finding> {
    let there = subject.at(at)?;
    if there.get("x-rust-name").is_some() {
        return None;
    }
    let why = "Pins the name that it has now. A better one tells the two apart.";
    let version = subject.document.get("openapi").and_then(Value::as_str).unwrap_or_default();
    // OpenAPI 3.0 passes over whatever stands beside a `$ref`.
    let can_be_said = there.get("$ref").is_none() || !version.starts_with("3.0");
    let update = json!({ "x-rust-name": name.rust() });
    let action = Action::update(at, &subject.document, why, update).filter(|_| can_be_said);
    Some(Finding { action, ..subject.finding(DiagnosticCode::NameClash, at, message(words, name)) })
}
