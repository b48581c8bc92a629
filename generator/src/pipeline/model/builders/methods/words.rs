//! The words of methods: those of their operations, without what the group says already.

use std::collections::HashMap;

use super::RESERVED_METHODS;
use super::lists::returns_list;
use crate::pipeline::model::tables::TypeTable;
use crate::pipeline::resolve::{self, Method};
use crate::rust::names::{
    asks_for_several, behind_service, is_group, is_plural_of, is_read, method_words,
    without_parameter, words_of,
};

/// The method that returns the things that its group is about.
const LIST: &str = "list";

/// The words of each method: those that were chosen, or those of the operation without what the tag says already.
///
/// If two methods would have the same words then, one that returns a collection is called `list`, and so is the only one
/// that returns a list of what its group is about. Others keep all of their words: so neither is ambiguous, and the order of the operations does not matter.
pub fn method_words_of(
    operations: &[&resolve::Operation],
    tag: &str,
    table: &TypeTable<'_>,
) -> Vec<String> {
    let words = |operation: &&resolve::Operation| table.words_of_request(&operation.at);
    let long = |operation: &&resolve::Operation| match operation.extensions.rust_name() {
        Some(chosen) => chosen.to_owned(),
        None => words(operation).to_owned(),
    };
    let short = |operation: &&resolve::Operation| match operation.extensions.rust_name() {
        Some(_) => None,
        None if is_called_as_its_group(operation, words(operation), tag) => Some("get".to_owned()),
        None => method_words(words(operation), tag)
            .or_else(|| behind_shared_service(operation, operations)),
    };
    let mut shorts: Vec<Option<String>> = operations.iter().map(short).collect();
    for (item, verb) in found_by_their_parameter(operations, &shorts) {
        shorts[item] = Some(verb);
    }
    for at in collections(operations, &shorts, table) {
        shorts[at] = Some(LIST.to_owned());
    }
    if let Some(at) = find_list(operations, &shorts, table) {
        shorts[at] = Some(LIST.to_owned());
    }
    let mut users: HashMap<Vec<String>, usize> = HashMap::new();
    for words in operations.iter().map(long).chain(shorts.iter().flatten().cloned()) {
        *users.entry(words_of(&words)).or_default() += 1;
    }
    let is_own = |words: &String| {
        users.get(&words_of(words)) == Some(&1) && !RESERVED_METHODS.contains(&words.as_str())
    };
    let spoken = operations.iter().zip(shorts);
    spoken
        .map(|(operation, short)| short.filter(is_own).unwrap_or_else(|| long(operation)))
        .collect()
}

/// `GET /health` in `Health`, with the id `health`
fn is_called_as_its_group(operation: &resolve::Operation, words: &str, tag: &str) -> bool {
    is_read_only(operation) && is_group(words, tag)
}

/// The operations that return an item and say by which parameter, and the verbs of those that return the collection.
///
/// `GET /books` and `GET /books/{id}`, with the ids `get` and `getById` → `get` of the second one
fn found_by_their_parameter(
    operations: &[&resolve::Operation],
    shorts: &[Option<String>],
) -> Vec<(usize, String)> {
    let verb = |item: usize| {
        let (_, parameter) = split_at_parameter(&operations[item].path)?;
        let verb = without_parameter(shorts[item].as_deref()?, parameter)?;
        let is_collection = |of: usize| {
            holds(operations[of], operations[item])
                && shorts[of].as_deref() == Some(verb)
                && is_read_only(operations[of])
        };
        let has_collection = (0..operations.len()).any(is_collection);
        (has_collection && is_read_only(operations[item])).then(|| (item, verb.to_owned()))
    };
    (0..operations.len()).filter_map(verb).collect()
}

/// Whether the path of an item is that of a collection with a parameter: `/books/{id}` of `/books` or `/books/`.
fn holds(collection: &resolve::Operation, item: &resolve::Operation) -> bool {
    let path = collection.path.trim_end_matches('/');
    split_at_parameter(&item.path).is_some_and(|(start, _)| start == path)
}

/// `/books/{id}` → `/books` and `id`
fn split_at_parameter(path: &str) -> Option<(&str, &str)> {
    path.strip_suffix('}')?.rsplit_once("/{")
}

/// Whether the path is that of an item: `/books/{id}`.
fn is_of_item(operation: &resolve::Operation) -> bool {
    operation.path.ends_with('}')
}

fn is_read_only(operation: &resolve::Operation) -> bool {
    operation.method == Method::Get
}

/// The operations that return a collection, and whose short words another one has that returns one of its items.
///
/// `GET /books` and `GET /books/{id}`, with the ids `getBooks` and `getBook` in `Books`
fn collections(
    operations: &[&resolve::Operation],
    shorts: &[Option<String>],
    table: &TypeTable<'_>,
) -> Vec<usize> {
    let mut alike: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, short) in shorts.iter().enumerate() {
        if let Some(short) = short.as_deref().filter(|short| is_read(short)) {
            alike.entry(short).or_default().push(at);
        }
    }
    let words = |operation: &resolve::Operation| table.words_of_request(&operation.at);
    let is_collection = |of: usize, item: usize| {
        let (of, item) = (operations[of], operations[item]);
        let are_read = is_read_only(of) && is_read_only(item);
        let is_named_so = is_plural_of(words(of), words(item)) || holds(of, item);
        are_read && !is_of_item(of) && is_of_item(item) && is_named_so
    };
    let found = alike.into_values().flat_map(|alike| {
        let has_item = |of: usize| alike.iter().any(|&item| is_collection(of, item));
        alike.iter().copied().filter(|&of| has_item(of)).collect::<Vec<_>>()
    });
    found.collect()
}

/// The operation that returns a list of what the group is about, if it is the only one: `getBooks` in `Books`.
fn find_list(
    operations: &[&resolve::Operation],
    shorts: &[Option<String>],
    table: &TypeTable<'_>,
) -> Option<usize> {
    if shorts.iter().flatten().any(|short| short == LIST) {
        return None;
    }
    let is_list = |&at: &usize| {
        let operation = operations[at];
        let words = table.words_of_request(&operation.at);
        shorts[at].as_deref().is_some_and(is_read)
            && is_read_only(operation)
            && !is_of_item(operation)
            && asks_for_several(words)
            && returns_list(operation, words, table.resolved)
    };
    let mut found = (0..operations.len()).filter(is_list);
    found.next().filter(|_| found.next().is_none())
}

/// The words behind the name of a service that the ids of all operations of a tag begin with.
///
/// `BooksApi_list` and `BooksApi_get` in `Reading` → `list`
fn behind_shared_service<'a>(
    operation: &'a resolve::Operation,
    operations: &[&'a resolve::Operation],
) -> Option<String> {
    let split =
        |operation: &&'a resolve::Operation| operation.id.as_deref().and_then(behind_service);
    let (service, rest) = split(&operation)?;
    let is_own =
        |other: &&'a resolve::Operation| split(other).is_some_and(|(own, _)| own == service);
    let is_shared = operations.len() > 1 && operations.iter().all(is_own);
    is_shared.then(|| rest.to_owned())
}
