//! Ten faults in three thousand lines: all of them in one run, each at its line and column, in YAML and in JSON.

use lantern_generator::diagnostics::source_map::Sources;
use lantern_generator::diagnostics::{Diagnostics, Severity};
use lantern_generator::{Generator, Source};
use serde_json::{Map, Value, json};

/// A fault that is planted in a description.
struct Fault {
    /// Its code.
    code: &'static str,
    /// Where it is planted.
    at: &'static str,
    /// What is planted there.
    planted: Value,
    /// The key or the text that is marked: it stands nowhere else in the description.
    marked: &'static str,
}

/// Those that `normalize`, `resolve` and `model` find; the tenth is a repeated key, which `load` finds.
fn faults() -> [Fault; 9] {
    let fault = |code, at, planted, marked| Fault { code, at, planted, marked };
    [
        fault(
            "missing-schema",
            "/components/schemas/Thing7/properties/next",
            json!({ "$ref": "#/components/schemas/Thng8" }),
            "#/components/schemas/Thng8",
        ),
        fault(
            "dangling-reference",
            "/paths/~1things20/get/responses/200",
            json!({ "$ref": "#/components/responses/Mising" }),
            "#/components/responses/Mising",
        ),
        fault(
            "external-reference",
            "/paths/~1things30/get/responses/200/content/application~1json/schema",
            json!({ "$ref": "https://example.com/elsewhere.yaml#/A" }),
            "https://example.com/elsewhere.yaml#/A",
        ),
        fault(
            "cyclic-reference",
            "/components/responses/Round",
            json!({ "$ref": "#/components/responses/Round" }),
            "#/components/responses/Round",
        ),
        fault(
            "invalid-extension",
            "/paths/~1things40/get/x-client-retry",
            json!("oftener"),
            "oftener",
        ),
        fault(
            "unknown-security-scheme",
            "/paths/~1things50/get/security",
            json!([{ "apiKyy": [] }]),
            "apiKyy",
        ),
        fault(
            "undeclared-parameter",
            "/paths/~1places~1{placeId}",
            json!({ "get": { "operationId": "get_place", "responses": {} } }),
            "/places/{placeId}",
        ),
        fault(
            "invalid-description",
            "/paths/~1things70/get/responses/404",
            json!("neither here nor there"),
            "neither here nor there",
        ),
        fault(
            "cyclic-reference",
            "/components/schemas/Ouroboros",
            json!({ "allOf": [{ "$ref": "#/components/schemas/Ouroboros" }, { "type": "object" }] }),
            "Ouroboros",
        ),
    ]
}

/// A hundred and seventy kinds of things, and how to get them.
fn faultless() -> Value {
    let numbers = 0..170;
    let schema = |number: u32| {
        let next = format!("#/components/schemas/Thing{}", (number + 1) % 170);
        let properties = json!({ "name": { "type": "string" }, "next": { "$ref": next } });
        (format!("Thing{number}"), json!({ "type": "object", "properties": properties }))
    };
    let path = |number: u32| {
        let schema = json!({ "$ref": format!("#/components/schemas/Thing{number}") });
        let content = json!({ "application/json": { "schema": schema } });
        let responses = json!({ "200": { "description": "Found", "content": content } });
        let get = json!({
            "operationId": format!("get_things{number}"),
            "tags": [format!("group{}", number % 10)],
            "responses": responses,
        });
        (format!("/things{number}"), json!({ "get": get }))
    };
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Things", "version": "1.0.0" },
        "paths": numbers.clone().map(path).collect::<Map<_, _>>(),
        "components": {
            "schemas": numbers.map(schema).collect::<Map<_, _>>(),
            "responses": { "Missing": { "description": "There is none" } },
            "securitySchemes": { "apiKey": { "type": "apiKey", "in": "header", "name": "X-Key" } },
        },
    })
}

fn faulty() -> Value {
    let mut description = faultless();
    for Fault { at, planted, .. } in faults() {
        let (parent, key) = at.rsplit_once('/').expect("a place");
        let key = key.replace("~1", "/");
        let parent = description.pointer_mut(parent).and_then(Value::as_object_mut);
        parent.expect(at).insert(key, planted);
    }
    description
}

/// The line and column at which a word stands, its quote included; a key has the first one that is a key.
fn position(text: &str, word: &str) -> (usize, usize) {
    let found = text.match_indices(word).map(|(start, _)| {
        let quote = text[..start].ends_with(['"', '\'']);
        (start - usize::from(quote), text[start + word.len()..].trim_start_matches(['"', '\'']))
    });
    let mut found: Vec<_> = found.collect();
    if found.len() > 1 {
        found.retain(|(_, behind)| behind.starts_with(':'));
    }
    let [(start, _)] = found.as_slice() else { panic!("{word} stands {} times", found.len()) };
    let line = text[..*start].matches('\n').count() + 1;
    (line, start - text[..*start].rfind('\n').map_or(0, |end| end + 1) + 1)
}

fn errors(file: &str, text: &str) -> Vec<(String, usize, usize)> {
    let source = Source::new(file, text);
    let sources = Sources::new([source.clone()]);
    let generated = Generator::new("things").strict().run(&source);
    let diagnostics = generated.map_or_else(|refused| refused, |_| Diagnostics::default());
    let errors = diagnostics.iter().filter(|one| one.severity() == Severity::Error);
    let mut errors: Vec<_> = errors
        .map(|one| {
            let from = sources.find(&one.place).expect("a place").from;
            (one.code.as_str().to_owned(), from.line, from.column)
        })
        .collect();
    errors.sort();
    errors
}

/// Finds the ten faults of a text, in which `again` repeats the key of the line that ends with `title`.
fn assert_all_are_found(file: &str, text: &str, title: &str, again: &str) {
    let text = text.replacen(title, &format!("{title}{again}"), 1);
    assert!(text.lines().count() >= 3_000, "{} lines", text.lines().count());
    let mut expected: Vec<_> = faults()
        .iter()
        .map(|fault| {
            let (line, column) = position(&text, fault.marked);
            (fault.code.to_owned(), line, column)
        })
        .collect();
    let (line, column) = position(&text, "Again");
    let indent = again.trim_start_matches('\n').len() - again.trim_start().len();
    assert!(column > indent);
    expected.push(("repeated-key".to_owned(), line, indent + 1));
    expected.sort();
    assert_eq!(errors(file, &text), expected);
}

#[test]
fn all_are_found_in_yaml() {
    let text = serde_yaml::to_string(&faulty()).expect("YAML");
    assert_all_are_found("things.yaml", &text, "\n  title: Things", "\n  title: Again");
}

#[test]
fn all_are_found_in_json() {
    let text = serde_json::to_string_pretty(&faulty()).expect("JSON");
    let (title, again) = ("\n    \"title\": \"Things\",", "\n    \"title\": \"Again\",");
    assert_all_are_found("things.json", &text, title, again);
}

#[test]
fn without_them_there_is_no_diagnostic() {
    let text = serde_json::to_string(&faultless()).expect("JSON");
    assert_eq!(errors("things.json", &text), []);
}
