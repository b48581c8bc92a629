//! A client of the protocol uses the operations of a table, which a mock server answers.

#[path = "tools/files.rs"]
mod files;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use lantern_mcp::{HttpBackend, Options, ToolServer};
use lantern_mock::{MockServer, Script};
use lantern_operations::{Placement, Table};
use rmcp::model::{
    CallToolRequestParams, CallToolResult, ClientCapabilities, ClientConfig, ElicitRequestParams,
    ElicitResult, ElicitationAction, ElicitationCapability, Implementation, ProtocolVersion,
};
use rmcp::service::{
    ClientLifecycleMode, ClientServiceExt as _, RequestContext, RoleClient, RunningService,
};
use rmcp::{ClientHandler, ErrorData, ServiceExt as _};
use serde_json::{Value, json};

const SECRET: &str = "canary-of-the-key";

fn table() -> Table {
    Table::from_json(include_str!("../../mock/tests/tables/shelf.json")).expect("a table")
}

/// A person who is asked.
#[derive(Clone)]
struct Person {
    can_be_asked: bool,
    says_yes: bool,
    asked: Arc<AtomicUsize>,
}

impl ClientHandler for Person {
    fn get_info(&self) -> ClientConfig {
        let mut can = ClientCapabilities::default();
        can.elicitation = self.can_be_asked.then(ElicitationCapability::default);
        ClientConfig::new(can, Implementation::new("test", "1"))
    }

    async fn create_elicitation(
        &self,
        request: ElicitRequestParams,
        _context: RequestContext<RoleClient>,
    ) -> Result<ElicitResult, ErrorData> {
        let ElicitRequestParams::FormElicitationParams { message, .. } = request else {
            panic!("no form")
        };
        assert!(message.contains("may cost 2 credits"), "{message}");
        self.asked.fetch_add(1, Ordering::SeqCst);
        let answer = ElicitResult::new(ElicitationAction::Accept);
        Ok(answer.with_content(json!({ "confirm": self.says_yes })))
    }
}

struct Agent {
    client: RunningService<RoleClient, Person>,
    tools: ToolServer,
    mock: MockServer,
}

impl Agent {
    async fn new(options: Options, person: Person, is_modern: bool) -> Self {
        Self::of(table(), options, person, is_modern).await
    }

    async fn of(table: Table, options: Options, person: Person, is_modern: bool) -> Self {
        let mock = MockServer::builder(table.clone()).key(SECRET).no_limits();
        let mock = mock.start().await.expect("a port");
        let secrets = vec![("key".to_owned(), Placement::Bearer, SECRET.to_owned())];
        let backend = HttpBackend::new(mock.url(), secrets).expect("a URL");
        let tools = ToolServer::new(table, backend, options).expect("a server");
        let (near, far) = tokio::io::duplex(65_536);
        let server = tools.clone();
        tokio::spawn(async move {
            server.serve(near).await.expect("a session").waiting().await.expect("an end");
        });
        let client = match is_modern {
            false => person.serve(far).await.expect("a session"),
            true => {
                let preferred_versions = vec![ProtocolVersion::V_2026_07_28];
                let mode = ClientLifecycleMode::Discover { preferred_versions };
                person.serve_with_lifecycle(far, mode).await.expect("a session")
            }
        };
        Self { client, tools, mock }
    }

    async fn usual(options: Options) -> Self {
        Self::new(options, person(false, false), false).await
    }

    async fn call(&self, name: &str, arguments: Value) -> CallToolResult {
        let Value::Object(arguments) = arguments else { panic!("no arguments") };
        let request = CallToolRequestParams::new(name.to_owned()).with_arguments(arguments);
        self.client.call_tool(request).await.expect("a result")
    }
}

fn person(can_be_asked: bool, says_yes: bool) -> Person {
    Person { can_be_asked, says_yes, asked: Arc::default() }
}

fn text(result: &CallToolResult) -> String {
    let texts = result.content.iter().filter_map(|block| block.as_text());
    texts.map(|block| block.text.clone()).collect()
}

fn lend(reader: &str) -> Value {
    json!({"id": 7, "body": {"reader": reader}})
}

#[tokio::test]
async fn operations_are_tools_with_hints_schemas_and_costs() {
    let agent = Agent::usual(Options::new()).await;
    let tools = agent.client.list_all_tools().await.expect("tools");
    assert_eq!(tools.len(), table().operations.len());
    let tool = |name: &str| tools.iter().find(|tool| tool.name == name).expect(name);
    let hints = |name: &str| {
        let hints = tool(name).annotations.clone().expect("hints");
        (hints.read_only_hint, hints.destructive_hint, hints.idempotent_hint)
    };
    assert_eq!(hints("books_list"), (Some(true), Some(false), Some(true)));
    assert_eq!(
        hints("books_lend"),
        (Some(false), Some(false), Some(true)),
        "repeatable by its key"
    );
    assert_eq!(hints("batches_lend"), (Some(false), Some(true), Some(false)));
    let tool = tool("books_lend");
    let description = tool.description.as_deref().expect("a description");
    assert!(description.contains("2 in the documented example"), "{description}");
    assert!(description.contains("`body.max_credits` caps"), "{description}");
    let schema = Value::Object((*tool.input_schema).clone());
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    assert!(validator.is_valid(&lend("a")));
    assert!(!validator.is_valid(&json!({"id": "x", "body": {"reader": "a"}})));
    assert!(!validator.is_valid(&json!({"id": 7})), "the body is required");
}

#[tokio::test]
async fn calls_are_sent_and_answers_come_back_without_secrets() {
    let agent = Agent::usual(Options::new()).await;
    let books = agent.call("books_list", json!({"genre": ["novel", "poetry"], "limit": 5})).await;
    assert_eq!(
        (books.is_error, text(&books)),
        (Some(false), r#"[{"id":7,"title":"Emma"}]"#.to_owned())
    );
    let sent = &agent.mock.received()[0];
    assert_eq!((sent.status, sent.query.as_str()), (Some(200), "genre=novel&genre=poetry&limit=5"));
    let lent = agent.call("books_lend", lend("a")).await;
    assert_eq!(lent.structured_content, Some(json!({"success": true, "credits_consumed": 2})));
    assert_eq!(lent.meta.expect("meta")["credits"]["spent"], 2.0);
    let all = format!(
        "{:?} {:?}",
        agent.client.list_all_tools().await,
        agent.call("books_list", json!({})).await
    );
    assert!(!all.contains(SECRET));
}

#[tokio::test]
async fn what_is_wrong_is_told_with_what_to_do() {
    let agent = Agent::usual(Options::new()).await;
    let cases = [
        ("books_get", json!({}), "the parameter `id` cannot be sent: it is missing"),
        ("books_get", json!({"id": 7, "x": 1}), "there is no argument `x`; there are: id"),
        ("books_lend", json!({"id": 7}), "the argument `body` is missing"),
        ("books_lend", json!({"id": 7, "body": {}}), "Correct the arguments"),
    ];
    for (name, arguments, expected) in cases {
        let result = agent.call(name, arguments).await;
        assert_eq!(result.is_error, Some(true));
        assert!(text(&result).contains(expected), "{}", text(&result));
    }
    agent.mock.script(Script::status(429).header("retry-after", "7"));
    assert!(text(&agent.call("books_list", json!({})).await).contains("after 7 seconds"));
    agent.mock.script(Script::status(402));
    assert!(text(&agent.call("books_list", json!({})).await).contains("not enough credits"));
    let unknown = CallToolRequestParams::new("nothing");
    assert!(agent.client.call_tool(unknown).await.is_err());
}

#[tokio::test]
async fn the_budget_holds_also_for_lost_answers() {
    let agent = Agent::usual(Options::new().max_credits(5.0)).await;
    assert_eq!(agent.call("books_lend", lend("a")).await.is_error, Some(false));
    agent.mock.set_faults(["disconnect".parse().expect("a rule")]);
    let lost =
        agent.call("books_lend", json!({"id": 7, "body": {"reader": "b", "max_credits": 2}})).await;
    assert!(text(&lost).contains("may have acted"), "{}", text(&lost));
    agent.mock.set_faults([]);
    assert_eq!(agent.tools.spent(), 4.0);
    let refused =
        agent.call("books_lend", json!({"id": 7, "body": {"reader": "c", "max_credits": 2}})).await;
    assert!(text(&refused).contains("the budget does not allow it"), "{}", text(&refused));
    assert_eq!(agent.mock.received_by("lend_book").len(), 2, "it was not sent");
    assert_eq!(agent.call("books_list", json!({})).await.is_error, Some(false), "it costs nothing");
    assert!(agent.mock.account().charged <= 5.0);
}

/// A call that cost nothing, or states a cap that is none, does not make the next ones free.
#[tokio::test]
async fn a_call_without_costs_opens_no_hole_in_the_budget() {
    let agent = Agent::usual(Options::new().max_credits(2.0)).await;
    agent.mock.script(Script::status(422).of("books.lend"));
    let wrong = agent.call("books_lend", lend("a")).await;
    assert_eq!((wrong.is_error, agent.tools.spent()), (Some(true), 0.0));
    for number in 0..4 {
        agent.call("books_lend", lend(&number.to_string())).await;
    }
    for cap in [json!(-5), json!(0), json!("x")] {
        let body = json!({"reader": "b", "max_credits": cap});
        let refused = agent.call("books_lend", json!({"id": 7, "body": body})).await;
        assert!(text(&refused).contains("the budget does not allow it"), "{}", text(&refused));
    }
    assert_eq!((agent.tools.spent(), agent.mock.account().charged), (2.0, 2.0));
}

/// What the service may have done before it failed is paid for, too.
#[tokio::test]
async fn an_error_of_the_service_counts_as_charged() {
    let agent = Agent::usual(Options::new().max_credits(3.0)).await;
    agent.mock.script(Script::status(500).of("books.lend"));
    let failed =
        agent.call("books_lend", json!({"id": 7, "body": {"reader": "a", "max_credits": 2}})).await;
    assert_eq!((failed.is_error, agent.tools.spent()), (Some(true), 2.0));
}

#[tokio::test]
async fn what_is_left_of_the_budget_caps_a_call() {
    let agent = Agent::usual(Options::new().max_credits(7.5)).await;
    agent.call("books_lend", lend("a")).await;
    assert_eq!(agent.mock.received_by("lend_book")[0].json()["max_credits"], 7);
}

#[tokio::test]
async fn concurrent_calls_do_not_overrun_the_budget() {
    let agent = Arc::new(Agent::usual(Options::new().max_credits(9.0)).await);
    let calls = (0..20).map(|number| {
        let agent = agent.clone();
        tokio::spawn(async move {
            let body = json!({"reader": number.to_string(), "max_credits": 2});
            agent.call("books_lend", json!({"id": 7, "body": body})).await.is_error
        })
    });
    let mut sent = 0;
    for call in calls.collect::<Vec<_>>() {
        sent += usize::from(call.await.expect("a result") == Some(false));
    }
    assert_eq!((sent, agent.mock.account().charged), (4, 8.0));
}

#[tokio::test]
async fn the_person_is_asked_before_much_is_spent() {
    for is_modern in [false, true] {
        let person_who_says = |says_yes| person(true, says_yes);
        let yes = person_who_says(true);
        let agent = Agent::new(Options::new().confirm_above(1.5), yes.clone(), is_modern).await;
        let result = agent.call("books_lend", lend("a")).await;
        assert_eq!(result.is_error, Some(false), "{}", text(&result));
        assert_eq!(
            agent.call("books_list", json!({})).await.is_error,
            Some(false),
            "it costs nothing"
        );
        assert_eq!(yes.asked.load(Ordering::SeqCst), 1);
        let agent =
            Agent::new(Options::new().confirm_above(1.5), person_who_says(false), is_modern).await;
        let result = agent.call("books_lend", lend("a")).await;
        assert!(text(&result).contains("did not confirm"), "{}", text(&result));
        assert_eq!(agent.mock.received().len(), 0);
        let agent =
            Agent::new(Options::new().confirm_above(1.5), person(false, true), is_modern).await;
        let result = agent.call("books_lend", lend("a")).await;
        assert!(text(&result).contains("cannot ask"), "{}", text(&result));
        assert_eq!((agent.mock.received().len(), agent.tools.spent()), (0, 0.0));
    }
}

#[tokio::test]
async fn only_allowed_operations_are_tools() {
    let names = |options: Options| {
        let backend = HttpBackend::new("http://localhost", Vec::new()).expect("a URL");
        let server = ToolServer::new(table(), backend, options);
        server.map(|server| {
            server.tools().iter().map(|tool| tool.name.to_string()).collect::<Vec<_>>()
        })
    };
    let allowed = names(Options::new().allow("books.lend").allow("batches"));
    assert_eq!(allowed, Ok(vec!["books_lend".to_owned(), "batches_lend".to_owned()]));
    assert_eq!(
        names(Options::new().read_only()),
        Ok(vec!["books_list".to_owned(), "books_get".to_owned()])
    );
    assert!(
        names(Options::new().allow("books.burn")).is_err_and(|error| error.contains("books.burn"))
    );
    assert!(names(Options::new().allow("batches").read_only()).is_err());
}
