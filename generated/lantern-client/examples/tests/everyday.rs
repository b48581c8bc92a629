//! The everyday programs run as processes against a model of the service, and are stopped in the middle.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, mpsc};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tempfile::TempDir;

const KEY: &str = "canary-4711";

/// What the service knows.
#[derive(Default)]
struct Books {
    /// `POST /v1/match`, `GET /results/1.csv`
    lines: Vec<String>,
    /// How often each record was charged: an answer is cached by its id.
    charged: HashMap<String, u32>,
    /// The ids of each batch, which is charged whenever it is submitted.
    batches: Vec<Vec<String>>,
    /// Status and body for all enrichments from now on.
    refusing: Option<(u16, &'static str)>,
}

/// A model of the service, and the store that it puts results into, on a thread of its own.
#[derive(Clone)]
struct Service {
    url: String,
    books: Arc<Mutex<Books>>,
}

impl Service {
    fn start() -> Self {
        let (sender, receiver) = mpsc::channel();
        let books = Arc::<Mutex<Books>>::default();
        let state = books.clone();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
                sender.send(listener.local_addr().expect("an address")).expect("a test");
                let router = Router::new().fallback(answer).with_state(state);
                axum::serve(listener, router).await.expect("a service");
            });
        });
        Self { url: format!("http://{}", receiver.recv().expect("an address")), books }
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().expect("no panic")
    }

    /// A program with its key, the place of the service, and the store that stands in for S3.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("LANTERN_API_KEY", KEY).env("LANTERN_BASE_URL", &self.url);
        command.env("AWS_ENDPOINT_URL", &self.url).env("AWS_ALLOW_HTTP", "true");
        command.env("AWS_ACCESS_KEY_ID", "id").env("AWS_SECRET_ACCESS_KEY", "secret");
        command.env("AWS_REGION", "us-east-1");
        command
    }

    fn run<const N: usize>(&self, program: &str, arguments: [&Path; N]) -> Output {
        self.command(program).args(arguments).output().expect("a program")
    }
}

async fn answer(State(books): State<Arc<Mutex<Books>>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let (method, path) = (head.method.to_string(), head.uri.path().to_owned());
    let query = head.uri.query().unwrap_or_default().to_owned();
    let body = to_bytes(body, 1 << 20).await.expect("a body");
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    if path.starts_with("/v1/") && !is_signed_in(&head.headers) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    if path.starts_with("/v1/enrich") {
        tokio::time::sleep(Duration::from_millis(3)).await;
    }
    let mut books = books.lock().expect("no panic");
    books.lines.push(format!("{method} {path}"));
    match (method.as_str(), path.as_str()) {
        ("POST", "/v1/enrich/phone" | "/v1/enrich/company") => enrich(&mut books, &body),
        ("POST", "/v1/agents/phone") => submit(&mut books, &body),
        ("POST", "/v1/match") => matches(&body),
        ("GET", "/v1/credits/remaining") => json_of(json!({
            "success": true, "tenant_id": 1, "remaining_credits": 4750.25, "total_credits": 6000
        })),
        ("GET", "/v1/credits/usage") => usage(&query),
        ("GET", "/v1/logs/routing") => csv_of("timestamp,object\n2026-01-01T00:00:00Z,Lead\n"),
        ("GET", place) if place.starts_with("/results/") => results(&books, place),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

fn is_signed_in(headers: &HeaderMap) -> bool {
    headers.get("authorization").is_some_and(|value| value == &format!("Bearer {KEY}"))
}

fn json_of(body: Value) -> Response {
    ([("content-type", "application/json")], body.to_string()).into_response()
}

fn csv_of(text: impl Into<Body>) -> Response {
    ([("content-type", "text/csv")], text.into()).into_response()
}

fn enrich(books: &mut Books, body: &Value) -> Response {
    if let Some((status, body)) = books.refusing {
        return (StatusCode::from_u16(status).expect("a status"), body).into_response();
    }
    let id = body["record_id"].as_str().expect("an id").to_owned();
    let cached = books.charged.contains_key(&id);
    books.charged.entry(id.clone()).or_insert(1);
    json_of(json!({"success": true, "record_id": id, "cached": cached, "phone": "+14155550100"}))
}

fn submit(books: &mut Books, body: &Value) -> Response {
    let ids = body["ids"].as_array().expect("ids").iter();
    books.batches.push(ids.map(|id| id.as_str().expect("a text").to_owned()).collect());
    let number = books.batches.len();
    json_of(json!({
        "run_id": format!("run-{number}"),
        "result_path": format!("s3://results/{number}.csv"),
        "credits_csv_path": format!("s3://results/{number}-costs.csv"),
    }))
}

fn results(books: &Books, place: &str) -> Response {
    let number = place.trim_start_matches("/results/").trim_end_matches(".csv");
    let ids = number.parse::<usize>().ok().and_then(|number| books.batches.get(number - 1));
    let Some(ids) = ids else { return StatusCode::NOT_FOUND.into_response() };
    let rows: String = ids.iter().map(|id| format!("{id},Ada,+14155550100\n")).collect();
    let csv = format!("id,first_name,phone\n{rows}");
    let headers = [
        ("etag", "\"1\"".to_owned()),
        ("last-modified", "Sun, 06 Nov 1994 08:49:37 GMT".to_owned()),
        ("content-length", csv.len().to_string()),
    ];
    (headers, csv).into_response()
}

fn matches(body: &Value) -> Response {
    let candidates = body["candidates"].as_array().expect("candidates");
    assert_eq!(body["rules"]["any"], true);
    let results: Vec<_> = candidates.iter().map(|one| json!({"candidate": one})).collect();
    json_of(json!({"success": true, "results": results, "credits_consumed": candidates.len()}))
}

fn usage(query: &str) -> Response {
    let used = if query.contains("workflow_id=workflow-1") { 250.5 } else { 1250.5 };
    json_of(json!({
        "success": true, "tenant_id": 123, "credits_used": used,
        "start_date": "2024-01-01T00:00:00Z", "end_date": "2024-12-31T23:59:59Z"
    }))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("a text")
}

fn assert_done(output: &Output) {
    assert!(output.status.success(), "{}", text(&output.stderr));
}

fn lines(file: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// Stops a program at once, as soon as this is so.
fn kill_when(mut program: Child, is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(30), "it has not come so far");
        std::thread::sleep(Duration::from_millis(1));
    }
    program.kill().expect("a program");
    program.wait().expect("an end");
}

/// 300 contacts, one of them with a comma in its name and one without an e-mail address.
fn contacts(folder: &TempDir) -> std::path::PathBuf {
    let path = folder.path().join("contacts.csv");
    let mut table = "record_id,email,full_name,company\n".to_owned();
    for number in 0..300 {
        let email = if number == 7 { String::new() } else { format!("a{number}@example.com") };
        table += &format!("crm-{number},{email},\"Lovelace, Ada\",Acme\n");
    }
    std::fs::write(&path, table).expect("a table");
    path
}

#[test]
fn contacts_are_looked_up_once_however_often_the_program_is_killed() {
    let (service, folder) = (Service::start(), TempDir::new().expect("a folder"));
    let (table, found) = (contacts(&folder), folder.path().join("found.jsonl"));
    let program = env!("CARGO_BIN_EXE_contacts");
    // Within the rate limit a run finds 50 in the first minute, so each is killed before that.
    for goal in [20, 65, 90, 135, 170, 200, 245, 260] {
        let mut command = service.command(program);
        let child = command.args([&table, &found]).stderr(Stdio::null()).spawn();
        kill_when(child.expect("a program"), || lines(&found).len() >= goal);
    }
    // What a crash leaves of a line is no result.
    let whole = std::fs::read_to_string(&found).expect("results");
    std::fs::write(&found, whole.trim_end().trim_end_matches('}')).expect("a file");
    assert_done(&service.run(program, [&table, &found]));

    let mut ids: Vec<_> = lines(&found)
        .iter()
        .map(|line| line["contact"]["record_id"].as_str().expect("an id").to_owned())
        .collect();
    assert!(lines(&found).iter().all(|line| line["phone"]["phone"] == "+14155550100"));
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), lines(&found).len()), (300, 300));
    let books = service.books();
    assert_eq!(books.charged.len(), 300);
    assert!(books.lines.len() <= 300 + 9 * 8, "{} requests", books.lines.len());
    assert!(books.charged.values().all(|times| *times == 1));
}

#[test]
fn a_run_that_stops_for_want_of_credits_says_what_was_not_sent() {
    let (service, folder) = (Service::start(), TempDir::new().expect("a folder"));
    let (table, found) = (contacts(&folder), folder.path().join("found.jsonl"));
    let gone = r#"{"success": false, "error": "no credits", "credits_remaining": 0}"#;
    service.books().refusing = Some((402, gone));
    let output = service.run(env!("CARGO_BIN_EXE_contacts"), [&table, &found]);
    assert_done(&output);
    let said = text(&output.stderr);
    let sent = service.books().lines.len();
    assert!(said.contains(&format!("{} were not sent: the credits", 300 - sent)), "{said}");
    assert!(sent <= 8, "{sent}");
    assert!(!said.contains(KEY));
}

#[test]
fn batches_are_submitted_once_however_often_the_program_is_killed() {
    let (service, folder) = (Service::start(), TempDir::new().expect("a folder"));
    let (ids, runs) = (folder.path().join("ids.txt"), folder.path().join("runs"));
    let all: Vec<_> = (0..1_500).map(|number| format!("person-{number}")).collect();
    std::fs::write(&ids, all.join("\n")).expect("ids");
    let program = env!("CARGO_BIN_EXE_batch");
    // The second batch waits a minute for its turn.
    let child = service.command(program).args([&ids, &runs]).spawn().expect("a program");
    let stored = runs.join("1.json");
    let is_stored = || std::fs::read(&stored).is_ok_and(|text| text.ends_with(b"}"));
    kill_when(child, is_stored);
    assert_eq!(service.books().batches.len(), 1);

    assert_done(&service.run(program, [&ids, &runs]));
    assert_eq!(service.books().batches, [all[..1_000].to_vec(), all[1_000..].to_vec()]);
    let rows = |number: usize| lines(&runs.join(format!("{number}.jsonl")));
    assert_eq!((rows(1).len(), rows(2).len()), (1_000, 500));
    assert_eq!(
        (&rows(2)[0]["id"], &rows(2)[0]["phone"]),
        (&json!("person-1000"), &json!("+14155550100"))
    );

    assert_done(&service.run(program, [&ids, &runs]));
    assert_eq!(service.books().batches.len(), 2, "a third run only fetches");
}

#[test]
fn credits_are_reported() {
    let service = Service::start();
    let output = service.run(env!("CARGO_BIN_EXE_credits"), [Path::new("workflow-1")]);
    assert_done(&output);
    let said = text(&output.stdout);
    assert!(said.starts_with("left: 4750.25 of 6000\nused since "), "{said}");
    assert!(said.ends_with(": 1250.5\n    by workflow-1: 250.5\n"), "{said}");
}

#[test]
fn accounts_are_matched_a_hundred_at_a_time() {
    let (service, folder) = (Service::start(), TempDir::new().expect("a folder"));
    let table = folder.path().join("accounts.csv");
    let rows: String =
        (0..150).map(|number| format!("Acme {number},acme{number}.com,Bonn\n")).collect();
    std::fs::write(&table, format!("name,domain,city\n{rows}")).expect("a table");
    let output = service.run(env!("CARGO_BIN_EXE_match"), [&table]);
    assert_done(&output);
    let said = text(&output.stdout);
    assert_eq!(said.lines().count(), 150);
    let first = r#"{"candidate":{"name":"Acme 0","domain":"acme0.com","city":"Bonn"}}"#;
    assert_eq!(said.lines().next(), Some(first));
    assert_eq!(service.books().lines, ["POST /v1/match", "POST /v1/match"]);
}

#[test]
fn logs_are_exported() {
    let (service, folder) = (Service::start(), TempDir::new().expect("a folder"));
    let file = folder.path().join("logs.csv");
    let output = service.run(env!("CARGO_BIN_EXE_logs"), [&file]);
    assert_done(&output);
    assert!(text(&output.stdout).ends_with(": 1 entries\n"));
    let table = std::fs::read_to_string(&file).expect("a table");
    assert_eq!(table, "timestamp,object\n2026-01-01T00:00:00Z,Lead\n");
}

#[tokio::test]
async fn the_service_passes_on_what_was_found_and_what_was_not() {
    let lantern = Service::start();
    let mut command = lantern.command(env!("CARGO_BIN_EXE_service"));
    let mut service = command.stdout(Stdio::piped()).spawn().expect("a program");
    let mut url = String::new();
    let stdout = service.stdout.take().expect("its output");
    BufReader::new(stdout).read_line(&mut url).expect("where it listens");
    let url = format!("{}/phone", url.trim());
    let ask = || async {
        let body = r#"{"record_id": "crm-1", "email": "ada@example.com"}"#;
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        let call = client.post(&url).header("content-type", "application/json").body(body);
        let reply = call.send().await.expect("a reply");
        (reply.status().as_u16(), reply.text().await.expect("a text"))
    };
    let (status, body) = ask().await;
    let body: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!((status, &body["phone"]), (200, &json!("+14155550100")));
    lantern.books().refusing = Some((404, r#"{"success": false, "error": "nobody"}"#));
    let (status, body) = ask().await;
    assert_eq!(status, 502);
    assert!(body.contains("nobody") && !body.contains(KEY), "{body}");
    service.kill().expect("a program");
    service.wait().expect("an end");
}

#[test]
fn a_script_needs_no_runtime() {
    let service = Service::start();
    let output = service.run(env!("CARGO_BIN_EXE_script"), ["a.com", "b.com"].map(Path::new));
    assert_done(&output);
    let found: Vec<Value> = text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!([&found[0]["record_id"], &found[1]["record_id"]], ["a.com", "b.com"]);

    service.books().refusing = Some((402, r#"{"success": false, "error": "no credits"}"#));
    let output = service.run(env!("CARGO_BIN_EXE_script"), ["c.com", "d.com"].map(Path::new));
    assert!(!output.status.success(), "credits that are used up end it");
    assert_eq!(service.books().lines.len(), 3);
}

/// Blank lines do not count, nor do tests.
#[test]
fn no_program_is_longer_than_forty_lines() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bin");
    let programs = std::fs::read_dir(folder).expect("programs");
    let lengths = programs.map(|entry| {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("a program");
        let program = text.split("#[cfg(test)]").next().unwrap_or_default();
        let length = program.lines().filter(|line| !line.trim().is_empty()).count();
        assert!(length <= 40, "{} has {length} lines", path.display());
    });
    assert_eq!(lengths.count(), 7);
}

#[test]
fn who_does_not_say_what_to_do_is_told_how() {
    let service = Service::start();
    let asked = [
        (env!("CARGO_BIN_EXE_contacts"), "usage: contacts"),
        (env!("CARGO_BIN_EXE_batch"), "usage: batch"),
        (env!("CARGO_BIN_EXE_match"), "usage: match"),
        (env!("CARGO_BIN_EXE_logs"), "usage: logs"),
    ];
    for (program, usage) in asked {
        let output = service.run(program, []);
        assert!(!output.status.success() && text(&output.stderr).contains(usage), "{program}");
    }
    assert!(service.books().lines.is_empty());
}
