//! References where OpenAPI knows none: in the place of a text, an example or a whole map or list.

use serde_json::{Value, json};

use super::super::files::Target;
use super::{Bundler, DEEPEST, Here};
use crate::diagnostics::code::DiagnosticCode;
use crate::pipeline::normalize::object_kind::ObjectKind;
use crate::pipeline::normalize::object_schema::{children_in, is_reference};
use crate::pipeline::normalize::whole_members::{Whole, holds_several};
use crate::pointer::Pointer;

impl Bundler {
    /// Puts what a reference leads to in the place of a text, an example or a whole map or list of an object:
    /// `description: {$ref: texts.yml#/intro}`, `paths: {$ref: paths.yml}`, `enum: {$ref: colors.yml}`.
    ///
    /// OpenAPI knows no such references. One to a text, an example or the keyword of a schema that leads nowhere is left
    /// out with a warning.
    pub(super) fn members(
        &mut self,
        object: ObjectKind,
        value: &mut Value,
        here: &Here,
    ) -> Vec<(String, Value)> {
        let Value::Object(members) = value else { return Vec::new() };
        let mut pulled = Vec::new();
        let holds_several = |key: &str| holds_several(self.dialect, object, key);
        let keys: Vec<(String, bool)> = members
            .iter()
            .filter(|(_, value)| is_reference(value))
            .map(|(key, _)| (key.clone(), holds_several(key)))
            .filter(|(key, is_several)| *is_several || is_text(key))
            .collect();
        for (key, is_several) in keys {
            let here = Here { at: here.at.at(&key), ..here.clone() };
            let Some(reference) = members.get(&key) else { continue };
            match self.content(reference, &here) {
                Ok((target, found)) if is_several => {
                    match Whole::new(self.dialect, object, &key, reference, found) {
                        Whole::Itself(found) => {
                            let found = self.map(object, &key, found, target, &here);
                            pulled.push((key.clone(), found));
                            members.insert(key, Value::Null);
                        }
                        Whole::Instead(found, why) => {
                            self.report(DiagnosticCode::Corrected, &here, why);
                            members.insert(key, found);
                        }
                    }
                }
                Ok((target, found)) => {
                    self.origins.insert(here.now(), target);
                    members.insert(key, found);
                }
                Err(why) if is_text(&key) || object == ObjectKind::Schema => {
                    let message = format!("{why}; `{key}` is left out");
                    self.report(DiagnosticCode::Corrected, &here, message);
                    members.shift_remove(&key);
                }
                Err(why) => self.report(DiagnosticCode::ExternalReference, &here, why),
            }
        }
        pulled
    }

    /// What a reference leads to, also by way of other references, or why there is nothing.
    pub(super) fn content(
        &mut self,
        reference: &Value,
        here: &Here,
    ) -> Result<(Target, Value), String> {
        let written = reference.get("$ref").and_then(Value::as_str).unwrap_or_default();
        let (mut here, mut next) = (here.clone(), written.to_owned());
        for _ in 0..DEEPEST {
            let target = self.find(&here, &next).map_err(|refused| refused.message)?;
            let target = self.through(&target, DEEPEST);
            let found = target.and_then(|target| Some((self.files.get(&target)?.clone(), target)));
            let Some((found, target)) = found else {
                return Err(format!("nothing is at `{written}`"));
            };
            match found.get("$ref").and_then(Value::as_str) {
                None => return Ok((target, found)),
                Some(further) => {
                    next = further.to_owned();
                    here = Here { file: target.file, at: target.at, ..here };
                }
            }
        }
        Err(format!("the references from `{written}` go round in a circle"))
    }

    /// Goes on in a map or a list that stands in another file, or elsewhere in this one.
    fn map(
        &mut self,
        object: ObjectKind,
        key: &str,
        found: Value,
        target: Target,
        here: &Here,
    ) -> Value {
        if !self.may_copy(&target, &found, here) {
            return Value::Null;
        }
        let inside = self.inside(target.clone(), here.now());
        let mut alone = json!({ key: found });
        let at = Pointer::root();
        self.copying(target, |bundler| {
            for (object, child, place) in children_in(bundler.dialect, object, &mut alone, &at) {
                let place = place.moved(&at.at(key), &inside.at).unwrap_or(place);
                bundler.object(object, child, &Here { at: place, ..inside.clone() });
            }
        });
        alone.get_mut(key).map(Value::take).unwrap_or_default()
    }
}

/// The members that are texts or examples.
fn is_text(key: &str) -> bool {
    ["description", "summary", "example", "value", "examples"].contains(&key)
}
