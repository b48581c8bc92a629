//! Batches that callers have stored, and whether the operation that submitted them still reads them.

use crate::analysis::diff::changes::{Changes, Effect, Item, What};
use crate::analysis::diff::surface::Call;

/// Whether an operation submits batches.
pub fn has_batches(call: &Call) -> bool {
    call.facts.contains_key("fields of the run")
}

/// A stored batch is known by its operation's `operationId`, or by its method and path: see
/// `templates/src/runtime/batch/run.rs`.
///
/// `requests` are those of the operation before and after, without the names of placeholders.
pub fn batches(
    (old, new): (&Call, &Call),
    requests: (&str, &str),
    (path, words): (&str, &str),
    changes: &mut Changes,
) {
    if !has_batches(old) || !has_batches(new) {
        return;
    }
    let (effect, what, text) = match (old.id == new.id, requests.0 == requests.1) {
        (true, true) => return,
        (true, false) => (
            Effect::Behaviour,
            What::Treated,
            "batches that are stored are still read, by the `operationId`",
        ),
        (false, true) => (
            Effect::Behaviour,
            What::Treated,
            "batches that are stored are still read, by method and path; those without them, as the first versions \
             stored them, are not",
        ),
        (false, false) => (
            Effect::Breaking,
            What::Renamed,
            "batches that are stored are not read any more, as both the request and the `operationId` are other ones; \
             wait for them by the crate that stored them",
        ),
    };
    changes.push(effect, (Item::Operation, what), path, format!("{words}: {text}"));
}
