//! Actions of an overlay without a reason: nobody will know when they can go.

use serde_json::Value;

use super::{Finding, Subject};
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::{Diagnostic, Location};
use crate::pipeline::load::Loaded;
use crate::pointer::Pointer;

pub(super) fn find(subject: &Subject) -> Vec<Finding> {
    subject.overlays.iter().flat_map(silent).collect()
}

/// The actions of an overlay that do not say why they are there.
fn silent(overlay: &Loaded) -> impl Iterator<Item = Finding> {
    let actions = overlay.value.get("actions").and_then(Value::as_array);
    let actions = actions.into_iter().flatten().enumerate();
    let silent = actions.filter(|(_, action)| {
        let said = action.get("description").and_then(Value::as_str).unwrap_or_default();
        said.trim().is_empty()
    });
    silent.map(|(index, _)| {
        let pointer = Pointer::root().at("actions").at(index);
        let place = Location::new(&overlay.source.file, pointer);
        let message = format!("action {} does not say why it is there", index + 1);
        let diagnostic = Diagnostic::new(DiagnosticCode::MissingReason, place, message);
        Finding { diagnostic: diagnostic.help("give it a `description`"), action: None }
    })
}
