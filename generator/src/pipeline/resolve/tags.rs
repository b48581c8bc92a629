//! Tags: those that are declared, and which ones are one.

use std::collections::{HashMap, HashSet};

use openapiv3::OpenAPI;
use serde_json::Value;

use super::{Extensions, Operation, Resolved, Tag};
use crate::pipeline::normalize::kept_facts::KeptFact;

/// The tags that a description declares, in its order.
pub fn declared(openapi: &OpenAPI) -> Vec<Tag> {
    let text = |tag: &openapiv3::Tag, fact: KeptFact| {
        fact.find_among(&tag.extensions).and_then(Value::as_str).map(str::to_owned)
    };
    let tag = |tag: &openapiv3::Tag| Tag {
        name: tag.name.clone(),
        description: tag.description.clone().or_else(|| text(tag, KeptFact::Summary)),
        parent: text(tag, KeptFact::Parent),
        extensions: Extensions::new(&tag.extensions),
    };
    openapi.tags.iter().map(tag).collect()
}

/// Gives tags that differ in case and separators only one name: `Events` and `events`, `User groups` and `user-groups`.
///
/// The first spelling is taken, that of a declared tag before others. A tag for which a person chose a name stays alone.
pub fn unite(resolved: &mut Resolved) {
    let Resolved { tags, operations, webhooks, .. } = resolved;
    let mut spellings = Spellings::default();
    for tag in tags.iter_mut() {
        match tag.extensions.rust_name() {
            Some(_) => drop(spellings.chosen.insert(tag.name.clone())),
            None => spellings.unite(&mut tag.name),
        }
    }
    let requests = webhooks.iter_mut().map(|webhook| &mut webhook.request);
    let of_operation = |operation: &'_ mut Operation| {
        if let Some(tag) = &mut operation.tag {
            spellings.unite(tag);
        }
    };
    operations.iter_mut().chain(requests).for_each(of_operation);
    for parent in tags.iter_mut().filter_map(|tag| tag.parent.as_mut()) {
        spellings.unite(parent);
    }
    *tags = merged(std::mem::take(tags));
}

/// How tags are spelled first.
#[derive(Default)]
struct Spellings {
    /// Those that are not united with others.
    chosen: HashSet<String>,
    /// By their letters.
    first: HashMap<String, String>,
}

impl Spellings {
    fn unite(&mut self, tag: &mut String) {
        if !self.chosen.contains(tag) {
            let first = self.first.entry(letters(tag)).or_insert_with(|| tag.clone());
            tag.clone_from(first);
        }
    }
}

/// `User groups` and `user-groups` → `usergroups`
fn letters(tag: &str) -> String {
    let is_separator = |letter: &char| letter.is_whitespace() || matches!(letter, '-' | '_');
    tag.chars().filter(|letter| !is_separator(letter)).flat_map(char::to_lowercase).collect()
}

/// Each tag once, with what is said of any of its spellings.
fn merged(tags: Vec<Tag>) -> Vec<Tag> {
    let mut merged: Vec<Tag> = Vec::new();
    for tag in tags {
        match merged.iter_mut().find(|known| known.name == tag.name) {
            Some(known) => {
                known.description = known.description.take().or(tag.description);
                known.parent = known.parent.take().or(tag.parent);
            }
            None => merged.push(tag),
        }
    }
    merged
}
