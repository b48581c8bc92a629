//! Texts in YAML and JSON, and what is no description.

use std::path::Path;

use serde_json::{Value, json};

use super::{MOST_VALUES, parse, read};
use crate::Source;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::{Diagnostics, SpanKind};

fn parsed(text: &str) -> Result<(Value, Vec<DiagnosticCode>), Diagnostics> {
    let source = Source::new("test.yaml", text);
    let loaded = parse(&source).checked()?;
    let warnings = loaded.warnings.iter().map(|warning| warning.code).collect();
    Ok((loaded.value.value, warnings))
}

#[test]
fn yaml_and_json_give_the_same_tree() {
    let rules = [
        ("200: a", json!({ "200": "a" })),
        ("1.10: a\ntrue: b\nnull: c", json!({ "1.10": "a", "true": "b", "null": "c" })),
        ("\u{feff}a: 1", json!({ "a": 1 })),
        ("\u{feff}{\"a\": \"\\ud83d\\ude00\"}", json!({ "a": "😀" })),
        ("{a: 1, b: [c]}", json!({ "a": 1, "b": ["c"] })),
        ("a: !thing {b: 1}", json!({ "a": { "b": 1 } })),
        (
            "a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}",
            json!({ "a": { "b": 1, "c": 2 }, "d": { "c": 3, "b": 1 } }),
        ),
        (
            "a: &x {b: 1}\nd: {<<: [*x, {c: 2}]}",
            json!({ "a": { "b": 1 }, "d": { "b": 1, "c": 2 } }),
        ),
        ("a: 18446744073709552000", json!({ "a": 18_446_744_073_709_552_000_f64 })),
        ("a:", json!({ "a": null })),
    ];
    for (text, expected) in rules {
        assert_eq!(parsed(text), Ok((expected, Vec::new())), "{text}");
    }
}

#[test]
fn each_repetition_of_a_key_is_refused() {
    for text in ["{\"a\": {\"b\": 1, \"b\": 2, \"b\": 3}}", "a: {b: 1, b: 2, b: 3}"] {
        let refused = parsed(text).expect_err(text);
        let spots: Vec<_> = refused.iter().map(|found| (found.code, found.place.spot)).collect();
        let expected = [SpanKind::Again(1), SpanKind::Again(2)]
            .map(|spot| (DiagnosticCode::RepeatedKey, spot));
        assert_eq!(spots, expected, "{text}");
    }
}

#[test]
fn what_is_no_description_is_refused() {
    let deep_json = "[".repeat(20_000);
    let deep_yaml = format!("a: {deep_json}");
    let lists = "[*a,*a,*a,*a,*a,*a,*a,*a,*a]";
    let bomb: String = (1..12).map(|n| format!("b{n}: &a {lists}\n")).collect();
    let bomb = format!("a: &a [x]\n{bomb}");
    let texts = [
        "",
        "5",
        "[]",
        "[a]",
        "{\"a\": [1,",
        "a: [1",
        "a: .nan",
        "a: 1\n---\nb: 2",
        "\0\u{1}",
        "<<: 5",
    ];
    let texts = texts.into_iter().map(|text| (text, DiagnosticCode::Syntax));
    let deep = [deep_json.as_str(), &deep_yaml, &bomb].map(|text| (text, DiagnosticCode::TooDeep));
    for (text, code) in texts.chain(deep) {
        let refused =
            parsed(text).map_err(|refused| refused.iter().map(|found| found.code).collect());
        let start: String = text.chars().take(20).collect();
        assert_eq!(refused, Err(vec![code]), "{start}");
    }
}

#[test]
fn an_enum_is_read_no_further_than_its_most_values() {
    let values = "0,".repeat(MOST_VALUES);
    let texts = [format!("{{\"enum\": [{values}0]}}"), format!("enum: [{values}0]")];
    for text in texts {
        let refused = parsed(&text).expect_err("too many values");
        let codes: Vec<_> = refused.iter().map(|found| found.code).collect();
        assert_eq!(codes, [DiagnosticCode::TooLarge], "{}", &text[..8]);
    }
    for good in [format!("enum: [{values}]"), format!("{{\"example\": [{values}0]}}")] {
        assert!(parsed(&good).is_ok(), "{}", &good[..8]);
    }
}

#[test]
fn a_syntax_error_has_its_line_and_column() {
    for (text, byte) in [("{\n  \"a\": ]\n}", 9), ("a:\n  b: ]\n", 8), ("é: 1\n---\nb: 2", 6)] {
        let refused = parsed(text).expect_err(text);
        let spots: Vec<_> = refused.iter().map(|found| found.place.spot).collect();
        assert_eq!(spots, [SpanKind::Byte(byte)], "{text}");
    }
}

#[test]
fn a_missing_file_is_named_with_the_reason() {
    let refused =
        read(Path::new("no-such-file.yaml")).map(|_| ()).map_err(|refused| refused.to_string());
    let refused = refused.err().unwrap_or_default();
    assert!(refused.contains("error[unreadable-file]"), "{refused}");
    assert!(refused.contains("no-such-file.yaml"), "{refused}");
}

fn several_files(file: &str) -> Result<Value, Diagnostics> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/several_files");
    parse(&read(&folder.join(file))?.value).checked().map(|parsed| parsed.value.value)
}

#[test]
fn references_to_other_files_are_pulled_in() {
    let pets = json!({ "type": "array", "items": { "$ref": "#/components/schemas/pet" } });
    let content = json!({ "application/json": { "schema": pets } });
    let expected = json!({
        "openapi": "3.1.0",
        "info": { "title": "Fixture", "version": "1.0", "description": "All about pets." },
        "paths": { "/pets": { "get": {
            "operationId": "list_pets",
            "parameters": [{ "$ref": "#/components/parameters/page" }],
            "responses": { "200": { "description": "Found", "content": content } },
        } } },
        "components": {
            "schemas": {
                "Owner": { "type": "object", "properties": { "pets": pets } },
                "color": { "type": "string", "enum": ["black", "white"] },
                "pet": { "type": "object", "properties": {
                    "owner": { "$ref": "#/components/schemas/Owner" },
                    "parent": { "$ref": "#/components/schemas/pet" },
                    "color": { "$ref": "#/components/schemas/color" },
                } },
            },
            "parameters": { "page": { "name": "page", "in": "query", "schema": { "type": "integer" } } },
        },
    });
    assert_eq!(several_files("api.yaml"), Ok(expected));
}

#[test]
fn only_the_folder_of_the_description_is_read() {
    let refused = several_files("refused.yaml").map_err(|refused| refused.to_string());
    let refused = refused.err().unwrap_or_default();
    for reference in ["../secret.yml", "https://example.com/b.yml"] {
        assert!(refused.contains(reference), "{refused}");
    }
    assert_eq!(refused.matches("error[external-reference]").count(), 2, "{refused}");
    assert!(refused.contains("is on the network, where nothing is read"), "{refused}");
}

#[test]
fn texts_without_quotes_are_read_as_they_are_written() {
    let text = "
info: {title: T, version: 1.10}
components:
  schemas:
    Version: &version
      type: string
      enum: [1.9, 1.10, 1e3, 0x1F, yes, True, 2020-01-01, null, 'quoted', 7]
      default: 1.10
    Again: *version
    Nullable: {type: [string, 'null'], const: 01.50}
    Number: {type: number, enum: [1.10], default: 1.10}
    Release:
      type: object
      properties: {version: {$ref: '#/components/schemas/Version'}, all: {type: array, items: {type: string}}, size: {type: number}}
      example: {version: 1.10, all: [1.20, 1.30], size: 1.10}
  parameters:
    Version: {name: v, in: query, schema: {type: string}, example: 2.10, examples: {a: {value: 2.20}}}
";
    let read = parse(&Source::new("a.yaml", text)).checked().expect("a tree").value.value;
    for (at, expected) in [
        ("/info/version", json!("1.10")),
        ("/components/schemas/Version/default", json!("1.10")),
        ("/components/schemas/Nullable/const", json!("01.50")),
        ("/components/schemas/Number/default", json!(1.1)),
        ("/components/schemas/Number/enum", json!([1.1])),
        (
            "/components/schemas/Release/example",
            json!({"version": "1.10", "all": ["1.20", "1.30"], "size": 1.1}),
        ),
        ("/components/parameters/Version/example", json!("2.10")),
        ("/components/parameters/Version/examples/a/value", json!("2.20")),
    ] {
        assert_eq!(read.pointer(at), Some(&expected), "{at}");
    }
    let values = ["1.10", "1e3", "0x1F", "yes", "True", "2020-01-01"].map(Value::from);
    let read = read.pointer("/components/schemas/Version/enum").and_then(Value::as_array);
    let read = read.expect("values");
    assert_eq!((&read[0], &read[1..7]), (&json!(1.9), &values[..]));
    assert_eq!(read[7..], [Value::Null, "quoted".into(), 7.into()]);
}
