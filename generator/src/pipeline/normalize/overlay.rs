//! OpenAPI Overlay 1.0 and 1.1: what a person adds to a description that others own.

use serde_json::{Map, Value};

use super::diagnostic_sink::DiagnosticSink;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::code::DiagnosticCode;
use crate::pipeline::load::Loaded;
use crate::pointer::Pointer;
use action::Action;
pub use additions::Additions;

mod action;
mod additions;
mod change;
mod target;

/// The versions of the Overlay Specification that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    /// 1.0: `update` and `remove`; a list that updates a list becomes an item of it.
    V1_0,
    /// 1.1: `copy` too; a list that updates a list is appended item by item.
    V1_1,
}

/// Applies an overlay's actions to a description, in their order (OpenAPI Overlay 1.1.0, "Overlay Object").
pub(super) fn apply(
    overlay: &Value,
    description: &mut Loaded,
    diagnostics: &mut DiagnosticSink,
) -> Additions {
    let mut additions = Additions::default();
    let version = version(overlay, diagnostics);
    check_frame(overlay, &description.source.file, diagnostics);
    let at = Pointer::root().at("actions");
    let Some(actions) = overlay.get("actions").and_then(Value::as_array) else {
        diagnostics.error(
            DiagnosticCode::InvalidOverlay,
            &at,
            "an overlay needs a list of actions",
        );
        return additions;
    };
    for (index, action) in actions.iter().enumerate() {
        let at = at.at(index);
        if let Some(first) = actions.iter().take(index).position(|earlier| earlier == action) {
            let message = format!("this says the same as action {}", first + 1);
            let first = diagnostics.place(&Pointer::root().at("actions").at(first));
            let told =
                Diagnostic::new(DiagnosticCode::DoubtfulOverlay, diagnostics.place(&at), message);
            diagnostics.push(told.related(first, "it stands here first"));
        }
        match Action::read(action, version, index + 1, &at, diagnostics) {
            Some(action) => action.apply(&mut description.value, &mut additions, diagnostics),
            None => diagnostics.error(
                DiagnosticCode::InvalidOverlay,
                &at,
                "this is not an overlay action",
            ),
        }
    }
    additions
}

fn version(overlay: &Value, diagnostics: &mut DiagnosticSink) -> Version {
    let stated = overlay.get("overlay").and_then(Value::as_str).unwrap_or_default();
    match stated.splitn(3, '.').collect::<Vec<_>>().as_slice() {
        ["1", "0", _] => return Version::V1_0,
        ["1", "1", _] => return Version::V1_1,
        _ => {}
    }
    let help = "begin the file with `overlay: 1.0.0` or `overlay: 1.1.0`";
    let at = Pointer::root().at("overlay");
    diagnostics.error_with_help(
        DiagnosticCode::InvalidOverlay,
        &at,
        "this is not an overlay of version 1.0 or 1.1",
        help,
    );
    Version::V1_1
}

fn check_frame(overlay: &Value, description: &str, diagnostics: &mut DiagnosticSink) {
    for key in overlay.as_object().into_iter().flat_map(Map::keys) {
        let known = ["overlay", "info", "extends", "actions"].contains(&key.as_str());
        if !known && !key.starts_with("x-") {
            let message = format!("an overlay has no member `{key}`");
            diagnostics.error(DiagnosticCode::InvalidOverlay, &Pointer::root().at(key), message);
        }
    }
    for member in ["title", "version"] {
        if overlay.pointer(&format!("/info/{member}")).is_none() {
            let message = format!("the overlay does not say its `{member}`");
            diagnostics.warn(DiagnosticCode::DoubtfulOverlay, &Pointer::root().at("info"), message);
        }
    }
    let Some(extends) = overlay.get("extends").and_then(Value::as_str) else { return };
    if last_step(extends) != last_step(description) {
        let message = format!("the overlay is made for `{extends}` and applied to `{description}`");
        diagnostics.warn(DiagnosticCode::DoubtfulOverlay, &Pointer::root().at("extends"), message);
    }
}

/// `https://example.org/specs/shop.yaml` → `shop.yaml`: which description is read is the caller's choice, so no
/// more than the names are compared.
fn last_step(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
