//! Conditions on features, which are decided when a module is generated.
//!
//! What is on loses its condition. Modules and imports that are off are left out; what else is off, such as a method or
//! a field, stays as `#[cfg(false)]`.

use std::collections::HashSet;
use std::ops::Range;

use super::edits::Edits;
use super::predicate::Predicate;
use super::tokens::{DocStyle, TokenKind, Tokens};
use crate::pipeline::write::manifest::Enabled;

/// The files and folders of modules that are off.
#[derive(Default)]
pub struct Off {
    files: HashSet<String>,
    folders: Vec<String>,
}

impl Off {
    pub fn has(&self, path: &str) -> bool {
        self.files.contains(path) || self.folders.iter().any(|folder| path.starts_with(folder))
    }

    /// Notes the module of this name that a file declares; `file` is where the declaration says that it is.
    fn note(&mut self, declared_in: &str, name: &str, file: Option<&str>) {
        let (folder, stem) = declared_in.rsplit_once('/').unwrap_or(("", declared_in));
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        if let Some(file) = file {
            self.files.insert(format!("{folder}{file}"));
            return;
        }
        let within = match stem {
            "mod.rs" => folder,
            stem => format!("{folder}{}/", stem.trim_end_matches(".rs")),
        };
        self.files.insert(format!("{within}{name}.rs"));
        self.folders.push(format!("{within}{name}/"));
    }
}

/// Decides the conditions of a source.
pub fn resolve(
    tokens: &Tokens<'_>,
    enabled: &Enabled,
    path: &str,
    off: &mut Off,
    edits: &mut Edits,
) {
    let mut at = 0;
    while at < tokens.len() {
        if let Some(attributes) = Attributes::at(at, tokens) {
            at = attributes.item;
            attributes.resolve(tokens, enabled, path, off, edits);
        } else {
            if tokens.word(at) == "cfg"
                && tokens.are(at + 1, [TokenKind::Bang, TokenKind::OpenParen])
            {
                resolve_macro(tokens, at, enabled, edits);
            }
            at += 1;
        }
    }
}

/// `cfg!(feature = "client")` → `true`
fn resolve_macro(tokens: &Tokens<'_>, at: usize, enabled: &Enabled, edits: &mut Edits) {
    let close = tokens.closing(at + 2);
    match Predicate::read(tokens.between(at + 2, close), enabled) {
        Some(Predicate::Known(known)) => {
            let range = tokens.range(at).start..tokens.range(close).end;
            edits.replace(range, &known.to_string());
        }
        Some(Predicate::Open(text)) => {
            edits.replace(tokens.range(at + 2).end..tokens.range(close).start, &text);
        }
        None => {}
    }
}

/// The attributes of an item, its documentation among them.
struct Attributes {
    /// Where each begins and ends; lines of documentation are not listed.
    all: Vec<Range<usize>>,
    first: usize,
    /// What they belong to.
    item: usize,
}

impl Attributes {
    fn at(first: usize, tokens: &Tokens<'_>) -> Option<Self> {
        let (mut all, mut at) = (Vec::new(), first);
        loop {
            if tokens.doc_style(at) == Some(DocStyle::Outer) {
                at += 1;
            } else if tokens.are(at, [TokenKind::Pound, TokenKind::OpenBracket]) {
                let close = tokens.closing(at + 1);
                all.push(at..close);
                at = close + 1;
            } else {
                break;
            }
        }
        (at > first).then_some(Self { all, first, item: at })
    }

    fn resolve(
        &self,
        tokens: &Tokens<'_>,
        enabled: &Enabled,
        path: &str,
        off: &mut Off,
        edits: &mut Edits,
    ) {
        let read: Vec<_> = self.all.iter().map(|one| condition(tokens, one, enabled)).collect();
        let is_off = read.iter().flatten().any(|found| found.is_off());
        if is_off && let Some(end) = self.declaration(tokens, path, off) {
            let start = tokens.range(self.first).start;
            return edits.remove(start..tokens.end_of_space(end));
        }
        for (one, condition) in self.all.iter().zip(read) {
            if let Some(condition) = condition {
                condition.write(tokens, one, edits);
            }
        }
    }

    /// The end of the item if it is `mod …;` or `use …;`. The files of the module are noted.
    fn declaration(&self, tokens: &Tokens<'_>, path: &str, off: &mut Off) -> Option<usize> {
        let mut at = self.item;
        if tokens.word(at) == "pub" {
            at += 1;
            if tokens.is(at, TokenKind::OpenParen) {
                at = tokens.closing(at) + 1;
            }
        }
        let end = (at..tokens.len()).find(|at| tokens.is(*at, TokenKind::Semi))?;
        match tokens.word(at) {
            "use" => Some(end),
            "mod" if end == at + 2 => {
                off.note(path, tokens.word(at + 1).trim_start_matches("r#"), self.file(tokens));
                Some(end)
            }
            _ => None,
        }
    }

    /// `#[path = "no_oauth.rs"]`
    fn file<'a>(&self, tokens: &Tokens<'a>) -> Option<&'a str> {
        let path = self.all.iter().find(|one| tokens.word(one.start + 2) == "path")?;
        Some(tokens.word(path.start + 4).trim_matches('"'))
    }
}

/// A condition in `cfg`, or in `cfg_attr` with what that adds.
struct Condition<'a> {
    predicate: Predicate,
    added: Option<&'a str>,
}

/// The condition of an attribute, if a feature is in it.
fn condition<'a>(
    tokens: &Tokens<'a>,
    attribute: &Range<usize>,
    enabled: &Enabled,
) -> Option<Condition<'a>> {
    let (name, open) = (attribute.start + 2, attribute.start + 3);
    let close = tokens.closing(open);
    match tokens.word(name) {
        "cfg" => {
            let predicate = Predicate::read(tokens.between(open, close), enabled)?;
            Some(Condition { predicate, added: None })
        }
        "cfg_attr" => {
            let comma = comma(tokens, open)?;
            let predicate = Predicate::read(tokens.between(open, comma), enabled)?;
            Some(Condition { predicate, added: Some(tokens.between(comma, close).trim()) })
        }
        _ => None,
    }
}

/// The first comma inside of brackets, but not of those within.
fn comma(tokens: &Tokens<'_>, open: usize) -> Option<usize> {
    let mut at = open + 1;
    while at < tokens.len() && !tokens.is(at, TokenKind::Comma) {
        at = if tokens.is(at, TokenKind::OpenParen) { tokens.closing(at) } else { at } + 1;
    }
    tokens.is(at, TokenKind::Comma).then_some(at)
}

impl Condition<'_> {
    /// Whether it keeps the whole item out.
    fn is_off(&self) -> bool {
        self.added.is_none() && self.predicate == Predicate::Known(false)
    }

    fn write(&self, tokens: &Tokens<'_>, attribute: &Range<usize>, edits: &mut Edits) {
        let range = tokens.range(attribute.start).start..tokens.range(attribute.end).end;
        match (&self.predicate, self.added) {
            (Predicate::Known(true), None) | (Predicate::Known(false), Some(_)) => {
                edits.remove(range.start..tokens.end_of_space(attribute.end));
            }
            (Predicate::Known(true), Some(added)) => edits.replace(range, &format!("#[{added}]")),
            (predicate, None) => edits.replace(range, &format!("#[cfg({})]", predicate.text())),
            (predicate, Some(added)) => {
                edits.replace(range, &format!("#[cfg_attr({}, {added})]", predicate.text()));
            }
        }
    }
}
