//! How parameters and servers are sent: the calls that operations make of them. What each call sends is tested beside it,
//! in `templates/src/runtime/call/parameters.rs`.

use lantern_generator::pipeline::model::{Operation, Parameter};
use lantern_generator::{Generator, Source};

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

/// The operations with these parameters, one after the other.
fn operations_with(parameters: &[&str]) -> Vec<Operation> {
    let operation = |(at, parameters): (usize, &&str)| {
        format!(
            "  /rows{at}/{{at}}:\n    get: {{operationId: get{at}, parameters: [{parameters}], \
             responses: {{'204': {{description: Done}}}}}}\n"
        )
    };
    let paths: String = parameters.iter().enumerate().map(operation).collect();
    let description =
        format!("openapi: 3.1.0\ninfo: {{title: Wire, version: '1'}}\npaths:\n{paths}");
    let api = Generator::new("wire").api(&Source::new("wire.yaml", description));
    api.unwrap_or_else(|found| panic!("{found}")).value.tags.remove(0).operations
}

#[test]
fn a_parameter_that_can_only_be_null_is_asked_for_in_a_path_only() {
    let operations = operations_with(&[
        "{name: at, in: path, required: true, schema: {type: 'null'}}, \
         {name: by, in: query, required: true, schema: {type: 'null'}}, \
         {name: all, in: query, required: true, schema: {type: boolean}}, \
         {name: dot, in: query, required: true, style: form, schema: {type: array, items: {type: string}}}",
    ]);
    let names =
        |of: &[Parameter]| of.iter().map(|one| one.name.wire().to_owned()).collect::<Vec<_>>();
    assert_eq!(names(&operations[0].arguments), ["at", "all", "dot"]);
    assert_eq!(names(&operations[0].options), ["by"]);
}

#[test]
fn a_parameter_of_a_path_has_the_style_that_is_stated() {
    let in_path = |style: &str| {
        format!("{{name: at, in: path, required: true, schema: {{type: string}}{style}}}")
    };
    let stated = ["", ", style: label", ", style: matrix, explode: true"].map(in_path);
    let operations = operations_with(&stated.each_ref().map(String::as_str));
    let styles = operations.iter().map(|one| format!("{:?}", one.arguments[0].style));
    assert_eq!(styles.collect::<Vec<_>>(), ["Path", "PathLabel(false)", "PathMatrix(true)"]);
}

#[test]
fn a_parameter_with_one_value_is_not_asked_for_and_is_always_sent_where_it_is_required() {
    let only = |more: &str| {
        format!("{{name: type, in: query, schema: {{type: string, enum: [artist]}}{more}}}")
    };
    let stated = [only(", required: true"), only("")];
    let operations = operations_with(&stated.each_ref().map(String::as_str));
    let constants = operations.iter().map(|one| one.options[0].constant.as_deref());
    assert_eq!(constants.collect::<Vec<_>>(), [Some("artist"), None]);
    let is_asked = |one: &Operation| one.arguments.iter().any(|it| it.name.wire() == "type");
    assert!(!operations.iter().any(is_asked));
}
