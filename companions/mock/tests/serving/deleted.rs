//! What was deleted is gone.

use lantern_mock::MockServer;
use lantern_operations::Operation;
use reqwest::Client;
use serde_json::json;

async fn server() -> MockServer {
    let mut table = super::table();
    table.operations.clear();
    for (method, path, status) in [
        ("GET", "/books", 200),
        ("POST", "/books", 201),
        ("DELETE", "/books", 204),
        ("GET", "/books/{id}", 200),
        ("PUT", "/books/{id}", 200),
        ("DELETE", "/books/{id}", 204),
        ("GET", "/books/{id}/loans", 200),
        ("POST", "/books/{id}/loans", 201),
        ("GET", "/books/{id}/cover", 200),
    ] {
        let others = if path.ends_with("cover") { "422" } else { "4XX" };
        let operation = json!({
            "id": format!("{method} {path}"), "group": "books", "command": "c", "method": method, "path": path,
            "responses": [{"status": status.to_string()}, {"status": others}],
        });
        let operation: Operation = serde_json::from_value(operation).expect("an operation");
        table.operations.push(operation);
    }
    MockServer::start(table).await.expect("a free port")
}

async fn statuses<const N: usize>(server: &MockServer, requests: [&str; N]) -> [u16; N] {
    let mut statuses = [0; N];
    for (request, status) in requests.into_iter().zip(&mut statuses) {
        let (method, path) = request.split_once(' ').expect("a method");
        let url = format!("{}{path}", server.url());
        let method = method.parse().expect("a method");
        *status = Client::new().request(method, url).send().await.expect("a reply").status().into();
    }
    statuses
}

#[tokio::test]
async fn a_record_that_was_deleted_is_gone_with_all_that_is_below_it() {
    let server = server().await;
    let before = ["GET /books/7", "DELETE /books/7"];
    assert_eq!(statuses(&server, before).await, [200, 204]);
    let gone = ["GET /books/7", "HEAD /books/7", "GET /books/7/loans", "POST /books/7/loans"];
    assert_eq!(statuses(&server, gone).await, [404; 4]);
    let others = ["GET /books/77", "GET /books/77/loans", "GET /books"];
    assert_eq!(statuses(&server, others).await, [200; 3]);
    assert_eq!(statuses(&server, ["DELETE /books/7"]).await, [204], "it can be said again");
    assert_eq!(statuses(&server, ["GET /books/7/cover"]).await, [200], "no 404 is described");
}

#[tokio::test]
async fn what_is_made_anew_is_there_and_a_list_that_is_emptied_is_no_record() {
    let server = server().await;
    let again = ["DELETE /books/7", "PUT /books/7", "GET /books/7"];
    assert_eq!(statuses(&server, again).await, [204, 200, 200]);
    let by_list = ["DELETE /books/7", "POST /books", "GET /books/7"];
    assert_eq!(statuses(&server, by_list).await, [204, 201, 200]);
    assert_eq!(statuses(&server, ["DELETE /books", "GET /books"]).await, [204, 200]);
    assert_eq!(statuses(&server, ["DELETE /books/7", "GET /books/7"]).await, [204, 404]);
    server.reset();
    assert_eq!(statuses(&server, ["GET /books/7"]).await, [200]);
}
