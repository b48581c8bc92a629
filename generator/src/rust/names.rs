//! The only home of names: case, keywords, collisions, reserved words.
//!
//! A [`Name`] that you hold is a legal Rust word and unique in the [`Scope`] that made it.

use std::collections::{HashMap, HashSet};

use heck::ToShoutySnakeCase;

mod actions;
mod ascii;
mod capitals;
mod glued;
mod joined;
mod method_words;
mod path_ids;
mod path_words;
mod scripts;
mod shared;
mod words;

pub use actions::infinitive;
pub use joined::{joined, without_doubles};
pub use method_words::{
    asks_for_several, behind_service, is_group, is_plural_of, is_read, method_words,
    rest_behind_verb, without_needless_articles, without_parameter,
};
pub use path_ids::PathId;
pub use path_words::{PathWords, all_path_words, common_steps, own_action, path_words};
pub use scripts::in_ascii;
pub use shared::{shared, singular};

/// A name on both sides: `petId` in the description, `pet_id` in Rust.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    wire: String,
    rust: String,
}

impl Name {
    /// The name as the description writes it.
    #[must_use]
    pub fn wire(&self) -> &str {
        &self.wire
    }

    /// The name as the generated code writes it.
    #[must_use]
    pub fn rust(&self) -> &str {
        &self.rust
    }
}

/// What a name is for, which decides its case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Types and variants: `CreditUsage`.
    Type,
    /// Fields, methods and arguments: `credit_usage`.
    Value,
    /// Modules, whose files are called the same; so all letters are ASCII.
    Module,
    /// Constants: `CREDIT_USAGE`.
    Constant,
}

/// A place in which names have to differ.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Words that stand for something else there.
    reserved: HashSet<&'static str>,
    /// What values are that would be called by a reserved word.
    kind: Option<&'static str>,
    taken: HashSet<String>,
    /// The number that the next name of the same word has, so that a thousand of them are not tried a thousand times.
    next: HashMap<String, usize>,
}

impl Scope {
    /// A scope in which some words stand for something else.
    #[must_use]
    pub fn reserving(words: &[&'static str]) -> Self {
        Self { reserved: words.iter().copied().collect(), ..Self::default() }
    }

    /// The same, where values that would be called by a reserved word say what they are: `timeout` → `timeout_parameter`.
    #[must_use]
    pub fn reserving_for(kind: &'static str, words: &[&'static str]) -> Self {
        Self { kind: Some(kind), ..Self::reserving(words) }
    }

    /// A name for something that the description calls `wire`.
    ///
    /// `B` beside `b` → `b2`; `type` → `type_`; `+1` → `plus_1`; nothing → `empty`.
    pub fn name(&mut self, wire: &str, case: Case) -> Name {
        self.name_as(wire, wire, case)
    }

    /// The same, where the words come from elsewhere: an overlay, or the place of an inline
    /// schema.
    pub fn name_as(&mut self, wire: &str, words: &str, case: Case) -> Name {
        let mut word = words::rust_word(words, case);
        if self.is_reserved(&word) {
            match (case, self.kind) {
                (Case::Type, _) => word.push_str("Model"),
                (Case::Value, Some(kind)) => {
                    word = format!("{}_{kind}", word.trim_end_matches('_'))
                }
                (Case::Value | Case::Module | Case::Constant, _) => word.push('_'),
            }
        }
        // What says more may be reserved, too.
        if self.is_reserved(&word) {
            word.push('_');
        }
        let rust = match self.taken.contains(&word) {
            true => self.free_spelling(wire, words, case).unwrap_or_else(|| self.numbered(word)),
            false => word,
        };
        self.taken.insert(rust.clone());
        Name { wire: wire.to_owned(), rust }
    }

    fn is_reserved(&self, word: &str) -> bool {
        self.reserved.contains(word)
    }

    /// Takes a name that was given before, if it is a legal one that is neither taken nor reserved.
    pub fn keep(&mut self, wire: &str, rust: &str) -> Option<Name> {
        let is_legal = syn::parse_str::<syn::Ident>(rust).is_ok() && !words::is_keyword(rust);
        let is_free = is_legal && !self.is_reserved(rust) && self.taken.insert(rust.to_owned());
        is_free.then(|| Name { wire: wire.to_owned(), rust: rust.to_owned() })
    }

    /// The same, if the words make a name that is neither taken nor reserved.
    pub fn name_if_free(&mut self, wire: &str, words: &str, case: Case) -> Option<Name> {
        let rust = words::rust_word(words, case);
        let is_free = !self.is_reserved(&rust) && self.taken.insert(rust.clone());
        is_free.then(|| Name { wire: wire.to_owned(), rust })
    }

    /// A long name with other words left out, or a name that says its signs or its capitals: `Etc/GMT-1` beside
    /// `Etc/GMT+1`, `ASC` beside `asc`. Capitals say something only of what the description calls so itself.
    fn free_spelling(&self, wire: &str, words: &str, case: Case) -> Option<String> {
        let cuts = words::other_cuts(words, case).into_iter();
        let spellings = cuts.chain(words::with_signs(words, case));
        let capitals = words::with_capitals(words, case).filter(|_| wire == words);
        let mut spellings = spellings.chain(capitals);
        spellings.find(|spelling| !self.taken.contains(spelling) && !self.is_reserved(spelling))
    }

    /// A name that is taken, with the first number that makes it free.
    fn numbered(&mut self, word: String) -> String {
        let base = word.trim_end_matches('_').to_owned();
        let mut free = word;
        while self.taken.contains(&free) {
            let number = self.next.entry(base.clone()).or_insert(2);
            free = format!("{base}{number}");
            *number += 1;
        }
        free
    }
}

/// The words of an `operationId`, without what FastAPI adds to them.
///
/// FastAPI writes function, path and method, each non-word character as `_`; the ends of path
/// and method are taken off if they fit exactly:
/// `get_credit_usage_v1_credits_usage_get` → `get_credit_usage`. A function that serves several
/// methods has one id for all of them, with any one of the methods at its end; then the
/// operation's own method tells them apart: `read_item_items_get` of a `put` → `read_item put`.
///
/// Others write the method and the last step of the path as one word: `deletedisplayedAttributes` →
/// `delete displayed attributes`.
#[must_use]
pub fn operation_words(operation_id: &str, method: &str, path: &str) -> String {
    if let Some(words) = glued_words(operation_id, &method.to_lowercase(), path) {
        return words;
    }
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let path: String =
        path.chars().map(|character| if is_word(character) { character } else { '_' }).collect();
    let function = |method: &str| {
        let function = operation_id.strip_suffix(&format!("{path}_{method}"))?;
        (!function.trim_matches('_').is_empty()).then_some(function)
    };
    let method = method.to_lowercase();
    if let Some(own) = function(&method) {
        return without_doubles(own);
    }
    let others = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    match others.into_iter().find_map(function) {
        Some(shared) => format!("{} {method}", without_doubles(shared)),
        None => without_doubles(operation_id),
    }
}

/// The words of an id that is a method and the last step of a path, without anything between.
fn glued_words(id: &str, method: &str, path: &str) -> Option<String> {
    let rest = id.strip_prefix(method).filter(|rest| rest.starts_with(char::is_lowercase))?;
    let step = path.rsplit('/').find(|step| !step.is_empty() && !step.contains('{'))?;
    let same = words_of(rest).concat() == words_of(step).concat();
    same.then(|| format!("{method} {}", words_of(step).join(" ")))
}

/// The words of a text, in lower case: `WebhookIssue sender` → `webhook`, `issue`, `sender`.
#[must_use]
pub fn words_of(text: &str) -> Vec<String> {
    words::split(text)
}

/// Whether the last of the words of a text is this one, in lower case.
#[must_use]
pub fn ends_with_word(text: &str, word: &str) -> bool {
    let letters = text.trim_end_matches(|character: char| !character.is_ascii_alphanumeric());
    let end = letters.len().checked_sub(word.len()).and_then(|start| letters.get(start..));
    // Most texts end otherwise, which is seen without splitting them.
    let may_end = !text.is_ascii() || end.is_some_and(|end| end.eq_ignore_ascii_case(word));
    may_end && words_of(text).last().is_some_and(|last| last == word)
}

/// The start of a crate's environment variables: `lantern-client` → `LANTERN`.
#[must_use]
pub fn variable_prefix(crate_name: &str) -> String {
    let words = crate_name.strip_suffix("-client").unwrap_or(crate_name);
    words.to_shouty_snake_case()
}

/// Whether a text can be the name of a crate (The Cargo Book, "The `name` field").
#[must_use]
pub fn is_crate_name(text: &str) -> bool {
    let legal = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(legal)
        && !words::is_keyword(text)
}

#[cfg(test)]
mod tests;
