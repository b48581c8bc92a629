//! Former names of methods and types: `x-rust-alias: old_name`, or a list of such.

use serde_json::Value;

use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::resolve::{Extension, Extensions};
use crate::pointer::Pointer;
use crate::rust::names::{Name, Scope};

/// The former names of something at a place. The scope has all names that are not former ones.
///
/// Reports names that are none, and those that something else has.
pub fn aliases(
    extensions: &Extensions,
    at: &Pointer,
    scope: &mut Scope,
    diagnostics: &mut DiagnosticSink,
) -> Vec<Name> {
    let stated = extensions.get(Extension::RustAlias);
    let stated = stated.map(|stated| match stated {
        Value::Array(several) => several.as_slice(),
        one => std::slice::from_ref(one),
    });
    let mut aliases = Vec::new();
    for alias in stated.unwrap_or_default() {
        match alias.as_str().and_then(|alias| scope.keep(alias, alias)) {
            Some(alias) => aliases.push(alias),
            None => {
                let message = format!("`x-rust-alias`: {alias} is not a name that is free");
                diagnostics.invalid_extension(&at.at(Extension::RustAlias.word()), &message);
            }
        }
    }
    aliases
}
