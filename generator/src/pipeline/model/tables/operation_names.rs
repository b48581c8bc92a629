//! The words that operations are named after: those of their id, or else of their path.

use std::collections::{HashMap, HashSet};

use crate::pipeline::resolve::Operation;
use crate::pointer::Pointer;
use crate::rust::names::{
    PathId, PathWords, all_path_words, behind_service, common_steps, infinitive, operation_words,
    own_action, path_words, without_needless_articles, words_of,
};

/// The most words of a summary that is a name.
const MOST_WORDS: usize = 5;

/// The words of operations.
#[derive(Debug)]
pub struct OperationNames<'a>(HashMap<&'a Pointer, String>);

impl<'a> OperationNames<'a> {
    /// Names operations; those without an id by what tells them from the others of their tag.
    pub fn new(operations: &'a [Operation]) -> Self {
        let prefix = common_steps(operations.iter().map(|operation| operation.path.as_str()));
        let service = service_of_all(operations);
        let made_of_paths = are_made_of_paths(operations);
        let mut candidates: Vec<(&Operation, Vec<Candidate>)> = operations
            .iter()
            .map(|operation| match id_of_author(operation, made_of_paths) {
                Some(id) => (operation, by_id(operation, id, service)),
                None => (operation, by_path(operation, prefix)),
            })
            .collect();
        let mut users: HashMap<(Option<&str>, Vec<String>), Users> = HashMap::new();
        for (operation, all) in &candidates {
            // A summary may say the same as the path.
            let mut met = HashSet::new();
            for candidate in all {
                let words = words_of(&candidate.words);
                if met.insert(words.clone()) {
                    let users = users.entry((operation.tag.as_deref(), words)).or_default();
                    let count =
                        if candidate.has_verb { &mut users.by_path } else { &mut users.by_method };
                    *count += 1;
                }
            }
        }
        let named = candidates.iter_mut().map(|(operation, all)| {
            let is_own = |candidate: &Candidate| {
                let users = users.get(&(operation.tag.as_deref(), words_of(&candidate.words)));
                users.is_some_and(|users| users.are_one(candidate.has_verb))
            };
            let own = all.iter().position(is_own).unwrap_or(all.len() - 1);
            (&operation.at, all.swap_remove(own).words)
        });
        Self(named.collect())
    }

    /// The words of an operation.
    pub fn get(&self, at: &Pointer) -> &str {
        self.0.get(at).map_or("", String::as_str)
    }
}

/// What an operation may be named after.
#[derive(Debug)]
struct Candidate {
    words: String,
    /// Whether the path says what is done, and not the method.
    has_verb: bool,
}

impl Candidate {
    fn new(words: String) -> Self {
        Self { words, has_verb: false }
    }
}

/// How many operations may be named after the same words.
#[derive(Debug, Default)]
struct Users {
    by_method: usize,
    by_path: usize,
}

impl Users {
    /// Whether one of them can have the words: `DELETE /users/{id}` is `delete user`, also beside
    /// `POST /users/{id}/delete`.
    fn are_one(&self, has_verb: bool) -> bool {
        self.by_method + if has_verb { self.by_path } else { 0 } == 1
    }
}

/// The words that an operation with an id may be named after, the best first.
fn by_id(operation: &Operation, id: &str, service: Option<&str>) -> Vec<Candidate> {
    if let Some(spelled) = spelled_by_summary(id, operation) {
        return vec![Candidate::new(spelled.to_owned())];
    }
    let rest = behind_service(id).filter(|(own, _)| Some(*own) == service);
    let short = rest.map(|(_, rest)| rest.to_owned());
    let whole = operation_words(id, operation.method.key(), &operation.path);
    let plain = without_needless_articles(&whole);
    short.into_iter().chain(plain).chain([whole]).map(Candidate::new).collect()
}

/// The words that an operation may be named after if its author chose no id, the best first: the first ones that no other
/// operation of its tag has.
fn by_path(operation: &Operation, prefix: usize) -> Vec<Candidate> {
    let (method, path) = (operation.method.key(), &operation.path);
    let summary = operation.summary.as_deref().map(words_of_summary);
    let verb = summary.as_deref().and_then(|summary| summary.split(' ').next()).unwrap_or_default();
    let creates = verb == "create";
    let PathWords { words, has_verb } = path_words(method, path, prefix, creates);
    let words = match says_update(verb) && !has_verb {
        true => words.replacen("replace ", "update ", 1),
        false => words,
    };
    let action = own_action(method, path, prefix, creates);
    let with_method = has_verb.then(|| format!("{method} {words}"));
    let all = all_path_words(method, path, prefix);
    let summary = summary.filter(|summary| is_short(summary));
    let first = action.map(Candidate::new).into_iter().chain([Candidate { words, has_verb }]);
    let others = [summary, with_method, Some(all)].into_iter().flatten().map(Candidate::new);
    first.chain(others).collect()
}

/// Whether a verb says that something is changed in part: many services mean that by `PUT`.
fn says_update(verb: &str) -> bool {
    ["change", "edit", "modify", "update"].contains(&verb)
}

/// Whether a tool made the ids of a description of its methods and paths: most of them, and one says a parameter.
fn are_made_of_paths(operations: &[Operation]) -> bool {
    let with_ids = operations.iter().filter(|operation| own_id(operation).is_some()).count();
    let made: Vec<_> = operations.iter().filter_map(path_id).collect();
    made.contains(&PathId::WithParameters) && made.len() * 4 >= with_ids * 3
}

fn path_id(operation: &Operation) -> Option<PathId> {
    PathId::of(own_id(operation)?, operation.method.key(), &operation.path)
}

/// The id of an operation, if its author chose it.
fn id_of_author(operation: &Operation, made_of_paths: bool) -> Option<&str> {
    own_id(operation).filter(|_| !(made_of_paths && path_id(operation).is_some()))
}

/// The summary of an operation, if it has the letters of its id and says where its words end: `Getspendlimit` and
/// `Get spend limit`.
fn spelled_by_summary<'a>(id: &str, operation: &'a Operation) -> Option<&'a str> {
    let letters = |text: &str| {
        let letters = text.chars().filter(|letter| letter.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    let summary = operation.summary.as_deref().filter(|summary| letters(summary) == letters(id))?;
    (words_of(summary).len() > words_of(id).len()).then_some(summary)
}

/// The service that the ids of all operations begin with, if there are words enough behind it.
///
/// `RealWorld_ListArticles`, `RealWorld_GetUser` → `RealWorld`
fn service_of_all(operations: &[Operation]) -> Option<&str> {
    let mut ids = operations.iter().filter_map(own_id).map(behind_service);
    let (service, _) = ids.next()??;
    let is_shared = |found: Option<(&str, &str)>| {
        found.is_some_and(|(own, rest)| own == service && words_of(rest).len() > 1)
    };
    let is_of_all = operations.iter().filter_map(own_id).map(behind_service).all(is_shared);
    (operations.len() > 1 && is_of_all).then_some(service)
}

/// The id of an operation, if it has one.
pub fn own_id(operation: &Operation) -> Option<&str> {
    operation.id.as_deref().filter(|id| !id.trim().is_empty())
}

/// `Updates a single booking` → `update single booking`
fn words_of_summary(summary: &str) -> String {
    let is_article = |word: &String| matches!(word.as_str(), "a" | "an" | "the");
    let mut words: Vec<_> =
        words_of(summary).into_iter().filter(|word| !is_article(word)).collect();
    if let Some(first) = words.first_mut() {
        *first = infinitive(first).unwrap_or_else(|| first.clone());
    }
    words.join(" ")
}

fn is_short(summary: &str) -> bool {
    let words = words_of(summary);
    (2..=MOST_WORDS).contains(&words.len())
}
