//! Replies that are not quite what the description says: each has a defined result.

use lantern_client::{Client, Error, ErrorKind, Reply, types};

use crate::virtual_time::{Answer, Service};

fn answering(body: &str) -> Client {
    let body: &'static str = body.to_owned().leak();
    Service::new(move |_, _, _| Answer::Reply(200, vec![], body)).client()
}

async fn email(confidence: &str) -> Result<Reply<types::EmailEnrichmentResponse>, Error> {
    let body = format!(
        r#"{{"success": true, "record_id": "r", "first_name": "A", "last_name": "L", "company": "C",
            "email": null, "confidence": {confidence}, "credits_consumed": 1.0, "credits_remaining": 5,
            "processing_time_ms": 7, "cached": false}}"#
    );
    let request = types::EmailEnrichmentRequest::new("r", "A", "L", "C");
    answering(&body).enrichment().email(request).await
}

async fn remaining(body: &str) -> Result<Reply<types::RemainingCreditsResponse>, Error> {
    answering(body).credits().remaining().await
}

fn place(error: &Error) -> String {
    assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
    assert!(error.body().is_some(), "what came is kept");
    error.to_string().split('`').nth(1).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn c15_values_that_are_not_known_yet_are_kept() {
    let reply = email(r#""certain""#).await.expect("a reply");
    let kept = types::EmailConfidence::Unrecognized("certain".to_owned());
    assert_eq!(reply.confidence, Some(kept));
    let again = serde_json::to_value(reply.body()).expect("JSON");
    assert_eq!(again["confidence"], "certain");
}

#[tokio::test]
async fn c15_a_value_of_another_kind_names_its_place() {
    assert_eq!(place(&email("7").await.expect_err("a number for a text")), "confidence");
    let cases = [
        (r#"{"success": true, "tenant_id": null, "remaining_credits": 1}"#, "tenant_id"),
        (r#"{"success": true, "tenant_id": "1", "remaining_credits": 1}"#, "tenant_id"),
        (r#"{"success": true, "tenant_id": 1.5, "remaining_credits": 1}"#, "tenant_id"),
        (r#"{"success": true, "tenant_id": 1, "remaining_credits": [1]}"#, "remaining_credits"),
    ];
    for (body, expected) in cases {
        assert_eq!(place(&remaining(body).await.expect_err(body)), expected, "{body}");
    }
    let array = remaining("[1, 2]").await.expect_err("an array for an object");
    assert_eq!(array.kind(), ErrorKind::Decode);
    let missing = remaining(r#"{"success": true, "tenant_id": 1}"#).await.expect_err("a gap");
    assert!(missing.to_string().contains("remaining_credits"), "{missing}");
}

#[tokio::test]
async fn c15_a_mark_of_byte_order_is_passed_over() {
    let body = "\u{feff}{\"success\": true, \"tenant_id\": 1, \"remaining_credits\": 5}";
    assert_eq!(remaining(body).await.expect("a reply").tenant_id, 1);
}

#[tokio::test]
async fn c15_json_without_bottom_is_an_error_and_no_overflow() {
    let deep = "[".repeat(200_000);
    let body = format!(r#"{{"success": true, "tenant_id": 1, "remaining_credits": 5, "x": {deep}"#);
    let error = remaining(&body).await.expect_err("too deep");
    assert_eq!(error.kind(), ErrorKind::Decode);
    let member = format!(r#"{{"success": true, "credits_remaining": {deep}"#);
    assert_eq!(remaining(&member).await.expect_err("too deep").kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn c15_a_date_time_without_a_zone_is_utc() {
    let body = r#"{"success": true, "tenant_id": 1, "credits_used": 0,
        "start_date": "2024-01-01T00:00:00", "end_date": "2024-12-31T23:59:59+01:00"}"#;
    let (start, end) = ("2024-01-01T00:00:00Z", "2024-12-31T22:59:59Z");
    let start: jiff::Timestamp = start.parse().expect("a moment");
    let end: jiff::Timestamp = end.parse().expect("a moment");
    let used = answering(body).credits().usage(start, end).await.expect("a reply");
    assert_eq!((*used.start_date, *used.end_date), (start, end));
}
