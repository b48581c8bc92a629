//! What comes of hostile descriptions is not only Rust: it compiles, without a warning.
//!
//! A few crates are made by chance and checked in one go, as the members of a workspace.

use std::path::PathBuf;

use lantern_generator::{Crate, Generator, Source};
use serde_json::json;

use crate::{hostile, workspace};

/// The crates that are made by chance.
const COUNT: usize = 6;

fn generated(text: String, name: String) -> Option<Crate> {
    let description = Source::new("hostile.yaml", text);
    Generator::new(name).run(&description).ok().map(|made| made.value)
}

/// A description in which every payload is the name of all that has a name.
fn named() -> String {
    let payloads = || hostile::payloads::PAYLOADS.iter().copied();
    let properties: serde_json::Map<_, _> = payloads()
        .map(|name| (name.to_owned(), json!({ "type": "string", "description": name })))
        .collect();
    let values: Vec<_> = payloads().collect();
    let mut schemas: serde_json::Map<_, _> = payloads()
        .map(|name| {
            (
                name.to_owned(),
                json!({ "type": "object", "properties": { name: { "type": "string" } } }),
            )
        })
        .collect();
    schemas.insert(
        "Everything".to_owned(),
        json!({ "type": "object", "properties": properties, "required": values }),
    );
    schemas.insert("Values".to_owned(), json!({ "type": "string", "enum": values }));
    let response = |name: &str| {
        let schema = json!({ "oneOf": [{ "$ref": "#/components/schemas/Everything" }, { "$ref": "#/components/schemas/Values" }] });
        json!({ "200": { "description": name, "content": { "application/json": { "schema": schema } } } })
    };
    let operation = |(number, name): (usize, &str)| {
        let parameter = json!({ "name": name, "in": "query", "description": name, "schema": { "type": "string" } });
        let get = json!({
            "operationId": name, "tags": [name], "summary": name, "description": name,
            "parameters": [parameter], "responses": response(name),
        });
        (format!("/{number}"), json!({ "get": get }))
    };
    let paths: serde_json::Map<_, _> = payloads().enumerate().map(operation).collect();
    json!({
        "openapi": "3.1.0",
        "info": { "title": payloads().collect::<String>(), "version": "1" },
        "paths": paths,
        "components": { "schemas": schemas },
    })
    .to_string()
}

/// A description with an enum of a hundred thousand values, with a name and without one.
fn with_many_values() -> String {
    let values: Vec<_> = (0..100_000).map(|number| format!("value {number}")).collect();
    let values = json!({ "type": "string", "enum": values });
    let kinds = json!({ "$ref": "#/components/schemas/Kinds" });
    let thing = json!({ "type": "object", "properties": { "kind": values, "named": kinds } });
    let parameter = json!({ "name": "kind", "in": "query", "schema": kinds });
    let content = json!({ "application/json": { "schema": thing } });
    let get = json!({
        "operationId": "get_things", "parameters": [parameter],
        "responses": { "200": { "description": "Found", "content": content } },
    });
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Many values", "version": "1" },
        "paths": { "/things": { "get": get } },
        "components": { "schemas": { "Kinds": values } },
    })
    .to_string()
}

/// The workspace of this run's crates.
fn crates() -> PathBuf {
    let seeds = hostile::seeds();
    let has_types =
        |made: &Crate| made.files.iter().any(|file| file.path.starts_with("src/types/"));
    let by_chance = (0..1_000).step_by(2).filter_map(|number| {
        generated(hostile::description(number, &seeds), format!("hostile-{number}"))
            .filter(has_types)
    });
    let mut crates: Vec<Crate> = by_chance.take(COUNT).collect();
    crates.extend(generated(named(), "hostile-names".to_owned()));
    crates.extend(generated(with_many_values(), "hostile-values".to_owned()));
    assert_eq!(crates.len(), COUNT + 2);
    workspace::lay_out("hostile", &crates)
}

#[test]
fn hostile_descriptions_compile_without_a_warning() {
    let features = ["--no-default-features", "--features", "client"];
    let check = [&["check", "--quiet", "--workspace"][..], &features].concat();
    let checked = workspace::cargo(&crates(), &check, &[]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}
