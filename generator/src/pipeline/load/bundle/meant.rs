//! What is meant by references that do not lead there themselves.

use serde_json::Value;

use super::super::files::{Refused, Target};
use super::{Bundler, Here};
use crate::diagnostics::code::DiagnosticCode;
use crate::pipeline::normalize::object_kind::ObjectKind;
use crate::pointer::Pointer;

impl Bundler {
    /// Where a reference leads. One to a file that is not there may have been written from the folder above.
    pub(super) fn find(&mut self, here: &Here, reference: &str) -> Result<Target, Refused> {
        let refused = match self.files.find(&here.file, reference) {
            Err(refused) if refused.absent.is_some() => refused,
            found => return found,
        };
        let target = self.files.find_from_above(reference).ok_or(refused)?;
        let message = format!("`{reference}` is not there; `{}` was read", target.file);
        self.report(DiagnosticCode::Corrected, here, message);
        Ok(target)
    }

    /// The place that is meant if a reference stands on the way to it: `parts.yml#/schemas/Pet`, where `schemas` is a
    /// reference to another file.
    pub(super) fn through(&mut self, target: &Target, most: usize) -> Option<Target> {
        if self.files.get(target).is_some() {
            return Some(target.clone());
        }
        let steps: Vec<String> = target.at.steps().collect();
        let mut here = Target { at: Pointer::root(), ..target.clone() };
        for (index, step) in steps.iter().enumerate() {
            let written = self.files.get(&here)?.get("$ref").and_then(Value::as_str);
            if let Some(written) = written.map(str::to_owned) {
                let next = self.files.find(&here.file, &written).ok()?;
                let at = steps.iter().skip(index).fold(next.at, |at, step| at.at(step));
                return self.through(&Target { at, ..next }, most.checked_sub(1)?);
            }
            here.at = here.at.at(step);
        }
        None
    }

    /// The component of the description that a reference means which is not written as one to it: a bare name,
    /// `/components/…`, or `#/components/…` in another file, which has no such component itself.
    pub(super) fn meant_component(
        &mut self,
        object: ObjectKind,
        value: &Value,
        here: &Here,
    ) -> Option<Pointer> {
        let written = value.get("$ref")?.as_str()?;
        let kind = self.section(object)?;
        let at = match written.strip_prefix('#') {
            Some(at) if !here.file.is_empty() => Pointer::parse(at)?,
            // The sign before it was forgotten.
            None if written.starts_with('/') => Pointer::parse(written)?,
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
}
