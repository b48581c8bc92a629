//! OpenAPI 3.2: methods, queries of one value, shared media types, and what is said of it.

use lantern_generator::{Generator, Source};

use crate::fixture;

#[test]
fn what_is_new_is_sent_and_said() {
    let generated = fixture::generate(&fixture::path("openapi_3_2"));
    let generated = generated.unwrap_or_else(|found| panic!("{found}"));
    assert!(generated.warnings.iter().next().is_none(), "{}", generated.warnings);
    for (file, texts) in [
        (
            "src/flights.rs",
            &[
                r#".with_method("QUERY", "/flights")"#,
                r#".with_method("PURGE", "/flights")"#,
                "/// The operation of [`Flights::search`]: `QUERY /flights`. It can be repeated safely.",
                "pub fn search(&self, body: types::Search)",
                "type Success = Vec<types::Flight>;",
                r#".header_parameter("X-Trace", x_trace.into())"#,
                "//! flights: Core flight operations.",
            ][..],
        ),
        (
            "src/domestic.rs",
            &[
                r#".with_method("LINK", "/flights/{number}")"#,
                ".query_fields(&query)",
                r#".query_string("filter", parameter::JsonText(&filter))"#,
                r#".cookie("session", session.into())"#,
                "//! Part of `flights`.",
            ],
        ),
        ("src/servers.rs", &["pub const SANDBOX: &str"]),
        ("src/client.rs", &["#[deprecated]\n    pub fn token"]),
    ] {
        let text = fixture::text(&generated.value, file);
        for code in texts {
            assert!(text.contains(code), "{code} is not in\n{text}");
        }
    }
}

/// A description with these members in a path item, and these components.
fn description(item: &str, components: &str) -> Source {
    let text = format!(
        "openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{{item}}}}}\ncomponents: {{{components}}}\n"
    );
    Source::new("it.yaml", text)
}

#[test]
fn a_fault_in_a_further_operation_costs_only_that() {
    let good = "get: {operationId: good, responses: {'204': {description: ok}}}";
    for faulty in [
        "query: {operationId: b, deprecated: [], parameters: [{name: a, in: query, style: form, \
         explode: maybe, schema: {type: string}, examples: 5, required: [1]}], responses: {'204': 5}}",
        "additionalOperations: {'NO WORD': {operationId: b, responses: {}}}",
        "additionalOperations: {PURGE: {operationId: b, requestBody: {$ref: '#/components/requestBodies/No'}}}",
    ] {
        let source = description(&format!("{good}, {faulty}"), "");
        let api = Generator::new("it").api(&source).unwrap_or_else(|why| panic!("{faulty}: {why}"));
        let ids: Vec<_> = api.value.operations().map(|found| found.id.as_str()).collect();
        assert!(ids.contains(&"good"), "{ids:?}");
        assert!(api.warnings.iter().next().is_some(), "nothing is said of {faulty}");
    }
}

#[test]
fn media_types_are_referred_to_by_name_and_a_faulty_reference_is_told() {
    let operation = "get: {operationId: a, responses: {'200': {description: ok, content: \
                     {application/json: {$ref: '#/components/mediaTypes/First'}}}}}";
    let source = description(
        operation,
        "mediaTypes: {First: {$ref: '#/components/mediaTypes/Second'}, \
         Second: {schema: {type: object, properties: {b: {type: string, minimum: 1}}}}}",
    );
    let api = Generator::new("it").api(&source).expect("a client");
    let types: Vec<_> = api.value.types.iter().map(|found| found.name.rust()).collect();
    assert_eq!(types, ["Second"]);
    let places: Vec<_> = api.warnings.iter().map(|one| one.place.pointer.as_str()).collect();
    assert_eq!(places, ["/components/mediaTypes/Second/schema/properties/b/minimum"]);

    let source = description(operation, "mediaTypes: {Frist: {schema: {type: string}}}");
    let api = Generator::new("it").api(&source).expect("a client");
    let told: Vec<_> = api.warnings.iter().map(ToString::to_string).collect();
    assert!(told[0].contains("nothing is at `#/components/mediaTypes/First`"), "{told:?}");
    assert!(told[0].contains("did you mean `#/components/mediaTypes/Frist`?"), "{told:?}");
}
