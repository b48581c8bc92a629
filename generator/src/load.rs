//! Stage 1: text → value tree.

use std::path::Path;

use serde::de::{Deserialize, DeserializeSeed};
use serde_json::Value;

use crate::Source;
use crate::catalogue::Code;
use crate::diagnostics::{Checked, Diagnostic, Diagnostics, Place};
use crate::pointer::Pointer;
use tree::{Progress, Tree};

#[cfg(test)]
mod tests;
mod tree;

/// A document as a value tree, and the name under which complaints speak of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// The file's path, as the caller wrote it.
    pub file: String,
    /// The document; always an object.
    pub value: Value,
}

/// Reads a file from the disk.
///
/// # Errors
/// `unreadable-file`, with the operating system's reason.
pub fn read(path: &Path) -> Checked<Source> {
    let file = path.display().to_string();
    let refuse = |why: String| refused(&file, Code::UnreadableFile, why);
    let bytes = std::fs::read(path).map_err(|why| refuse(format!("cannot be read: {why}")))?;
    let text = String::from_utf8(bytes).map_err(|why| refuse(format!("is not text: {why}")))?;
    Diagnostics::default().finish(Source { file, text })
}

/// Reads a text as JSON if it begins like JSON, else as YAML.
///
/// `{200: ok}` → `{"200": "ok"}`: keys become strings as they are written, YAML merge keys (`<<`) are applied and
/// tags dropped.
///
/// # Errors
/// `syntax`, with the parser's reason, line and column.
pub fn parse(source: &Source) -> Checked<Loaded> {
    let text = source.text.trim_start_matches('\u{feff}');
    let mut progress = Progress::default();
    let parsed = if text.trim_start().starts_with(['{', '[']) {
        // YAML readers refuse JSON's surrogate pairs, so JSON is read as JSON; YAML's flow style begins alike.
        json(text, &mut progress).or_else(|why| flow_style(text, &mut progress).ok_or(why))
    } else {
        yaml(text, &mut progress)
    };
    let value = parsed.map_err(|why| refused(&source.file, Code::Syntax, why))?;
    if !value.is_object() {
        let why = "is not an OpenAPI description: no object stands at its top";
        return Err(refused(&source.file, Code::Syntax, why));
    }
    progress.warnings(&source.file).finish(Loaded { file: source.file.clone(), value })
}

fn json(text: &str, progress: &mut Progress) -> Result<Value, String> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = Tree(progress).deserialize(&mut reader);
    let read = read.and_then(|value| reader.end().map(|()| value));
    read.map_err(|why| format!("is not JSON: {why}"))
}

/// Reads YAML that begins like JSON; where it fails, JSON's reason is the better one.
fn flow_style(text: &str, progress: &mut Progress) -> Option<Value> {
    *progress = Progress::default();
    yaml(text, progress).ok()
}

fn yaml(text: &str, progress: &mut Progress) -> Result<Value, String> {
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let Some(first) = documents.next() else { return Err("is empty".to_owned()) };
    let value = Tree(progress).deserialize(first).map_err(|why| format!("is not YAML: {why}"))?;
    match documents.next().map(serde::de::IgnoredAny::deserialize) {
        None => Ok(value),
        Some(_) => Err("holds more than one YAML document".to_owned()),
    }
}

fn refused(file: &str, code: Code, why: impl Into<String>) -> Diagnostics {
    let place = Place { file: file.to_owned(), pointer: Pointer::root() };
    Diagnostic::error(code, place, why).into()
}
