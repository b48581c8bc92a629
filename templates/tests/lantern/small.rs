//! Small things that cost newcomers minutes.

use lantern_client::mock::Mock;
use lantern_client::{Client, ErrorKind, types};
use serde_json::json;

/// The messages of an error and of all its causes.
fn chain(error: &dyn std::error::Error) -> Vec<String> {
    let causes = std::iter::successors(Some(error), |cause| cause.source());
    causes.map(ToString::to_string).collect()
}

#[tokio::test]
async fn an_error_is_one_readable_line_and_its_causes_repeat_nothing() {
    let client = Client::builder().api_key(crate::KEY).base_url("http://127.0.0.1:9").build();
    let call = client.expect("a client").credits().remaining();
    let error = call.no_retry().await.expect_err("nobody listens there");
    let line = format!("{error:?}");
    assert!(
        line.starts_with("GET /v1/credits/remaining could not be sent: no connection: "),
        "{line}"
    );
    assert!(line.to_lowercase().contains("refused") && !line.contains(['\n', '{']), "{line}");
    let chain = chain(&error);
    assert!(chain.len() > 2, "{chain:?}");
    for (number, message) in chain.iter().enumerate() {
        let later = &chain[number + 1..];
        assert!(!later.contains(message), "{message:?} is there twice: {chain:?}");
    }
    let details = format!("{error:#?}");
    assert!(details.contains("kind: Connect") && details.contains("attempts: 1"), "{details}");
}

#[tokio::test(start_paused = true)]
async fn what_the_service_said_is_in_the_line() {
    let mock = Mock::new();
    let body = json!({"success": false, "error": "no credits"});
    mock.on::<lantern_client::enrichment::EnrichPhone>().status(402).json(body);
    let request = types::PhoneEnrichmentRequest::new("crm-1").email("ada@example.com");
    let call = mock.client().enrichment().phone(request);
    let error = call.clone().await.expect_err("no credits");
    let line = "POST /v1/enrich/phone was answered with 402 Payment Required: no credits";
    assert_eq!(format!("{error:?}"), line);
    assert_eq!(error.kind().to_string(), "credits exhausted");
    let again = call.await.expect_err("the same call can be made twice");
    assert_eq!(again.kind(), ErrorKind::CreditsExhausted);
}

#[test]
fn enums_are_made_of_texts() {
    let csv: types::LogFormat = "csv".parse().expect("any text");
    assert_eq!(
        (csv, types::LogFormat::from("csv".to_owned())),
        (types::LogFormat::Csv, types::LogFormat::Csv)
    );
    let new: types::LogFormat = "parquet".parse().expect("any text");
    assert_eq!(new.as_str(), "parquet");
}

#[test]
fn lists_are_set_from_anything_that_has_such_items() {
    let group = types::MatchRuleGroup::default();
    let expected = group.clone().all(vec!["domain".to_owned(), "name".to_owned()]);
    assert_eq!(group.clone().all(["domain", "name"]), expected);
    assert_eq!(group.all("domain name".split(' ')), expected);
}

#[test]
fn types_of_other_crates_are_reached_through_this_one() {
    use lantern_client::dependencies::{bytes, http, jiff, reqwest, serde_json, url};
    let _ = (bytes::Bytes::new(), jiff::Timestamp::UNIX_EPOCH, serde_json::Value::Null);
    assert_eq!(reqwest::Method::GET, http::Method::GET);
    assert!(url::Url::parse("https://example.com").is_ok());
}
