//! Schemas as they were written: what an action is applied to.

use serde_json::{Value, json};

use super::Subject;
use super::kinds::Edit;
use crate::analysis::action::{Action, path, quoted};
use crate::pointer::Pointer;

/// What is said of an action that only makes room for the next one.
const FIRST: &str = "Makes room for the next action.";

/// A schema, and those whose keywords are its own: what it refers to, and the parts of its `allOf`.
pub fn parts(at: &Pointer, subject: &Subject) -> Vec<Pointer> {
    let (mut open, mut found) = (vec![subject.written(at)], Vec::new());
    while let Some(at) = open.pop() {
        let Some(schema) = subject.at(&at).filter(|_| !found.contains(&at)) else { continue };
        let all_of = schema.get("allOf").and_then(Value::as_array).map_or(0, Vec::len);
        open.extend((0..all_of).rev().map(|index| at.at("allOf").at(index)));
        let reference = schema.get("$ref").and_then(Value::as_str);
        open.extend(reference.and_then(|to| Pointer::parse(to.strip_prefix('#')?)));
        found.push(at);
    }
    found
}

/// The lists of a keyword in all parts of a schema.
pub fn lists(at: &Pointer, keyword: &str, subject: &Subject) -> Vec<Pointer> {
    let lists = parts(at, subject).into_iter().map(|part| part.at(keyword));
    lists.filter(|list| subject.at(list).is_some_and(Value::is_array)).collect()
}

/// An action that adds an item to a list.
pub fn push(list: &Pointer, item: Value, why: &str, subject: &Subject) -> Option<Action> {
    Action::update(list, &subject.document, why, item)
}

/// An action that takes a text out of a list.
pub fn without(list: &Pointer, text: &str, why: &str, subject: &Subject) -> Action {
    let list = path(list, &subject.document);
    Action::remove(format!("{list}[?@ == {}]", quoted(text)), why)
}

/// Actions that change a schema; `None` if none can be written.
///
/// An update is merged into what is there, so what it replaces is taken out first.
pub fn edit(at: &Pointer, edit: &Edit, why: &str, subject: &Subject) -> Option<Vec<Action>> {
    let remove = |at: &Pointer| Action::remove(path(at, &subject.document), FIRST);
    let set = |at: &Pointer, value| Action::set(path(at, &subject.document), why, value);
    Some(match edit {
        Edit::Push(keyword, items) => {
            let items = items.iter().map(|item| push(&at.at(*keyword), item.clone(), why, subject));
            items.collect::<Option<_>>()?
        }
        Edit::Keywords(old, new) => {
            let old = old.iter().map(|keyword| remove(&at.at(*keyword)));
            old.chain([set(at, new.clone())]).collect()
        }
        Edit::Replace(schema) => {
            let (around, name) = (at.parent()?, at.steps().next_back()?);
            if !subject.at(&around)?.is_object() {
                return None;
            }
            vec![remove(at), set(&around, json!({ name: schema }))]
        }
    })
}
