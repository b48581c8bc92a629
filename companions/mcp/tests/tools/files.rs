//! Forms with files, and bodies that are bytes.

use std::fs;

use lantern_mcp::Options;
use lantern_operations::{Operation, Table};
use serde_json::{Value, json};

use super::{Agent, person, text};

fn operation(command: &str, content: &Value) -> Operation {
    let operation = json!({
        "id": command, "group": "covers", "command": command, "method": "POST", "path": format!("/covers/{command}"),
        "body": {"required": true, "content": [content]},
        "responses": [{"status": "204"}], "security": [["key"]],
    });
    serde_json::from_value(operation).expect("an operation")
}

/// The service of the other tests, which takes covers of books, too.
fn table() -> Table {
    let mut table = super::table();
    table.groups.push(serde_json::from_value(json!({"name": "covers"})).expect("a group"));
    let binary = json!({"type": "string", "format": "binary"});
    let form = json!({"type": "object", "required": ["front", "title"], "properties": {
        "front": {"type": "string", "format": "binary", "description": "The front."},
        "pages": {"type": "array", "items": binary}, "title": {"type": "string"}, "size": {"type": "object"},
    }});
    let encodings = json!([{"name": "front", "contentType": "image/png"}]);
    table.operations.extend([
        operation(
            "form",
            &json!({"mediaType": "multipart/form-data", "schema": form, "encodings": encodings}),
        ),
        operation("raw", &json!({"mediaType": "image/png", "schema": binary})),
    ]);
    table
}

async fn agent(options: Options) -> Agent {
    Agent::of(table(), options, person(false, false), false).await
}

fn base64(text: &str) -> Value {
    json!({"base64": text})
}

#[tokio::test]
async fn texts_and_files_are_parts_of_a_form() {
    let agent = agent(Options::new()).await;
    let front = json!({"base64": "aGVsbG8=", "filename": "a.png"});
    let pages = [base64("cGFnZQ=="), json!({"base64": "dGV4dA==", "content_type": "text/plain"})];
    let body = json!({"title": "Emma", "size": {"w": 1}, "front": front, "pages": pages});
    let sent = agent.call("covers_form", json!({ "body": body })).await;
    assert_eq!(sent.is_error, Some(false), "{}", text(&sent));
    let received = &agent.mock.received()[0];
    for part in [
        "name=\"title\"\r\n\r\nEmma\r\n",
        "name=\"size\"\r\ncontent-type: application/json\r\n\r\n{\"w\":1}\r\n",
        "name=\"front\"; filename=\"a.png\"\r\ncontent-type: image/png\r\n\r\nhello\r\n",
        "name=\"pages\"; filename=\"pages\"\r\ncontent-type: application/octet-stream\r\n\r\npage\r\n",
        "name=\"pages\"; filename=\"pages\"\r\ncontent-type: text/plain\r\n\r\ntext\r\n",
    ] {
        assert!(received.body.contains(part), "{part:?}: {:?}", received.body);
    }
    let raw = agent.call("covers_raw", json!({"body": base64("aGVsbG8=")})).await;
    assert_eq!(raw.is_error, Some(false), "{}", text(&raw));
    assert_eq!(agent.mock.received()[1].body, "hello");
}

#[tokio::test]
async fn no_file_of_the_machine_is_sent_unless_its_folder_is_allowed() {
    let outer = tempfile::tempdir().expect("a folder");
    let folder = outer.path().join("allowed");
    fs::create_dir(&folder).expect("a folder");
    fs::write(folder.join("a.png"), "hello").expect("a file");
    fs::write(outer.path().join("secret"), "canary").expect("a file");
    let form = |path: &str| json!({"body": {"title": "Emma", "front": {"path": path}}});
    let without = agent(Options::new()).await;
    for path in ["a.png".to_owned(), folder.join("a.png").to_string_lossy().into_owned()] {
        let refused = without.call("covers_form", form(&path)).await;
        assert!(text(&refused).contains("--files"), "{}", text(&refused));
    }
    let within = agent(Options::new().files(&folder)).await;
    for path in ["../secret", "none.png"] {
        let refused = within.call("covers_form", form(path)).await;
        assert!(text(&refused).contains("is not sent"), "{}", text(&refused));
    }
    assert_eq!(without.mock.received().len() + within.mock.received().len(), 0);
    let sent = within.call("covers_form", form("a.png")).await;
    assert_eq!(sent.is_error, Some(false), "{}", text(&sent));
    assert!(within.mock.received()[0].body.contains("filename=\"a.png\""));
}

#[tokio::test]
async fn the_schema_of_a_tool_says_what_a_file_is() {
    let folder = tempfile::tempdir().expect("a folder");
    for (options, takes_paths) in
        [(Options::new(), false), (Options::new().files(folder.path()), true)]
    {
        let agent = agent(options).await;
        let tools = agent.client.list_all_tools().await.expect("tools");
        let tool = tools.iter().find(|tool| tool.name == "covers_form").expect("a tool");
        let schema = Value::Object((*tool.input_schema).clone());
        let front = &schema["properties"]["body"]["properties"]["front"];
        assert_eq!(front["description"], "The front.");
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        let is_valid =
            |front: Value| validator.is_valid(&json!({"body": {"title": "x", "front": front}}));
        assert!(is_valid(base64("aGk=")) && !is_valid(json!("text")));
        assert_eq!(is_valid(json!({"path": "a.png"})), takes_paths);
        assert!(!validator.is_valid(&json!({"body": {"title": "x"}})), "the file is required");
    }
    let nowhere = Options::new().files(folder.path().join("none"));
    let backend = lantern_mcp::HttpBackend::new("http://localhost", Vec::new()).expect("a URL");
    let refused = lantern_mcp::ToolServer::new(table(), backend, nowhere).err();
    assert!(refused.is_some_and(|why| why.contains("--files")));
}
