//! Paths that Azure describes beside the others, because they differ in their query only.

use serde_json::{Map, Value};

use super::diagnostic_sink::DiagnosticSink;
use super::pointer_rewrites::PointerRewrites;
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::Pointer;

const MS_PATHS: &str = "x-ms-paths";

/// Puts them among the other paths, which may have a query, too.
///
/// `x-ms-paths: {/a?comp=list: …}` → `paths: {/a?comp=list: …}`
pub(super) fn move_to_paths(
    description: &mut Value,
    moves: &mut PointerRewrites,
    diagnostics: &mut DiagnosticSink,
) {
    let Value::Object(members) = description else { return };
    if !members.get(MS_PATHS).is_some_and(Value::is_object) {
        return;
    }
    let Some(Value::Object(further)) = members.shift_remove(MS_PATHS) else { return };
    let paths = members.entry("paths").or_insert_with(|| Map::new().into());
    let Value::Object(paths) = paths else { return };
    let at = |section: &str, path: &str| Pointer::root().at(section).at(path);
    for (path, item) in further {
        let (from, to) = (at(MS_PATHS, &path), at("paths", &path));
        if paths.contains_key(&path) {
            let message =
                format!("no code is generated for this path: it is in `paths`, too, at {to}");
            diagnostics.warn(DiagnosticCode::NotGenerated, &from, message);
            continue;
        }
        moves.moved(from, to);
        paths.insert(path, item);
    }
}
