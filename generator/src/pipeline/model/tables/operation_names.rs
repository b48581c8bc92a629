//! The words that operations are named after: those of their id, or else of their path.

use std::collections::{HashMap, HashSet};

use crate::pipeline::resolve::Operation;
use crate::pointer::Pointer;
use crate::rust::names::{
    PathWords, all_path_words, behind_service, common_steps, operation_words, own_action,
    path_words, without_needless_articles, words_of,
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
        let mut candidates: Vec<(&Operation, Vec<Candidate>)> = operations
            .iter()
            .map(|operation| (operation, candidates(operation, prefix, service)))
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

/// The words that an operation may be named after, the best first: those of its id, else the first ones that no other
/// operation of its tag has.
fn candidates(operation: &Operation, prefix: usize, service: Option<&str>) -> Vec<Candidate> {
    let method = operation.method.key();
    if let Some(id) = own_id(operation) {
        if let Some(spelled) = spelled_by_summary(id, operation) {
            return vec![Candidate::new(spelled.to_owned())];
        }
        let rest = behind_service(id).filter(|(own, _)| Some(*own) == service);
        let short = rest.map(|(_, rest)| rest.to_owned());
        let whole = operation_words(id, method, &operation.path);
        let plain = without_needless_articles(&whole);
        return short.into_iter().chain(plain).chain([whole]).map(Candidate::new).collect();
    }
    let short = path_words(method, &operation.path, prefix);
    let summary = operation.summary.as_deref().map(without_articles);
    let summary = summary.filter(|summary| is_short(summary));
    let all = all_path_words(method, &operation.path, prefix);
    let action = own_action(method, &operation.path, prefix);
    let with_method = short.has_verb.then(|| format!("{method} {}", short.words));
    let PathWords { words, has_verb } = short;
    let first = action.map(Candidate::new).into_iter().chain([Candidate { words, has_verb }]);
    let others = [summary, with_method, Some(all)].into_iter().flatten().map(Candidate::new);
    first.chain(others).collect()
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

/// `Get a single booking` → `get single booking`
fn without_articles(summary: &str) -> String {
    let is_article = |word: &String| matches!(word.as_str(), "a" | "an" | "the");
    words_of(summary).into_iter().filter(|word| !is_article(word)).collect::<Vec<_>>().join(" ")
}

fn is_short(summary: &str) -> bool {
    let words = words_of(summary);
    (2..=MOST_WORDS).contains(&words.len())
}
