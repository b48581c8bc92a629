//! Parameters in the URL, the headers and the cookies of a request.

use lantern_operations::{Location, Operation, Parameter, Policy, Style};
use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn parameter(location: Location, style: Style, explode: bool) -> Parameter {
    Parameter {
        name: "a".to_owned(),
        location,
        style,
        explode,
        allow_reserved: false,
        required: true,
        constant: None,
        deprecated: false,
        sensitive: false,
        description: None,
        schema: json!({}),
        example: None,
    }
}

fn operation(path: &str, parameter: Parameter) -> Operation {
    let mut operation: Operation = serde_json::from_value(json!({
        "id": "x", "group": "g", "command": "x", "method": "GET", "path": path
    }))
    .expect("an operation");
    operation.policy = Policy::default();
    operation.parameters.push(parameter);
    operation
}

fn target(path: &str, parameter: Parameter, value: Value) -> Result<String, String> {
    let values = Map::from_iter([("a".to_owned(), value)]);
    let request = operation(path, parameter).request(&values);
    request.map(|request| request.target()).map_err(|error| error.to_string())
}

fn path(style: Style, explode: bool, value: Value) -> String {
    target("/{a}", parameter(Location::Path, style, explode), value).expect("a path")
}

fn query(style: Style, explode: bool, value: Value) -> String {
    target("/", parameter(Location::Query, style, explode), value).expect("a query")
}

/// The table of styles in the specification (OpenAPI 3.1.1, 4.8.12.4).
#[test]
fn every_style_is_written_as_the_specification_shows() {
    let text = || json!("blue");
    let list = || json!(["blue", "black", "brown"]);
    let object = || json!({"R": 100, "G": 200, "B": 150});
    let cases = [
        (path(Style::Plain, false, text()), "/blue"),
        (path(Style::Plain, false, list()), "/blue,black,brown"),
        (path(Style::Plain, false, object()), "/R,100,G,200,B,150"),
        (path(Style::Plain, true, object()), "/R=100,G=200,B=150"),
        (path(Style::Label, false, text()), "/.blue"),
        (path(Style::Label, false, list()), "/.blue,black,brown"),
        (path(Style::Label, true, list()), "/.blue.black.brown"),
        (path(Style::Label, true, object()), "/.R=100.G=200.B=150"),
        (path(Style::Matrix, false, text()), "/;a=blue"),
        (path(Style::Matrix, false, list()), "/;a=blue,black,brown"),
        (path(Style::Matrix, true, list()), "/;a=blue;a=black;a=brown"),
        (path(Style::Matrix, false, object()), "/;a=R,100,G,200,B,150"),
        (path(Style::Matrix, true, object()), "/;R=100;G=200;B=150"),
        (query(Style::Plain, true, text()), "/?a=blue"),
        (query(Style::Plain, true, list()), "/?a=blue&a=black&a=brown"),
        (query(Style::Plain, false, list()), "/?a=blue,black,brown"),
        (query(Style::Plain, true, object()), "/?R=100&G=200&B=150"),
        (query(Style::Plain, false, object()), "/?a=R,100,G,200,B,150"),
        (query(Style::SpaceDelimited, false, list()), "/?a=blue%20black%20brown"),
        (query(Style::PipeDelimited, false, list()), "/?a=blue|black|brown"),
        (query(Style::DeepObject, true, object()), "/?a%5BR%5D=100&a%5BG%5D=200&a%5BB%5D=150"),
        (
            query(Style::Json, false, object()),
            "/?a=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D",
        ),
        (query(Style::Plain, true, json!([])), "/"),
    ];
    for (written, expected) in cases {
        assert_eq!(written, expected);
    }
}

#[test]
fn what_would_name_another_resource_is_refused() {
    let plain = || parameter(Location::Path, Style::Plain, false);
    for value in ["", ".", "..", "a/../b"] {
        let refused = target("/{a}", plain(), json!(value)).expect_err(value);
        assert!(refused.contains("`a`"), "{refused}");
    }
    let missing = operation("/{a}", plain()).request(&Map::new()).expect_err("an error");
    assert_eq!(missing.reason, "it is missing");
}

#[test]
fn headers_and_cookies_are_written() {
    let list = json!(["x", "y z"]);
    let values = Map::from_iter([("a".to_owned(), list)]);
    let header = parameter(Location::Header, Style::Plain, false);
    let request = operation("/", header).request(&values).expect("a request");
    assert_eq!(request.headers, [("a".to_owned(), "x,y z".to_owned())]);
    let cookie = parameter(Location::Cookie, Style::Plain, true);
    let request = operation("/", cookie).request(&values).expect("a request");
    assert_eq!(request.cookies, ["a=x", "a=y%20z"]);
}

/// Null is nothing, but for JSON; the table keeps it as the only value of a parameter.
#[test]
fn a_parameter_that_can_only_be_null_is_not_asked_for() {
    for (style, expected) in [(Style::Plain, "/"), (Style::Json, "/?a=null")] {
        let constant = Some(Value::Null);
        let only_null = Parameter { constant, ..parameter(Location::Query, style, true) };
        let text = serde_json::to_string(&only_null).expect("JSON");
        let read: Parameter = serde_json::from_str(&text).expect("a parameter");
        assert!(!read.is_asked());
        let request = operation("/", read).request(&Map::new()).expect("a request");
        assert_eq!(request.target(), expected);
    }
}

proptest! {
    /// Whatever the text is, it is one value of the query, and comes out as it went in.
    #[test]
    fn a_text_in_a_query_comes_out_as_it_went_in(text in ".*", explode: bool) {
        let written = query(Style::Plain, explode, json!(text));
        let value = written.strip_prefix("/?a=").expect("one pair");
        prop_assert!(!value.contains(['&', '=', '#', ',', ' ']));
        prop_assert_eq!(percent_decode_str(value).decode_utf8().expect("UTF-8"), text);
    }

    /// A list has as many items as it had before.
    #[test]
    fn items_are_never_taken_for_two(items in prop::collection::vec(".*", 1..5)) {
        let written = query(Style::Plain, false, json!(items));
        let value = written.strip_prefix("/?a=").expect("one pair");
        let decoded: Vec<_> = value
            .split(',')
            .map(|item| percent_decode_str(item).decode_utf8().expect("UTF-8").into_owned())
            .collect();
        prop_assert_eq!(decoded, items);
    }

    /// Whatever the text is, it is one segment of the path or refused.
    #[test]
    fn a_text_in_a_path_is_one_segment(text in ".*") {
        let written = target("/x/{a}/y", parameter(Location::Path, Style::Plain, false), json!(text));
        if let Ok(written) = written {
            prop_assert_eq!(written.split('/').count(), 4);
            prop_assert!(!written.contains(['?', '#']));
        }
    }
}
