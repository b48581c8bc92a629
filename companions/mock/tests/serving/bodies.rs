//! Bodies of XML, and bodies without a byte.

use lantern_mock::MockServer;
use lantern_operations::Operation;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

/// A service with an operation whose body has this media type and schema, and is required.
async fn server(media_type: &str, schema: Value) -> MockServer {
    let mut table = super::table();
    let operation = json!({
        "id": "add_book", "group": "books", "command": "add", "method": "POST", "path": "/added",
        "body": {"required": true, "content": [{"mediaType": media_type, "schema": schema}]},
        "responses": [{"status": "204"}, {"status": "422", "content": [{
            "mediaType": "application/json", "schema": {"$ref": "#/$defs/HTTPValidationError"}}]}],
    });
    let operation: Operation = serde_json::from_value(operation).expect("an operation");
    table.operations.push(operation);
    MockServer::start(table).await.expect("a free port")
}

/// The status, and the place of the first thing that is wrong.
async fn send(server: &MockServer, media_type: &str, body: &str) -> (StatusCode, Value) {
    let request = Client::new().post(format!("{}/added", server.url())).body(body.to_owned());
    let reply = request.header("content-type", media_type).send().await.expect("a reply");
    let status = reply.status();
    let said = reply.text().await.expect("a text");
    let said: Value = serde_json::from_str(&said).unwrap_or_default();
    (status, said["detail"][0]["loc"].clone())
}

#[tokio::test]
async fn bodies_of_xml_are_checked_as_bodies_of_json_are() {
    let book = json!({"type": "object", "xml": {"name": "book"}, "required": ["title"], "properties": {
        "id": {"type": "integer", "maximum": 9, "xml": {"attribute": true}},
        "title": {"type": "string", "minLength": 1},
        "sold": {"type": "boolean"},
    }});
    for media_type in ["application/xml", "application/atom+xml"] {
        let server = server(media_type, book.clone()).await;
        let (fine, wrong) = (StatusCode::NO_CONTENT, StatusCode::UNPROCESSABLE_ENTITY);
        for (body, status, place) in [
            ("<book id='7'><title>Emma</title><sold>false</sold></book>", fine, Value::Null),
            ("<book id='10'><title>Emma</title></book>", wrong, json!(["body", "id"])),
            ("<book id='7'><title></title></book>", wrong, json!(["body", "title"])),
            ("<book><title>Emma</title><sold></sold></book>", wrong, json!(["body", "sold"])),
            ("<book><title>Emma</title><sold>1</sold></book>", wrong, json!(["body", "sold"])),
            ("<book/>", wrong, json!(["body", "title"])),
            ("<box><title>Emma</title></box>", wrong, json!(["body"])),
            ("<book>", wrong, json!(["body"])),
            ("", wrong, json!(["body"])),
        ] {
            assert_eq!(send(&server, media_type, body).await, (status, place), "{body}");
        }
    }
}

#[tokio::test]
async fn a_body_without_a_byte_is_bytes_or_a_form_and_no_json() {
    let form = json!({"type": "object", "properties": {"title": {"type": "string"}}});
    let bytes = json!({"type": "string", "format": "binary"});
    for (media_type, schema, is_fine) in [
        ("application/octet-stream", bytes, true),
        ("text/plain", json!({"type": "string"}), true),
        ("application/x-www-form-urlencoded", form.clone(), true),
        ("application/json", form, false),
    ] {
        let server = server(media_type, schema).await;
        let (status, _) = send(&server, media_type, "").await;
        assert_eq!(status.is_success(), is_fine, "{media_type}");
        let bare = Client::new().post(format!("{}/added", server.url())).send();
        let status = bare.await.expect("a reply").status();
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{media_type} is not even named");
    }
}

#[tokio::test]
async fn a_form_without_a_byte_lacks_what_is_required() {
    let form = json!({"type": "object", "required": ["title"], "properties": {"title": {"type": "string"}}});
    let media_type = "application/x-www-form-urlencoded";
    let server = server(media_type, form).await;
    let lacking = (StatusCode::UNPROCESSABLE_ENTITY, json!(["body", "title"]));
    assert_eq!(send(&server, media_type, "").await, lacking);
}
