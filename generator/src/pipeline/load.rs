//! Stage 1: text → value tree.

use std::io::Read;
use std::path::Path;

use serde::de::{Deserialize, DeserializeSeed};
use serde_json::Value;

use crate::Source;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::source_map::{self, looks_like_json};
use crate::diagnostics::{
    Diagnostic, Diagnostics, Location, Severity, SpanKind, WithDiagnostics, WithWarnings,
};
use crate::parallel;
use crate::pointer::Pointer;
pub use source_files::SourceFiles;
pub(crate) use tree::MOST_VALUES;
use tree::{Progress, TOO_MANY_VALUES, Tree};

mod at;
mod bundle;
mod depth;
mod files;
mod source_files;
#[cfg(test)]
mod tests;
mod tree;
mod ways;
mod written;

/// The most bytes that a description may have: more than the largest that are in use, which have 35 million.
const MOST_BYTES: u64 = 40 << 20;

/// A thread takes longer than to look for the places in a text of fewer bytes.
const WORTH_A_THREAD: usize = 1 << 16;

/// A document as a value tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// What it was read from.
    pub source: Source,
    /// The document; always an object.
    pub value: Value,
}

/// Reads a file from the disk, and with it the files beside it that its references lead to.
///
/// A description in one file is given as it is; one in several is given as one, in JSON. What is wrong with the way
/// from file to file is reported by [`parse`], so that there is a text to show it in.
///
/// # Errors
/// `unreadable-file`, with the operating system's reason, and `too-large` before it is read whole.
pub fn read(path: &Path) -> Result<WithWarnings<Source>, Diagnostics> {
    read_from(None, path)
}

/// The same, but references may lead to any file in the folder `root` and below, and to none outside of it.
///
/// # Errors
/// As [`read`].
pub fn read_within(root: &Path, path: &Path) -> Result<WithWarnings<Source>, Diagnostics> {
    read_from(Some(root), path)
}

fn read_from(root: Option<&Path>, path: &Path) -> Result<WithWarnings<Source>, Diagnostics> {
    let read = read_alone(path)?;
    if !bundle::is_needed(read.value.text()) {
        return Ok(read);
    }
    // A text that cannot be read is reported where it is worked on.
    let Ok(parsed) = parse(&read.value).checked() else { return Ok(read) };
    Ok(read.map(|source| {
        let (value, pieces) = bundle::bundle(root, path, source.text(), parsed.value.value);
        let parts = SourceFiles::of(pieces);
        Source { parts, ..Source::new(source.file, format!("{value:#}")) }
    }))
}

/// Reads a description that is one text, under this name. Files that it refers to are not read.
///
/// # Errors
/// As [`read`].
pub fn read_stream(name: &str, stream: impl Read) -> Result<WithWarnings<Source>, Diagnostics> {
    source(name.to_owned(), limited(stream, 0))
}

/// Reads a file from the disk.
fn read_alone(path: &Path) -> Result<WithWarnings<Source>, Diagnostics> {
    source(path.display().to_string(), bytes(path))
}

/// A text of the bytes that were read; `None` stands for too many.
fn source(
    file: String,
    bytes: std::io::Result<Option<Vec<u8>>>,
) -> Result<WithWarnings<Source>, Diagnostics> {
    let refuse =
        |code, why: String| Diagnostic::new(code, Location::new(&file, Pointer::root()), why);
    let bytes = bytes
        .map_err(|why| refuse(DiagnosticCode::UnreadableFile, format!("cannot be read: {why}")))?;
    let Some(bytes) = bytes else {
        return Err(refuse(
            DiagnosticCode::TooLarge,
            format!("it has more than {MOST_BYTES} bytes"),
        )
        .into());
    };
    let text = String::from_utf8(bytes)
        .map_err(|why| refuse(DiagnosticCode::UnreadableFile, format!("is not text: {why}")))?;
    Ok(WithWarnings { value: Source::new(file, text), warnings: Diagnostics::default() })
}

/// The bytes of a file; `None` where there are too many.
fn bytes(path: &Path) -> std::io::Result<Option<Vec<u8>>> {
    let file = std::fs::File::open(path)?;
    let length = file.metadata()?.len();
    // Nothing is read of a file that says how large it is; a pipe, say, does not.
    if length > MOST_BYTES {
        return Ok(None);
    }
    limited(file, usize::try_from(length).unwrap_or_default())
}

/// The bytes of a stream of about this length; `None` where there are too many.
fn limited(stream: impl Read, length: usize) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::with_capacity(length);
    stream.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= MOST_BYTES).then_some(bytes))
}

/// Reads a text as JSON if it begins like JSON, else as YAML.
///
/// `{200: ok}` → `{"200": "ok"}`: keys become strings as they are written, YAML merge keys (`<<`) are applied and
/// tags dropped.
///
/// Reports `syntax` where the parser gave up, and `repeated-key`; for a description in several files, also
/// references between them: `external-reference`, `dangling-reference` and `cyclic-reference`.
/// Of a key that stands twice the last value is taken, beside the diagnostic.
pub fn parse(source: &Source) -> WithDiagnostics<Loaded> {
    let found = source.parts.found(&source.file);
    if found.iter().any(|one| one.severity() == Severity::Error) {
        return WithDiagnostics::nothing(found);
    }
    let read = tree(source).then(|value| match value.is_object() {
        true => WithDiagnostics::new(value, Diagnostics::default()),
        false => {
            let why = "this is not an OpenAPI description: no object stands at its top";
            WithDiagnostics::nothing(Fault::without_place(why).told(source))
        }
    });
    let read = WithDiagnostics::new((), found).then(|()| read);
    read.map(|value| Loaded { source: source.clone(), value })
}

/// Reads a text as a tree of values, whatever is at its top.
fn tree(source: &Source) -> WithDiagnostics<Value> {
    let mut progress = Progress::default();
    match read_while_finding_places(source, |text| json_or_yaml(text, &mut progress)) {
        Ok((value, syntax)) => {
            let value = written::keep_texts(value, syntax, source);
            WithDiagnostics::new(value, progress.diagnostics(&source.file))
        }
        Err(fault) => WithDiagnostics::nothing(fault.told(source)),
    }
}

/// Reads a text while another processor looks for the places in it, which nearly all descriptions need, for a warning if
/// for nothing else.
fn read_while_finding_places<T>(source: &Source, read: impl FnOnce(&str) -> T) -> T {
    let text = source.text();
    if text.len() < WORTH_A_THREAD || parallel::processors() == 1 {
        return read(text);
    }
    parallel::both(|| source.text.prepare(), || read(text)).1
}

fn json_or_yaml(text: &str, progress: &mut Progress) -> Result<(Value, Syntax), Fault> {
    let text = text.trim_start_matches('\u{feff}');
    if !looks_like_json(text) {
        return yaml(text, progress).map(|value| (value, Syntax::Yaml));
    }
    // YAML readers refuse JSON's surrogate pairs, so JSON is read as JSON; YAML's flow style begins alike.
    let read = json(text, progress).map(|value| (value, Syntax::Json));
    read.or_else(|why| match &why {
        // No other reader gets further.
        Fault::Syntax { code: DiagnosticCode::TooDeep | DiagnosticCode::TooLarge, .. } => Err(why),
        _ => flow_style(text, progress).map(|value| (value, Syntax::Yaml)).ok_or(why),
    })
}

/// By which rules a text was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Syntax {
    Json,
    Yaml,
}

/// Why a text cannot be read.
enum Fault {
    /// Its reader gave up, at this line and column if it says where.
    Syntax { code: DiagnosticCode, why: String, at: Option<(usize, usize)> },
    /// It holds more than one YAML document.
    SeveralDocuments,
}

impl Fault {
    fn without_place(why: &str) -> Self {
        Self::Syntax { code: DiagnosticCode::Syntax, why: why.to_owned(), at: None }
    }

    /// `unexpected end of file at line 3 column 1` → `unexpected end of file`, at 3:1
    fn at(kind: &str, why: &impl ToString, at: Option<(usize, usize)>) -> Self {
        let (line, column) = at.unwrap_or_default();
        let why = why.to_string().replacen(&format!(" at line {line} column {column}"), "", 1);
        // Both readers stop at 128 levels, and both say so in these words.
        if why.contains("recursion limit exceeded") {
            return Self::too_deep(at);
        }
        if why.contains(TOO_MANY_VALUES) {
            let why = format!("{TOO_MANY_VALUES}: at most {MOST_VALUES} are read");
            return Self::Syntax { code: DiagnosticCode::TooLarge, why, at };
        }
        Self::Syntax { code: DiagnosticCode::Syntax, why: format!("this is not {kind}: {why}"), at }
    }

    fn too_deep(at: Option<(usize, usize)>) -> Self {
        let why = "objects and lists are nested too deeply".to_owned();
        Self::Syntax { code: DiagnosticCode::TooDeep, why, at }
    }

    fn told(self, source: &Source) -> Diagnostic {
        let text = source.text();
        let place = |byte| Location::new(&source.file, Pointer::root()).spot(SpanKind::Byte(byte));
        match self {
            Self::Syntax { code, why, at } => {
                let byte = at.map_or(0, |(line, column)| source_map::byte(text, line, column));
                Diagnostic::new(code, place(byte), why)
            }
            Self::SeveralDocuments => {
                let second = source_map::second_document(text).unwrap_or_default();
                let why = "a second YAML document begins here; a description is one document";
                let first = (place(0), "the first begins here".to_owned());
                let help = "put each description into a file of its own";
                let told = Diagnostic::new(DiagnosticCode::Syntax, place(second), why).help(help);
                Diagnostic { related: Some(first), ..told }
            }
        }
    }
}

fn json(text: &str, progress: &mut Progress) -> Result<Value, Fault> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = Tree::whole(progress).deserialize(&mut reader);
    let read = read.and_then(|value| reader.end().map(|()| value));
    read.map_err(|why| Fault::at("JSON", &why, Some((why.line(), why.column()))))
}

/// A value that stands in a text alone.
fn scalar(text: &str) -> Option<Value> {
    yaml(text, &mut Progress::default()).ok()
}

/// Reads YAML that begins like JSON; where it fails, JSON's reason is the better one.
fn flow_style(text: &str, progress: &mut Progress) -> Option<Value> {
    *progress = Progress::default();
    yaml(text, progress).ok()
}

fn yaml(text: &str, progress: &mut Progress) -> Result<Value, Fault> {
    if let Some(at) = depth::too_deep(text) {
        return Err(Fault::too_deep(Some(at)));
    }
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let Some(first) = documents.next() else {
        return Err(Fault::without_place("the file is empty"));
    };
    let value = Tree::whole(progress).deserialize(first).map_err(|why| {
        let at = why.location().map(|place| (place.line(), place.column()));
        Fault::at("YAML", &why, at)
    })?;
    match documents.next().map(serde::de::IgnoredAny::deserialize) {
        None => Ok(value),
        Some(_) => Err(Fault::SeveralDocuments),
    }
}
