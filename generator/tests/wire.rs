//! How parameters and servers are sent: the calls that operations make of them. What each call sends is tested beside it,
//! in `templates/src/runtime/call/parameters.rs`.

use crate::fixture;

#[test]
fn each_style_has_its_call() {
    let client = fixture::client("parameters_on_the_wire");
    let text = fixture::text(&client, "src/searches.rs").replace("\n            ", "");
    for call in [
        r#".query("text", text.into())"#,
        r#".query("filter", parameter::JsonText(&filter))"#,
        r#".query_reserved("route", route.into())"#,
        r#".query_joined_reserved("routes", ",", routes)"#,
        r#".cookie("seen", seen)"#,
        r#".cookie_joined("kept", kept)"#,
        r#".cookie_fields(&choices)"#,
        r#".styled_form(&body, &[], &[("ids", ",")])"#,
        r#".bytes("application/x-www-form-urlencoded", body"#,
    ] {
        assert!(text.contains(call), "{call} is not in\n{text}");
    }
}

#[test]
fn a_relative_server_is_the_path_of_a_base_url_that_has_none() {
    let api = fixture::api("parameters_on_the_wire");
    assert_eq!((api.base_url.as_deref(), api.base_path.as_deref()), (None, Some("/api/v3")));
    let client = fixture::client("parameters_on_the_wire");
    assert!(fixture::text(&client, "src/client.rs").contains(r#"base_path: Some("/api/v3")"#));
    assert!(fixture::text(&client, "src/lib.rs").contains("`/api/v3`"), "the docs say so");
}

#[test]
fn a_string_of_any_media_type_is_bytes_or_as_the_reply_says() {
    let client = fixture::client("replies_of_any_media");
    let text = fixture::text(&client, "src/files.rs");
    for read in ["Received::bytes;", "Received::text_or_json;", "Received::json;"] {
        assert!(text.contains(read), "{read} is not in\n{text}");
    }
}

#[test]
fn a_parameter_that_can_only_be_null_is_asked_for_in_a_path_only() {
    let description = r#"
openapi: 3.1.0
info: {title: Null, version: '1'}
paths:
  /rows/{at}:
    get:
      operationId: find
      parameters:
        - {name: at, in: path, required: true, schema: {type: 'null'}}
        - {name: by, in: query, required: true, schema: {type: 'null'}}
        - {name: all, in: query, required: true, schema: {type: boolean}}
        - {name: dot, in: query, required: true, style: form, schema: {type: array, items: {type: string}}}
      responses: {'204': {description: Done}}
  /dotted/{label}/{matrix}:
    get:
      operationId: dotted
      parameters:
        - {name: label, in: path, required: true, style: label, schema: {type: string}}
        - {name: matrix, in: path, required: true, style: matrix, explode: true, schema: {type: string}}
      responses: {'204': {description: Done}}
"#;
    let source = lantern_generator::Source::new("null.yaml", description);
    let api = lantern_generator::Generator::new("null").api(&source).unwrap().value;
    let operations = &api.tags[0].operations;
    let names = |of: &[lantern_generator::pipeline::model::Parameter]| {
        of.iter().map(|one| one.name.wire().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&operations[0].arguments), ["at", "all", "dot"]);
    assert_eq!(names(&operations[0].options), ["by"]);
    let styles: Vec<_> =
        operations[1].arguments.iter().map(|one| format!("{:?}", one.style)).collect();
    assert_eq!(styles, ["PathLabel(false)", "PathMatrix(true)"]);
}
