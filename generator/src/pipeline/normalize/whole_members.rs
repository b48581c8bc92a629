//! References in the place of a whole map or list, where OpenAPI knows none.

use serde_json::Value;

use super::diagnostic_sink::DiagnosticSink;
use super::is_too_deep;
use super::object_kind::{MemberKind, ObjectKind};
use super::object_schema::{Dialect, each_child, is_reference, member};
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::{Pointer, percent_decoded};

/// Copies within copies that are deeper than this are taken to be in a circle.
const DEEPEST: usize = 16;

/// As many values as are copied in all.
const MOST_COPIED: usize = 1_000_000;

/// Puts the map or list that a reference means in its place: `required: {$ref: '#/components/x-names'}`.
///
/// A keyword of a schema whose reference leads nowhere is left out; any other such reference stays, to be reported as
/// what it is not.
pub(super) fn inline(description: &mut Value, diagnostics: &mut DiagnosticSink) {
    let mut found = references(description);
    if found.is_empty() {
        return;
    }
    // What is copied is always what was written, so that no copy grows by others.
    let written = description.clone();
    let mut left = MOST_COPIED;
    for _ in 0..DEEPEST {
        let mut is_done = true;
        for reference in found {
            let Some((whole, values)) = reference.whole(&written) else {
                reference.leave_out(description, diagnostics);
                continue;
            };
            if values > left {
                reference.refuse(diagnostics);
                *description = written;
                return;
            }
            left -= values;
            reference.replace(whole, description, diagnostics);
            is_done = false;
        }
        if is_done {
            return;
        }
        found = references(description);
        if is_too_deep(description) {
            break;
        }
    }
    found.iter().for_each(|reference| reference.refuse(diagnostics));
    *description = written;
}

/// Whether a member holds a map or a list, for the whole of which a reference may stand.
pub(crate) fn holds_several(dialect: Dialect, object: ObjectKind, key: &str) -> bool {
    kind_of(dialect, object, key).is_some()
}

/// The map or list that a reference is followed to.
pub(crate) enum Whole {
    /// What stands there.
    Itself(Value),
    /// What is meant, where something else stands there, and how that is told.
    Instead(Value, String),
}

impl Whole {
    /// What a reference at a member means by the value that it leads to.
    pub(crate) fn new(
        dialect: Dialect,
        object: ObjectKind,
        key: &str,
        reference: &Value,
        mut found: Value,
    ) -> Self {
        match kind_of(dialect, object, key) {
            // `allOf: {$ref: pet.yml}` means the only one of its parts.
            Some(MemberKind::Each(_)) if !found.is_array() => {
                Self::Instead(vec![reference.clone()].into(), format!("`{key}` was read as a list"))
            }
            Some(_) if key == "enum" && found.get(key).is_some_and(Value::is_array) => {
                let message = "a schema is there, and its `enum` was read";
                Self::Instead(found[key].take(), message.to_owned())
            }
            _ => Self::Itself(found),
        }
    }
}

/// How many values are in a value, itself included.
pub(crate) fn values_in(value: &Value) -> usize {
    let mut open = vec![value];
    let mut count = 0;
    while let Some(value) = open.pop() {
        count += 1;
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(members) => open.extend(members.values()),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    count
}

/// What a member holds, if that is a map or a list.
fn kind_of(dialect: Dialect, object: ObjectKind, key: &str) -> Option<MemberKind> {
    let kind = member(object, key).or_else(|| dialect.member(object, key));
    match kind {
        Some(MemberKind::Each(_) | MemberKind::Named(_) | MemberKind::Patterned(_)) => kind,
        Some(MemberKind::Texts | MemberKind::TextMap) => kind,
        _ if key == "enum" || key == "security" => Some(MemberKind::Texts),
        _ => None,
    }
}

/// A reference in the place of a map or a list.
struct Reference {
    dialect: Dialect,
    object: ObjectKind,
    key: String,
    at: Pointer,
    /// The reference itself.
    value: Value,
}

impl Reference {
    /// What it means, and how many values that has.
    fn whole(&self, description: &Value) -> Option<(Whole, usize)> {
        let mut found = &self.value;
        for _ in 0..DEEPEST {
            let Some(written) = found.get("$ref").and_then(Value::as_str) else { break };
            let at = Pointer::parse(&percent_decoded(written.strip_prefix('#')?))?;
            found = description.pointer(at.as_str())?;
        }
        let values = values_in(found);
        let found = found.clone();
        Some((Whole::new(self.dialect, self.object, &self.key, &self.value, found), values))
    }

    fn replace(&self, whole: Whole, description: &mut Value, diagnostics: &mut DiagnosticSink) {
        let found = match whole {
            Whole::Itself(found) => found,
            Whole::Instead(found, why) => {
                diagnostics.warn(DiagnosticCode::Corrected, &self.at, why);
                found
            }
        };
        if let Some(place) = description.pointer_mut(self.at.as_str()) {
            *place = found;
        }
    }

    fn refuse(&self, diagnostics: &mut DiagnosticSink) {
        let message = "what this leads to holds references to itself, or too many others";
        diagnostics.error(DiagnosticCode::CyclicReference, &self.at.at("$ref"), message);
    }

    fn leave_out(&self, description: &mut Value, diagnostics: &mut DiagnosticSink) {
        let schema = self.at.parent().filter(|_| self.object == ObjectKind::Schema);
        let schema = schema.and_then(|at| description.pointer_mut(at.as_str()));
        let reference = schema.and_then(|schema| schema.as_object_mut()?.shift_remove(&self.key));
        if let Some(reference) = reference {
            let written = reference["$ref"].as_str().unwrap_or_default();
            let message = format!("nothing is at `{written}`; `{}` is left out", self.key);
            diagnostics.warn(DiagnosticCode::Corrected, &self.at, message);
        }
    }
}

fn references(description: &mut Value) -> Vec<Reference> {
    let mut found = Vec::new();
    let dialect = Dialect::of(description);
    let object = ObjectKind::Description;
    collect(dialect, object, description, &mut Pointer::root(), &mut found);
    found
}

fn collect(
    dialect: Dialect,
    object: ObjectKind,
    value: &mut Value,
    at: &mut Pointer,
    found: &mut Vec<Reference>,
) {
    if is_reference(value) {
        return;
    }
    for (key, value) in value.as_object().into_iter().flatten() {
        if is_reference(value) && holds_several(dialect, object, key) {
            let (key, at, value) = (key.clone(), at.at(key), value.clone());
            found.push(Reference { dialect, object, key, at, value });
        }
    }
    each_child(dialect, object, value, at, &mut |object, child, at| {
        collect(dialect, object, child, at, found);
    });
}
