//! References where OpenAPI knows none: in the place of a text, an example or a whole map.

use serde_json::{Value, json};

use super::super::files::Target;
use super::{Bundler, DEEPEST, Here};
use crate::diagnostics::code::DiagnosticCode;
use crate::pipeline::normalize::object_kind::ObjectKind;
use crate::pipeline::normalize::object_schema::{children_in, is_reference};
use crate::pointer::Pointer;

impl Bundler {
    /// Puts what a reference leads to in the place of a text, an example or a whole map of an object:
    /// `description: {$ref: texts.yml#/intro}`, `paths: {$ref: paths.yml}`.
    ///
    /// OpenAPI knows no such references. One to a text or an example that leads nowhere is left out with a warning.
    pub(super) fn members(
        &mut self,
        object: ObjectKind,
        value: &mut Value,
        here: &Here,
    ) -> Vec<(String, Value)> {
        let Value::Object(members) = value else { return Vec::new() };
        let mut pulled = Vec::new();
        let keys: Vec<String> = members
            .iter()
            .filter(|(key, value)| (is_text(key) || is_map(key)) && is_reference(value))
            .map(|(key, _)| key.clone())
            .collect();
        for key in keys {
            let here = Here { at: here.at.at(&key), ..here.clone() };
            let Some(reference) = members.get(&key) else { continue };
            match self.content(reference, &here) {
                Ok((target, found)) if is_map(&key) && here.depth < DEEPEST => {
                    let found = self.map(object, &key, found, target, &here);
                    pulled.push((key.clone(), found));
                    members.insert(key, Value::Null);
                }
                Ok((target, found)) => {
                    self.origins.insert(here.now(), target);
                    members.insert(key, found);
                }
                Err(why) if is_text(&key) => {
                    let message = format!("{why}; `{key}` is left out");
                    self.report(DiagnosticCode::Corrected, &here, message);
                    members.shift_remove(&key);
                }
                Err(why) => self.report(DiagnosticCode::ExternalReference, &here, why),
            }
        }
        pulled
    }

    /// What a reference leads to, or why there is nothing.
    pub(super) fn content(
        &mut self,
        reference: &Value,
        here: &Here,
    ) -> Result<(Target, Value), String> {
        let written = reference.get("$ref").and_then(Value::as_str).unwrap_or_default();
        let target = self.files.find(&here.file, written).map_err(|refused| refused.message)?;
        let found = self.files.get(&target).cloned();
        found.map(|found| (target, found)).ok_or_else(|| format!("nothing is at `{written}`"))
    }

    /// Goes on in a map that stands in another file, or elsewhere in this one.
    fn map(
        &mut self,
        object: ObjectKind,
        key: &str,
        found: Value,
        target: Target,
        here: &Here,
    ) -> Value {
        let inside = self.inside(target, here.now(), here.depth + 1);
        let mut alone = json!({ key: found });
        let at = Pointer::root();
        for (object, child, place) in children_in(self.dialect, object, &mut alone, &at) {
            let place = place.moved(&at.at(key), &inside.at).unwrap_or(place);
            self.object(object, child, &Here { at: place, ..inside.clone() });
        }
        alone.get_mut(key).map(Value::take).unwrap_or_default()
    }
}

/// The members that are texts or examples.
fn is_text(key: &str) -> bool {
    ["description", "summary", "example", "value", "examples"].contains(&key)
}

/// The members that are maps or lists of objects, where a reference means the whole of them.
fn is_map(key: &str) -> bool {
    let objects = ["paths", "webhooks", "properties", "headers", "responses"];
    let lists = ["tags", "servers", "parameters"];
    objects.contains(&key) || lists.contains(&key)
}
