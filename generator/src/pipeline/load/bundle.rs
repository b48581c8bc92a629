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

mod components;
mod copies;
mod meant;
mod members;

use copies::Copies;

/// References that follow each other further than this are taken to be in a circle.
const DEEPEST: usize = 64;

/// A component that is met below more objects than these waits until they are done, so that no chain of components
/// exhausts the stack.
const WAITS_BELOW: usize = 100;

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
    bundler.waiting_components();
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

/// A component to be: its kind, its section and name, where it stands, and what stands there.
type Waiting = (ObjectKind, &'static str, String, Target, Value);

struct Bundler {
    dialect: Dialect,
    files: Files,
    /// The components that were made: by kind and by what they are made of.
    made: HashMap<(&'static str, Target), String>,
    names: HashMap<(&'static str, String), ()>,
    placed: Vec<(&'static str, String, Value)>,
    /// From where something stands in the whole to where it was written.
    origins: HashMap<Pointer, Target>,
    /// Components that were named, and are worked on later.
    waiting: Vec<Waiting>,
    /// How many objects around the present one are worked on.
    level: usize,
    copies: Copies,
    found: Diagnostics,
}

impl Bundler {
    fn new(dialect: Dialect, files: Files) -> Self {
        let (made, names, placed) = (HashMap::new(), HashMap::new(), Vec::new());
        let (origins, waiting, copies) = (HashMap::new(), Vec::new(), Copies::default());
        let found = Diagnostics::default();
        Self { dialect, files, made, names, placed, origins, waiting, level: 0, copies, found }
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

    fn object(&mut self, object: ObjectKind, value: &mut Value, here: &Here) {
        if is_reference(value) {
            return self.reference(object, value, here);
        }
        if object == ObjectKind::Discriminator {
            self.mapping(value, here);
        }
        let pulled = self.members(object, value, here);
        self.level += 1;
        for (object, child, at) in children_in(self.dialect, object, value, &here.at) {
            self.object(object, child, &Here { at, ..here.clone() });
        }
        self.level -= 1;
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
        let target = self.through(&target, DEEPEST).unwrap_or(target);
        let Some(found) = self.files.get(&target).cloned() else {
            // It stays a reference to nothing, which is reported with what is taken instead.
            let at = target.at.as_str();
            let sign = if at.is_empty() { "" } else { "#" };
            value["$ref"] = format!("#/{}{sign}{at}", target.file).into();
            return;
        };
        match self.section(object) {
            Some(kind) => {
                let name = self.component(object, kind, &target, found);
                set_reference(value, &self.component_at(kind, &name));
            }
            None if !self.may_copy(&target, &found, here) => {}
            None => {
                *value = found;
                let inside = self.inside(target.clone(), here.now());
                self.copying(target, |bundler| bundler.object(object, value, &inside));
            }
        }
    }

    fn component(
        &mut self,
        object: ObjectKind,
        kind: &'static str,
        target: &Target,
        found: Value,
    ) -> String {
        if let Some(known) = self.made.get(&(kind, target.clone())) {
            return known.clone();
        }
        let name = self.free_name(kind, &target.word());
        self.made.insert((kind, target.clone()), name.clone());
        let waiting = (object, kind, name.clone(), target.clone(), found);
        match self.level > WAITS_BELOW {
            true => self.waiting.push(waiting),
            false => self.make_component(waiting),
        }
        name
    }

    fn make_component(&mut self, (object, kind, name, target, mut found): Waiting) {
        let now = self.component_at(kind, &name);
        let inside = self.inside(target, now);
        self.outside_copies(|bundler| bundler.object(object, &mut found, &inside));
        self.placed.push((kind, name, found));
    }

    fn waiting_components(&mut self) {
        while let Some(waiting) = self.waiting.pop() {
            self.make_component(waiting);
        }
    }

    /// Goes on in another place, which stands at `now` in the whole.
    fn inside(&mut self, target: Target, now: Pointer) -> Here {
        let Target { file, at } = target.clone();
        self.origins.insert(now.clone(), target);
        Here { file, piece: (at.clone(), now), at }
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
        match self.find(here, reference) {
            Ok(target) => Some(target),
            Err(Refused { absent: Some(target), .. }) => Some(target),
            Err(refused) => {
                self.refuse(refused, here);
                None
            }
        }
    }

    fn refuse(&mut self, Refused { code, message, help, .. }: Refused, here: &Here) {
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
