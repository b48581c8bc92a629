//! A fault in one operation costs at most that operation, unless the caller is strict.

use lantern_generator::diagnostics::Severity;
use lantern_generator::{Generator, Source};

use crate::fixture;

const OPERATION: &str = "{operationId: a, responses: {'200': {description: ok, content: {application/json: \
                         {schema: {$ref: '#/components/schemas/A'}}}}}}";

/// A description with a good operation beside others, and further members.
fn description(paths: &str, further: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{/good: {{get: {OPERATION}}}, {paths}}}\n\
         components: {{schemas: {{A: {{type: object, properties: {{b: {{type: string}}}}}}}}}}\n{further}\n"
    )
}

fn operations(text: &str) -> Vec<String> {
    let api = Generator::new("tolerant").api(&Source::new("it.yaml", text));
    let api = api.unwrap_or_else(|found| panic!("{text}{found}"));
    assert!(api.warnings.iter().next().is_some(), "nothing is said of {text}");
    api.value.operations().map(|operation| operation.path.clone()).collect()
}

fn is_refused_if_strict(text: &str) -> bool {
    let strict = Generator::new("strict").strict().api(&Source::new("it.yaml", text));
    strict.is_err_and(|found| found.iter().any(|one| one.severity() == Severity::Error))
}

#[test]
fn what_is_wrong_in_a_parameter_or_a_response_costs_only_that() {
    for faulty in [
        "parameters: [{$ref: '#/components/parameters/Nope'}], responses: {}",
        "parameters: [{$ref: '#/components/schemas/A'}], responses: {}",
        "responses: {'200': {$ref: '#/components/responses/Nope'}}",
        "responses: {'200': {description: ok, content: {a/b: {schema: {$ref: '#/components/schemas/Aa'}}}}}",
        "security: [{Nope: []}], responses: {}",
    ] {
        let text = description(&format!("/faulty: {{get: {{operationId: b, {faulty}}}}}"), "");
        assert_eq!(operations(&text), ["/good", "/faulty"], "{faulty}");
        assert!(is_refused_if_strict(&text), "{faulty}");
    }
}

#[test]
fn what_keeps_an_operation_from_being_read_costs_that_operation() {
    for faulty in [
        "get: {operationId: b, requestBody: {$ref: '#/components/requestBodies/Nope'}, responses: {}}",
        "get: {operationId: b, responses: {'404': neither here nor there}}",
    ] {
        let other = format!("/faulty: {{{faulty}, post: {{operationId: c, responses: {{}}}}}}");
        let text = description(&other, "");
        assert_eq!(operations(&text), ["/good", "/faulty"], "{faulty}");
        assert!(is_refused_if_strict(&text), "{faulty}");
    }
}

#[test]
fn a_schema_in_the_place_of_a_body_or_a_reply_is_json() {
    let schema = "{$ref: '#/components/schemas/A'}";
    let text = description(
        &format!(
            "/faulty: {{post: {{operationId: b, requestBody: {schema}, responses: {{'200': {schema}}}}}}}"
        ),
        "",
    );
    assert_eq!(operations(&text), ["/good", "/faulty"]);
    let client = Generator::new("tolerant").run(&Source::new("it.yaml", text)).expect("a client");
    let module =
        client.value.files.iter().find(|file| file.path == "src/api.rs").expect("a module");
    assert!(module.text.contains("body: types::A"), "{}", module.text);
    assert_eq!(module.text.matches("type Success = types::A;").count(), 2, "{}", module.text);
}

#[test]
fn a_known_scheme_beside_an_unknown_one_is_still_needed() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\nsecurity: [{Nope: [], Key: []}]\n\
                paths: {/good: {get: {operationId: a, responses: {}}}}\n\
                components: {securitySchemes: {Key: {type: apiKey, in: header, name: X-Key}}}\n";
    let api = Generator::new("tolerant").api(&Source::new("it.yaml", text)).expect("a client");
    let needed = api.value.operations().map(|operation| operation.security.len());
    assert_eq!(needed.collect::<Vec<_>>(), [1]);
}

#[test]
fn own_words_of_the_description_have_the_prefix() {
    let retry = |word: &str| {
        let text = description(
            &format!("/b: {{post: {{operationId: b, {word}: safe, responses: {{}}}}}}"),
            "",
        );
        let api = Generator::new("words").api(&Source::new("it.yaml", text)).expect("a client");
        let warnings = api.warnings.to_string();
        let operation = api.value.operations().nth(1).expect("two operations").clone();
        (format!("{:?}", operation.policy.retry_safety), warnings)
    };
    assert_eq!(retry("x-client-retry"), ("Safe".to_owned(), String::new()));
    let (safety, warnings) = retry("x-retry");
    assert_eq!(safety, "Unsafe");
    assert!(warnings.contains("`x-client-retry`"), "{warnings}");
}

#[test]
fn paths_of_other_kinds_are_read_as_they_are_meant() {
    let client = fixture::client("path_templates");
    let text = fixture::text(&client, "src/files.rs");
    for call in [
        r#"get("/files/{rest}").path_with_slashes("rest""#,
        r#"get("/orders/{order_id}/lines/{line}")"#,
        r#"path("order_id", order_id)"#,
        r#"path("line", line.into())"#,
        r#"get("/reports{format}").path_styled("format", ".""#,
        r#"path_styled("row", ";row=", ",""#,
        r#"path_styled("places", ";places=", ";places=""#,
        r#"query("page""#,
        r#"get("/users/{user_id}/rooms").path("user_id""#,
        r#"post("/jobs/:cancel")"#,
        r#"post("/")"#,
    ] {
        assert!(text.replace("\n            ", "").contains(call), "{call} is not in\n{text}");
    }
}

#[test]
fn a_description_without_operations_gives_an_empty_client_and_a_warning() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n";
    assert!(operations(text).is_empty());
}
