//! A client of the protocol uses the tools by streamable HTTP.

use lantern_mcp::cli::router;
use lantern_mcp::{HttpBackend, Options, ToolServer};
use lantern_mock::{MockServer, Script};
use lantern_operations::{Placement, Table};
use rmcp::ServiceExt as _;
use rmcp::model::{CallToolRequestParams, CallToolResult};
use rmcp::service::{RoleClient, RunningService};
use rmcp::transport::StreamableHttpClientTransport;
use serde_json::{Value, json};

const SECRET: &str = "canary-of-the-key";

type Agent = RunningService<RoleClient, ()>;

fn table() -> Table {
    Table::from_json(include_str!("../../mock/tests/tables/shelf.json")).expect("a table")
}

/// A server of tools at a URL, and the service behind it.
async fn serve(options: Options) -> (String, MockServer) {
    let mock = MockServer::builder(table()).key(SECRET).no_limits().start().await.expect("a port");
    let secrets = vec![("key".to_owned(), Placement::Bearer, SECRET.to_owned())];
    let backend = HttpBackend::new(mock.url(), secrets).expect("a URL");
    let tools = ToolServer::new(table(), backend, options).expect("a server");
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/mcp", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router(tools)).await });
    (url, mock)
}

async fn agent(url: &str) -> Agent {
    ().serve(StreamableHttpClientTransport::from_uri(url)).await.expect("a session")
}

async fn lend(agent: &Agent, reader: &str) -> CallToolResult {
    let Value::Object(arguments) = json!({"id": 7, "body": {"reader": reader}}) else {
        panic!("no arguments")
    };
    let request = CallToolRequestParams::new("books_lend").with_arguments(arguments);
    agent.call_tool(request).await.expect("a result")
}

#[tokio::test]
async fn tools_are_listed_and_called_and_all_sessions_share_the_budget() {
    let (url, mock) = serve(Options::new().max_credits(4.0)).await;
    let (one, two) = (agent(&url).await, agent(&url).await);
    assert_eq!(one.list_all_tools().await.expect("tools").len(), table().operations.len());
    assert_eq!(lend(&one, "a").await.is_error, Some(false));
    assert_eq!(lend(&two, "b").await.structured_content.expect("a body")["success"], true);
    let refused = lend(&one, "c").await;
    assert!(format!("{refused:?}").contains("the budget does not allow it"), "{refused:?}");
    assert_eq!(mock.account().charged, 4.0);
}

/// A service that repeats the secret in its reply does not tell it to the model.
#[tokio::test]
async fn no_answer_has_the_secret() {
    let (url, mock) = serve(Options::new()).await;
    let agent = agent(&url).await;
    for status in [200, 401, 422, 500] {
        mock.script(Script::status(status).json(json!({"error": format!("the key {SECRET} …")})));
        let result = lend(&agent, "a").await;
        let told = format!("{result:?}");
        assert!(told.contains("the key (hidden)") && !told.contains(SECRET), "{status}: {told}");
    }
}
