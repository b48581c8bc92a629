//! Every step of `normalize` by what it does to a few lines of YAML.

use serde_json::Value;

use crate::Source;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::{Diagnostics, WithDiagnostics};
use crate::pipeline::load::{self, Loaded};

mod document;
mod flatten;
mod overlay;
mod references;
mod schema;
mod source_mapping;
mod whole;

/// A YAML text as a value tree.
fn yaml(text: &str) -> Value {
    loaded("test.yaml", text).value
}

/// A YAML text as a document of that name.
fn loaded(file: &str, text: &str) -> Loaded {
    let source = Source::new(file, text);
    match load::parse(&source).checked() {
        Ok(loaded) => loaded.value,
        Err(diagnostics) => panic!("{diagnostics}{text}"),
    }
}

/// The codes of diagnostics, in their order.
fn codes(diagnostics: &Diagnostics) -> Vec<DiagnosticCode> {
    diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

/// The diagnostics of a stage that must fail.
fn refusal<T>(outcome: WithDiagnostics<T>) -> Diagnostics {
    match outcome.checked() {
        Ok(_) => panic!("nothing was refused"),
        Err(diagnostics) => diagnostics,
    }
}
