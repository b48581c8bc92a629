//! Stage 2: any description → one in 3.0 words, flat, read by `openapiv3`.

use openapiv3::OpenAPI;
use serde_json::Value;

use crate::diagnostics::code::Code;
use crate::diagnostics::{Diagnostics, Outcome};
use crate::pipeline::load::Loaded;
use crate::pointer::Pointer;
use complaints::Complaints;
use grammar::{Object, walk};
use moves::Moves;
pub use origins::Origins;
use origins::Overlaid;
pub use read::Webhooks;

mod complaints;
mod described;
mod document;
mod flatten;
pub(crate) mod grammar;
mod hoist;
mod keywords;
mod members;
mod moves;
mod origins;
mod overlay;
mod parameters;
pub(crate) mod path_items;
mod queries;
pub(crate) mod read;
pub(crate) mod references;
mod schema;
mod version;

#[cfg(test)]
mod tests;

/// Whether a word is a keyword of schemas.
pub(crate) fn is_keyword(word: &str) -> bool {
    keywords::member(word).is_some()
}

/// The deepest nesting of objects and lists that is worked on.
const DEEPEST: usize = 300;

/// A description in OpenAPI 3.0 words in which every schema is a component of its own.
///
/// Each schema is keyed in `components.schemas` by its JSON pointer in the document, and `$ref: "#<pointer>"`
/// stands in its place.
#[derive(Clone, Debug)]
pub struct Description {
    /// Where its parts were written.
    pub origins: Origins,
    /// The description, without the parts that were complained about.
    pub openapi: OpenAPI,
    /// Its webhooks by their places, for which OpenAPI 3.0 has no word.
    pub webhooks: Webhooks,
    /// Whether nothing was left out.
    pub is_whole: bool,
}

/// Puts a description of OpenAPI 3.0, 3.1 or 3.2 into flat 3.0 words, after its overlays were applied.
///
/// Keywords that 3.0 lacks are carried as `x-openapi-…`.
///
/// Parts of which no correct client can be made are complained about and left out.
pub fn normalize(description: Loaded, overlays: Vec<Loaded>) -> Outcome<Description> {
    overlaid(description, overlays).then(in_plain_words)
}

/// The same, but an overlay's action that matches nothing is only warned of (`skipped-action`).
pub fn normalize_where_it_fits(description: Loaded, overlays: Vec<Loaded>) -> Outcome<Description> {
    let overlaid = overlaid(description, overlays);
    overlaid.recoded(Code::UnmatchedAction, Code::SkippedAction).then(in_plain_words)
}

/// Applies overlays to a description, one after the other, and does nothing else.
///
/// Complains of `invalid-overlay` and `unmatched-action`, and leaves such actions out.
pub fn effective(description: Loaded, overlays: Vec<Loaded>) -> Outcome<Loaded> {
    overlaid(description, overlays).map(|(description, _)| description)
}

/// A description with its overlays applied, and what each brought.
fn overlaid(description: Loaded, overlays: Vec<Loaded>) -> Outcome<(Loaded, Vec<Overlaid>)> {
    let start = Outcome::new((description, Vec::new()), Diagnostics::default());
    overlays.into_iter().fold(start, |outcome, Loaded { file, value, .. }| {
        outcome.then(|(mut description, mut earlier)| {
            let mut complaints = Complaints::about(&file);
            let additions = overlay::apply(&value, &mut description, &mut complaints);
            earlier.push(Overlaid { file, additions });
            complaints.finish((description, earlier))
        })
    })
}

fn in_plain_words((description, overlays): (Loaded, Vec<Overlaid>)) -> Outcome<Description> {
    let mut complaints = Complaints::about(&description.file);
    let mut value = description.value.clone();
    let is_readable = version::check(&value, &mut complaints);
    if is_too_deep(&value) {
        let message = format!("the description is nested more than {DEEPEST} levels deep");
        complaints.error(Code::TooDeep, &Pointer::root(), message);
        return Outcome::nothing(complaints.give_up());
    }
    if !is_readable {
        return Outcome::nothing(complaints.give_up());
    }
    let mut moves = rewrite(&mut value, &mut complaints);
    let schemas = flatten::flatten(&mut value);
    described::inline(&mut value);
    hoist::hoist(&mut value, &mut moves);
    let read = read::read(value, schemas, &mut complaints);
    let origins = complaints.relocate(description, overlays, moves);
    let is_whole = !complaints.stop();
    match read {
        Some((openapi, webhooks)) => {
            complaints.finish(Description { origins, openapi, webhooks, is_whole })
        }
        None => Outcome::nothing(complaints.give_up()),
    }
}

/// Puts a whole document into 3.0 words, and gives what was moved in it.
fn rewrite(value: &mut Value, complaints: &mut Complaints) -> Moves {
    let mut moves = Moves::default();
    path_items::inline(value, complaints);
    path_items::carry_order(value);
    queries::declare(value, complaints);
    walk(Object::Description, value, &Pointer::root(), &mut |object, value, at| {
        if object == Object::Schema {
            schema::rewrite(value, &mut schema::Context { at, complaints, moves: &mut moves });
        }
        document::correct(object, value, at, complaints);
    });
    references::correct(value, &moves, complaints);
    moves
}

/// Looks with a list of its own instead of by recursion, so that no depth can exhaust the stack.
fn is_too_deep(value: &Value) -> bool {
    let mut open = vec![(value, 1)];
    while let Some((value, depth)) = open.pop() {
        if depth > DEEPEST {
            return true;
        }
        match value {
            Value::Array(items) => open.extend(items.iter().map(|item| (item, depth + 1))),
            Value::Object(members) => open.extend(members.values().map(|item| (item, depth + 1))),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    false
}
