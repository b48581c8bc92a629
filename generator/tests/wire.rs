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
