//! This generator's own extensions: of a description only those with its prefix are read.
//!
//! Other tools have an `x-rate-limit` of their own. An overlay is written for this generator, so that all words are
//! read from it.

use serde_json::{Map, Value};

use super::diagnostic_sink::DiagnosticSink;
use super::methods::operations;
use super::object_kind::ObjectKind;
use super::object_schema::walk;
use super::path_items::{SECTIONS, path_items};
use super::pointer_rewrites::PointerRewrites;
use super::source_mapping::Overlaid;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::suggest::closest;
use crate::pointer::Pointer;

/// The words, without `x-` or the prefix.
const WORDS: [&str; 15] = [
    "batch",
    "bulk",
    "pagination",
    "poll",
    "rate-limit",
    "rate-limits",
    "retry",
    "retry-key",
    "rust-alias",
    "rust-types",
    "signals",
    "spends-credits",
    "stream-end",
    "validate",
    "webhook-signature",
];

/// The words of schemas.
const SCHEMA_WORDS: [&str; 3] = ["rust-alias", "rust-derive", "rust-type"];

/// The words of schemas and variables that are read from descriptions, too, and so have no prefix.
const PLAIN_WORDS: [&str; 5] =
    ["enum-deprecated", "enum-descriptions", "enum-varnames", "enumDescriptions", "sensitive"];

/// What the words have in a description.
const PREFIX: &str = "x-client-";

/// The word that is read from both, and so has no prefix.
const RUST_NAME: &str = "rust-name";

/// Takes the words of the description that are likely another tool's, and gives those with the prefix their short form.
///
/// `x-client-retry: safe` → `x-retry: safe`; `x-retry` of an overlay stays, and that of the description goes.
pub(super) fn read_prefixed(
    description: &mut Value,
    overlays: &[Overlaid],
    moves: &mut PointerRewrites,
    diagnostics: &mut DiagnosticSink,
) {
    let mut warned = Vec::new();
    let places = places(description);
    refuse_unknown_elsewhere(description, overlays, &places, diagnostics);
    for at in places {
        let members = description.pointer_mut(at.as_str()).and_then(Value::as_object_mut);
        let Some(members) = members else { continue };
        if !has_extension(members) {
            continue;
        }
        for key in members.keys().filter(|key| is_added(&at.at(key), overlays)) {
            refuse_unknown(key, &at.at(key), diagnostics);
        }
        let mut words = Words { overlays, warned: &mut warned, moves, diagnostics };
        WORDS.into_iter().for_each(|word| words.read(word, members, &at));
    }
    walk(ObjectKind::Description, description, &Pointer::root(), &mut |object, value, at| {
        let (ObjectKind::Schema, Value::Object(members)) = (object, value) else { return };
        if has_extension(members) {
            let mut words = Words { overlays, warned: &mut warned, moves, diagnostics };
            SCHEMA_WORDS.into_iter().for_each(|word| words.read(word, members, at));
        }
    });
}

fn has_extension(members: &Map<String, Value>) -> bool {
    members.keys().any(|key| key.starts_with("x-"))
}

fn is_added(at: &Pointer, overlays: &[Overlaid]) -> bool {
    overlays.iter().any(|one| one.additions.find(at).is_some())
}

/// Reads the words of objects.
struct Words<'a> {
    overlays: &'a [Overlaid],
    /// The words that were warned of.
    warned: &'a mut Vec<&'static str>,
    moves: &'a mut PointerRewrites,
    diagnostics: &'a mut DiagnosticSink,
}

impl Words<'_> {
    /// Brings a word of an object to its short form, or takes it out.
    fn read(&mut self, word: &'static str, members: &mut Map<String, Value>, at: &Pointer) {
        let (short, long) = (format!("x-{word}"), format!("{PREFIX}{word}"));
        if members.contains_key(&short) && !is_added(&at.at(&short), self.overlays) {
            members.shift_remove(&short);
            if !self.warned.contains(&word) {
                self.warned.push(word);
                let message = format!("`{short}` is ignored: it is read from overlays only");
                let help = format!("if it is meant for this generator, it is `{long}` here");
                let code = DiagnosticCode::UnknownKeyword;
                self.diagnostics.warn_with_help(code, &at.at(&short), message, Some(help));
            }
        }
        if let Some(value) = members.shift_remove(&long) {
            self.moves.moved(at.at(&long), at.at(&short));
            members.entry(short).or_insert(value);
        }
    }
}

/// Refuses the words of overlays that are meant for this generator and mean nothing where they are: in objects other than
/// the root and operations, only `x-rust-name` and those of schemas do.
fn refuse_unknown_elsewhere(
    description: &Value,
    overlays: &[Overlaid],
    places: &[Pointer],
    diagnostics: &mut DiagnosticSink,
) {
    let mut open: Vec<(Pointer, &Value)> = overlays
        .iter()
        .flat_map(|one| one.additions.places())
        .filter_map(|at| Some((at.clone(), description.pointer(at.as_str())?)))
        .collect();
    while let Some((at, value)) = open.pop() {
        let is_elsewhere = at.parent().is_some_and(|parent| !places.contains(&parent));
        if let Some(key) = at.steps().next_back().filter(|_| is_elsewhere) {
            refuse_elsewhere(&key, value, &at, diagnostics);
        }
        match value {
            Value::Object(members) => {
                open.extend(members.iter().map(|(key, value)| (at.at(key), value)));
            }
            Value::Array(items) => {
                open.extend(items.iter().enumerate().map(|(index, item)| (at.at(index), item)));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

fn refuse_elsewhere(key: &str, value: &Value, at: &Pointer, diagnostics: &mut DiagnosticSink) {
    let Some(word) = key.strip_prefix("x-") else { return };
    let code = DiagnosticCode::InvalidExtension;
    if word == RUST_NAME {
        if !value.is_string() {
            diagnostics.error(code, at, "`x-rust-name` is not a string");
        }
    } else if SCHEMA_WORDS.contains(&word) || PLAIN_WORDS.contains(&word) {
        // The schema that it is in reads it.
    } else if word.starts_with("rust-") || closest(word, elsewhere()).is_some() {
        let message = format!("the generator has no word `{key}`");
        let like = closest(word, elsewhere()).map(|like| format!("did you mean `x-{like}`?"));
        let known =
            "the words here are `x-rust-name`, `x-rust-alias`, `x-rust-type` and `x-rust-derive`";
        diagnostics.error_with_help(code, at, message, like.unwrap_or_else(|| known.to_owned()));
    } else if SCHEMA_WORDS.iter().any(|known| key.strip_prefix(PREFIX) == Some(*known)) {
        // As above.
    } else if key.starts_with(PREFIX) {
        let message = format!("`{key}` means nothing here: it belongs to operations or the root");
        diagnostics.error(code, at, message);
    }
}

/// The words of objects other than the root and operations.
fn elsewhere() -> impl Iterator<Item = &'static str> {
    [RUST_NAME].into_iter().chain(SCHEMA_WORDS).chain(PLAIN_WORDS)
}

/// Refuses a word of an overlay that is meant for this generator and is none of its words.
///
/// `x-client-…` is; of others, those that are like one of its words.
fn refuse_unknown(key: &str, at: &Pointer, diagnostics: &mut DiagnosticSink) {
    let Some(word) = key.strip_prefix(PREFIX).or_else(|| key.strip_prefix("x-")) else { return };
    let is_prefixed = key.starts_with(PREFIX);
    let is_known = WORDS.contains(&word) || (word == RUST_NAME && !is_prefixed);
    let known = WORDS.into_iter().chain([RUST_NAME]);
    let like = if is_known { None } else { closest(word, known) };
    let message = format!("the generator has no word `{key}`");
    let code = DiagnosticCode::InvalidExtension;
    match like {
        Some(like) => {
            diagnostics.error_with_help(code, at, message, format!("did you mean `x-{like}`?"));
        }
        None if is_prefixed && !is_known => diagnostics.error(code, at, message),
        None => {}
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
