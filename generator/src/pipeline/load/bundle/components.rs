//! The components of a description, of which some or all may stand in other files.

use serde_json::{Map, Value, json};

use super::super::files::Target;
use super::{Bundler, DEEPEST, Here};
use crate::pipeline::normalize::object_schema::is_reference;

impl Bundler {
    /// Keeps the names of the description's own components, and gives what one of them refers
    /// to in another file its name: `Pet: {$ref: models/pet.yml}`.
    pub(super) fn components(&mut self, description: &mut Value) {
        if self.whole_components(description) | self.whole_kinds(description) {
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
                if let Some(end) = self.named(object.1, name, entry, &here) {
                    let inside = self.inside(end, here.now());
                    self.object(object.0, entry, &inside);
                }
            }
        }
    }

    /// Puts what a component refers to in other files in its place, and gives each place on the way its name. Returns
    /// the last one. What has another name already stays a reference.
    fn named(
        &mut self,
        kind: &'static str,
        name: &str,
        entry: &mut Value,
        here: &Here,
    ) -> Option<Target> {
        let mut here = here.clone();
        let mut end = None;
        for _ in 0..DEEPEST {
            let written = entry.get("$ref").and_then(Value::as_str);
            // What is wrong with a reference is told where it is followed.
            let next = written.and_then(|written| self.find(&here, written).ok());
            let next = next.filter(|next| !next.file.is_empty());
            let Some(next) = next.filter(|next| !self.made.contains_key(&(kind, next.clone())))
            else {
                break;
            };
            let Some(found) = self.files.get(&next) else { break };
            *entry = found.clone();
            self.made.insert((kind, next.clone()), name.to_owned());
            here = Here { file: next.file.clone(), at: next.at.clone(), ..here };
            end = Some(next);
        }
        end
    }

    /// Puts a reference to each kind in the place of a reference to all components:
    /// `components: {$ref: components.yml}`. Returns whether there was one.
    fn whole_components(&mut self, description: &mut Value) -> bool {
        let (within, sections) = self.dialect.sections();
        // In OpenAPI 2.0 each kind stands at the top.
        let Some(name) = within.steps().next_back() else { return false };
        let Some(components) = description.get_mut(&name).filter(|found| is_reference(found))
        else {
            return false;
        };
        let here = Here { at: within, ..Here::default() };
        let Some((target, found)) = self.map_of(components, &here) else { return false };
        *components = each_referred_to(&target, &found);
        // What is of no kind, such as an extension, stays as it is.
        for (kind, entries) in components.as_object_mut().into_iter().flatten() {
            if !sections.iter().any(|(_, known)| known == kind) {
                *entries = found[kind].clone();
            }
        }
        true
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
            if let Some((target, found)) = self.map_of(entries, &here) {
                *entries = each_referred_to(&target, &found);
                is_changed = true;
            }
        }
        is_changed
    }

    /// The map that a reference leads to, and where it stands.
    fn map_of(&mut self, reference: &Value, here: &Here) -> Option<(Target, Map<String, Value>)> {
        match self.content(reference, here) {
            Ok((target, Value::Object(found))) => Some((target, found)),
            _ => None,
        }
    }
}

/// A map of references to each member of another map.
fn each_referred_to(target: &Target, found: &Map<String, Value>) -> Value {
    let refer = |name: &String| {
        let reference = format!("{}#{}", target.file, target.at.at(name));
        (name.clone(), json!({ "$ref": reference }))
    };
    found.keys().map(refer).collect::<Map<_, _>>().into()
}
