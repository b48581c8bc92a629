//! A client of the protocol uses the tools by streamable HTTP.

use lantern_mcp::cli::router;
use lantern_mcp::{HttpBackend, Options, ToolServer};
use lantern_mock::{MockServer, Script};
use lantern_operations::{ClientSecret, Placement, Table};
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
    (serve_by(backend, options).await, mock)
}

/// A server of tools that sends by this.
async fn serve_by(backend: HttpBackend, options: Options) -> String {
    let tools = ToolServer::new(table(), backend, options).expect("a server");
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/mcp", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router(tools)).await });
    url
}

/// The same service, whose key is a token that a client requests.
fn table_with_tokens() -> Table {
    let mut table = table();
    let flow = json!({
        "tokenUrl": "oauth/token", "scopes": ["read", "lend"], "idVariable": "SHELF_CLIENT_ID",
        "secretVariable": "SHELF_CLIENT_SECRET", "tokenUrlVariable": "SHELF_TOKEN_URL",
    });
    table.security_schemes[0].client_credentials = serde_json::from_value(flow).expect("a flow");
    table
}

/// A service that gives tokens for the secret, and tools whose client has this one.
async fn serve_tokens(secret: &str) -> (Agent, MockServer) {
    let (table, id) = (table_with_tokens(), "an id".to_owned());
    let mock = MockServer::builder(table.clone()).key(SECRET).no_limits();
    let mock = mock.start().await.expect("a port");
    let client = ClientSecret { id, secret: secret.to_owned(), token_url: None };
    let backend = HttpBackend::new(mock.url(), Vec::new()).expect("a URL");
    let backend = backend.with_client(&table.security_schemes[0], client).expect("a place");
    (agent(&serve_by(backend, Options::new()).await).await, mock)
}

/// How many tokens were asked for, and how many calls came.
fn counts(mock: &MockServer) -> (usize, usize) {
    let all = mock.received();
    let tokens = all.iter().filter(|it| it.path == "/oauth/token").count();
    (tokens, all.len() - tokens)
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

#[tokio::test]
async fn a_token_is_asked_for_once_and_again_when_it_is_refused() {
    let (agent, mock) = serve_tokens(SECRET).await;
    let (one, two, three) = tokio::join!(lend(&agent, "1"), lend(&agent, "2"), lend(&agent, "3"));
    for result in [one, two, three] {
        assert_eq!(result.is_error, Some(false), "{result:?}");
    }
    assert_eq!(counts(&mock), (1, 3));
    // The service knows none of its tokens any more.
    mock.reset();
    assert_eq!(lend(&agent, "b").await.is_error, Some(false));
    assert_eq!(counts(&mock), (1, 2), "refused, and sent again with another token");
    mock.script(Script::status(401).of("books.lend").times(9));
    let refused = lend(&agent, "c").await;
    assert!(format!("{refused:?}").contains("are missing or not valid"), "{refused:?}");
    assert_eq!(counts(&mock), (2, 4), "a call asks once");
}

#[tokio::test]
async fn no_answer_has_the_secret_of_a_client_or_its_token() {
    let (agent, mock) = serve_tokens(SECRET).await;
    for status in [200, 422, 500] {
        let error = format!("{SECRET} got mock-token-1");
        mock.script(Script::status(status).json(json!({"error": error})));
        let told = format!("{:?}", lend(&agent, "a").await);
        assert!(told.contains("(hidden) got (hidden)"), "{status}: {told}");
    }
    let (agent, _mock) = serve_tokens("canary-that-is-wrong").await;
    let told = format!("{:?}", lend(&agent, "a").await);
    assert!(told.contains("invalid_client") && told.contains("SHELF_CLIENT_SECRET"), "{told}");
    assert!(!told.contains("canary"), "{told}");
}

#[test]
fn variables_are_missing_where_operations_ask_for_a_secret_and_none_is_known() {
    let backend = |secrets| HttpBackend::new("http://127.0.0.1", secrets).expect("a URL");
    let known = vec![("key".to_owned(), Placement::Bearer, SECRET.to_owned())];
    assert_eq!(backend(Vec::new()).missing_variables(&table()), ["SHELF_API_KEY"]);
    let with_tokens = table_with_tokens();
    let both = ["SHELF_API_KEY", "SHELF_CLIENT_ID"];
    assert_eq!(backend(Vec::new()).missing_variables(&with_tokens), both);
    assert!(backend(known).missing_variables(&table()).is_empty());
    let mut open = table();
    open.operations.iter_mut().for_each(|operation| operation.security.clear());
    assert!(backend(Vec::new()).missing_variables(&open).is_empty());
}
