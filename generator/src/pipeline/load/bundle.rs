//! A description in several files made one: what relative references lead to is pulled in.

use std::collections::HashMap;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::files::{Files, Refused, Target};
use super::source_files::FileOrigins;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::{Diagnostic, Diagnostics, Location};
use crate::pipeline::normalize::object_kind::ObjectKind;
use crate::pipeline::normalize::object_schema::{Dialect, children_in, is_reference};
use crate::pointer::Pointer;

mod members;

/// References that are copied into each other deeper than this are taken to be in a circle.
const DEEPEST: usize = 64;

/// Whether a text has a reference that leads out of it.
pub(super) fn is_needed(text: &str) -> bool {
    let references = text.split("$ref").skip(1);
    let mut targets = references.map(|rest| {
        let rest = rest.trim_start_matches(['"', '\'']).trim_start();
        let target = rest.strip_prefix(':').map(|rest| rest.trim_start());
        target.map(|target| target.trim_start_matches(['"', '\''])).unwrap_or("#")
    });
    targets.any(|target| !target.is_empty() && !target.starts_with(['#', '{', '\n']))
}

/// Puts what relative references lead to into the description.
///
/// A schema, parameter, response or the like becomes a component, named after its place in its
/// file or after the file: `models/pet.yml` → `#/components/schemas/pet`. What can be no
/// component, such as an operation or a text, is copied.
pub(super) fn bundle(
    root: Option<&Path>,
    path: &Path,
    text: &str,
    mut description: Value,
) -> (Value, FileOrigins) {
    let dialect = Dialect::of(&description);
    let mut bundler = Bundler::new(dialect, Files::beside(root, path, text, description.clone()));
    bundler.components(&mut description);
    bundler.object(ObjectKind::Description, &mut description, &Here::default());
    bundler.place(&mut description);
    let Bundler { files, origins, mut found, .. } = bundler;
    found.extend(files.found);
    (description, FileOrigins { texts: files.texts, origins, found })
}

/// Where in the files the work goes on.
#[derive(Clone, Default)]
struct Here {
    /// The file's path below the folder of the description; empty for the description.
    file: String,
    at: Pointer,
    depth: usize,
    /// Where in the file the piece begins that is worked on, and where that stands in the whole.
    piece: (Pointer, Pointer),
}

impl Here {
    /// Where this stands in the whole.
    fn now(&self) -> Pointer {
        let (begin, now) = &self.piece;
        self.at.moved(begin, now).unwrap_or_else(|| now.clone())
    }
}

struct Bundler {
    dialect: Dialect,
    files: Files,
    /// The components that were made: by kind and by what they are made of.
    made: HashMap<(&'static str, Target), String>,
    names: HashMap<(&'static str, String), ()>,
    placed: Vec<(&'static str, String, Value)>,
    /// From where something stands in the whole to where it was written.
    origins: HashMap<Pointer, Target>,
    found: Diagnostics,
}

impl Bundler {
    fn new(dialect: Dialect, files: Files) -> Self {
        let (made, names, placed) = (HashMap::new(), HashMap::new(), Vec::new());
        let (origins, found) = (HashMap::new(), Diagnostics::default());
        Self { dialect, files, made, names, placed, origins, found }
    }

    /// The section of the components of a kind.
    fn section(&self, object: ObjectKind) -> Option<&'static str> {
        let (_, sections) = self.dialect.sections();
        sections.iter().find(|(known, _)| *known == object).map(|(_, section)| *section)
    }

    /// The place of a component.
    fn component_at(&self, section: &str, name: &str) -> Pointer {
        self.dialect.sections().0.at(section).at(name)
    }

    /// Keeps the names of the description's own components, and gives what one of them refers
    /// to in another file its name: `Pet: {$ref: models/pet.yml}`.
    fn components(&mut self, description: &mut Value) {
        if self.whole_kinds(description) {
            self.files.replace_description(description.clone());
        }
        let (at, sections) = self.dialect.sections();
        let components = description.pointer_mut(at.as_str()).and_then(Value::as_object_mut);
        let here = Here { at, ..Here::default() };
        for (kind, entries) in components.into_iter().flatten() {
            let Some(object) = sections.iter().find(|(_, known)| known == kind) else { continue };
            for (name, entry) in entries.as_object_mut().into_iter().flatten() {
                self.names.insert((object.1, name.clone()), ());
                let here = Here { at: here.at.at(kind).at(name), ..here.clone() };
                let target = self.target(entry, &here).filter(|target| !target.file.is_empty());
                if let Some(target) = target
                    && let Some(found) = self.files.get(&target)
                {
                    *entry = found.clone();
                    self.made.entry((object.1, target.clone())).or_insert_with(|| name.clone());
                    let inside = self.inside(target, here.now(), here.depth);
                    self.object(object.0, entry, &inside);
                }
            }
        }
    }

    /// Puts components in the place of a reference to all of them: `schemas: {$ref: schemas.yml}`. Returns whether there
    /// was one. What refers to one of them in their file means the component.
    fn whole_kinds(&mut self, description: &mut Value) -> bool {
        let (within, sections) = self.dialect.sections();
        let components = description.pointer_mut(within.as_str()).and_then(Value::as_object_mut);
        let mut is_changed = false;
        for (kind, entries) in components.into_iter().flatten() {
            let here = Here { at: within.at(kind), ..Here::default() };
            let is_kind = sections.iter().any(|(_, known)| known == kind);
            if !is_kind || !is_reference(entries) {
                continue;
            }
            let Ok((target, Value::Object(found))) = self.content(entries, &here) else { continue };
            let refer = |name: &String| {
                let reference = format!("{}#{}", target.file, target.at.at(name));
                (name.clone(), json!({ "$ref": reference }))
            };
            *entries = found.keys().map(refer).collect::<Map<_, _>>().into();
            is_changed = true;
        }
        is_changed
    }

    fn object(&mut self, object: ObjectKind, value: &mut Value, here: &Here) {
        if is_reference(value) {
            return self.reference(object, value, here);
        }
        if object == ObjectKind::Discriminator {
            self.mapping(value, here);
        }
        let pulled = self.members(object, value, here);
        for (object, child, at) in children_in(self.dialect, object, value, &here.at) {
            self.object(object, child, &Here { at, ..here.clone() });
        }
        // They are done: the references in them follow their own files.
        for (key, found) in pulled {
            value[&key] = found;
        }
    }

    fn reference(&mut self, object: ObjectKind, value: &mut Value, here: &Here) {
        if let Some(component) = self.meant_component(object, value, here) {
            return set_reference(value, &component);
        }
        let Some(target) = self.target(value, here) else { return };
        if target.file.is_empty() {
            set_reference(value, &target.at);
            return;
        }
        let Some(found) = self.files.get(&target).cloned() else {
            let message = format!("nothing is at `{target}`");
            return self.report(DiagnosticCode::DanglingReference, here, message);
        };
        match self.section(object) {
            Some(kind) => {
                let name = self.component(object, kind, &target, found, here.depth);
                set_reference(value, &self.component_at(kind, &name));
            }
            None if here.depth > DEEPEST => {
                let message = "the references between these files go round in a circle";
                self.report(DiagnosticCode::CyclicReference, here, message);
            }
            None => {
                *value = found;
                let inside = self.inside(target, here.now(), here.depth + 1);
                self.object(object, value, &inside);
            }
        }
    }

    /// The component of the description that a reference means which is not written as one to it: a bare name, or
    /// `#/components/…` in another file, which has no such component itself.
    fn meant_component(
        &mut self,
        object: ObjectKind,
        value: &Value,
        here: &Here,
    ) -> Option<Pointer> {
        let written = value.get("$ref")?.as_str()?;
        let kind = self.section(object)?;
        let at = match written.strip_prefix('#') {
            Some(at) if !here.file.is_empty() => Pointer::parse(at)?,
            None if !written.contains(['.', '/', '#', ':']) => self.component_at(kind, written),
            _ => return None,
        };
        let own = Target { file: here.file.clone(), at: at.clone() };
        let (within, sections) = self.dialect.sections();
        let is_component =
            sections.iter().any(|(_, kind)| at.moved(&within.at(kind), &within).is_some());
        let root = Target { file: String::new(), at };
        let is_meant = is_component && self.files.get(&root).is_some();
        if !is_meant || (!here.file.is_empty() && self.files.get(&own).is_some()) {
            return None;
        }
        let message = match written.starts_with('#') {
            false => format!("`{written}` was read as `#{}`", root.at),
            true => format!("`{written}` is not in this file; that of the description was read"),
        };
        self.report(DiagnosticCode::Corrected, here, message);
        Some(root.at)
    }

    fn component(
        &mut self,
        object: ObjectKind,
        kind: &'static str,
        target: &Target,
        mut found: Value,
        depth: usize,
    ) -> String {
        if let Some(known) = self.made.get(&(kind, target.clone())) {
            return known.clone();
        }
        let name = self.free_name(kind, &target.word());
        self.made.insert((kind, target.clone()), name.clone());
        let now = self.component_at(kind, &name);
        let inside = self.inside(target.clone(), now, depth);
        self.object(object, &mut found, &inside);
        self.placed.push((kind, name.clone(), found));
        name
    }

    /// Goes on in another place, which stands at `now` in the whole.
    fn inside(&mut self, target: Target, now: Pointer, depth: usize) -> Here {
        let Target { file, at } = target.clone();
        self.origins.insert(now.clone(), target);
        Here { file, piece: (at.clone(), now), at, depth }
    }

    fn free_name(&mut self, kind: &'static str, word: &str) -> String {
        let mut name = word.to_owned();
        let mut number = 2;
        while self.names.insert((kind, name.clone()), ()).is_some() {
            name = format!("{word}{number}");
            number += 1;
        }
        name
    }

    /// A mapping may lead to a file (OpenAPI 3.1.0, 4.8.25.3).
    fn mapping(&mut self, discriminator: &mut Value, here: &Here) {
        if let Some(default) = discriminator.get_mut("defaultMapping") {
            self.mapped(default, Here { at: here.at.at("defaultMapping"), ..here.clone() });
        }
        let mapping = discriminator.get_mut("mapping").and_then(Value::as_object_mut);
        for (key, value) in mapping.into_iter().flatten() {
            self.mapped(value, Here { at: here.at.at("mapping").at(key), ..here.clone() });
        }
    }

    fn mapped(&mut self, value: &mut Value, here: Here) {
        let leads_to_file = |text: &str| text.contains(['/', '#']) || text.contains(".y");
        if value.as_str().is_some_and(leads_to_file) {
            let mut reference = json!({ "$ref": value });
            self.reference(ObjectKind::Schema, &mut reference, &here);
            *value = reference.get("$ref").cloned().unwrap_or_default();
        }
    }

    fn target(&mut self, value: &Value, here: &Here) -> Option<Target> {
        let reference = value.get("$ref")?.as_str()?;
        match self.files.find(&here.file, reference) {
            Ok(target) => Some(target),
            Err(refused) => {
                self.refuse(refused, here);
                None
            }
        }
    }

    fn refuse(&mut self, Refused { code, message, help }: Refused, here: &Here) {
        let place = Location::new(&here.file, here.at.at("$ref"));
        self.found.push(Diagnostic {
            help: help.map(str::to_owned),
            ..Diagnostic::new(code, place, message)
        });
    }

    fn report(&mut self, code: DiagnosticCode, here: &Here, message: impl Into<String>) {
        let place = Location::new(&here.file, here.at.at("$ref"));
        self.found.push(Diagnostic::new(code, place, message));
    }

    /// Puts the components that were made into the description.
    fn place(&mut self, description: &mut Value) {
        let (within, _) = self.dialect.sections();
        for (kind, name, value) in self.placed.drain(..) {
            let folder = within.at(kind).steps().try_fold(&mut *description, |value, key| {
                let members = value.as_object_mut()?;
                Some(members.entry(key).or_insert_with(|| Map::new().into()))
            });
            if let Some(Value::Object(entries)) = folder {
                entries.insert(name, value);
            }
        }
    }
}

fn set_reference(value: &mut Value, to: &Pointer) {
    if let Some(reference) = value.get_mut("$ref") {
        *reference = format!("#{}", to.as_str()).into();
    }
}
