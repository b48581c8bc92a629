//! The files beside a description: which ones its references may lead to, and what is in them.

use std::collections::HashMap;
use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::ways::{beside, way};
use crate::Source;
use crate::diagnostics::Diagnostics;
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::{Pointer, percent_decoded};

/// As many files as a description may consist of.
const MOST_FILES: usize = 20_000;

/// A place in one of the files.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Target {
    /// The file's path below the folder of the description; empty for the description.
    pub(super) file: String,
    pub(super) at: Pointer,
}

impl Target {
    /// The word for it: `models/pet.yml#/Cat` → `Cat`, `models/pet.yml` → `pet`
    pub(super) fn word(&self) -> String {
        let name = self.file.rsplit('/').next().unwrap_or_default();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        self.at.steps().next_back().unwrap_or_else(|| stem.to_owned())
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.file, self.at)
    }
}

/// The files below the folder of a description that were read so far.
pub(super) struct Files {
    folder: Option<PathBuf>,
    /// The folder that no file is read outside of: that of the description, or one that the caller named.
    root: Option<PathBuf>,
    /// Whether the caller named it.
    is_root_named: bool,
    /// The description's own name.
    name: String,
    read: HashMap<String, Value>,
    /// Where what has an identifier stands.
    identifiers: HashMap<String, Target>,
    /// Their texts, of those too that cannot be understood.
    pub(super) texts: Vec<Source>,
    /// Why those cannot be understood.
    pub(super) found: Diagnostics,
}

/// Why a reference is not followed, and what would help.
pub(super) struct Refused {
    pub(super) code: DiagnosticCode,
    pub(super) message: String,
    pub(super) help: Option<&'static str>,
    /// The place in a file of the folder at which nothing is, if that is all that is wrong.
    pub(super) absent: Option<Target>,
}

impl Refused {
    fn new(message: String) -> Self {
        Self { code: DiagnosticCode::ExternalReference, message, help: None, absent: None }
    }
}

/// What helps if something is on the network.
const SAVE: &str = "save it in the folder of the description, and refer to the file";

/// How a caller allows more.
const ALLOW: &str = "if the files there are to be trusted, allow their folder by `--root FOLDER`";

impl Files {
    pub(super) fn beside(root: Option<&Path>, path: &Path, text: &str, description: Value) -> Self {
        let own = path.canonicalize().ok();
        let folder = own.as_deref().and_then(Path::parent).map(Path::to_owned);
        let name = own.as_deref().and_then(Path::file_name);
        Self {
            root: match root {
                Some(root) => root.canonicalize().ok(),
                None => folder.clone(),
            },
            is_root_named: root.is_some(),
            folder,
            name: name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            identifiers: identifiers("", &description),
            read: HashMap::from([(String::new(), description)]),
            texts: vec![Source::new("", text)],
            found: Diagnostics::default(),
        }
    }

    /// Takes the description in a form in which more of it can be found.
    pub(super) fn replace_description(&mut self, description: Value) {
        self.read.insert(String::new(), description);
    }

    /// What stands at a place.
    pub(super) fn get(&self, target: &Target) -> Option<&Value> {
        self.read.get(&target.file)?.pointer(target.at.as_str())
    }

    /// Where a reference in a file leads to; the file is read if it was not.
    ///
    /// Only files in the folder of the description and below are read, or in that which the caller named: a
    /// description is not to be trusted with the rest of the disk, nor with the network.
    pub(super) fn find(&mut self, from: &str, reference: &str) -> Result<Target, Refused> {
        let (file, at) = reference.split_once('#').unwrap_or((reference, ""));
        let at = percent_decoded(at);
        if let Some(within) = self.identifiers.get(file).cloned() {
            return self.place(within, &at, reference);
        }
        if file.is_empty() {
            let from = Target { file: from.to_owned(), at: Pointer::root() };
            return self.place(from, &at, reference);
        }
        if file.contains("://") {
            let message = format!("`{reference}` is on the network, where nothing is read");
            return Err(Refused { help: Some(SAVE), ..Refused::new(message) });
        }
        let file = beside(from, &percent_decoded(file)).ok_or_else(|| {
            Refused::new(format!("`{reference}` is no file beside the description"))
        })?;
        let file = self.shortest(file, reference)?;
        let file = if file == self.name { String::new() } else { file };
        self.load(&file, reference)?;
        self.place(Target { file, at: Pointer::root() }, &at, reference)
    }

    /// Where a reference leads that was written from the folder above that of the description: `./api/pets.yml` in
    /// `api/index.yml`.
    pub(super) fn find_from_above(&mut self, reference: &str) -> Option<Target> {
        let below = reference.strip_prefix("./").unwrap_or(reference);
        let name = self.folder.as_deref()?.file_name()?.to_str()?;
        let own = below.strip_prefix(name)?.strip_prefix('/')?.to_owned();
        self.find("", &own).ok()
    }

    /// A place in a file or in a schema with an identifier, by a pointer or by the name of an anchor (JSON Schema 2020-12
    /// Core, 8.2.2).
    fn place(&self, within: Target, at: &str, reference: &str) -> Result<Target, Refused> {
        let begin = &within.at;
        let found = match Pointer::parse(at) {
            Some(at) => at.moved(&Pointer::root(), begin),
            None => self.get(&within).and_then(|value| anchor(value, at, begin)),
        };
        let nowhere = || Refused::new(format!("`{reference}` names no place in a file"));
        found.map(|at| Target { at, ..within }).ok_or_else(nowhere)
    }

    /// The way to a file from the folder of the description. One that leads out of it and back again is the shortest,
    /// so that each file has one name.
    fn shortest(&self, file: String, reference: &str) -> Result<String, Refused> {
        if !file.starts_with("../") {
            return Ok(file);
        }
        if !self.is_root_named {
            return Err(self.outside(reference));
        }
        let folder = self.folder.as_deref().unwrap_or(Path::new(""));
        let end = folder.join(&file).canonicalize();
        let end =
            end.ok().filter(|end| self.root.as_ref().is_some_and(|root| end.starts_with(root)));
        end.and_then(|end| way(folder, &end)).ok_or_else(|| self.outside(reference))
    }

    fn outside(&self, reference: &str) -> Refused {
        let (whose, help) = match self.is_root_named {
            true => ("that `--root` names, or is not there", None),
            false => ("of the description", Some(ALLOW)),
        };
        let message = format!("`{reference}` leads out of the folder {whose}");
        Refused { help, ..Refused::new(message) }
    }

    fn load(&mut self, file: &str, reference: &str) -> Result<(), Refused> {
        if self.read.contains_key(file) {
            return Ok(());
        }
        let refused = |why: String| Refused::new(format!("`{reference}` {why}"));
        if self.read.len() >= MOST_FILES {
            return Err(refused(format!("is one file too many: {MOST_FILES} are read")));
        }
        let folder = self.folder.as_ref().ok_or_else(|| refused("has no folder".to_owned()))?;
        let path = folder.join(file).canonicalize();
        let path = path.map_err(|why| {
            let at =
                reference.split_once('#').and_then(|(_, at)| Pointer::parse(&percent_decoded(at)));
            let absent = Target { file: file.to_owned(), at: at.unwrap_or_else(Pointer::root) };
            let absent = (why.kind() == ErrorKind::NotFound).then_some(absent);
            Refused { absent, ..refused(format!("cannot be read: {why}")) }
        })?;
        // A symbolic link may lead elsewhere.
        if !self.root.as_ref().is_some_and(|root| path.starts_with(root)) {
            return Err(self.outside(reference));
        }
        if self.texts.iter().any(|known| known.file == file) {
            return Err(refused("cannot be understood".to_owned()));
        }
        let source = super::read_alone(&path);
        let source = source.map_err(|why| refused(format!("cannot be read:\n{why}")))?;
        let source = Source { file: file.to_owned(), ..source.value };
        let parsed = match is_prose(file) {
            true => Ok(Value::String(source.text().to_owned())),
            false => super::tree(&source).checked().map(|parsed| parsed.value),
        };
        self.texts.push(source);
        let parsed = parsed.map_err(|why| {
            self.found.extend(why);
            refused("cannot be understood".to_owned())
        })?;
        for (name, place) in identifiers(file, &parsed) {
            self.identifiers.entry(name).or_insert(place);
        }
        self.read.insert(file.to_owned(), parsed);
        Ok(())
    }
}

/// The schemas of a file that have an `$id`, and the file itself by its `$self` (OpenAPI 3.2.0, 4.1).
fn identifiers(file: &str, value: &Value) -> HashMap<String, Target> {
    let mut found = HashMap::new();
    let own = value.get("$self").and_then(Value::as_str);
    let place = |at: Pointer| Target { file: file.to_owned(), at };
    found.extend(own.map(|own| (own.to_owned(), place(Pointer::root()))));
    let mut open = vec![(value, Pointer::root())];
    while let Some((value, at)) = open.pop() {
        let id = value.get("$id").and_then(Value::as_str).map(|id| id.trim_end_matches('#'));
        if let Some(id) = id.filter(|id| !id.is_empty()) {
            found.insert(id.to_owned(), place(at.clone()));
        }
        open.extend(within(value, &at));
    }
    found
}

/// The place of what has an anchor.
fn anchor(value: &Value, name: &str, at: &Pointer) -> Option<Pointer> {
    let mut open = vec![(value, at.clone())];
    while let Some((value, at)) = open.pop() {
        let is_it = |key: &str| value.get(key).and_then(Value::as_str) == Some(name);
        if is_it("$anchor") || is_it("$dynamicAnchor") {
            return Some(at);
        }
        open.extend(within(value, &at));
    }
    None
}

/// What stands in a value, examples apart, which describe nothing. The first comes last.
fn within<'v>(value: &'v Value, at: &Pointer) -> Vec<(&'v Value, Pointer)> {
    let is_shown = |key: &str| ["example", "examples", "default", "enum", "const"].contains(&key);
    let mut found: Vec<_> = match value {
        Value::Array(items) => {
            items.iter().enumerate().map(|(index, item)| (item, at.at(index))).collect()
        }
        Value::Object(members) => members
            .iter()
            .filter(|(key, _)| !is_shown(key))
            .map(|(key, member)| (member, at.at(key)))
            .collect(),
        _ => Vec::new(),
    };
    found.reverse();
    found
}

/// Whether a file is a text for people, which a description may be: `description: {$ref: intro.md}`.
fn is_prose(file: &str) -> bool {
    [".md", ".markdown", ".txt", ".html"].iter().any(|ending| file.ends_with(ending))
}
