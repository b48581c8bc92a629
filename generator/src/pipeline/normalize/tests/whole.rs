//! The stage as a whole.

use super::super::{in_places_of_openapi_3, normalize};
use super::{codes, loaded, refusal};
use crate::diagnostics::code::DiagnosticCode;

#[test]
fn other_versions_are_refused() {
    let wrong = [
        ("swagger: '1.2'\npaths: {}", vec![DiagnosticCode::UnsupportedVersion]),
        ("{paths: {}, info: {title: A, version: '1'}}", vec![DiagnosticCode::UnsupportedVersion]),
        ("openapi: 4.0.0\npaths: {}", vec![DiagnosticCode::UnsupportedVersion]),
        ("openapi: 3.1.0", vec![DiagnosticCode::InvalidDescription]),
    ];
    for (text, expected) in wrong {
        assert_eq!(
            codes(&refusal(normalize(loaded("test.yaml", text), Vec::new()))),
            expected,
            "{text}"
        );
    }
}

#[test]
fn schemas_of_swagger_2_are_in_the_places_of_openapi_3() {
    let text = "swagger: '2.0'
info: {title: A, version: '1'}
produces: [application/json]
paths:
  /pets: {get: {responses: {200: {description: '', schema: {$ref: '#/definitions/Pet'}}}}}
definitions: {Pet: {type: object}}
";
    let description = in_places_of_openapi_3(&loaded("test.yaml", text));
    let reply = "/paths/~1pets/get/responses/200/content/application~1json/schema/$ref";
    assert_eq!(description.pointer("/components/schemas/Pet/type"), Some(&"object".into()));
    assert_eq!(description.pointer(reply), Some(&"#/components/schemas/Pet".into()));
}

#[test]
fn a_later_version_3_is_read_as_the_latest_that_is_known() {
    for (version, expected) in [
        ("3.2.9", vec![]),
        ("3.3.0", vec![DiagnosticCode::NewerVersion]),
        ("3.10", vec![DiagnosticCode::NewerVersion]),
    ] {
        let text = format!(
            "{{openapi: '{version}', info: {{title: A, version: '1'}}, paths: {{/a: {{query: {{responses: {{'204': {{description: ''}}}}}}}}}}}}"
        );
        let read = normalize(loaded("test.yaml", &text), Vec::new()).checked().expect("a reading");
        assert_eq!(codes(&read.warnings), expected, "{version}");
    }
}

#[test]
fn every_version_3_is_read() {
    for version in ["3.0.0", "3.0.4", "3.1", "3.1.1", "3.2.0"] {
        let text =
            format!("{{openapi: '{version}', info: {{title: A, version: '1'}}, paths: {{}}}}");
        let read = normalize(loaded("test.yaml", &text), Vec::new()).checked();
        assert_eq!(read.map(|read| read.value.openapi.openapi), Ok(version.to_owned()));
    }
}

#[test]
fn all_parts_that_cannot_be_read_are_named_at_once() {
    let text = "{openapi: 3.1.0, info: {title: A, version: '1'}, paths: {/a: {get: {\
                parameters: [{in: query}], responses: {200: 5}}}}, \
                components: {securitySchemes: {k: {type: apiKey}}, schemas: {A: {externalDocs: {url: a}, type: array, items: {$ref: other.yaml}}}}}";
    let refusal = refusal(normalize(loaded("test.yaml", text), Vec::new()));
    let mut places: Vec<String> =
        refusal.iter().map(|diagnostic| diagnostic.place.pointer.to_string()).collect();
    places.sort();
    let expected = [
        "/components/schemas/A/items/$ref",
        "/components/securitySchemes/k",
        "/paths/~1a/get/parameters/0",
        "/paths/~1a/get/responses/200",
    ];
    assert_eq!(places, expected);
}

#[test]
fn a_document_beyond_the_deepest_level_is_refused() {
    let deep = (0..400).fold(serde_json::json!({}), |inner, _| serde_json::json!({ "a": inner }));
    let mut description = loaded("test.yaml", "{openapi: 3.1.0, paths: {}}");
    if let Some(members) = description.value.as_object_mut() {
        members.insert("x-deep".to_owned(), deep);
    }
    assert_eq!(codes(&refusal(normalize(description, Vec::new()))), [DiagnosticCode::TooDeep]);
}
