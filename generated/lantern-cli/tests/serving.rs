//! `lantern mock` and `lantern mcp`: the operations served to others.

#![cfg(all(feature = "mcp", feature = "mock"))]

use std::env::consts::EXE_EXTENSION;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};

use serde_json::{Value, json};

const KEY: &str = "canary-of-the-key";

/// The program with the key, and nothing else of this machine.
fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lantern"));
    command.args(arguments).env("LANTERN_API_KEY", KEY).env_remove("LANTERN_BASE_URL");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The program of the specimen, whose client requests tokens.
fn library(arguments: &[&str]) -> Command {
    let folder = Path::new(env!("CARGO_BIN_EXE_lantern")).with_file_name("examples");
    let mut command = Command::new(folder.join("library").with_extension(EXE_EXTENSION));
    command.args(arguments).env("TEMPLATES_CLIENT_ID", "shop");
    command.env("TEMPLATES_CLIENT_SECRET", KEY).env_remove("TEMPLATES_BASE_URL");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A mock server that ends with the test.
struct Mock {
    process: Child,
    stderr: BufReader<ChildStderr>,
    url: String,
}

impl Mock {
    fn new() -> Self {
        Self::with(&[])
    }

    fn with(flags: &[&str]) -> Self {
        Self::of(program, flags)
    }

    fn of(program: fn(&[&str]) -> Command, flags: &[&str]) -> Self {
        let flags = [&["mock", "--port", "0", "--key", KEY], flags].concat();
        let mut process = program(&flags).spawn().expect("a process");
        let mut stderr = BufReader::new(process.stderr.take().expect("stderr"));
        let mut line = String::new();
        stderr.read_line(&mut line).expect("a line");
        let url = line.split_whitespace().last().expect("a URL").to_owned();
        Self { process, stderr, url }
    }

    /// The reply to a request, head and body.
    fn ask(&self, method: &str, path: &str, body: &str) -> String {
        let address = self.url.trim_start_matches("http://");
        let mut connection = TcpStream::connect(address).expect("a connection");
        let length = body.len();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: mock\r\nauthorization: Bearer {KEY}\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        connection.write_all(head.as_bytes()).expect("it is read");
        let mut reply = String::new();
        connection.read_to_string(&mut reply).expect("a reply");
        reply
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What the mock server tells of requests, and says itself, has no key in it.
#[test]
fn the_mock_server_never_shows_the_key() {
    let mut mock = Mock::new();
    for (method, path, body) in [
        ("GET", "/v1/credits/remaining", ""),
        ("GET", "/v1/credits/usage?start_date=x", ""),
        ("POST", "/v1/enrich/phone", "{}"),
        ("GET", "/nothing", ""),
        ("GET", "/__mock", ""),
        ("GET", "/__mock/received", ""),
        ("GET", "/__mock/account", ""),
    ] {
        let reply = mock.ask(method, path, body);
        assert!(reply.starts_with("HTTP/1.1 ") && !reply.contains(KEY), "{reply}");
    }
    let _ = mock.process.kill();
    let mut told = String::new();
    mock.stderr.read_to_string(&mut told).expect("what it said");
    assert!(!told.contains(KEY), "{told}");
}

/// A service that repeats the key does not tell it to the model.
#[test]
fn an_agent_never_sees_a_key_that_the_service_repeats() {
    let mock = Mock::new();
    for status in [200, 401, 422, 500] {
        let script = json!({"operation": "credits.remaining", "status": status, "times": 9, "body": {"error": KEY}});
        mock.ask("DELETE", "/__mock/replies", "");
        mock.ask("POST", "/__mock/replies", &script.to_string());
        let messages: Vec<_> =
            hello().into_iter().chain([call(2, "credits_remaining", json!({}))]).collect();
        let arguments = ["mcp", "--base-url", &mock.url, "--timeout", "5", "-vvv"];
        let (replies, stderr) = session(&arguments, &messages);
        let told = format!("{replies:?}{stderr}");
        assert!(told.contains("(hidden)") && !told.contains(KEY), "{status}: {told}");
    }
}

/// The same of a token, which the client requested with the secret.
#[test]
fn an_agent_never_sees_a_token_that_was_requested() {
    let mock = Mock::of(library, &[]);
    for status in [200, 401, 422, 500] {
        let tokens: Vec<_> = (1..9).map(|number| format!("mock-token-{number}")).collect();
        let error = format!("{KEY} got {}", tokens.join(" or "));
        let script = json!({"operation": "books.list", "status": status, "times": 9, "body": {"error": error}});
        mock.ask("DELETE", "/__mock/replies", "");
        mock.ask("POST", "/__mock/replies", &script.to_string());
        let calls = [call(2, "books_list", json!({})), call(3, "books_list", json!({}))];
        let messages: Vec<_> = hello().into_iter().chain(calls).collect();
        let arguments = ["mcp", "--base-url", &mock.url, "--timeout", "5", "-vvv"];
        let (replies, stderr) = session_of(library(&arguments), &messages);
        let told = format!("{replies:?}{stderr}");
        assert!(told.contains("(hidden) got "), "{status}: {told}");
        assert!(told.contains("[redacted]") && !told.contains(KEY), "{status}: {told}");
    }
}

#[test]
fn a_command_is_answered_by_the_mock() {
    let mock = Mock::new();
    let arguments = ["credits", "remaining", "--output", "json", "--base-url", &mock.url];
    let done = program(&arguments).output().expect("an end");
    let reply: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    assert_eq!(reply["remaining_credits"], 4750.25, "the documented example");
}

/// What an agent sends, and the replies to its requests, with all that the server says besides.
fn session(arguments: &[&str], messages: &[Value]) -> (Vec<Value>, String) {
    session_of(program(arguments), messages)
}

fn session_of(mut program: Command, messages: &[Value]) -> (Vec<Value>, String) {
    let mut server = program.spawn().expect("a process");
    let mut input = server.stdin.take().expect("stdin");
    let mut output = BufReader::new(server.stdout.take().expect("stdout")).lines();
    let mut replies = Vec::new();
    for message in messages {
        writeln!(input, "{message}").expect("it is read");
        if message.get("id").is_some() {
            let line = output.next().expect("a reply").expect("text");
            replies.push(serde_json::from_str(&line).expect("JSON"));
        }
    }
    // The session ends with the input.
    drop(input);
    let ended = server.wait_with_output().expect("an end");
    assert!(ended.status.success(), "{ended:?}");
    (replies, String::from_utf8_lossy(&ended.stderr).into_owned())
}

fn request(id: u8, method: &str, params: Value) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})
}

fn call(id: u8, name: &str, arguments: Value) -> Value {
    request(id, "tools/call", json!({"name": name, "arguments": arguments}))
}

/// How a session begins.
fn hello() -> [Value; 2] {
    let hello = json!({
        "protocolVersion": "2025-06-18", "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    });
    [
        request(1, "initialize", hello),
        json!({"jsonrpc": "2.0", "method": "notifications/initialized"}),
    ]
}

/// The client sends what is repeatable again, and gives up after a timeout: both may have been charged.
#[test]
fn the_budget_of_an_agent_holds_although_replies_are_lost() {
    let mock = Mock::with(&["--fail", "timeout:enrichment"]);
    let lend =
        |id: u8| call(id, "enrichment_phone", json!({"body": {"record_id": id.to_string()}}));
    let messages: Vec<_> = hello().into_iter().chain((2..7).map(lend)).collect();
    let arguments = ["mcp", "--base-url", &mock.url, "--max-credits", "3", "--timeout", "1"];
    let (replies, _) = session(&arguments, &messages);
    let texts: Vec<_> = replies[1..]
        .iter()
        .map(|reply| reply["result"]["content"][0]["text"].to_string())
        .collect();
    let counted = |part: &str| texts.iter().filter(|text| text.contains(part)).count();
    assert_eq!(counted("may have acted"), 3, "{texts:?}");
    assert_eq!(counted("the budget does not allow it"), 2, "{texts:?}");
}

#[test]
fn an_agent_calls_operations_and_never_sees_the_key() {
    let mock = Mock::new();
    let [initialize, initialized] = hello();
    let messages = [
        initialize,
        initialized,
        request(2, "tools/list", json!({})),
        call(
            3,
            "enrichment_phone",
            json!({"body": {"record_id": "crm-1", "email": "a@b.example"}}),
        ),
        call(4, "credits_usage", json!({"start_date": "x", "end_date": "y"})),
    ];
    let arguments =
        ["mcp", "--base-url", &mock.url, "--allow", "enrichment", "--allow", "credits", "-vv"];
    let (replies, stderr) = session(&arguments, &messages);
    let tools = replies[1]["result"]["tools"].as_array().map(Vec::len);
    assert_eq!(tools, Some(8), "what is allowed");
    assert_eq!(replies[2]["result"]["structuredContent"]["record_id"], "crm-1");
    assert_eq!(replies[3]["result"]["isError"], true);
    let told = replies[3]["result"]["content"][0]["text"].to_string();
    assert!(told.contains("start_date") && told.contains("Correct the arguments"), "{told}");
    assert!(!format!("{replies:?}{stderr}").contains(KEY));
}
