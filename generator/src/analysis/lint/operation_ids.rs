//! Operations whose names can change though they themselves do not: without an `operationId` of their own.

use std::collections::{HashMap, HashSet};

use serde_json::json;

use super::Action;
use super::{Finding, Subject};
use crate::diagnostics::code::DiagnosticCode;
use crate::pipeline::model::OperationNames;
use crate::pipeline::resolve::Operation;
use crate::rust::names::{Case, Scope, all_path_words, operation_words};

pub(super) fn find(subject: &Subject) -> Vec<Finding> {
    let operations = &subject.resolved.operations;
    let mut seen: HashMap<&str, &Operation> = HashMap::new();
    let mut taken: HashSet<String> =
        operations.iter().filter_map(|operation| operation.id.clone()).collect();
    let names = OperationNames::new(operations);
    let mut findings = Vec::new();
    for operation in operations {
        let Operation { method, path: url, .. } = operation;
        let id = operation.id.as_deref().filter(|id| !id.trim().is_empty());
        let first = id.and_then(|id| seen.get(id)).copied();
        let (message, words) = match id {
            None => {
                let words = names.get(&operation.at).to_owned();
                ("the operation has no `operationId`".to_owned(), words)
            }
            Some(id) => {
                if let Some(first) = first {
                    let other = format!("{} {}", first.method.key(), first.path);
                    let words = own_words(id, operation)
                        .unwrap_or_else(|| all_path_words(method.key(), url, 0));
                    (format!("`{id}` is the `operationId` of `{other}` too"), words)
                } else {
                    seen.insert(id, operation);
                    let Some(words) = own_words(id, operation) else { continue };
                    (format!("the `operationId` `{id}` speaks of another method"), words)
                }
            }
        };
        let id = unique(&words, &mut taken);
        let why = "The id of an operation names its method, and must be its own.";
        let update = json!({ "operationId": id });
        let mut finding =
            subject.finding(DiagnosticCode::UnstableOperationId, &operation.at, message);
        finding.action = Action::update(&operation.at, &subject.document, why, update);
        if let Some(first) = first {
            let place = subject.place(&first.at.at("operationId"));
            finding.diagnostic = finding.diagnostic.related(place, "it stands here first");
        }
        findings.push(finding);
    }
    findings
}

/// FastAPI gives one id to a function that serves several methods, with any one of them at its end; which one
/// differs from run to run. The words of the operation itself end in its own method.
fn own_words(id: &str, operation: &Operation) -> Option<String> {
    let words = operation_words(id, operation.method.key(), &operation.path);
    (words != id && words.ends_with(&format!(" {}", operation.method.key()))).then_some(words)
}

fn unique(words: &str, taken: &mut HashSet<String>) -> String {
    let word = Scope::default().name(words, Case::Value).rust().to_owned();
    let numbered = (2..).map(|number: u32| format!("{word}_{number}"));
    let free = std::iter::once(word.clone()).chain(numbered).find(|id| !taken.contains(id));
    let free = free.unwrap_or(word);
    taken.insert(free.clone());
    free
}
