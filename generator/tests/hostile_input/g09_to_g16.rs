//! G09 to G16: references, sizes, repetitions, paths, values and servers.

use super::*;

#[test]
fn g09_references_out_of_the_description_are_refused_and_never_followed() {
    // Nothing that generates can reach the network or the disk: a text comes in, and texts go out.
    let references = [
        "http://127.0.0.1:1/a.yaml#/A",
        "https://example.com/a.yaml",
        "file:///etc/passwd",
        "../../etc/passwd",
        "/etc/passwd",
        "//host/share/a.yaml",
        "\\\\host\\share",
        "ftp://x",
        "data:application/json,{}",
    ];
    for reference in references {
        let text = described(answering(json!({ "$ref": reference })), json!({}));
        assert_eq!(errors(&text), [DiagnosticCode::ExternalReference], "{reference}");
    }
}

#[test]
fn g10_circles_without_a_value_are_refused_and_those_with_one_are_boxed() {
    let schemas = |schemas: Value| {
        described(
            answering(json!({ "$ref": "#/components/schemas/A" })),
            json!({ "schemas": schemas }),
        )
    };
    let refused = [
        json!({ "A": { "$ref": "#/components/schemas/A" } }),
        json!({ "A": { "$ref": "#/components/schemas/B" }, "B": { "$ref": "#/components/schemas/A" } }),
        json!({ "A": { "allOf": [{ "$ref": "#/components/schemas/A" }] } }),
        json!({
            "A": { "allOf": [{ "$ref": "#/components/schemas/B" }, { "type": "object" }] },
            "B": { "allOf": [{ "$ref": "#/components/schemas/A" }, { "type": "object" }] },
        }),
    ];
    for schema in refused {
        let found = errors(&schemas(schema.clone()));
        assert!(
            !found.is_empty() && found.iter().all(|code| *code == DiagnosticCode::CyclicReference),
            "{schema}: {found:?}"
        );
    }
    let recursive = json!({ "A": { "type": "object", "properties": { "next": { "$ref": "#/components/schemas/A" } } } });
    let generated = generated(&schemas(recursive));
    assert!(own_files(&generated).any(|(_, text)| text.contains("Box<A>")));
}

/// An operation with a schema in the places where values are not JSON, or may not be.
fn with_schema_everywhere(schema: &str) -> Value {
    let schema = json!({ "$ref": format!("#/components/schemas/{schema}") });
    let parameter = |place: &str, style: &str, explode: bool| {
        let name = format!("{place}-{style}-{explode}");
        json!({ "name": name, "in": place, "style": style, "explode": explode, "schema": schema })
    };
    let styles = [
        ("query", "form"),
        ("query", "spaceDelimited"),
        ("query", "pipeDelimited"),
        ("query", "deepObject"),
        ("header", "simple"),
        ("cookie", "form"),
    ];
    let parameters: Vec<Value> = styles
        .iter()
        .flat_map(|(place, style)| [true, false].map(|explode| parameter(place, style, explode)))
        .collect();
    let types =
        ["application/json", "application/xml", "text/plain", "text/event-stream", "text/csv"];
    let content: serde_json::Map<String, Value> =
        types.iter().map(|name| ((*name).to_owned(), json!({ "schema": schema }))).collect();
    let headers = json!({
        "X-Plain": { "schema": schema },
        "X-Exploded": { "schema": schema, "explode": true },
        "X-Json": { "content": { "application/json": { "schema": schema } } },
    });
    let whole = json!({ "type": "object", "properties": { "part": schema } });
    let encoding = json!({ "part": { "headers": headers } });
    let form = json!({
        "multipart/form-data": { "schema": whole, "encoding": encoding },
        "application/x-www-form-urlencoded": { "schema": schema },
    });
    let responses =
        json!({ "default": { "description": "Any", "headers": headers, "content": content } });
    let sends = |operation: &str, content: Value| {
        let body = json!({ "content": content });
        json!({ "operationId": operation, "parameters": parameters, "requestBody": body, "responses": responses })
    };
    json!({ "/things": { "post": sends("add", content.clone().into()), "put": sends("set", form) } })
}

#[test]
fn g10_a_type_that_holds_itself_may_stand_wherever_a_schema_may() {
    let list = |name: &str| json!({ "type": "array", "items": { "$ref": format!("#/components/schemas/{name}") } });
    let schemas = json!({
        "Lists": list("Lists"),
        "Rows": list("Columns"),
        "Columns": list("Rows"),
        "Tree": { "type": "object", "properties": { "branches": list("Tree") } },
        "Map": {
            "type": "object",
            "additionalProperties": { "$ref": "#/components/schemas/Map" },
        },
        "Choice": { "anyOf": [{ "type": "integer" }, list("Choice")] },
        "Either": { "type": ["integer", "array"], "items": { "$ref": "#/components/schemas/Either" } },
    });
    for name in schemas.as_object().into_iter().flatten().map(|(name, _)| name) {
        let paths = with_schema_everywhere(name);
        let text = described(paths, json!({ "schemas": schemas }));
        assert_eq!(check::hold(&text), Ok(check::Fate::Generated), "{name}");
    }
}

#[test]
fn g11_what_would_grow_without_end_is_refused() {
    let list = "[*a,*a,*a,*a,*a,*a,*a,*a,*a]";
    let bomb: String = (1..30).map(|n| format!("b{n}: &a {list}\n")).collect();
    let anchors: String =
        (1..30).map(|n| format!("b{n}: &b{n} [*b{0},*b{0},*b{0}]\n", n - 1)).collect();
    let texts = [
        format!("a: &a [x]\n{bomb}"),
        format!("b0: &b0 [x]\n{anchors}"),
        "a: &a [*a]".to_owned(),
        "a: &a {b: *a}".to_owned(),
        "[".repeat(20_000),
        format!("a: {}", "[".repeat(20_000)),
        format!("a: {}", "{b: ".repeat(20_000)),
        format!("a: {}", "[']', ".repeat(20_000)),
        (0..20_000).map(|depth| format!("{}a:\n", " ".repeat(depth % 400))).collect(),
        (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect(),
        "{\"a\":".repeat(20_000),
        "- ".repeat(20_000),
        "? ".repeat(20_000),
    ];
    for text in texts {
        let start: String = text.chars().take(40).collect();
        assert!(!errors(&text).is_empty(), "{start}");
    }
}

#[test]
fn g11_a_file_of_fifty_megabytes_is_refused_unread() {
    let folder = std::env::temp_dir().join(format!("lantern-generator-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("large.yaml");
    let file = std::fs::File::create(&path).expect("a file");
    file.set_len(50_000_000).expect("a hole as large as that");
    let refused = load::read(&path).map(|_| ()).expect_err("too large");
    assert_eq!(refused.iter().map(|one| one.code).collect::<Vec<_>>(), [DiagnosticCode::TooLarge]);
    std::fs::remove_dir_all(folder).expect("removed");
}

#[test]
fn g12_repetitions_are_refused_at_both_places() {
    let head =
        "\"openapi\": \"3.1.0\", \"info\": {\"title\": \"A\", \"version\": \"1\"}, \"paths\": {}";
    for text in [
        format!("{{{head}, \"x-a\": 1, \"x-a\": 2}}"),
        format!("# YAML\n{{{head}, x-a: 1, x-a: 2}}"),
    ] {
        let refused = outcome(&text).expect_err("refused");
        let errors = refused.iter().filter(|one| one.severity() == Severity::Error);
        let places: Vec<_> =
            errors.map(|one| (one.code, one.place.spot, one.related.is_some())).collect();
        assert_eq!(places, [(DiagnosticCode::RepeatedKey, SpanKind::Again(1), true)], "{text}");
    }
    let refused = outcome("openapi: 3.1.0\n---\nopenapi: 3.1.0\n").expect_err("refused");
    let places: Vec<_> =
        refused.iter().map(|one| (one.code, one.place.spot, one.related.is_some())).collect();
    assert_eq!(places, [(DiagnosticCode::Syntax, SpanKind::Byte(15), true)]);
}

/// A description with an enum of so many values.
fn with_enum(count: usize) -> String {
    let values: Vec<_> = (0..count).map(|number| format!("value {number}")).collect();
    let schema =
        json!({ "type": "object", "properties": { "kind": { "type": "string", "enum": values } } });
    described(answering(schema), json!({}))
}

#[test]
fn g13_enums_are_open_and_long_ones_are_texts() {
    let code =
        |count| own_files(&generated(&with_enum(count))).map(|(_, text)| text).collect::<String>();
    assert!(code(400).contains("Unrecognized"), "an open enum");
    for count in [501, 100_000] {
        let code = code(count);
        assert!(code.contains("pub kind: Option<String>"), "{count} values");
        assert!(code.len() < 200_000, "{count} values make {} bytes", code.len());
    }
    assert_eq!(errors(&with_enum(1_000_000)), [DiagnosticCode::TooLarge]);
}

#[test]
fn g14_placeholders_are_filled_or_declared_as_strings() {
    let get = |parameters: Value| json!({ "get": { "operationId": "get", "parameters": parameters, "responses": {} } });
    let in_path = |name: &str| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } });
    let undeclared = [
        ("/x/{token}", json!([])),
        ("/x/{}", json!([])),
        ("/x/{a}/{b}", json!([in_path("a")])),
        ("/x/{self}", json!([])),
        ("/x/{a}", json!([{ "name": "a", "in": "query", "schema": { "type": "string" } }])),
    ];
    for (path, parameters) in undeclared {
        let text = described(json!({ path: get(parameters) }), json!({}));
        let (made, warnings) = outcome(&text).expect("a client");
        let codes: Vec<_> = warnings.iter().map(|found| found.code).collect();
        assert_eq!(codes, [DiagnosticCode::UndeclaredParameter], "{path}");
        let filled = own_files(&made).any(|(_, text)| text.contains(".path("));
        assert!(filled, "{path}");
    }
    let taken = [
        ("/x/{token}", json!([in_path("token")])),
        (
            "/x/{self}/{client}/{request}",
            json!([in_path("self"), in_path("client"), in_path("request")]),
        ),
        ("/x/{a}/{a}", json!([in_path("a")])),
        ("/x/{a", json!([])),
        ("/x/a}", json!([])),
        ("/x?b=1", json!([])),
        ("/x/\"{a}\\", json!([in_path("a")])),
        ("/x", json!([in_path("unused")])),
    ];
    for (path, parameters) in taken {
        let generated = generated(&described(json!({ path: get(parameters) }), json!({})));
        let literal = proc_macro2::Literal::string(path).to_string();
        assert!(
            own_files(&generated).any(|(_, text)| text.contains(&literal)),
            "{path} is literal text"
        );
    }
}

#[test]
fn g15_values_never_become_expressions() {
    let evil = "1; evil()";
    let schemas = [
        json!({ "type": "integer", "minimum": evil, "maximum": evil, "multipleOf": evil }),
        json!({ "type": "string", "minLength": evil, "maxLength": evil, "pattern": evil }),
        json!({ "type": evil }),
        json!({ "type": [evil, "string"] }),
        json!({ "type": "integer", "format": evil, "default": evil }),
        json!({ "type": "boolean", "default": evil }),
        json!({ "type": "array", "items": { "type": evil }, "default": evil, "maxItems": evil }),
        json!({ "type": "object", "default": evil, "required": [evil], "properties": { "a": { "const": evil } } }),
        json!({ "enum": [evil, 1, null, { "a": evil }], "default": { "b": evil } }),
        json!({ "type": "number", "minimum": 1e308, "maximum": -1e308, "default": 1e308 }),
    ];
    for schema in schemas {
        let thing = json!({ "type": "object", "properties": { "field": schema } });
        let text = described(answering(thing), json!({}));
        let Ok((generated, _)) = outcome(&text) else { continue };
        for (path, text) in own_files(&generated).filter(|(path, _)| path.ends_with(".rs")) {
            let names = super::g02_to_g05::identifiers(text.parse().expect(path));
            assert!(!names.contains(&"evil".to_owned()), "{path}: {schema}");
        }
    }
}

#[test]
fn g16_a_server_is_used_only_if_it_is_a_plain_url() {
    let description = |url: &str| {
        let mut description: Value =
            serde_json::from_str(&described(answering(json!({})), json!({}))).expect("JSON");
        description["servers"] = json!([{ "url": url }]);
        description.to_string()
    };
    let unused = [
        "javascript:alert(1)",
        "https://user:secret@api.example.com",
        "https://user@api.example.com",
        "file:///etc/passwd",
        "https:///v1",
        "https://api.example.com/\r\nX: y",
        "https://api.example.com/\"",
        "https://{host}",
        "ftp://api.example.com",
    ];
    for url in unused {
        let (generated, warnings) = outcome(&description(url)).expect(url);
        assert!(own_files(&generated).any(|(_, text)| text.contains("base_url: None")), "{url}");
        assert!(warnings.iter().any(|one| one.code == DiagnosticCode::NotGenerated), "{url}");
        assert!(!own_files(&generated).any(|(_, text)| text.contains("user:secret")), "{url}");
    }
    // Plain HTTP is taken, and the client refuses to use it until it is allowed to.
    for url in ["https://api.example.com/v1", "http://localhost:8080"] {
        let generated = generated(&description(url));
        let stated = format!("base_url: Some({url:?})");
        assert!(own_files(&generated).any(|(_, text)| text.contains(&stated)), "{url}");
    }
}
