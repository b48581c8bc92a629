//! This generator's own extensions: of a description only those with its prefix are read.
//!
//! Other tools have an `x-rate-limit` of their own. An overlay is written for this generator, so that all words are
//! read from it.

use serde_json::Value;

use super::diagnostic_sink::DiagnosticSink;
use super::methods::operations;
use super::path_items::{SECTIONS, path_items};
use super::pointer_rewrites::PointerRewrites;
use super::source_mapping::Overlaid;
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::Pointer;

/// The words, without `x-` or the prefix.
const WORDS: [&str; 10] = [
    "batch",
    "bulk",
    "rate-limit",
    "rate-limits",
    "retry",
    "retry-key",
    "signals",
    "spends-credits",
    "stream-end",
    "validate",
];

/// Takes the words of the description that are likely another tool's, and gives those with the prefix their short form.
///
/// `x-client-retry: safe` → `x-retry: safe`; `x-retry` of an overlay stays, and that of the description goes.
pub(super) fn read_prefixed(
    description: &mut Value,
    overlays: &[Overlaid],
    moves: &mut PointerRewrites,
    diagnostics: &mut DiagnosticSink,
) {
    let is_added = |at: &Pointer| overlays.iter().any(|one| one.additions.find(at).is_some());
    let mut warned = Vec::new();
    for at in places(description) {
        let members = description.pointer_mut(at.as_str()).and_then(Value::as_object_mut);
        let Some(members) = members else { continue };
        for word in WORDS {
            let (short, long) = (format!("x-{word}"), format!("x-client-{word}"));
            if members.contains_key(&short) && !is_added(&at.at(&short)) {
                members.shift_remove(&short);
                if !warned.contains(&word) {
                    warned.push(word);
                    let message = format!("`{short}` is ignored: it is read from overlays only");
                    let help = format!("if it is meant for this generator, it is `{long}` here");
                    let code = DiagnosticCode::UnknownKeyword;
                    diagnostics.warn_with_help(code, &at.at(&short), message, Some(help));
                }
            }
            if let Some(value) = members.shift_remove(&long) {
                moves.moved(at.at(&long), at.at(&short));
                members.entry(short).or_insert(value);
            }
        }
    }
}

/// The root, and the operations.
fn places(description: &Value) -> Vec<Pointer> {
    let mut places = vec![Pointer::root()];
    for section in SECTIONS {
        for (path, item) in path_items(section, description) {
            let at = Pointer::root().at(section).at(path);
            places.extend(operations(item, &at).into_iter().map(|(_, at, _)| at));
        }
    }
    places
}
