//! At least one operation of each family: what is sent, and what is understood.

use lantern_client::logs::ExportRouteLogsReply;
use lantern_client::types;
use serde_json::{Map, Value, json};

use crate::server::{Answer, Seen, Server};
use crate::{KEY, client};

fn counters() -> Value {
    json!({
        "success": true, "credits_consumed": 2, "credits_remaining": 98,
        "processing_time_ms": 120, "cached": false,
    })
}

/// The counters that most answers have, and more.
fn with_counters(more: Value) -> Value {
    let mut all = counters();
    for (name, value) in more.as_object().into_iter().flatten() {
        all[name] = value.clone();
    }
    all
}

async fn answering(body: Value) -> Server {
    Server::answering(Answer::json(200, &body)).await
}

fn header<'a>(seen: &'a Seen, name: &str) -> &'a str {
    seen.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[tokio::test]
async fn enrichment_sends_what_was_set_and_keeps_what_it_does_not_know() {
    let body = json!({"success": true, "record_id": "crm-001", "mobile": "+44 20", "x": {"y": 1}});
    let answer = Answer::json(200, &body)
        .header("x-ratelimit-limit", "50")
        .header("x-credits-remaining", "4750.25")
        .header("x-request-id", "req-1");
    let server = Server::answering(answer).await;
    let request = types::PhoneEnrichmentRequest::new("crm-001").email("ada@example.com");
    let found = client(&server).enrichment().phone(request).await.expect("a reply");

    let seen = server.only();
    assert_eq!(seen.line, "POST /v1/enrich/phone");
    assert_eq!(seen.body, json!({"record_id": "crm-001", "email": "ada@example.com"}));
    assert_eq!(header(&seen, "authorization"), format!("Bearer {KEY}"));
    assert_eq!(header(&seen, "accept"), "application/json");
    assert_eq!(header(&seen, "content-type"), "application/json");
    assert!(header(&seen, "user-agent").starts_with("lantern-client/"));

    assert_eq!(found.success, Some(true));
    assert_eq!(found.extra["mobile"], "+44 20");
    assert_eq!(found.status(), 200);
    assert_eq!(found.meta().rate_limit(), Some(50));
    assert_eq!(found.meta().credits_remaining(), Some(4750.25));
    assert_eq!(found.meta().request_id(), Some("req-1"));
    assert_eq!(serde_json::to_value(found.body()).expect("JSON"), body);
}

#[tokio::test]
async fn an_unknown_enum_value_survives() {
    let server = answering(with_counters(json!({
        "record_id": "1", "first_name": "Ada", "last_name": "L", "company": "AE",
        "email": null, "confidence": "stellar",
    })))
    .await;
    let request = types::EmailEnrichmentRequest::new("1", "Ada", "L", "AE");
    let found = client(&server).enrichment().email(request).await.expect("a reply");
    let stellar = types::EmailConfidence::Unrecognized("stellar".to_owned());
    assert_eq!(found.confidence, Some(stellar));
    assert_eq!(found.email, None);
}

#[tokio::test]
async fn a_date_time_without_a_zone_is_utc() {
    let server = answering(with_counters(json!({
        "record_id": "1", "company": {"name": "AE", "last_verified_at": "2024-01-01T00:00:00"},
    })))
    .await;
    let request = types::CompanyEnrichmentRequest::new("1");
    let found = client(&server).enrichment().company(request).await.expect("a reply");
    let verified = found.company.as_ref().and_then(|company| company.last_verified_at.clone());
    assert_eq!(
        verified.map(|at| at.into_inner().to_string()).as_deref(),
        Some("2024-01-01T00:00:00Z")
    );
}

#[tokio::test]
async fn matching_sends_candidates() {
    let server = answering(with_counters(json!({"results": [{"score": 0.9}]}))).await;
    let candidate = Map::from_iter([("email".to_owned(), json!("ada@example.com"))]);
    let request = types::MatchRequest::new(types::MatchObject::Lead, vec![candidate]);
    let found = client(&server).matching().objects(request).await.expect("a reply");
    let sent = json!({"object": "lead", "candidates": [{"email": "ada@example.com"}]});
    assert_eq!(server.only().body, sent);
    assert_eq!(found.results.as_ref().expect("results")[0]["score"], 0.9);
}

#[tokio::test]
async fn salesforce_converts_a_lead() {
    let server = answering(with_counters(json!({
        "status": "converted", "contact_id": "003", "actions": ["merged", {"step": 2}],
    })))
    .await;
    let request = types::LeadConversionRequest::new("00Q").set_owner_round_robin_pool("emea");
    let found = client(&server).salesforce().convert(request).await.expect("a reply");
    let sent = json!({"lead_sf_id": "00Q", "set_owner_round_robin_pool": "emea"});
    assert_eq!(server.only().body, sent);
    assert_eq!(found.status, Some(types::LeadConversionStatus::Converted));
    assert_eq!(found.actions.as_ref().map(Vec::len), Some(2));
}

#[tokio::test]
async fn routing_assigns_a_record() {
    let server = answering(with_counters(json!({
        "assigned_to": "005", "sequence": 3.0, "pool_size": 7,
        "timestamp": "2024-05-01T12:00:00+02:00",
    })))
    .await;
    let request = types::AssignmentRequest::new(types::AssignmentObject::Lead, "00Q", "emea");
    let found = client(&server).routing().assign(request).await.expect("a reply");
    assert_eq!(server.only().line, "POST /v1/routing/assign");
    assert_eq!(found.sequence, Some(3));
    assert_eq!(
        found.timestamp.as_ref().map(|at| at.to_string()).as_deref(),
        Some("2024-05-01T12:00:00+02:00")
    );
}

#[tokio::test]
async fn triggers_say_what_changed() {
    let server = answering(with_counters(json!({
        "processed_count": 1, "enrichment_jobs": ["j-1"], "workflow_status": "queued",
    })))
    .await;
    let request = types::SalesforceTriggerRequest::new(
        types::SalesforceObject::Lead,
        vec!["00Q".to_owned()],
        types::TriggerEvent::AfterUpdate,
        "00D",
    );
    let found = client(&server).triggers().salesforce(request).await.expect("a reply");
    let sent = json!({"object": "Lead", "ids": ["00Q"], "event": "after_update", "org_id": "00D"});
    assert_eq!(server.only().body, sent);
    assert_eq!(found.workflow_status, Some(types::TriggerWorkflowStatus::Queued));
}

async fn exported(answer: Answer, format: types::LogFormat) -> (Seen, ExportRouteLogsReply) {
    let server = Server::answering(answer).await;
    let (from, to) = ("2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z");
    let [from, to]: [jiff::Timestamp; 2] = [from, to].map(|at| at.parse().expect("a moment"));
    let logs = client(&server);
    let call = logs.logs().routing(from, to).object(types::SalesforceObject::Lead).format(format);
    let reply = call.await.expect("a reply").into_body();
    (server.only(), reply)
}

#[tokio::test]
async fn logs_come_as_a_list_an_object_or_csv() {
    let entry = json!({
        "timestamp": "2024-01-02T00:00:00Z", "object": "Lead", "object_id": "1", "action": "assign",
    });
    let list = Answer::json(200, &json!([entry]));
    let (seen, reply) = exported(list, types::LogFormat::Json).await;
    assert_eq!(
        seen.line,
        "GET /v1/logs/routing?from=2024-01-01T00%3A00%3A00Z&to=2024-02-01T00%3A00%3A00Z\
         &object=Lead&format=json"
    );
    assert_eq!(header(&seen, "accept"), "application/json, text/csv");
    let ExportRouteLogsReply::Json(types::ExportRouteLogsResponse::List(entries)) = reply else {
        panic!("{reply:?}")
    };
    assert_eq!(entries[0].object_id.as_deref(), Some("1"));

    let object = Answer::json(200, &json!({"logs": [entry]}));
    let (_, reply) = exported(object, types::LogFormat::Json).await;
    let ExportRouteLogsReply::Json(types::ExportRouteLogsResponse::Object(object)) = reply else {
        panic!("{reply:?}")
    };
    assert!(object.contains_key("logs"));

    let csv = Answer::new(200, "text/csv; charset=utf-8", "timestamp,object\n");
    let (_, reply) = exported(csv, types::LogFormat::Csv).await;
    assert_eq!(reply, ExportRouteLogsReply::Csv("timestamp,object\n".to_owned()));
}

#[tokio::test]
async fn batches_are_submitted() {
    let answer = json!({"run_id": "r-1", "result_path": "s3://a", "credits_csv_path": "s3://b"});
    let server = answering(answer).await;
    let request = types::BatchRequest::new(vec!["a".to_owned()], 100);
    let found = client(&server).batches().phone_and_email(request).await.expect("a reply");
    let seen = server.only();
    assert_eq!(seen.line, "POST /v1/agents/phone-email");
    assert_eq!(seen.body, json!({"ids": ["a"], "entity_type": "person", "max_credits": 100}));
    assert_eq!(found.run_id(), "r-1");
}

#[tokio::test]
async fn credits_are_told() {
    let usage = json!({
        "success": true, "tenant_id": 123, "start_date": "2024-01-01T00:00:00Z",
        "end_date": "2024-12-31T23:59:59Z", "credits_used": 1250.5,
    });
    let server = answering(usage).await;
    let (from, to) = ("2024-01-01T00:00:00Z", "2024-12-31T23:59:59Z");
    let [from, to]: [jiff::Timestamp; 2] = [from, to].map(|at| at.parse().expect("a moment"));
    let used = client(&server).credits().usage(from, to).workflow_id("workflow-123").await;
    assert_eq!(used.expect("a reply").credits_used, 1250.5);
    assert_eq!(
        server.only().line,
        "GET /v1/credits/usage?start_date=2024-01-01T00%3A00%3A00Z\
         &end_date=2024-12-31T23%3A59%3A59Z&workflow_id=workflow-123"
    );

    // The documented example lacks `total_credits`.
    let left = json!({"success": true, "tenant_id": 123, "remaining_credits": 4750.25});
    let server = answering(left).await;
    let left = client(&server).credits().remaining().await.expect("a reply");
    assert_eq!((left.remaining_credits, left.total_credits), (4750.25, None));
}

#[tokio::test]
async fn workflows_are_triggered() {
    let server = answering(with_counters(json!({
        "status": "triggered", "request_id": "q", "workflow_id": "a/b",
    })))
    .await;
    let request = types::WorkflowTriggerRequest::new(Map::new()).source_system("cdp");
    let found = client(&server).workflows().trigger("a/b c", request).await.expect("a reply");
    assert_eq!(server.only().line, "POST /v1/workflows/a%2Fb%20c/trigger");
    assert_eq!(found.status, Some(types::WorkflowStatus::Triggered));
}

#[tokio::test]
async fn forms_are_submitted() {
    let server = answering(with_counters(json!({
        "status": "enriched", "request_id": "q", "gdpr_safe": true, "push_status": {"a": 1},
    })))
    .await;
    let request = types::FormSubmissionRequest::default().email("ada@example.com");
    let found = client(&server).forms().submit(request).await.expect("a reply");
    assert_eq!(server.only().body, json!({"email": "ada@example.com"}));
    assert_eq!(found.gdpr_safe, Some(true));
}
