//! Every step of `normalize` by what it does to a few lines of YAML.

use serde_json::Value;

use crate::Source;
use crate::diagnostics::code::Code;
use crate::diagnostics::{Diagnostics, Outcome};
use crate::pipeline::load::{self, Loaded};

mod document;
mod flatten;
mod origins;
mod overlay;
mod references;
mod schema;
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
        Err(complaints) => panic!("{complaints}{text}"),
    }
}

/// The codes of complaints, in their order.
fn codes(complaints: &Diagnostics) -> Vec<Code> {
    complaints.iter().map(|complaint| complaint.code).collect()
}

/// The complaints of a stage that must fail.
fn refusal<T>(outcome: Outcome<T>) -> Diagnostics {
    match outcome.checked() {
        Ok(_) => panic!("nothing was refused"),
        Err(complaints) => complaints,
    }
}
