//! What a charged answer holds is never lost: it is read, or all of it is kept.

use lantern_client::logs::ExportRouteLogsReply;
use lantern_client::{AnyMember, Client, Error, ErrorKind, Reply, batches, types};
use serde_json::{Map, Value, json};

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
        let shown = format!("{error:#?}").matches('x').count();
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
    let body = json!({"success": true, "company": {"name": "AE", "hq": null, "founded": 1999}});
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
        let [from, to]: [jiff::Timestamp; 2] = [from, to].map(|at| at.parse().expect("a moment"));
        let reply = client(&server).logs().routing(from, to).await.expect("a reply");
        assert_eq!(reply.member("a"), None);
    }
}

fn again(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("JSON")
}

/// What every operation makes of one and the same answer, written as JSON again.
async fn everywhere(body: &Value) -> Vec<(&'static str, Result<Value, Error>)> {
    let lantern = told(&body.to_string());
    let mut read = Vec::new();
    macro_rules! calls {
        ($($name:literal: $call:expr;)*) => { $({
            let reply = $call.await;
            read.push(($name, reply.map(|reply| again(reply.body()))));
        })* };
    }
    let moment = |text: &str| text.parse::<jiff::Timestamp>().expect("a moment");
    let (from, to) = (moment("2024-01-01T00:00:00Z"), moment("2024-02-01T00:00:00Z"));
    let logs = lantern.logs().routing(from, to).await.map(|reply| match reply.into_body() {
        ExportRouteLogsReply::Json(logs) => again(&logs),
        other => panic!("{other:?}"),
    });
    let batch = || types::BatchRequest::new(vec!["a".to_owned()], 5);
    let assigned = types::AssignmentRequest::new(types::AssignmentObject::Lead, "00Q", "emea");
    let ids = vec!["00Q".to_owned()];
    let (object, event) = (types::SalesforceObject::Lead, types::TriggerEvent::AfterInsert);
    calls! {
        "phone": lantern.enrichment().phone(types::PhoneEnrichmentRequest::new("1").email("a@b.c"));
        "email": lantern.enrichment().email(types::EmailEnrichmentRequest::new("1", "A", "L", "C"));
        "company": lantern.enrichment().company(types::CompanyEnrichmentRequest::new("1"));
        "person": lantern.enrichment().person(types::PersonEnrichmentRequest::new("1", "A", "L", "c"));
        "ai": lantern.enrichment().ai(types::AiEnrichmentRequest::new("why?"));
        "match": lantern.matching().objects(
            types::MatchRequest::new(types::MatchObject::Lead, vec![Map::new()])
        );
        "convert": lantern.salesforce().convert(types::LeadConversionRequest::new("00Q"));
        "assign": lantern.routing().assign(assigned);
        "trigger": lantern.triggers().salesforce(
            types::SalesforceTriggerRequest::new(object, ids, event, "00D")
        );
        "workflow": lantern.workflows().trigger("w", types::WorkflowTriggerRequest::new(Map::new()));
        "form": lantern.forms().submit(types::FormSubmissionRequest::default());
    }
    read.push(("logs", logs));
    // One a minute is what the limit allows, so each batch has a client of its own.
    macro_rules! batches {
        ($($name:ident)*) => { $({
            let reply = told(&body.to_string()).batches().$name(batch()).await;
            let accepted = reply.map(|reply| again(reply.body())["accepted"].clone());
            read.push((stringify!($name), accepted));
        })* };
    }
    batches! { phone phone_and_email email }
    read
}

/// Whatever is not documented as required, in the order of the pages.
const MEMBERS: [&str; 38] = [
    "success",
    "record_id",
    "first_name",
    "last_name",
    "company",
    "email",
    "linkedin_id",
    "confidence",
    "credits_consumed",
    "credits_remaining",
    "processing_time_ms",
    "cached",
    "person",
    "query",
    "response",
    "token_usage",
    "results",
    "status",
    "account_id",
    "contact_id",
    "owner_id",
    "actions",
    "assigned_to",
    "sequence",
    "pool_size",
    "timestamp",
    "processed_count",
    "enrichment_jobs",
    "workflow_status",
    "run_id",
    "result_path",
    "credits_csv_path",
    "request_id",
    "workflow_id",
    "enrichment_job_id",
    "enriched_lead",
    "push_status",
    "gdpr_safe",
];

#[tokio::test(start_paused = true)]
async fn c34_any_member_may_be_missing_or_null() {
    let nulls: Map<String, Value> =
        MEMBERS.map(|name| (name.to_owned(), Value::Null)).into_iter().collect();
    for body in [json!({}), json!({"success": true}), nulls.into()] {
        let read = everywhere(&body).await;
        assert_eq!(read.len(), 15);
        for (operation, read) in read {
            read.unwrap_or_else(|error| panic!("{operation}: {error} in {body}"));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn c34_counters_may_be_decimals() {
    let body = json!({
        "success": true, "credits_consumed": 1.5, "credits_remaining": 4750.25,
        "processing_time_ms": 12.75, "sequence": 3.0, "pool_size": 7.0, "processed_count": 1.0,
        "token_usage": {"prompt_tokens": 4.0},
    });
    for (operation, read) in everywhere(&body).await {
        let read = read.unwrap_or_else(|error| panic!("{operation}: {error}"));
        for counter in ["credits_consumed", "credits_remaining", "processing_time_ms"] {
            assert_eq!(read[counter], body[counter], "{operation}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn c34_members_that_nobody_described_are_kept() {
    let body = json!({"success": true, "phone_number": "+44 20", "scores": [{"a": 0.5}, null]});
    for (operation, read) in everywhere(&body).await {
        let read = read.unwrap_or_else(|error| panic!("{operation}: {error}"));
        assert_eq!(read, body, "{operation}");
    }
}

#[tokio::test(start_paused = true)]
async fn c34_values_of_another_kind_are_kept_in_the_error() {
    let body = json!({
        "success": true, "credits_remaining": "4750", "cached": "no", "run_id": 7, "paid": 3,
    });
    for (operation, read) in everywhere(&body).await {
        // An export may be any object.
        if operation == "logs" {
            continue;
        }
        let error = read.expect_err(operation);
        assert_eq!(error.kind(), ErrorKind::Decode, "{operation}");
        assert_eq!(error.json::<Value>().as_ref(), Some(&body), "{operation}");
        assert_eq!((error.timing().attempts, error.is_retryable()), (1, false), "{operation}");
    }
}

fn researched(consumed: Value) -> Value {
    json!({
        "success": true, "query": "why?", "response": {"a": "because"}, "credits_consumed": consumed,
        "credits_remaining": 4750.0, "processing_time_ms": 20.0, "agent_used": "web",
        "token_usage": {"prompt_tokens": 1, "completion_tokens": 2.0, "total_tokens": 3},
    })
}

#[tokio::test]
async fn c34_integers_that_the_pages_show_may_be_written_as_decimals() {
    let request = || types::DeepResearchRequest::new("why?");
    let reply = told(&researched(5.0.into()).to_string()).enrichment().research(request()).await;
    let reply = reply.expect("a reply");
    assert_eq!((reply.credits_consumed, reply.credits_remaining), (5, 4750));

    let body = researched(5.5.into());
    let error = told(&body.to_string()).enrichment().research(request()).await;
    let error = error.expect_err("half a credit");
    assert_eq!(error.json::<Value>(), Some(body));
}

#[tokio::test]
async fn c34_errors_may_tell_decimals() {
    let body = json!({
        "error": "no credits", "credits_required": 50.5, "credits_remaining": 20.25, "retry_after": 1.5,
    });
    let server = Server::answering(Answer::json(402, &body)).await;
    let request = types::CompanyEnrichmentRequest::new("1");
    let error = client(&server).enrichment().company(request).await.expect_err("no credits");
    let typed: types::EnrichmentErrorResponse = error.json().expect("the documented body");
    assert_eq!((typed.credits_required, typed.credits_remaining), (Some(50.5), Some(20.25)));
}

#[tokio::test]
async fn c34_a_submission_without_places_is_a_batch_all_the_same() {
    let request = types::BatchRequest::new(vec!["a".to_owned()], 5);
    let lantern = told(r#"{"job_id": "j-1"}"#);
    let reply = lantern.batches().phone(request).await.expect("a reply");
    assert_eq!(reply.member("job_id"), Some("j-1".into()));
    assert_eq!(reply.run_id(), "");
    let error = reply.wait(&lantern).await.expect_err("no place");
    assert_eq!(error.kind(), ErrorKind::Refused);
    assert!(error.to_string().contains("no place"), "{error}");
    let stored = serde_json::to_string(reply.body()).expect("JSON");
    assert!(stored.contains("j-1"), "{stored}");
}
