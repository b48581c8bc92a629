//! What is promised of hostile descriptions, a test a promise.

use std::collections::BTreeSet;

use lantern_generator::diagnostics::code::DiagnosticCode;
use lantern_generator::diagnostics::{Diagnostics, Severity, SpanKind};
use lantern_generator::pipeline::load;
use lantern_generator::{Crate, Generator, Source};
use proc_macro2::{TokenStream, TokenTree};
use serde_json::{Value, json};

use hostile::payloads::PAYLOADS;

use crate::{check, hostile, texts};

fn source(text: impl Into<String>) -> Source {
    Source::new("hostile.yaml", text.into())
}

fn outcome(text: &str) -> Result<(Crate, Diagnostics), Diagnostics> {
    let generated = Generator::new("hostile").run(&source(text));
    generated.map(|generated| (generated.value, generated.warnings))
}

fn generated(text: &str) -> Crate {
    outcome(text).unwrap_or_else(|refused| panic!("{refused}\n{text}")).0
}

/// The codes of the errors for which a text is refused.
fn errors(text: &str) -> Vec<DiagnosticCode> {
    let refused = outcome(text).err().unwrap_or_default();
    let errors = refused.iter().filter(|one| one.severity() == Severity::Error);
    errors.map(|one| one.code).collect()
}

/// A description with these paths and components.
fn described(paths: Value, components: Value) -> String {
    let info = json!({ "title": "Hostile", "version": "1.0.0" });
    json!({ "openapi": "3.1.0", "info": info, "paths": paths, "components": components })
        .to_string()
}

/// One operation that answers with a schema.
fn answering(schema: Value) -> Value {
    let content = json!({ "application/json": { "schema": schema } });
    let responses = json!({ "200": { "description": "Found", "content": content } });
    json!({ "/things": { "get": { "operationId": "get_things", "tags": ["things"], "responses": responses } } })
}

/// The files that depend on a description.
fn own_files(generated: &Crate) -> impl Iterator<Item = (&str, &str)> {
    let files = generated.files.iter().filter(|file| !file.path.starts_with("src/runtime/"));
    files.map(|file| (file.path.as_str(), file.text.as_str()))
}

mod g01;
mod g02_to_g05;
mod g06_to_g08;
mod g09_to_g16;

/// A few of those that `cargo run --release --example hostile` makes in millions.
#[test]
fn no_hostile_description_breaks_a_promise() {
    let seeds = hostile::seeds();
    let mut fates = Vec::new();
    for number in 0..400 {
        let text = hostile::description(number, &seeds);
        let fate = check::hold(&text)
            .unwrap_or_else(|why| panic!("{text}\n\ndescription {number}: {why}"));
        fates.push(fate);
    }
    let generated = fates.iter().filter(|fate| **fate == check::Fate::Generated).count();
    assert!((100..300).contains(&generated), "{generated} of 400 became a crate");
}
