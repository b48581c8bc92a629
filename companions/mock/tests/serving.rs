//! A server answers as the description says, over loopback.

use std::time::Duration;

use lantern_mock::{MockBuilder, MockServer, Script};
use lantern_operations::Table;
use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};

#[path = "serving/bodies.rs"]
mod bodies;
#[path = "serving/deleted.rs"]
mod deleted;
#[path = "serving/tokens.rs"]
mod tokens;

/// Books, as FastAPI would describe them.
fn table() -> Table {
    Table::from_json(include_str!("tables/shelf.json")).expect("a table")
}

async fn server(settings: impl FnOnce(MockBuilder) -> MockBuilder) -> MockServer {
    settings(MockServer::builder(table())).start().await.expect("a free port")
}

async fn get(server: &MockServer, path: &str) -> Response {
    send(server, Method::GET, path, &[], None).await.expect("a reply")
}

async fn send(
    server: &MockServer,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<&str>,
) -> reqwest::Result<Response> {
    let mut request = Client::new().request(method, format!("{}{path}", server.url()));
    request = request.header("authorization", "Bearer canary");
    request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    if let Some(body) = body {
        request = request.header("content-type", "application/json").body(body.to_owned());
    }
    request.send().await
}

async fn lend(server: &MockServer, body: Value) -> Response {
    let body = body.to_string();
    send(server, Method::POST, "/books/7/lend", &[], Some(&body)).await.expect("a reply")
}

async fn json_of(response: Response) -> Value {
    serde_json::from_slice(&response.bytes().await.expect("a body")).expect("JSON")
}

#[tokio::test]
async fn documented_examples_come_first_and_made_values_are_the_same_for_the_same_seed() {
    let first = server(|it| it.seed(7)).await;
    assert_eq!(json_of(get(&first, "/books").await).await, json!([{"id": 7, "title": "Emma"}]));
    let book = json_of(get(&first, "/books/9").await).await;
    assert_eq!(book["id"], 9, "what the request says is said in the reply");
    let again = server(|it| it.seed(7)).await;
    assert_eq!(json_of(get(&again, "/books/9").await).await, book);
    let other = server(|it| it.seed(8)).await;
    assert_ne!(json_of(get(&other, "/books/9").await).await, book);
}

#[tokio::test]
async fn a_request_without_its_credential_is_refused() {
    let server = server(|it| it.key("right")).await;
    let url = format!("{}/books", server.url());
    let bare = reqwest::get(&url).await.expect("a reply");
    assert_eq!(bare.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(bare.headers()["www-authenticate"], "Bearer");
    assert_eq!(get(&server, "/books").await.status(), StatusCode::UNAUTHORIZED, "another key");
    let right = Client::new().get(&url).bearer_auth("right").send().await.expect("a reply");
    assert_eq!(right.status(), StatusCode::OK);
}

#[tokio::test]
async fn what_is_wrong_is_told_as_fastapi_tells_it() {
    let server = server(|it| it).await;
    let cases = [
        ("/books?limit=x", None, json!(["query", "limit"]), "int_parsing"),
        ("/books?limit=0", None, json!(["query", "limit"]), "greater_than_equal"),
        ("/books?genre=novel&genre=x", None, json!(["query", "genre", 1]), "enum"),
        ("/books/x/lend", Some(r#"{"reader":"r"}"#), json!(["path", "id"]), "int_parsing"),
        ("/books/1/lend", Some("{}"), json!(["body", "reader"]), "missing"),
        ("/books/1/lend", None, json!(["body"]), "missing"),
        ("/books/1/lend", Some(r#"{"reader":1}"#), json!(["body", "reader"]), "string_type"),
        (
            "/books/1/lend",
            Some(r#"{"reader":"r","until":5}"#),
            json!(["body", "until"]),
            "string_type",
        ),
        (
            "/books/1/lend",
            Some(r#"{"reader":"r","copies":[1,0]}"#),
            json!(["body", "copies", 1]),
            "greater_than_equal",
        ),
        ("/books/1/lend", Some("{"), json!(["body", 1]), "json_invalid"),
    ];
    for (path, body, loc, kind) in cases {
        let method = if path.contains("lend") { Method::POST } else { Method::GET };
        let response = send(&server, method, path, &[], body).await.expect("a reply");
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY, "{path} {body:?}");
        let problem = json_of(response).await["detail"][0].clone();
        assert_eq!((&problem["loc"], &problem["type"]), (&loc, &json!(kind)), "{path} {body:?}");
        assert!(problem["msg"].is_string());
    }
}

#[tokio::test]
async fn methods_media_types_and_paths_are_checked() {
    let server = server(|it| it).await;
    assert_eq!(get(&server, "/nowhere").await.status(), StatusCode::NOT_FOUND);
    let other = send(&server, Method::DELETE, "/books", &[], None).await.expect("a reply");
    assert_eq!(other.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(other.headers()["allow"], "GET, HEAD, OPTIONS");
    let options = send(&server, Method::OPTIONS, "/books", &[], None).await.expect("a reply");
    assert_eq!(
        (options.status(), &options.headers()["allow"]),
        (StatusCode::NO_CONTENT, &"GET, HEAD, OPTIONS".parse().expect("a value"))
    );
    let head = send(&server, Method::HEAD, "/books", &[], None).await.expect("a reply");
    assert_eq!(
        (head.status(), &head.headers()["content-length"]),
        (StatusCode::OK, &"25".parse().expect("a value"))
    );
    assert_eq!(head.bytes().await.expect("no body").len(), 0);
    let accept = [("accept", "image/png")];
    let refused = send(&server, Method::GET, "/books", &accept, None).await.expect("a reply");
    assert_eq!(refused.status(), StatusCode::NOT_ACCEPTABLE);
    let url = format!("{}/books/1/lend", server.url());
    let xml =
        Client::new().post(url).bearer_auth("k").header("content-type", "text/xml").body("<a/>");
    let xml = xml.send().await.expect("a reply");
    assert_eq!(xml.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn a_reply_has_the_form_that_is_accepted() {
    let server = server(|it| it).await;
    let form = async |accept: &str| {
        let accept = [("accept", accept)];
        let reply = send(&server, Method::GET, "/report", &accept, None).await.expect("a reply");
        let media_type = reply.headers()["content-type"].to_str().expect("text").to_owned();
        (media_type, reply.text().await.expect("a body"))
    };
    let (media_type, text) = form("text/csv").await;
    assert_eq!(media_type, "text/csv");
    assert!(text.starts_with("id,title"), "{text}");
    let (_, text) = form("application/xml").await;
    assert!(text.contains("<Book><id>") && text.contains("<title>"), "{text}");
    let (_, text) = form("text/event-stream").await;
    assert_eq!(text.matches("data: {").count(), 3, "{text}");
    assert!(text.ends_with("\n\n"));
    let (_, text) = form("application/x-ndjson").await;
    assert!(text.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()), "{text}");
    let (media_type, bytes) = form("image/*").await;
    assert_eq!(media_type, "image/png");
    assert!(bytes.contains("PNG"));
}

#[tokio::test]
async fn more_requests_than_allowed_are_429_and_say_when_to_come_again() {
    let server = server(|it| it.limit("reading", "3/1".parse().expect("a limit"))).await;
    for _ in 0..3 {
        let reply = get(&server, "/books").await;
        assert_eq!(
            (reply.status(), reply.headers()["x-ratelimit-limit"].to_str().expect("text")),
            (StatusCode::OK, "3")
        );
    }
    let refused = get(&server, "/books").await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.headers()["retry-after"], "1");
    tokio::time::sleep(Duration::from_millis(1_050)).await;
    assert_eq!(get(&server, "/books").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn credits_are_charged_once_a_key_and_run_out() {
    let server = server(|it| it.credits(5.0)).await;
    let first = lend(&server, json!({"reader": "a"})).await;
    assert_eq!(first.headers()["x-credits-remaining"], "3");
    assert_eq!(json_of(first).await, json!({"success": true, "credits_consumed": 2}));
    let again = json_of(lend(&server, json!({"reader": "a"})).await).await;
    assert_eq!(again["credits_consumed"], 0, "the key was paid for");
    assert_eq!(lend(&server, json!({"reader": "b"})).await.status(), StatusCode::CREATED);
    let refused = lend(&server, json!({"reader": "c"})).await;
    assert_eq!(
        (refused.status(), &refused.headers()["x-credits-remaining"]),
        (StatusCode::PAYMENT_REQUIRED, &"1".parse().expect("a value"))
    );
    let account = server.account();
    assert_eq!((account.credits, account.charged, account.charges.len()), (Some(1.0), 4.0, 2));
    server.set_credits(10.0);
    assert_eq!(lend(&server, json!({"reader": "c"})).await.status(), StatusCode::CREATED);
}

/// The generated client does not take it for a key either, so it sends such a request once.
#[tokio::test]
async fn an_empty_key_keeps_no_request_from_being_charged_again() {
    let server = server(MockBuilder::no_limits).await;
    for _ in 0..2 {
        lend(&server, json!({"reader": " "})).await;
    }
    assert_eq!(server.account().charges.len(), 2);
    assert_eq!(server.account().charges[0].key, None);
}

#[tokio::test]
async fn faults_repeat_by_their_seed_and_say_what_was_done() {
    let statuses = async |seed| {
        let server =
            server(|it| it.seed(seed).no_limits().fail("503@0.3".parse().expect("a rule"))).await;
        let mut statuses = Vec::new();
        for _ in 0..30 {
            statuses.push(get(&server, "/books").await.status().as_u16());
        }
        statuses
    };
    let first = statuses(1).await;
    assert!(first.contains(&503) && first.contains(&200), "{first:?}");
    assert_eq!(statuses(1).await, first);
    let server = server(|it| {
        let it = it.fail("disconnect@#1:books.lend".parse().expect("a rule"));
        it.fail("refuse@#2:books.lend".parse().expect("a rule"))
            .fail("truncate@#3:books.lend".parse().expect("a rule"))
    })
    .await;
    for reader in ["a", "b"] {
        let body = json!({"reader": reader}).to_string();
        let lost = send(&server, Method::POST, "/books/7/lend", &[], Some(&body)).await;
        assert!(lost.is_err(), "{lost:?}");
    }
    let cut = lend(&server, json!({"reader": "c"})).await;
    assert_eq!(cut.status(), StatusCode::CREATED);
    assert!(cut.bytes().await.is_err());
    let charged: Vec<_> = server.received().iter().map(|it| (it.status, it.credits)).collect();
    assert_eq!(charged, [(None, 2.0), (None, 0.0), (Some(201), 2.0)], "a lost answer was charged");
    assert_eq!(lend(&server, json!({"reader": "d"})).await.status(), StatusCode::CREATED);
}

#[tokio::test]
async fn a_reply_may_never_come() {
    let server = server(|it| it.fail("timeout".parse().expect("a rule"))).await;
    let waited = tokio::time::timeout(Duration::from_millis(300), get(&server, "/books")).await;
    assert!(waited.is_err());
}

#[tokio::test]
async fn results_of_a_batch_are_there_after_a_while() {
    let folder = tempfile::tempdir().expect("a folder");
    let server =
        server(|it| it.batch_delay(Duration::from_millis(400)).credits(2.0).store(folder.path()))
            .await;
    let body = json!({"ids": ["a", "b,c", "d"]}).to_string();
    let reply = send(&server, Method::POST, "/batches", &[], Some(&body)).await.expect("a reply");
    let reply = json_of(reply).await;
    let place = reply["result_path"].as_str().expect("a place");
    assert_eq!(reply["run_id"], "run-1");
    assert_eq!(
        reqwest::get(place).await.expect("a reply").status(),
        StatusCode::NOT_FOUND,
        "not yet"
    );
    tokio::time::sleep(Duration::from_millis(600)).await;
    let csv = reqwest::get(place).await.expect("a reply").text().await.expect("text");
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 3, "only two were paid for: {csv}");
    assert!(lines[0].starts_with("id,title"), "{csv}");
    assert!(lines[1].starts_with("a,") && lines[2].starts_with("\"b,c\","), "{csv}");
    let file = std::fs::read_to_string(folder.path().join("run-1/results.csv"));
    assert_eq!(file.expect("a file"), csv);
    assert_eq!(server.account().credits, Some(0.0));
}

#[tokio::test]
async fn replies_are_scripted_and_received_requests_are_told_without_secrets() {
    let server = server(|it| it).await;
    server.script(Script::status(500).of("books.list").json(json!({"error": "x"})).times(2));
    for status in [500, 500, 200] {
        assert_eq!(get(&server, "/books?limit=3").await.status().as_u16(), status);
    }
    let client = Client::new();
    let admin = |path: &str| format!("{}/__mock/{path}", server.url());
    let script =
        json!({"operation": "get_book", "status": 418, "headers": [["x-a", "b"]], "body": "tea"});
    let scripted = client.post(admin("replies")).json(&script).send().await.expect("a reply");
    assert_eq!(scripted.status(), StatusCode::NO_CONTENT);
    let tea = get(&server, "/books/1").await;
    assert_eq!((tea.status().as_u16(), tea.headers()["x-a"].to_str().expect("text")), (418, "b"));
    assert_eq!(tea.text().await.expect("text"), "tea");
    let unknown = client.post(admin("replies")).json(&json!({"operation": "nobody"})).send().await;
    assert_eq!(unknown.expect("a reply").status(), StatusCode::BAD_REQUEST);
    let faults = client.put(admin("faults")).json(&json!(["503"])).send().await.expect("a reply");
    assert_eq!(faults.status(), StatusCode::NO_CONTENT);
    assert_eq!(get(&server, "/books").await.status().as_u16(), 503);
    let received =
        client.get(admin("received")).send().await.expect("a reply").text().await.expect("text");
    assert!(!received.contains("canary") && received.contains("[hidden]"), "{received}");
    let received: Value = serde_json::from_str(&received).expect("JSON");
    let first = (&received[0]["operation"], &received[0]["query"], &received[0]["status"]);
    assert_eq!(first, (&json!("list_books"), &json!("limit=3"), &json!(500)));
    let reset = client.post(admin("reset")).send().await.expect("a reply");
    assert_eq!((reset.status(), server.received().len()), (StatusCode::NO_CONTENT, 0));
    assert_eq!(
        get(&server, "/books").await.status(),
        StatusCode::OK,
        "the faults are those of the start"
    );
}

#[tokio::test]
async fn a_request_chooses_among_what_is_described() {
    let server = server(|it| it).await;
    let prefer = [("prefer", "code=404")];
    let reply = send(&server, Method::GET, "/books/1", &prefer, None).await.expect("a reply");
    assert_eq!(reply.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_example_that_does_not_fit_its_schema_is_not_sent() {
    let mut table = table();
    let list = table.operations.iter_mut().find(|it| it.id == "list_books").expect("it");
    list.responses[0].content[0].examples = vec![json!([{"id": "seven"}])];
    let server = MockServer::start(table).await.expect("a free port");
    assert!(json_of(get(&server, "/books").await).await[0]["id"].is_i64());
}

#[tokio::test]
async fn an_integer_of_any_length_is_one() {
    let server = server(|it| it).await;
    let long = get(&server, "/books/123456789012345678901234567890").await;
    assert_eq!(long.status(), StatusCode::OK);
    assert!(json_of(long).await["id"].is_i64(), "what was read with fewer digits is not said");
    let empty = get(&server, "/search?tags=a&filter[age]=").await;
    assert_eq!(empty.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn pages_come_to_their_end() {
    let server = server(|it| it).await;
    let page = json_of(get(&server, "/readers").await).await;
    assert_eq!((&page["next"], &page["more"]), (&Value::Null, &json!(false)));
}

#[tokio::test]
async fn forms_and_styles_are_read() {
    let server = server(|it| it).await;
    let reply =
        get(&server, "/search?tags=a|b&filter[age]=7&filter[name]=x&where=%7B%22a%22:1%7D").await;
    let (status, body) = (reply.status(), reply.text().await.expect("text"));
    assert_eq!(status, StatusCode::OK, "{body}");
    let wrong = get(&server, "/search?tags=a&filter[age]=x").await;
    assert_eq!(wrong.status(), StatusCode::BAD_REQUEST, "no 422 is described");
    let problem = json_of(wrong).await;
    assert!(problem["detail"].as_str().is_some_and(|it| it.contains("age")), "{problem}");
    let post = |form: &'static str| {
        let request = Client::new().post(format!("{}/sign-in", server.url()));
        request.header("content-type", "application/x-www-form-urlencoded").body(form).send()
    };
    assert_eq!(post("user=ada&age=36").await.expect("a reply").status(), StatusCode::NO_CONTENT);
    assert_eq!(post("user=ada&age=x").await.expect("a reply").status(), StatusCode::BAD_REQUEST);
    assert_eq!(post("age=36").await.expect("a reply").status(), StatusCode::BAD_REQUEST);
    let part = "--x\r\ncontent-disposition: form-data; name=\"user\"\r\n\r\nada\r\n--x--\r\n";
    let multipart = Client::new().post(format!("{}/sign-in", server.url()));
    let multipart = multipart.header("content-type", "multipart/form-data; boundary=x").body(part);
    assert_eq!(multipart.send().await.expect("a reply").status(), StatusCode::NO_CONTENT);
}
