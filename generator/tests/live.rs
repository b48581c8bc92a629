//! What a new description means to a client that is running.

use lantern_generator::analysis::diff::Surface;
use lantern_generator::analysis::live::{self, Severity};
use lantern_generator::{Generator, Source};

/// An operation that sends one type and reads another: the parameters, and the two types.
struct Service<'a> {
    operation: &'a str,
    parameters: &'a str,
    sent: &'a str,
    read: &'a str,
}

const SERVICE: Service<'static> = Service {
    operation: "/orders/{id}: {post: {operationId: add_order",
    parameters: "{name: id, in: path, required: true, schema: {type: string}}, {name: limit, in: query, schema: {type: integer}}",
    sent: "type: object, required: [sku], properties: {sku: {type: string}, state: {type: string, enum: [open, lost]}}",
    read: "type: object, required: [total], properties: {total: {type: integer}, state: {type: string, enum: [open, lost]}}",
};

fn surface(service: &Service<'_>) -> Surface {
    let Service { operation, parameters, sent, read } = service;
    let json = |name: &str| {
        format!(
            "content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}"
        )
    };
    let (body, reply) = (json("Sent"), json("Read"));
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: Shop, version: '1'}}\npaths:\n  {operation}, parameters: [{parameters}], \
         requestBody: {{required: true, {body}}}, responses: {{'200': {{description: It, {reply}}}}}}}}}\n\
         components:\n  schemas:\n    Sent: {{{sent}}}\n    Read: {{{read}}}\n"
    );
    let api = Generator::new("shop").api(&Source::new("shop.yaml", text));
    Surface::of(&api.unwrap_or_else(|diagnostics| panic!("{diagnostics}")).value)
}

/// What is told, a line a finding: `breaks: …`
fn told(service: &Service<'_>) -> Vec<String> {
    let findings = live::findings(&surface(&SERVICE), &surface(service));
    let line = |one: live::Finding| match one.severity {
        Severity::Breaks => format!("breaks: {}", one.text),
        Severity::MayBreak => format!("may break: {}", one.text),
    };
    findings.into_iter().map(line).collect()
}

#[test]
fn names_do_not_matter_to_a_client_that_is_running() {
    assert!(told(&SERVICE).is_empty());
    let renamed = Service {
        operation: "/orders/{order_id}: {post: {tags: [shop], operationId: create",
        parameters: "{name: order_id, in: path, required: true, schema: {type: string}}, {name: limit, in: query, schema: {type: integer}}",
        ..SERVICE
    };
    assert!(told(&renamed).is_empty(), "{:?}", told(&renamed));
}

#[test]
fn an_operation_that_is_elsewhere_breaks_it() {
    let moved = Service { operation: "/v2/orders/{id}: {post: {operationId: add_order", ..SERVICE };
    assert_eq!(told(&moved), ["breaks: the operation is gone"]);
}

#[test]
fn what_the_service_asks_for_now_is_not_sent() {
    let id = "{name: id, in: path, required: true, schema: {type: string}}";
    let table = [
        (
            format!(
                "{id}, {{name: limit, in: query, schema: {{type: integer}}}}, {{name: key, in: query, required: true, schema: {{type: string}}}}"
            ),
            vec!["breaks: the parameter `key` is required, and not sent"],
        ),
        (
            format!(
                "{id}, {{name: limit, in: query, schema: {{type: integer}}}}, {{name: kind, in: query, required: true, schema: {{const: a}}}}"
            ),
            vec!["breaks: the parameter `kind` is required, and not sent"],
        ),
        (
            format!("{id}, {{name: limit, in: query, required: true, schema: {{type: integer}}}}"),
            vec!["may break: the parameter `limit` is required now"],
        ),
        (id.to_owned(), vec!["may break: the parameter `limit` is no longer described"]),
        (
            format!("{id}, {{name: limit, in: header, schema: {{type: integer}}}}"),
            vec!["breaks: the parameter `limit` is sent in the query, and taken as a header"],
        ),
        (
            format!("{id}, {{name: limit, in: query, schema: {{type: boolean}}}}"),
            vec!["breaks: the parameter `limit` was `i64` and is `bool`"],
        ),
    ];
    for (parameters, expected) in table {
        assert_eq!(told(&Service { parameters: &parameters, ..SERVICE }), expected, "{parameters}");
    }
}

#[test]
fn bodies_are_compared_by_what_is_sent_and_what_is_read() {
    let sent = "type: object, required: [sku, at], properties: {sku: {type: string}, at: {type: string}, state: {type: string, enum: [open, held]}}";
    let expected = [
        "breaks: the body: the member `at` is required, and not sent",
        "breaks: the body at /state: the value `lost` is no longer taken",
    ];
    assert_eq!(told(&Service { sent, ..SERVICE }), expected);
    let read = "type: object, properties: {total: {type: integer}, state: {type: string, enum: [open, held, lost]}}";
    let expected = [
        "breaks: the reply: the member `total` may be absent, and is needed",
        "may break: the reply at /state: the value `held` comes as `Unrecognized`",
    ];
    assert_eq!(told(&Service { read, ..SERVICE }), expected);
    let read = "type: object, required: [total], properties: {total: {type: string}, state: {type: string}, more: {type: string}}";
    let expected = [
        "breaks: the reply at /total was `i64` and is `String`",
        "may break: the reply at /state was `types::ReadState` and is `String`",
    ];
    assert_eq!(told(&Service { read, ..SERVICE }), expected);
}

#[test]
fn operations_that_only_a_fragment_tells_apart_are_paired_by_their_ids() {
    let operation = |path: &str, id: &str, ty: &str| {
        let json = format!("content: {{application/json: {{schema: {{type: {ty}}}}}}}");
        format!(
            "  '{path}': {{put: {{operationId: {id}, responses: {{'200': {{description: It, {json}}}}}}}}}\n"
        )
    };
    let paths = operation("/it#add", "add", "string") + &operation("/it#move", "move", "integer");
    let text = format!("openapi: 3.1.0\ninfo: {{title: Shop, version: '1'}}\npaths:\n{paths}");
    let api = Generator::new("shop").api(&Source::new("shop.yaml", text));
    let surface = Surface::of(&api.unwrap_or_else(|diagnostics| panic!("{diagnostics}")).value);
    assert_eq!(live::findings(&surface, &surface), []);
}
