//! What a charged answer holds is never lost: it is read, or all of it is kept.

use lantern_client::{AnyMember, Client, Error, ErrorKind, Reply, batches, types};
use serde_json::{Value, json};

use crate::server::{Answer, Server};
use crate::virtual_time::{Answer as Said, Service};
use crate::{assert_secret, client};

/// A client of a service that answers this to everything.
fn told(body: &str) -> Client {
    let body: &'static str = body.to_owned().leak();
    Service::new(move |_, _, _| Said::Reply(200, vec![], body)).client()
}

async fn remaining(body: &str) -> Result<Reply<types::RemainingCreditsResponse>, Error> {
    told(body).credits().remaining().await
}

async fn company(body: &Value) -> Reply<types::CompanyEnrichmentResponse> {
    let request = types::CompanyEnrichmentRequest::new("crm-1");
    told(&body.to_string()).enrichment().company(request).await.expect("a reply")
}

#[tokio::test]
async fn c34_what_cannot_be_read_is_kept_whole() {
    let filler = "é".repeat(5_000);
    let body = json!({"success": true, "tenant_id": "x", "remaining_credits": 1, "note": filler});
    let answer = Answer::json(200, &body).header("x-request-id", "q-7").header("x-a", "b");
    let server = Server::answering(answer).await;
    let error = client(&server).credits().remaining().await.expect_err("a text for an integer");

    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.body(), Some(body.to_string().as_bytes()));
    assert_eq!(error.json::<Value>(), Some(body));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert_eq!(error.headers().and_then(|headers| headers.get("x-a")?.to_str().ok()), Some("b"));
    assert_eq!(error.request_id().as_deref(), Some("q-7"));
    assert!(error.to_string().contains("`tenant_id`"), "{error}");
    assert!(!error.is_retryable(), "the answer would be the same, and may be charged again");
    assert_secret(&error);
}

#[tokio::test]
async fn c34_a_body_that_is_no_json_is_kept_whole() {
    for body in ["<h1>Hello</h1>".repeat(1_000), r#"{"success": true, "#.to_owned(), String::new()]
    {
        let server = Server::answering(Answer::new(200, "application/json", body.clone())).await;
        let error = client(&server).credits().remaining().await.expect_err("no JSON");
        assert_eq!(error.body(), Some(body.as_bytes()));
        assert_eq!(error.json::<Value>(), None);
    }
}

#[tokio::test]
async fn c34_only_a_part_of_a_body_is_shown() {
    for length in [4_096, 4_097, 20_000] {
        let body = "x".repeat(length);
        let server = Server::answering(Answer::new(502, "text/html", body)).await;
        let error = client(&server).credits().remaining().no_retry().await.expect_err("a failure");
        let shown = format!("{error:?}").matches('x').count();
        let apart = "\"text/html\" Text next".matches('x').count();
        assert!((4_096..4_096 + apart).contains(&shown), "{shown} of {length}");
        assert_eq!(error.body().map(<[u8]>::len), Some(length));
    }
}

#[tokio::test(start_paused = true)]
async fn c34_a_reply_that_cannot_be_read_tells_its_attempts() {
    let service = Service::new(|number, _, _| match number {
        0 => Said::Lost,
        _ => Said::Reply(200, vec![], "[]"),
    });
    let error = service.client().credits().remaining().await.expect_err("a list for an object");
    assert_eq!((error.kind(), error.timing().attempts), (ErrorKind::Decode, 2));
    assert_eq!(error.timing().in_flight.as_millis(), 40, "20 for each attempt");
    let direct = remaining("[]").await.expect_err("a list for an object");
    assert_eq!(direct.timing().attempts, 1);
}

#[tokio::test]
async fn c34_a_member_is_found_with_or_without_a_field() {
    let body = json!({
        "success": true, "record_id": "crm-1", "linkedin_id": null, "phone": "+44 20",
        "a.b": {"c": [1, null]}, "\u{e9}": 1, "cached": false,
    });
    let request = types::PhoneEnrichmentRequest::new("crm-1").email("ada@example.com");
    let reply = told(&body.to_string()).enrichment().phone(request).await.expect("a reply");
    for (name, value) in body.as_object().into_iter().flatten() {
        assert_eq!(reply.member(name).as_ref(), Some(value), "{name}");
    }
    for missing in ["email", "", "Phone", "a", "c"] {
        assert_eq!(reply.member(missing), None, "{missing}");
    }
    assert_eq!(reply.clone().member("phone"), Some("+44 20".into()));
    assert!(!format!("{reply:?}").contains("object: b\""), "bytes are not for reading");
}

#[tokio::test]
async fn c34_the_last_of_two_members_counts_as_it_does_in_fields() {
    let body = r#"{"tenant_id": 1, "x": 1, "remaining_credits": 5, "success": true, "x": {"y": 2}, "tenant_id": 7}"#;
    let marked = format!("\u{feff} \n{body}");
    for body in [body, &marked] {
        let reply = remaining(body).await.expect("a reply");
        assert_eq!(reply.member("x"), Some(json!({"y": 2})));
        assert_eq!((reply.member("tenant_id"), reply.tenant_id), (Some(7.into()), 7));
    }
}

#[tokio::test]
async fn c34_members_of_inner_objects_are_found_alike() {
    let body = json!({
        "success": true, "record_id": "crm-1", "credits_consumed": 1, "credits_remaining": 5,
        "processing_time_ms": 7, "cached": false,
        "company": {"name": "AE", "hq": null, "founded": 1999},
    });
    let reply = company(&body).await;
    let inner = reply.company.as_ref().expect("a company");
    assert_eq!(inner.member("founded"), Some(1999.into()));
    assert_eq!(inner.member("name"), Some("AE".into()));
    assert_eq!(inner.member("industry"), None);
    assert_eq!(
        reply.member("company").map(|company| company["founded"].clone()),
        Some(1999.into())
    );
    let request = types::BatchRequest::new(vec!["a".to_owned()], 5);
    assert_eq!(request.member("max_credits"), Some(5.into()));
    assert_eq!("text".to_owned().member("text"), None);
}

#[tokio::test]
async fn c34_a_submission_has_its_members_too() {
    let body = r#"{"run_id": "r-1", "result_path": "s3://bucket/a", "credits_csv_path": "s3://bucket/b",
        "eta_seconds": 90}"#;
    let request = types::BatchRequest::new(vec!["a".to_owned()], 5);
    let reply: Reply<lantern_client::batch::Batch<batches::PhoneEnrichBatch>> =
        told(body).batches().phone(request).await.expect("a reply");
    assert_eq!(reply.member("eta_seconds"), Some(90.into()));
    assert_eq!(reply.member("run_id"), Some("r-1".into()));
    let shown = format!("{reply:?}");
    assert!(!shown.contains("bucket"), "places may be presigned: {shown}");
}

#[tokio::test]
async fn c34_what_is_no_object_has_no_members() {
    for (media_type, body) in [("application/json", "[]"), ("text/csv", "run_id\n{\"a\": 1}")] {
        let server = Server::answering(Answer::new(200, media_type, body)).await;
        let (from, to) = ("2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z");
        let (from, to) = (from.parse().expect("a moment"), to.parse().expect("a moment"));
        let reply = client(&server).logs().routing(from, to).await.expect("a reply");
        assert_eq!(reply.member("a"), None);
    }
}
