//! Every schema a component of its own.

use super::super::flatten::flatten;
use super::super::{Description, normalize};
use super::{loaded, yaml};
use crate::pointer::Pointer;

#[test]
fn each_schema_is_taken_out_once_parents_first() {
    let mut document = yaml(
        "paths: {/a: {post: {requestBody: {content: {application/json: {schema: {items: {type: string}}}}}}}}\n\
         components: {schemas: {A: {properties: {b: {$ref: '#/components/schemas/B'}, c: {type: string}}}, \
         B: {$ref: '#/components/schemas/A'}}}",
    );
    let schemas: Vec<(String, String)> = flatten(&mut document)
        .into_iter()
        .map(|(at, schema)| (at.as_str().to_owned(), schema.to_string()))
        .collect();
    let body = "/paths/~1a/post/requestBody/content/application~1json/schema";
    let expected = [
        (body.to_owned(), format!(r##"{{"items":{{"$ref":"#{body}/items"}}}}"##)),
        (format!("{body}/items"), r#"{"type":"string"}"#.to_owned()),
        (
            "/components/schemas/A".to_owned(),
            r##"{"properties":{"b":{"$ref":"#/components/schemas/B"},"c":{"$ref":"#/components/schemas/A/properties/c"}}}"##
                .to_owned(),
        ),
        ("/components/schemas/A/properties/c".to_owned(), r#"{"type":"string"}"#.to_owned()),
        ("/components/schemas/B".to_owned(), r##"{"$ref":"#/components/schemas/A"}"##.to_owned()),
    ];
    assert_eq!(schemas, expected);
    let place = document.pointer("/paths/~1a/post/requestBody/content/application~1json/schema");
    assert_eq!(place, Some(&yaml(&format!("$ref: '#{body}'"))));
}

#[test]
fn definitions_are_components() {
    let mut document =
        yaml("components: {schemas: {A: {$defs: {B: {type: string}}, type: object}}}");
    let schemas = flatten(&mut document);
    let schema = |at| schemas.get(&Pointer::parse(at).expect("a place"));
    assert_eq!(schema("/components/schemas/A"), Some(&yaml("type: object")));
    assert_eq!(schema("/components/schemas/A/$defs/B"), Some(&yaml("type: string")));
}

fn normalized(text: &str) -> Description {
    match normalize(loaded("test.yaml", text), Vec::new()).checked() {
        Ok(description) => description.value,
        Err(diagnostics) => panic!("{diagnostics}"),
    }
}

/// Where the reference that is the only property of `Use` leads, and whether a schema is there.
fn reference(target: &str, reference: &str) -> (String, bool) {
    let text = format!(
        "{{openapi: 3.1.0, info: {{title: A, version: '1'}}, components: {{schemas: {{Target: {target}, \
         Use: {{properties: {{a: {{$ref: '{reference}'}}}}}}}}}}}}"
    );
    let schemas = normalized(&text).schemas;
    let used = Pointer::root().at("components").at("schemas").at("Use");
    let to = schemas[&used].properties["a"].clone();
    (format!("#{to}"), schemas.contains_key(&to))
}

#[test]
fn references_follow_what_was_moved() {
    let target = "#/components/schemas/Target";
    let rules = [
        ("{properties: {b: {type: string}}}", "/properties/b", "/properties/b"),
        ("{properties: {'{b}': {type: string}}}", "/properties/%7Bb%7D", "/properties/{b}"),
        (
            "{properties: {b: {type: string}}, oneOf: [{minProperties: 1}, {required: [c]}]}",
            "/properties/b",
            "/allOf/0/properties/b",
        ),
        (
            "{anyOf: [{type: 'null'}, {properties: {b: {type: string}}}]}",
            "/anyOf/1/properties/b",
            "/properties/b",
        ),
        ("{prefixItems: [{type: string}]}", "/prefixItems/0", "/prefixItems/0"),
        ("{$defs: {b: {type: string}}}", "/$defs/b", "/$defs/b"),
    ];
    for (schema, from, to) in rules {
        let expected = (format!("{target}{to}"), true);
        assert_eq!(reference(schema, &format!("{target}{from}")), expected, "{schema}");
    }
    let anchored = reference("{$anchor: here, type: object}", "#here");
    assert_eq!(anchored, (target.to_owned(), true));
}
