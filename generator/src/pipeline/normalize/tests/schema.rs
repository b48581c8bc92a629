//! The rules for schemas.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::super::diagnostic_sink::DiagnosticSink;
use super::super::json_schema::marks::{MEMBER_RULES, OR_NULL, TYPELESS};
use super::super::json_schema::reader;
use super::super::object_kind::ObjectKind;
use super::super::object_schema::{walk, words};
use super::super::pointer_rewrites::PointerRewrites;
use super::super::{flatten, keywords, schema};
use super::{codes, yaml};
use crate::diagnostics::Diagnostics;
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::Pointer;

/// Each rule: a schema before and after.
const RULES: &[(&str, &str)] = &[
    // Null.
    ("type: [string, 'null']", "type: [string, 'null']"),
    ("type: ['null']", "type: 'null'"),
    ("{type: 'null', title: A}", "{type: 'null', title: A}"),
    ("const: null", "type: 'null'"),
    ("{type: string, nullable: true, enum: [null]}", "type: 'null'"),
    (
        "{anyOf: [{type: string, title: B}, {type: 'null'}], title: A, default: x}",
        "{type: [string, 'null'], title: A, default: x}",
    ),
    (
        "{oneOf: [{type: 'null'}, {$ref: '#/a'}], description: A}",
        "{allOf: [{$ref: '#/a'}], x-openapi-or-null: true, description: A}",
    ),
    (
        "anyOf: [{$ref: '#/a'}, {$ref: '#/b'}, {type: 'null'}]",
        "{anyOf: [{$ref: '#/a'}, {$ref: '#/b'}], x-openapi-or-null: true}",
    ),
    ("anyOf: [{type: 'null'}]", "type: 'null'"),
    (
        "anyOf: [{anyOf: [{type: integer}, {type: 'null'}]}, {enum: [null]}]",
        "type: [integer, 'null']",
    ),
    ("enum: [a, null]", "{type: [string, 'null'], enum: [a]}"),
    ("enum: [a, 1, null]", "{enum: [a, 1], x-openapi-or-null: true}"),
    ("{type: string, nullable: true}", "type: [string, 'null']"),
    ("{type: string, nullable: false}", "type: string"),
    ("{properties: {}, nullable: true}", "{type: [object, 'null'], properties: {}}"),
    ("{nullable: true, title: A}", "{x-openapi-or-null: true, title: A}"),
    (
        "{type: [string, integer, 'null']}",
        "{oneOf: [{type: string}, {type: integer}], x-openapi-or-null: true}",
    ),
    (
        "{type: object, nullable: true, properties: {a: {}}, allOf: [{$ref: '#/a'}]}",
        "{allOf: [{$ref: '#/a'}, {type: object, properties: {a: {}}}], x-openapi-or-null: true}",
    ),
    ("{type: string, default: null}", "{type: string, default: null}"),
    ("{type: string, example: null}", "{type: string, examples: [null]}"),
    // Alternatives that allow nothing more.
    ("anyOf: [{type: string, pattern: ^a}, {type: string, title: A}]", "{type: string, title: A}"),
    ("anyOf: [{type: string}, {type: string, pattern: ^a, examples: [ab]}]", "type: string"),
    (
        "{anyOf: [{type: integer, maximum: 5}, {type: integer}, {type: 'null'}], title: A}",
        "{type: [integer, 'null'], title: A}",
    ),
    (
        "anyOf: [{type: string, maxLength: 3}, {type: string, minLength: 5}]",
        "anyOf: [{type: string, maxLength: 3}, {type: string, minLength: 5}]",
    ),
    (
        "anyOf: [{type: string}, {type: string, title: A, maxLength: 3}]",
        "anyOf: [{type: string}, {type: string, title: A, maxLength: 3}]",
    ),
    // Types.
    (
        "{type: [string, integer], minLength: 1, title: A}",
        "{oneOf: [{type: string, minLength: 1}, {type: integer}], title: A}",
    ),
    ("{type: [number, integer], minimum: 1}", "{type: number, minimum: 1}"),
    (
        "{type: [array, object], items: {type: string}, properties: {a: true}}",
        "oneOf: [{type: array, items: {type: string}}, {type: object, properties: {a: {}}}]",
    ),
    ("type: [string, number, integer, boolean, object, array]", "{}"),
    ("{type: [string, integer], enum: [a, 1]}", "enum: [a, 1]"),
    ("type: file", "{type: string, format: binary}"),
    ("type: Integer", "type: integer"),
    ("{type: thing, title: A}", "{title: A}"),
    (
        "{type: [string, integer], anyOf: [{$ref: '#/a'}, {$ref: '#/b'}]}",
        "allOf: [{oneOf: [{type: string}, {type: integer}]}, {anyOf: [{$ref: '#/a'}, {$ref: '#/b'}]}]",
    ),
    // Words of 3.1.
    ("const: a", "{type: string, enum: [a]}"),
    ("const: 0", "{type: integer, enum: [0]}"),
    ("const: false", "{type: boolean, enum: [false]}"),
    ("const: ''", "{type: string, enum: ['']}"),
    ("{$ref: '#/a', description: A}", "{allOf: [{$ref: '#/a'}], description: A}"),
    ("{$ref: '#/a', allOf: [{$ref: '#/b'}]}", "allOf: [{$ref: '#/b'}, {$ref: '#/a'}]"),
    ("{type: string, examples: [a, b]}", "{type: string, examples: [a, b]}"),
    ("{type: string, example: c, examples: [a, b]}", "{type: string, examples: [c, a, b]}"),
    ("{type: string, example: b, examples: {a: 1}}", "{type: string, examples: [b]}"),
    ("contentEncoding: base64", "{type: string, contentEncoding: base64}"),
    (
        "{type: string, contentMediaType: application/json, contentSchema: true}",
        "{type: string, contentMediaType: application/json, contentSchema: {}}",
    ),
    ("prefixItems: [{type: string}, true]", "{type: array, prefixItems: [{type: string}, {}]}"),
    (
        "{type: array, items: [{type: string}], additionalItems: {type: integer}}",
        "{type: array, prefixItems: [{type: string}], items: {type: integer}}",
    ),
    (
        "{type: array, prefixItems: [{}, {type: string}], items: false}",
        "{type: array, maxItems: 2, prefixItems: [{}, {type: string}]}",
    ),
    ("{prefixItems: [{}, {}], items: false}", "{type: array, items: {}, maxItems: 2}"),
    (
        "{type: array, prefixItems: [{}, {}], items: false, minItems: 2}",
        "{type: array, maxItems: 2, minItems: 2, prefixItems: [{}, {}]}",
    ),
    (
        "patternProperties: {'^x': {const: 1}}",
        "{type: object, patternProperties: {'^x': {type: integer, enum: [1]}}}",
    ),
    (
        "{type: object, patternProperties: {'^x': {type: string}}, additionalProperties: false}",
        "{type: object, additionalProperties: {type: string}}",
    ),
    (
        "{patternProperties: {'^x': {type: string}, '^y': {type: string}, '^z': false}, \
         additionalProperties: false}",
        "{type: object, additionalProperties: {type: string}}",
    ),
    (
        "{patternProperties: {'^x': {type: string}, '^y': {type: integer}}, \
         additionalProperties: false}",
        "{type: object, additionalProperties: true, patternProperties: \
         {'^x': {type: string}, '^y': {type: integer}}}",
    ),
    (
        "{patternProperties: {'^x': {type: string}}, additionalProperties: {type: integer}}",
        "{type: object, additionalProperties: true, patternProperties: \
         {'^x': {type: string}}}",
    ),
    ("{type: object, if: {}, then: {}}", "type: object"),
    ("{type: object, $comment: a}", "type: object"),
    ("discriminator: kind", "discriminator: {propertyName: kind}"),
    ("discriminator: {}", "{}"),
    // Boolean schemas.
    ("{type: array, items: true}", "{type: array, items: {}}"),
    ("properties: {a: false}", "{type: object, properties: {a: {not: {}}}}"),
    ("additionalProperties: false", "{type: object, additionalProperties: false}"),
    // Numbers.
    ("{type: integer, exclusiveMinimum: 0.0}", "{type: integer, exclusiveMinimum: 0}"),
    ("{type: number, minimum: 1, exclusiveMinimum: true}", "{type: number, exclusiveMinimum: 1}"),
    ("{type: number, maximum: 1, exclusiveMaximum: false}", "{type: number, maximum: 1}"),
    (
        "{type: number, minimum: 1, exclusiveMinimum: 0, maximum: 3, exclusiveMaximum: 2}",
        "{type: number, minimum: 1, exclusiveMaximum: 2}",
    ),
    ("{type: number, minimum: 1, exclusiveMinimum: 1}", "{type: number, exclusiveMinimum: 1}"),
    ("{type: integer, minimum: 0.0, maximum: 9.5}", "{type: integer, minimum: 0, maximum: 9}"),
    ("{type: integer, exclusiveMinimum: 0.5}", "{type: integer, minimum: 1}"),
    ("{type: number, minimum: '5'}", "{type: number, minimum: 5}"),
    ("{type: integer, maximum: 18446744073709552000}", "{type: integer, format: uint64}"),
    (
        "{type: integer, maximum: 18446744073709551615}",
        "{type: integer, format: uint64, maximum: 18446744073709551615}",
    ),
    (
        "{type: integer, exclusiveMaximum: 9.5, minimum: 0.5}",
        "{type: integer, minimum: 1, maximum: 9}",
    ),
    ("{type: integer, minimum: 1.5, exclusiveMinimum: 0.5}", "{type: integer, minimum: 2}"),
    (
        "{type: integer, default: 9223372036854776000}",
        "{type: integer, format: uint64, default: 9223372036854776000}",
    ),
    (
        "{type: integer, default: 9223372036854775807, maximum: 9223372036854775807}",
        "{type: integer, default: 9223372036854775807, maximum: 9223372036854775807}",
    ),
    (
        "{type: integer, minimum: -1, maximum: 18446744073709552000}",
        "{type: integer, format: big-integer, minimum: -1, maximum: 18446744073709552000.0}",
    ),
    ("{type: integer, maximum: 1e+20}", "{type: integer, format: big-integer, maximum: 1e+20}"),
    (
        "{type: integer, exclusiveMaximum: 18446744073709551616}",
        "{type: integer, format: uint64, exclusiveMaximum: 18446744073709551616.0}",
    ),
    (
        "{type: integer, minimum: -9223372036854776000, maximum: 9223372036854776000}",
        "{type: integer, minimum: -9223372036854775808, maximum: 9223372036854776000}",
    ),
    (
        "{type: integer, format: uint64, maximum: 18446744073709552000}",
        "{type: integer, format: uint64}",
    ),
    ("{type: integer, format: int32, default: 1}", "{type: integer, format: int32, default: 1}"),
    (
        "{type: integer, minimum: -9223372036854776000}",
        "{type: integer, minimum: -9223372036854775808}",
    ),
    ("{type: integer, multipleOf: 0.5}", "type: integer"),
    ("{type: number, exclusiveMinimum: true}", "type: number"),
    // Values.
    ("{type: string, enum: [1, a, true]}", "{type: string, enum: ['1', a, 'true']}"),
    ("{type: integer, enum: [1.0, 2]}", "{type: integer, enum: [1, 2]}"),
    ("{type: integer, enum: [a]}", "{type: string, enum: [a]}"),
    ("{type: string, enum: [a, a]}", "{type: string, enum: [a]}"),
    ("{type: string, enum: []}", "type: string"),
    ("enum: [a, 1]", "enum: [a, 1]"),
    ("{type: object, enum: [a]}", "type: object"),
    ("{type: string, minLength: 3.0}", "{type: string, minLength: 3}"),
    ("{type: string, title: 2024}", "{type: string, title: '2024'}"),
    ("{type: object, properties: []}", "{type: object, properties: {}}"),
    // Missing types.
    ("properties: {}", "{type: object, properties: {}}"),
    ("required: [a]", "{type: object, required: [a]}"),
    ("items: {type: string}", "{type: array, items: {type: string}}"),
    ("items: {anyOf: [{type: string}, {type: object}]}", "{}"),
    (
        "{minLength: 2, maximum: 5, oneOf: [{type: string}, {type: integer}]}",
        "oneOf: [{type: string, minLength: 2}, {type: integer, maximum: 5}]",
    ),
    (
        "{enum: [a, 1, {b: 1}], oneOf: [{type: string}, {type: integer}, {type: object}, {type: boolean}]}",
        "oneOf: [{type: string, enum: [a]}, {type: integer, enum: [1]}, {type: object}, {type: boolean}]",
    ),
    (
        "{format: a-or-b, anyOf: [{type: integer}, {type: string}]}",
        "anyOf: [{type: integer}, {type: string, format: a-or-b}]",
    ),
    ("{items: {}, default: [], example: {}}", "{default: [], examples: [{}]}"),
    ("{items: {}, default: []}", "{type: array, items: {}, default: []}"),
    ("{minItems: 1, examples: [[1], null]}", "{type: array, minItems: 1, examples: [[1], null]}"),
    ("enum: [1, 2]", "{type: integer, enum: [1, 2]}"),
    ("enum: [1, 2.5]", "{type: number, enum: [1, 2.5]}"),
    ("minLength: 1", "{type: string, minLength: 1}"),
    ("minimum: 1", "{type: number, minimum: 1}"),
    ("format: date-time", "{type: string, format: date-time}"),
    ("format: int64", "{type: integer, format: int64}"),
    ("{title: A}", "{title: A}"),
    // Keywords of another type.
    ("{type: string, minimum: 1}", "type: string"),
    ("{type: integer, pattern: a}", "type: integer"),
    ("{type: boolean, format: a}", "type: boolean"),
    ("{type: string, required: true}", "type: string"),
    ("{type: string, not: {enum: [a]}}", "type: string"),
    ("not: {type: string}", "{}"),
    ("not: {}", "not: {}"),
    ("{type: string, foo: 1}", "type: string"),
    // Combinations.
    ("{type: object, allOf: [{$ref: '#/a'}]}", "allOf: [{$ref: '#/a'}]"),
    (
        "{type: string, anyOf: [{format: uuid}, {$ref: '#/a'}]}",
        "anyOf: [{type: string, format: uuid}, {$ref: '#/a'}]",
    ),
    (
        "{allOf: [{$ref: '#/a'}], properties: {b: {type: string}}, required: [b], title: A}",
        "{allOf: [{$ref: '#/a'}, {type: object, properties: {b: {type: string}}, required: [b]}], \
         title: A}",
    ),
    (
        "{type: object, properties: {a: {}}, oneOf: [{properties: {b: {}}}, {properties: {c: {}}, required: [c]}]}",
        "allOf: [{type: object, properties: {a: {}}}, \
         {oneOf: [{type: object, properties: {b: {}}}, {type: object, properties: {c: {}}, required: [c]}]}]",
    ),
    // Which members have to be there chooses no type.
    (
        "{properties: {a: {}}, oneOf: [{required: [a]}, {required: [b]}], not: {required: [a, c]}, \
         dependentRequired: {a: [b]}}",
        "{properties: {a: {}}, type: object, x-openapi-member-rules: \
         [{oneOf: [{required: [a]}, {required: [b]}]}, {not: {required: [a, c]}}, \
         {dependentRequired: {a: [b]}}]}",
    ),
    (
        "{allOf: [{$ref: '#/a'}, {anyOf: [{required: [a]}, {required: [b]}]}, {required: [c]}]}",
        "allOf: [{$ref: '#/a'}, {type: object, x-openapi-member-rules: \
         [{anyOf: [{required: [a]}, {required: [b]}]}]}, {type: object, required: [c]}]",
    ),
    (
        "{$ref: '#/a', anyOf: [{required: [a]}, {required: [b]}]}",
        "allOf: [{type: object, x-openapi-member-rules: [{anyOf: [{required: [a]}, {required: [b]}]}]}, \
         {$ref: '#/a'}]",
    ),
    // Where nothing else is said, they are all that tells the variants apart.
    (
        "{oneOf: [{required: [a]}, {required: [b]}]}",
        "oneOf: [{type: object, required: [a]}, {type: object, required: [b]}]",
    ),
    (
        "{oneOf: [{$ref: '#/a'}, {$ref: '#/b'}], anyOf: [{$ref: '#/c'}, {$ref: '#/d'}]}",
        "allOf: [{oneOf: [{$ref: '#/a'}, {$ref: '#/b'}]}, {anyOf: [{$ref: '#/c'}, {$ref: '#/d'}]}]",
    ),
    (
        "{oneOf: [{type: string}], description: A, nullable: true}",
        "{allOf: [{type: string}], description: A, x-openapi-or-null: true}",
    ),
    ("{type: object, oneOf: []}", "type: object"),
];

fn rewritten(before: &str) -> (Value, Diagnostics) {
    let mut value = yaml(before);
    let mut diagnostics = DiagnosticSink::about("test.yaml");
    let mut moves = PointerRewrites::default();
    walk(ObjectKind::Schema, &mut value, &Pointer::root(), &mut |object, value, at| {
        if object == ObjectKind::Schema {
            let diagnostics = &mut diagnostics;
            schema::rewrite(value, &mut schema::Context { at, diagnostics, moves: &mut moves });
        }
    });
    (value, diagnostics.give_up())
}

#[test]
fn each_rule_gives_what_it_says() {
    for (before, after) in RULES {
        assert_eq!(rewritten(before).0, yaml(after), "{before}");
    }
}

#[test]
fn rewriting_twice_changes_nothing_more() {
    for (before, after) in RULES {
        let (again, _) = rewritten(after);
        assert_eq!(again, yaml(after), "{before}");
    }
}

/// Whether the keywords of a schema that are no annotations are those of one kind.
fn is_plain(schema: &Value) -> bool {
    let Value::Object(members) = schema else { return false };
    let mut own = members.keys().filter(|keyword| !keywords::is_annotation(keyword));
    match members.get("type") {
        Some(word) => own.all(|keyword| {
            let kind = word.get(0).unwrap_or(word).as_str().unwrap_or_default();
            keyword == "type" || keyword == "format" || keywords::types(keyword).contains(&kind)
        }),
        None => {
            let alone = ["$ref", "allOf", "oneOf", "anyOf", "not", "enum"];
            own.clone().count() <= 1 && own.all(|keyword| alone.contains(&keyword.as_str()))
        }
    }
}

#[test]
fn every_result_is_plain() {
    for (before, _) in RULES {
        let (mut after, _) = rewritten(before);
        walk(ObjectKind::Schema, &mut after, &Pointer::root(), &mut |object, value, at| {
            assert!(object != ObjectKind::Schema || is_plain(value), "{before} at {at}: {value}");
        });
    }
}

#[test]
fn every_result_can_be_read() {
    for (before, _) in RULES {
        let (after, _) = rewritten(before);
        let mut document = json!({ "components": { "schemas": { "A": after } } });
        for (place, value) in flatten::flatten(&mut document) {
            let mut diagnostics = DiagnosticSink::about("test.yaml");
            let read = reader::read(value.clone(), &place, &mut diagnostics);
            assert_eq!(codes(&diagnostics.give_up()), [], "{before} at {place}");
            let again = serde_json::to_value(&read).expect("a document");
            // Keywords without a field, and those that are called otherwise in it.
            let others = ["patternProperties", "orNull", "isTypeless", "memberRules"];
            let words = |value: &Value| -> BTreeSet<String> {
                let members = value.as_object().into_iter().flatten();
                let members = members.filter(|(_, value)| **value != json!({}));
                let words = members.map(|(word, _)| word.clone());
                let is_same =
                    |word: &String| !others.contains(&word.as_str()) && !word.starts_with("x-");
                words.filter(is_same).collect()
            };
            assert_eq!(words(&again), words(&value), "{before} at {place}: {again}");
        }
    }
}

#[test]
fn a_word_that_is_a_mark_by_chance_is_no_fault() {
    let mut diagnostics = DiagnosticSink::about("test.yaml");
    let schema = json!({"type": "object", TYPELESS: 5, OR_NULL: {}, MEMBER_RULES: [7, {"a": 1}]});
    let read = reader::read(schema, &Pointer::root(), &mut diagnostics);
    assert!(!read.is_typeless && !read.allows_null() && read.member_rules.is_empty(), "{read:?}");
    assert_eq!(codes(&diagnostics.give_up()), []);
}

#[test]
fn the_page_on_schemas_names_every_keyword() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/json-schema.md");
    let page = std::fs::read_to_string(page).expect("the page");
    for word in words(ObjectKind::Schema) {
        assert!(page.contains(&format!("`{word}")), "`{word}` is not in the page");
    }
}

#[test]
fn nothing_is_lost_without_a_word() {
    let warned = [
        ("{type: object, if: {}}", DiagnosticCode::WidenedKeyword),
        ("{type: object, propertyNames: {maxLength: 9}}", DiagnosticCode::WidenedKeyword),
        ("{type: object, patternProperties: {}}", DiagnosticCode::WidenedKeyword),
        (
            "{patternProperties: {a: {}}, additionalProperties: false}",
            DiagnosticCode::WidenedKeyword,
        ),
        ("{type: string, not: {enum: [a]}}", DiagnosticCode::WidenedKeyword),
        (
            "{properties: {a: {type: string, nullable: true}}, \
              anyOf: [{required: [a], properties: {a: {type: string}}}]}",
            DiagnosticCode::WidenedKeyword,
        ),
        ("not: {type: string}", DiagnosticCode::WidenedKeyword),
        ("{type: integer, multipleOf: 0.5}", DiagnosticCode::WidenedKeyword),
        ("{type: integer, minimum: -1, maximum: 1e+40}", DiagnosticCode::WidenedKeyword),
        ("{type: integer, format: int32, maximum: 4294967295}", DiagnosticCode::WidenedKeyword),
        ("{type: string, minimum: 1}", DiagnosticCode::MisplacedKeyword),
        ("{items: {}, example: a}", DiagnosticCode::MisplacedKeyword),
        ("{type: string, foo: 1}", DiagnosticCode::UnknownKeyword),
        ("{type: string, enum: [1]}", DiagnosticCode::Corrected),
        ("{type: integer, enum: [a]}", DiagnosticCode::Corrected),
        ("type: thing", DiagnosticCode::UnknownType),
        ("{type: string, minLength: many}", DiagnosticCode::Corrected),
        ("discriminator: {}", DiagnosticCode::Corrected),
    ];
    for (before, code) in warned {
        assert_eq!(codes(&rewritten(before).1), [code], "{before}");
    }
}

#[test]
fn what_says_nothing_is_no_loss() {
    for before in [
        "{type: object, propertyNames: {}}",
        "{type: object, propertyNames: {type: string, description: A}}",
        "{type: integer, maximum: 18446744073709552000}",
        "{type: integer, format: uint64, maximum: 18446744073709552000}",
    ] {
        assert!(codes(&rewritten(before).1).is_empty(), "{before}");
    }
}

#[test]
fn a_schema_that_is_no_schema_is_refused() {
    assert_eq!(codes(&rewritten("items: 5").1), [DiagnosticCode::Corrected]);
    assert_eq!(codes(&rewritten("properties: {a: 5}").1), [DiagnosticCode::InvalidDescription]);
}
