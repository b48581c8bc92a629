//! The test kit: rules, answers and requests of a service in memory.

use std::time::Duration;

use lantern_client::batch::Table;
use lantern_client::batches::PhoneEnrichBatch;
use lantern_client::credits::GetCreditUsage;
use lantern_client::enrichment::{EnrichCompany, EnrichPhone};
use lantern_client::mock::{Example, Mock};
use lantern_client::{Client, Error, ErrorKind, Reply, types};
use serde_json::json;
use tokio::time::Instant;

fn phone(client: &Client, id: &str) -> lantern_client::Call<EnrichPhone> {
    let request = types::PhoneEnrichmentRequest::new(id).email("ada@example.com");
    client.enrichment().phone(request)
}

#[tokio::test(start_paused = true)]
async fn answers_come_in_their_order_and_the_last_one_stays() {
    let mock = Mock::new();
    let answers = mock.on::<EnrichPhone>().status(429).retry_after(2).then_lost();
    answers.then_reply(json!({"success": true, "phone": "+1"}));
    let began = Instant::now();
    let found = phone(&mock.client(), "crm-1").await.expect("a phone number");
    assert_eq!(found.member("phone"), Some(json!("+1")));
    assert!(began.elapsed() >= Duration::from_secs(2), "{:?}", began.elapsed());
    assert!(phone(&mock.client(), "crm-2").await.is_ok());
    mock.assert_complete();
    let seen = mock.seen::<EnrichPhone>();
    let ids: Vec<_> = seen.iter().map(|one| one.body().record_id).collect();
    assert_eq!(ids, ["crm-1", "crm-1", "crm-1", "crm-2"]);
    assert!(seen[1].at() - seen[0].at() >= Duration::from_secs(2));
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_lost_is_not_repeated_where_that_may_act_twice() {
    let mock = Mock::new();
    mock.on::<PhoneEnrichBatch>().lost();
    let request = types::BatchRequest::new(vec!["a".into()], 5);
    let error = mock.client().batches().phone(request).await.expect_err("a lost reply");
    assert_eq!(error.kind(), ErrorKind::OutcomeUnknown);
    assert_eq!(mock.seen::<PhoneEnrichBatch>().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_never_comes_ends_at_the_timeout_and_what_comes_late_is_waited_for() {
    let mock = Mock::new();
    let hour = Duration::from_secs(3_600);
    mock.on::<EnrichPhone>().silent().then_reply(json!({})).after(Duration::from_secs(59));
    let client = mock.client();
    let error = phone(&client, "crm-1").await.expect_err("no reply");
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let began = Instant::now();
    assert!(phone(&client, "crm-1").timeout(hour).await.is_ok());
    assert_eq!(began.elapsed(), Duration::from_secs(59));
    mock.on::<EnrichPhone>().not_sent();
    let error = phone(&client, "crm-1").no_retry().await.expect_err("no connection");
    assert_eq!(error.kind(), ErrorKind::Connect);
}

#[tokio::test(start_paused = true)]
async fn the_newest_rule_that_fits_answers() {
    let mock = Mock::new();
    mock.on::<EnrichPhone>().reply(json!({"phone": "any"}));
    mock.on::<EnrichPhone>()
        .when(|request| request.body().record_id == "crm-2")
        .reply(json!({"phone": "two"}));
    let request = types::PhoneEnrichmentRequest::new("crm-3").email("ada@example.com");
    mock.on::<EnrichPhone>().with_json(request).reply(json!({"phone": "three"})).times(1);
    let client = mock.client();
    for (id, expected) in [("crm-1", "any"), ("crm-2", "two"), ("crm-3", "three"), ("crm-3", "any")]
    {
        let found = phone(&client, id).await.expect("a phone number");
        assert_eq!(found.member("phone"), Some(json!(expected)), "{id}");
    }
    let from = "2024-01-01T00:00:00Z".parse::<jiff::Timestamp>().expect("a time");
    mock.on::<GetCreditUsage>().with_query("workflow_id", "w-1").with_header("x-a", "1");
    let usage = || client.credits().usage(from, from).header("x-a", "1");
    assert!(usage().workflow_id("w-1").await.is_ok());
    let seen = mock.seen::<GetCreditUsage>();
    assert_eq!(seen[0].query("workflow_id"), Some("w-1"));
    assert!(seen[0].url().ends_with("/v1/credits/usage"), "{:?}", seen[0]);
    assert!(usage().workflow_id("w-2").await.is_err());
    assert_eq!(mock.unmatched().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_no_rule_is_for_fails_at_once_and_says_what_was_sent() {
    let mock = Mock::new();
    mock.on::<EnrichPhone>().with_json(json!({"record_id": "crm-2"})).reply(json!({}));
    let client = mock.client();
    let error = phone(&client, "crm-1").await.expect_err("no rule");
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(!error.is_retryable());
    let said = error.to_string();
    assert!(said.starts_with("POST /v1/enrich/phone was not sent: no rule of the mock"), "{said}");
    for part in [
        "/v1/enrich/phone with the body {\"record_id\":\"crm-1\",\"email\":\"ada@example.com\"}",
        "tests/lantern/mock.rs:",
        "with the body {\"record_id\":\"crm-2\"}",
    ] {
        assert!(said.contains(part), "{said}");
    }
    assert_eq!(mock.seen::<EnrichPhone>().len(), 1, "it is not made again");
    assert_eq!(mock.unmatched().len(), 1);
    assert!(client.credits().remaining().await.is_err());
    let dropped = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| drop((mock, client))));
    assert!(dropped.is_err(), "it is not overlooked");
}

#[tokio::test(start_paused = true)]
async fn answers_that_are_left_are_told() {
    let mock = Mock::new();
    mock.on::<EnrichPhone>().reply(json!({})).then_status(500);
    assert!(phone(&mock.client(), "crm-1").await.is_ok());
    let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| mock.assert_complete()));
    let said = checked.expect_err("an answer is left");
    let said = said.downcast_ref::<String>().expect("a text");
    assert!(said.contains("gave 1 of 2 answers"), "{said}");
}

#[tokio::test(start_paused = true)]
async fn without_rules_the_examples_of_the_description_come() {
    let mock = Mock::new().with_examples();
    let client = mock.client();
    let company = types::CompanyEnrichmentRequest::example();
    let found = client.enrichment().company(company.clone()).await.expect("an example");
    assert_eq!(*found, types::CompanyEnrichmentResponse::example());
    assert_eq!(mock.seen::<EnrichCompany>()[0].body(), company);
    assert!(client.credits().remaining().await.expect("an example").success);
    assert_eq!(mock.requests().len(), 2);
    mock.assert_complete();
}

#[tokio::test(start_paused = true)]
async fn errors_have_the_bodies_that_a_test_gives_them() {
    let mock = Mock::new();
    let body = json!({"success": false, "error": "no credits", "credits_remaining": 0});
    mock.on::<EnrichPhone>().status(402).json(&body).header("x-request-id", "7");
    let error = phone(&mock.client(), "crm-1").await.expect_err("no credits");
    assert_eq!(error.kind(), ErrorKind::CreditsExhausted);
    assert_eq!(error.message().as_deref(), Some("no credits"));
    assert_eq!(error.request_id().as_deref(), Some("7"));
    let made = Error::of_reply(Reply::new(body).with_status(402).with_header("x-request-id", "7"));
    assert_eq!((made.kind(), made.message()), (error.kind(), error.message()));
    assert_eq!(made.request_id(), error.request_id());
}

#[tokio::test(start_paused = true)]
async fn limits_of_a_client_for_tests_can_be_set() {
    let mock = Mock::new().with_examples();
    let client = mock.client_builder().api_key("own").timeout(Duration::from_secs(1)).build();
    let client = client.expect("a client");
    assert!(phone(&client, "crm-1").await.is_ok());
    assert_eq!(mock.seen::<EnrichPhone>()[0].header("authorization"), Some("Bearer own"));
    mock.on::<EnrichPhone>().silent();
    let error = phone(&client, "crm-1").no_retry().await.expect_err("no reply");
    assert_eq!(error.timing().in_flight, Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn results_of_batches_come_from_the_mock_too() {
    let mock = Mock::new().with_examples();
    mock.on::<PhoneEnrichBatch>().reply(json!({
        "run_id": "run-1", "result_path": "s3://results/1.csv", "credits_csv_path": "1-costs.csv"
    }));
    mock.on_request("GET", "s3://results/1.csv")
        .status(404)
        .then_bytes("text/csv", "id,phone\na,+1\n");
    let client = mock.client();
    let request = types::BatchRequest::new(vec!["a".into()], 5);
    let batch = client.batches().phone(request).await.expect("a batch");
    let results = batch.wait(&client).await.expect("a table");
    assert_eq!(results.split().0.len(), 1);
    mock.assert_complete();
}

#[test]
fn all_that_a_call_returns_can_be_made() {
    let body = types::PhoneEnrichmentResponse::example();
    let reply = Reply::new(body.clone()).with_status(201).with_header("x-credits-remaining", "5");
    assert_eq!((reply.status().as_u16(), reply.body()), (201, &body));
    assert_eq!(reply.meta().credits_remaining(), Some(5.0));
    assert_eq!(reply.member("success"), Some(json!(true)));
    let error = Error::of_kind(ErrorKind::Timeout).with_retryable(true);
    assert!(error.kind() == ErrorKind::Timeout && error.is_retryable());
    let limited = Reply::new(json!({})).with_status(429).with_header("retry-after", "3");
    assert_eq!(Error::of_reply(limited).retry_after(), Some(Duration::from_secs(3)));
    let table: Table<serde_json::Value> = Table::of_text("id,phone\na,+1\n");
    assert_eq!(table.columns(), ["id", "phone"]);
    assert_eq!(Vec::<types::BatchRequest>::example().len(), 1);
}

/// A transport and a store that several clients have are used by each of them.
#[tokio::test(start_paused = true)]
async fn what_is_shared_is_a_transport_and_a_store_too() {
    let mock = Mock::new().with_examples();
    let shared: std::sync::Arc<dyn lantern_client::Transport> = std::sync::Arc::new(mock.clone());
    for _ in 0..2 {
        let client = Client::builder().api_key("key").transport(shared.clone()).build();
        assert!(phone(&client.expect("a client"), "crm-1").await.is_ok());
    }
    assert_eq!(mock.seen::<EnrichPhone>().len(), 2);
    mock.on_request("GET", "s3://results/a").reply_bytes("text/csv", "id\n1\n");
    let store = std::sync::Arc::new(mock.clone());
    let place = lantern_client::batch::Place::parse("s3://results/a").expect("a place");
    let found = lantern_client::batch::Fetch::fetch(&store, &place, 100).await;
    assert!(matches!(found, Ok(lantern_client::batch::Fetched::Found(_))));
}
