//! What was seen becomes actions, in the words of each version.

use super::{Event, Report, read, report};
use crate::{Generator, Source};

/// A file of `templates`.
fn template(path: &str) -> String {
    let path = format!("{}/../templates/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{path}: {why}"))
}

fn reported(description: &Source, overlays: &[Source], events: &[Event]) -> Report {
    let report = report(description, overlays, events);
    report.unwrap_or_else(|diagnostics| panic!("{diagnostics}")).value
}

/// Clients of the specimen wrote `seen.jsonl` (`templates/tests/library/drift.rs`), and the same replies are compared with
/// `described.json` there (`templates/src/runtime/drift/tests.rs`).
#[test]
fn a_description_is_brought_up_to_what_clients_have_seen() {
    let specimen = Source::new("specimen.yaml", template("specimen.yaml"));
    let events = read(&template("tests/drift/seen.jsonl")).expect("events");
    let found = reported(&specimen, &[], &events);
    assert_eq!(found.overlay(None), template("tests/drift/overlay.yaml"));
    let left: Vec<_> = found.left.iter().map(ToString::to_string).collect();
    assert_eq!(
        left,
        [
            "Seen once: \"lamp\" at `/*/kind` (GET /v1/shelves/{rows}): the tag stands for a schema that is not \
             described; add it to the union by hand"
        ]
    );

    let overlay = Source::new("seen.yaml", found.overlay(None));
    let generated = Generator::new("templates").overlay(overlay.clone()).run(&specimen);
    let generated = generated.unwrap_or_else(|diagnostics| panic!("{diagnostics}")).value;
    let table = generated.files.iter().find(|file| file.path == "src/drift.json");
    assert_eq!(table.expect("a table").text, template("tests/drift/described.json"));
    let types: String = generated.files.iter().map(|file| file.text.as_str()).collect();
    for known in ["Leather = \"leather\"", "pub loans: Option<", "pub id: Option<i64>"] {
        assert!(types.contains(known), "{known}");
    }

    let again = reported(&specimen, &[overlay], &events);
    let kinds: Vec<_> = again.actions.iter().map(ToString::to_string).collect();
    assert_eq!(again.settled, 9, "members, values and statuses are described by now: {kinds:?}");
}

/// A shop whose reply is an order, in a version.
fn shop(version: &str, order: &str) -> Source {
    let text = format!(
        "{version}\ninfo: {{title: Shop, version: '1'}}\npaths:\n  /orders:\n    get:\n      operationId: orders\n      \
         responses: {{'200': {{description: It, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Order'}}}}}}}}}}\n\
         components:\n  schemas:\n    Sku: {{type: string}}\n    Order: {order}\n"
    );
    let swagger = text
        .replace(
            "content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}",
            "schema: {$ref: '#/definitions/Order'}",
        )
        .replace("components:\n  schemas:\n", "definitions:\n")
        .replace("#/components/schemas/", "#/definitions/");
    let text = if version.starts_with("swagger") { swagger } else { text };
    Source::new("shop.yaml", text)
}

fn event(kind: &str, within: &str, rest: &str, schema: &str) -> String {
    format!(
        "{{\"kind\": \"{kind}\", \"operation\": \"orders\", \"request\": \"GET /orders\", \"status\": 200, \
         \"schema\": \"{schema}\", \"at\": \"{within}\", \"within\": \"{within}\", {rest}}}\n"
    )
}

/// The schema of an order after what was seen of it, as JSON, and whether a client can be made of it.
fn after(version: &str, order: &str, events: &[(&str, &str, &str)]) -> String {
    // Also of Swagger 2.0: clients know places by where OpenAPI 3 has them.
    let schema = "/components/schemas/Order";
    let description = shop(version, order);
    let events: String =
        events.iter().map(|(kind, within, rest)| event(kind, within, rest, schema)).collect();
    let found = reported(&description, &[], &read(&events).expect("events"));
    if found.actions.is_empty() {
        return found.left.iter().map(|left| left.reason.clone()).collect();
    }
    let overlay = Source::new("seen.yaml", found.overlay(None));
    let client = Generator::new("shop").overlay(overlay.clone()).run(&description);
    let client = client.unwrap_or_else(|diagnostics| panic!("{order}: {diagnostics}"));
    let table = client.value.files.into_iter().find(|file| file.path == "src/drift.json");
    let table: serde_json::Value =
        serde_json::from_str(&table.expect("a table").text).expect("JSON");
    table["types"]["Order"]["members"].to_string()
}

const OTHER: &str = "other-kind";
const NEW: &str = "undescribed-member";

#[test]
fn each_version_has_its_words_for_null_and_several_types() {
    let versions = ["swagger: '2.0'", "openapi: 3.0.3", "openapi: 3.1.0"];
    let null = [(OTHER, "/a", "\"seen\": \"null\"")];
    let text = [(OTHER, "/a", "\"seen\": \"string\"")];
    let new = [
        (NEW, "", "\"member\": \"b\", \"seen\": \"null\""),
        (NEW, "", "\"member\": \"b\", \"seen\": \"array\""),
    ];
    let number = [(OTHER, "/a", "\"seen\": \"number\"")];
    let flag = [(OTHER, "/a", "\"seen\": \"boolean\"")];
    let plain = "{type: object, properties: {a: {type: integer, format: int32}}}";
    let referring =
        "{type: object, required: [a], properties: {a: {$ref: '#/components/schemas/Sku'}}}";
    let listed = "{type: object, required: [a], properties: {a: {type: string, enum: [x, y]}}}";
    for version in versions {
        assert_eq!(after(version, plain, &null), r#"{"a":"?i"}"#, "{version}");
        assert_eq!(after(version, referring, &null), r#"{"a":"!?s"}"#, "{version}");
        assert_eq!(after(version, listed, &null), r#"{"a":"!?OrderA"}"#, "{version}");
        assert_eq!(after(version, plain, &new), r#"{"a":"i","b":"?[*"}"#, "{version}");
    }
    for version in &versions[1..] {
        assert_eq!(after(version, plain, &text), r#"{"a":"OrderA"}"#, "{version}");
        assert_eq!(after(version, referring, &flag), r#"{"a":"!Sku"}"#, "{version}");
    }
    assert_eq!(after("openapi: 3.1.0", plain, &number), r#"{"a":"n"}"#);
    let why = after("swagger: '2.0'", plain, &text);
    assert_eq!(why, "Swagger 2.0 has no words for several types; change it by hand");
}

#[test]
fn parts_of_all_of_are_changed_where_they_stand() {
    let order = "{allOf: [{$ref: '#/components/schemas/Base'}, {required: [b], properties: {b: {type: string}}}]}\n    \
                 Base: {type: object, required: [a, c], properties: {a: {type: string}, c: {type: string}}}";
    let missing = [
        ("missing-member", "", "\"member\": \"a\""),
        ("missing-member", "", "\"member\": \"b\""),
        (NEW, "", "\"member\": \"d\", \"seen\": \"boolean\""),
    ];
    let members = after("openapi: 3.1.0", order, &missing);
    for part in [r#""a":"s""#, r#""b":"s""#, r#""c":"!s""#, r#""d":"b""#] {
        assert!(members.contains(part), "{part}: {members}");
    }
}

#[test]
fn what_no_action_can_say_is_told_with_the_reason() {
    let plain = "{type: object, properties: {a: {type: string}}}";
    let table = [
        ((NEW, "", "\"member\": \"*\", \"seen\": \"string\""), "if it is a map"),
        ((NEW, "/gone", "\"member\": \"a\", \"seen\": \"string\""), "no such place"),
        (("unknown-value", "/a", "\"value\": \"x\""), "not listed in one place"),
        (("unknown-value", "/a", "\"seen\": \"string\""), "too many values"),
        (
            ("undescribed-media-type", "", "\"media_type\": \"text/html\""),
            "describe it at /paths/~1orders/get/responses/200",
        ),
    ];
    for (event, part) in table {
        let reason = after("openapi: 3.1.0", plain, &[event]);
        assert!(reason.contains(part), "{event:?}: {reason}");
    }
}

#[test]
fn the_order_of_lines_does_not_matter_and_equal_ones_are_added_up() {
    let lines = template("tests/drift/seen.jsonl");
    let mut backwards: Vec<_> = lines.lines().rev().collect();
    assert_eq!(read(&lines).expect("events"), read(&backwards.join("\n")).expect("events"));
    backwards.extend(lines.lines());
    let twice = read(&backwards.join("\n")).expect("events");
    let once = read(&lines).expect("events");
    assert_eq!(twice.len(), once.len());
    assert!(twice.iter().zip(&once).all(|(twice, once)| twice.count == 2 * once.count));
}

#[test]
fn a_line_that_is_no_event_is_told_by_its_number() {
    let why = read("\n{\"kind\": \"other\"}").expect_err("not an event").to_string();
    assert!(why.starts_with("line 2 is no difference"), "{why}");
}
