//! Names that say a word twice: `credits().get_credit_usage()`, `State::StateOpen`.

use serde_json::{Value, json};

use super::Action;
use super::{Finding, Subject};
use crate::diagnostics::code::DiagnosticCode;
use crate::pipeline::model::{Operation, Shape, Tag, TypeDef, UNTAGGED};
use crate::pointer::Pointer;
use crate::rust::names::{Case, Scope, rest_behind_verb, words_of};

pub(super) fn find(subject: &Subject) -> Vec<Finding> {
    let tags = subject.api.tags.iter().filter(|tag| tag.name.rust() != UNTAGGED);
    let methods = tags.flat_map(|tag| methods(tag, subject));
    let types = subject.api.types.iter();
    methods.chain(types.filter_map(|definition| variants(definition, subject))).collect()
}

/// The methods that say the name of their group once more.
fn methods<'a>(tag: &'a Tag, subject: &'a Subject) -> impl Iterator<Item = Finding> + 'a {
    tag.operations.iter().filter_map(move |operation| method(tag, operation, subject))
}

fn method(tag: &Tag, operation: &Operation, subject: &Subject) -> Option<Finding> {
    let (group, name) = (tag.name.rust(), operation.name.rust());
    let rest = rest_behind_verb(name, group)?;
    let shorter = Scope::default().name(&rest, Case::Value).rust().to_owned();
    let is_taken = tag.operations.iter().any(|other| other.name.rust() == shorter);
    if is_taken || subject.at(&operation.at)?.get("x-rust-name").is_some() {
        return None;
    }
    let message = format!("`{group}().{name}` says `{group}` twice; `{shorter}` would do");
    let why = format!("The group is called `{group}` already.");
    let update = json!({ "x-rust-name": shorter });
    Some(finding(&operation.at, message, &why, update, subject))
}

/// An enum all of whose values begin with its name, as protocol buffers ask for.
fn variants(definition: &TypeDef, subject: &Subject) -> Option<Finding> {
    let Shape::Enum(variants) = &definition.shape else { return None };
    let there = subject.at(&definition.at)?;
    if variants.len() < 2 || there.get("x-enum-varnames").is_some() {
        return None;
    }
    let ty = definition.name.rust();
    let prefix = words_of(ty);
    let mut scope = Scope::reserving(&["Unrecognized"]);
    let shorter = variants.iter().map(|variant| {
        let words = words_of(variant.name.rust());
        let rest = words.strip_prefix(&*prefix).filter(|rest| !rest.is_empty())?;
        let starts_well = rest.first()?.starts_with(char::is_alphabetic);
        let name = scope.name_if_free("", &rest.join(" "), Case::Type).filter(|_| starts_well)?;
        Some(name.rust().to_owned())
    });
    let shorter = shorter.collect::<Option<Vec<_>>>()?;
    let first = variants.first()?.name.rust();
    let short = shorter.first()?;
    let message = format!("each value of `types::{ty}` says its name: `{ty}::{first}`");
    let message = format!("{message}; `{ty}::{short}` would do");
    let why = format!("The type is called `{ty}` already.");
    let update = json!({ "x-enum-varnames": shorter });
    Some(finding(&definition.at, message, &why, update, subject))
}

fn finding(at: &Pointer, message: String, why: &str, update: Value, subject: &Subject) -> Finding {
    let action = Action::update(at, &subject.document, why, update);
    Finding { action, ..subject.finding(DiagnosticCode::StutteringName, at, message) }
}
