//! References that lead to nothing, to something else, or round in a circle.

use super::super::normalize;
use super::loaded;
use crate::diagnostics::code::DiagnosticCode;

const KNOWN: &str = "  schemas:
    User: {type: object, properties: {name: {type: string}}}
    Customer: {type: string}
  parameters:
    Page: {name: page, in: query, schema: {type: integer}}
";

/// The code, the place and the help for a schema that is nothing but this reference.
fn diagnostics(reference: &str, further: &str) -> Vec<(DiagnosticCode, String, Option<String>)> {
    let head = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {}\ncomponents:\n";
    let text =
        format!("{head}{KNOWN}  headers: {{X: {{schema: {{$ref: '{reference}'}}}}}}\n{further}");
    let outcome = normalize(loaded("test.yaml", &text), Vec::new()).checked();
    let found = outcome.map_or_else(|refusal| refusal, |taken| taken.warnings);
    let told =
        found.iter().map(|found| (found.code, found.place.pointer.to_string(), found.help.clone()));
    told.collect()
}

#[test]
fn a_reference_to_nothing_proposes_what_is_like_it() {
    let rules = [
        ("#/components/schemas/Usr", Some("#/components/schemas/User")),
        ("#/components/schemas/costumer", Some("#/components/schemas/Customer")),
        ("#/component/schemas/User", Some("#/components/schemas/User")),
        ("#/definitions/User", Some("#/components/schemas/User")),
        (
            "#/components/schemas/User/properties/nme",
            Some("#/components/schemas/User/properties/name"),
        ),
        ("#/components/parameters/Uesr", Some("#/components/schemas/User")),
        ("#/components/parameters/Invoice", None),
    ];
    for (written, expected) in rules {
        let code = DiagnosticCode::MissingSchema;
        let help = expected.map(|expected| format!("did you mean `{expected}`?"));
        let place = "/components/headers/X/schema/$ref".to_owned();
        assert_eq!(diagnostics(written, ""), [(code, place, help)], "{written}");
    }
}

#[test]
fn a_schema_that_is_something_else_is_any_value() {
    for written in ["#/components/parameters/Page", "#/components/schemas", "#/info", ""] {
        let codes: Vec<_> = diagnostics(written, "").into_iter().map(|(code, ..)| code).collect();
        let expected = if written.is_empty() {
            DiagnosticCode::ExternalReference
        } else {
            DiagnosticCode::MissingSchema
        };
        assert_eq!(codes, [expected], "{written}");
    }
}

#[test]
fn something_else_of_the_same_name_stands_for_what_is_needed() {
    let further = "  responses: {User: {description: ''}}\n";
    let told = diagnostics("#/components/responses/User", further);
    let codes: Vec<_> = told.into_iter().map(|(code, ..)| code).collect();
    assert_eq!(codes, [DiagnosticCode::Corrected]);
}

#[test]
fn only_those_in_a_circle_are_told_of_it() {
    let circle = "  responses:\n    A: {$ref: '#/components/responses/B'}\n    B: {$ref: '#/components/responses/A'}\n    C: {$ref: '#/components/responses/A'}\n";
    let told = diagnostics("#/components/schemas/User", circle);
    let places: Vec<_> = told.iter().map(|(code, place, _)| (*code, place.as_str())).collect();
    let expected = ["/components/responses/A/$ref", "/components/responses/B/$ref"];
    assert_eq!(places, expected.map(|place| (DiagnosticCode::CyclicReference, place)));
}

#[test]
fn what_is_outside_of_the_document_is_refused_and_never_looked_for() {
    let written =
        ["http://example.com/a.yaml#/A", "file:///etc/passwd", "../a.yaml", "//host/a.yaml"];
    for written in written {
        let codes: Vec<_> = diagnostics(written, "").into_iter().map(|(code, ..)| code).collect();
        assert_eq!(codes, [DiagnosticCode::ExternalReference], "{written}");
    }
}
