//! The rules for everything outside schemas.

use serde_json::Value;

use super::super::diagnostic_sink::DiagnosticSink;
use super::super::{described, rewrite};
use super::{codes, yaml};
use crate::diagnostics::Diagnostics;
use crate::diagnostics::code::DiagnosticCode;

/// A description of which one part is of interest, and where that part stands.
fn rewritten(part: &str, place: &str) -> (Value, Diagnostics) {
    let mut value = yaml(&format!("openapi: 3.1.0\ninfo: {{title: A, version: '1'}}\n{part}"));
    let mut diagnostics = DiagnosticSink::about("test.yaml");
    rewrite(&mut value, &[], &mut diagnostics);
    described::inline(&mut value);
    (value.pointer(place).cloned().unwrap_or_default(), diagnostics.give_up())
}

const OPERATION: &str = "/paths/~1a/get";

fn operation(members: &str) -> (Value, Diagnostics) {
    rewritten(&format!("paths: {{/a: {{get: {{responses: {{}}, {members}}}}}}}"), OPERATION)
}

#[test]
fn what_3_0_requires_is_inserted() {
    let rules = [
        ("webhooks: {}", "/paths", "{}"),
        ("paths: {/a: {get: {}}}", OPERATION, "responses: {}"),
        (
            "paths: {/a: {get: {responses: {200: {}}}}}",
            "/paths/~1a/get/responses",
            "200: {description: ''}",
        ),
        (
            "servers: [{url: '{a}', variables: {a: {enum: [b]}}}]",
            "/servers/0/variables",
            "a: {enum: [b], default: b}",
        ),
        ("components: {headers: {a: {}}}", "/components/headers", "a: {schema: {}}"),
        (
            "components: {parameters: {a: {name: a, in: query}}}",
            "/components/parameters",
            "a: {name: a, in: query, schema: {}}",
        ),
        (
            "components: {securitySchemes: {a: {type: oauth2, flows: {password: {tokenUrl: b}}}}}",
            "/components/securitySchemes/a/flows",
            "password: {tokenUrl: b, scopes: {}}",
        ),
    ];
    for (part, place, after) in rules {
        assert_eq!(rewritten(part, place).0, yaml(after), "{part}");
    }
}

#[test]
fn what_is_written_oddly_is_put_right_with_a_warning() {
    let rules = [
        ("paths: {a: {}}", "/paths", "/a: {}", DiagnosticCode::Corrected),
        ("paths: {/a: {GET: {}}}", "/paths/~1a", "get: {responses: {}}", DiagnosticCode::Corrected),
        (
            "tags: [{name: a, description: {b: 1}}]",
            "/tags/0",
            "{name: a, x-kept-description: {b: 1}}",
            DiagnosticCode::Corrected,
        ),
        (
            "paths: {/a: {foo: {}}}",
            "/paths/~1a",
            "{x-kept-foo: {}}",
            DiagnosticCode::UnknownKeyword,
        ),
        (
            "components: {links: {a: {operationId: b, server: {}}}}",
            "/components/links/a",
            "operationId: b\nx-kept-server: {}",
            DiagnosticCode::NotGenerated,
        ),
        (
            "paths: {/a: {get: {security: [[], a, [b, c], {d: null, e: [f, 1]}, 5]}}}",
            OPERATION,
            "{security: [{}, {a: []}, {b: [], c: []}, {d: [], e: [f]}], responses: {}}",
            DiagnosticCode::Corrected,
        ),
        (
            "webhooks: {a: {GET: {}}}",
            "/webhooks/a",
            "get: {responses: {}}",
            DiagnosticCode::Corrected,
        ),
        (
            "components: {securitySchemes: {a: {type: smoke}, b: {type: mutualTLS}}}",
            "/components",
            "{securitySchemes: {}, x-kept-security-schemes: {a: {type: smoke}, b: {type: mutualTLS}}}",
            DiagnosticCode::NotGenerated,
        ),
        (
            "servers: [{url: /, variables: {a: {}}}]",
            "/servers/0/variables",
            "a: {default: ''}",
            DiagnosticCode::Corrected,
        ),
    ];
    for (part, place, after, code) in rules {
        let (value, warnings) = rewritten(part, place);
        assert_eq!(value, yaml(after), "{part}");
        assert_eq!(codes(&warnings), [code], "{part}");
    }
}

#[test]
fn an_operation_is_put_right() {
    let rules = [
        ("tags: a", "{responses: {}, tags: [a]}", vec![DiagnosticCode::Corrected]),
        ("operationId: 5", "{responses: {}, operationId: '5'}", vec![DiagnosticCode::Corrected]),
        (
            "parameters: [{name: a, in: path, required: true, schema: {}}, {name: a, in: path}]",
            "{responses: {}, parameters: [{name: a, in: path, required: true, schema: {}}, null]}",
            vec![DiagnosticCode::Corrected],
        ),
        (
            "parameters: [{name: a, in: everywhere, content: {}}]",
            "{responses: {}, parameters: [null], \
             x-kept-parameters: [{name: a, in: everywhere, content: {}}]}",
            vec![DiagnosticCode::NotGenerated],
        ),
        (
            "parameters: [{name: a, in: query, style: simple, schema: {}}]",
            "{responses: {}, parameters: \
             [{name: a, in: query, schema: {}, x-kept-style: simple}]}",
            vec![DiagnosticCode::Corrected],
        ),
        (
            "callbacks: {a: {/b: {$ref: '#/b'}}, c: {x-d: 1}}",
            "{responses: {}, callbacks: {c: {x-d: 1}}, x-kept-callbacks: {a: {/b: {$ref: '#/b'}}}}",
            vec![DiagnosticCode::NotGenerated],
        ),
    ];
    for (members, after, expected) in rules {
        let (value, warnings) = operation(members);
        assert_eq!(value, yaml(after), "{members}");
        assert_eq!(codes(&warnings), expected, "{members}");
    }
}

#[test]
fn a_status_is_a_code_a_range_or_default() {
    let rules = [
        ("200", "200"),
        ("2xx", "2XX"),
        ("20X", "2XX"),
        ("'5**'", "5XX"),
        ("Default", "default"),
        ("x-a", "x-a"),
        ("success", "'x-kept-success'"),
        ("99", "'x-kept-99'"),
    ];
    for (before, after) in rules {
        let part =
            format!("paths: {{/a: {{get: {{responses: {{{before}: {{description: b}}}}}}}}}}");
        let (responses, _) = rewritten(&part, "/paths/~1a/get/responses");
        assert_eq!(responses, yaml(&format!("{after}: {{description: b}}")), "{before}");
    }
}

#[test]
fn info_is_made_of_strings() {
    let mut value =
        yaml("{openapi: 3.1.0, info: {version: 1.0, summary: S, license: {identifier: MIT}}}");
    let mut diagnostics = DiagnosticSink::about("test.yaml");
    rewrite(&mut value, &[], &mut diagnostics);
    let after = "{title: API, version: '1.0', x-kept-summary: S, \
                 license: {name: MIT, x-kept-identifier: MIT}}";
    assert_eq!(value.get("info"), Some(&yaml(after)));
    assert_eq!(codes(&diagnostics.give_up()), [DiagnosticCode::Corrected; 2]);
}

#[test]
fn a_path_items_reference_is_inlined_beside_what_stands_there() {
    let part = "{paths: {/a: {$ref: '#/components/pathItems/x', get: {summary: own}}}, \
                components: {pathItems: {x: {get: {summary: other}, post: {}}}}}";
    let mut value = yaml(part);
    rewrite(&mut value, &[], &mut DiagnosticSink::about("test.yaml"));
    let after = "{get: {summary: own, responses: {}}, post: {responses: {}}}";
    assert_eq!(value.pointer("/paths/~1a"), Some(&yaml(after)));
}

#[test]
fn path_items_in_a_circle_and_into_nothing_are_refused() {
    let circle = "paths: {/a: {$ref: '#/paths/~1b'}, /b: {$ref: '#/paths/~1a'}}";
    assert_eq!(codes(&rewritten(circle, "").1), [DiagnosticCode::CyclicReference; 2]);
    let nothing = "paths: {/a: {$ref: '#/paths/~1b'}}";
    assert_eq!(codes(&rewritten(nothing, "").1), [DiagnosticCode::DanglingReference]);
}

#[test]
fn a_reference_keeps_its_own_description() {
    let part = "{paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/p', description: own}]}}}, \
                components: {parameters: {p: {name: p, in: query, description: d, schema: {}}}}}";
    let mut value = yaml(part);
    rewrite(&mut value, &[], &mut DiagnosticSink::about("test.yaml"));
    described::inline(&mut value);
    let after = "{name: p, in: query, description: own, schema: {}}";
    assert_eq!(value.pointer("/paths/~1a/get/parameters/0"), Some(&yaml(after)));
}
