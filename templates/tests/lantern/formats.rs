//! The types of the client in data formats other than JSON (C33).

use lantern_client::ErrorKind;
use lantern_client::types::{
    MatchRequest, MatchRules, PhoneEnrichmentRequest, RemainingCreditsResponse,
};
use serde_json::{Value, json};

use crate::virtual_time::{Answer, Service};

const CONTACTS: &str = "record_id,first_name,email,linkedin_url,zip\n\
    007,Ada Lovelace,ada@example.com,,02134\n\
    008,\"Hopper, Grace\",,https://linkedin.com/in/grace,90210\n";

#[test]
fn c33_requests_are_read_from_a_table() {
    let mut reader = csv::Reader::from_reader(CONTACTS.as_bytes());
    let rows = reader.deserialize().collect::<Result<Vec<PhoneEnrichmentRequest>, _>>();
    let rows = rows.expect("requests");
    assert_eq!((rows[0].record_id.as_str(), rows[1].record_id.as_str()), ("007", "008"));
    assert_eq!((rows[0].email.as_deref(), &rows[1].email), (Some("ada@example.com"), &None));
    assert_eq!(rows[1].first_name.as_deref(), Some("Hopper, Grace"));
    assert_eq!((&rows[0].extra["zip"], &rows[1].extra["zip"]), (&json!("02134"), &json!(90210)));
}

#[test]
fn c33_requests_are_written_to_a_table() {
    let requests = [
        PhoneEnrichmentRequest::new("007").email("ada@example.com"),
        PhoneEnrichmentRequest::new("+1").first_name("Ada"),
    ];
    let mut writer = csv::Writer::from_writer(Vec::new());
    requests.iter().try_for_each(|request| writer.serialize(request)).expect("rows");
    let written = writer.into_inner().expect("CSV");
    let mut reader = csv::Reader::from_reader(written.as_slice());
    let read = reader.deserialize().collect::<Result<Vec<PhoneEnrichmentRequest>, _>>();
    assert_eq!(read.expect("requests"), requests);
}

#[tokio::test]
async fn c33_a_reply_is_written_as_its_body() {
    let body = r#"{"success":true,"tenant_id":7,"remaining_credits":4750.25,"new":[1]}"#;
    let client = Service::new(move |_, _, _| Answer::Reply(200, vec![], body)).client();
    let reply = client.credits().remaining().await.expect("a reply");
    let expected: Value = serde_json::from_str(body).expect("JSON");
    assert_eq!(serde_json::to_value(&reply).expect("JSON"), expected);
    let yaml = serde_yaml::to_string(&reply).expect("YAML");
    let read: RemainingCreditsResponse = serde_yaml::from_str(&yaml).expect("YAML");
    assert_eq!(read, *reply);
    assert_eq!(serde_yaml::from_str::<Value>(&yaml).expect("YAML"), expected);
}

#[tokio::test]
async fn c33_numbers_of_members_without_a_field_keep_every_digit() {
    let body = r#"{"success":true,"tenant_id":7,"remaining_credits":4750.25,"sum":1.10,
        "nested":{"big":[123456789012345678901234567890,0.1000000000000000055511151231257827]},
        "far":1E400,"zero":-0}"#;
    let client = Service::new(move |_, _, _| Answer::Reply(200, vec![], body)).client();
    let reply = client.credits().remaining().await.expect("a reply");
    assert_eq!(reply.extra.json_text("sum").as_deref(), Some("1.10"));
    let written = serde_json::to_string(&reply).expect("JSON");
    for digits in [
        r#""sum":1.10"#,
        r#"{"big":[123456789012345678901234567890,0.1000000000000000055511151231257827]}"#,
        r#""far":1E400"#,
        r#""zero":-0"#,
    ] {
        assert!(written.contains(digits), "{written}");
    }
    let again: RemainingCreditsResponse = serde_json::from_str(&written).expect("the same");
    assert_eq!(serde_json::to_string(&again).expect("JSON"), written);
}

#[tokio::test]
async fn what_is_no_number_is_an_error_before_it_is_sent() {
    let service = Service::new(|_, _, _| Answer::Reply(200, vec![], "{}"));
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let rules = MatchRules::default().threshold(number);
        let mut body =
            serde_json::from_value::<MatchRequest>(json!({"object": "company", "candidates": []}))
                .expect("a request");
        body.rules = Some(rules);
        let error = service.client().matching().objects(body).await.expect_err("no number");
        assert_eq!(error.kind(), ErrorKind::Request);
        assert!(error.to_string().contains(&format!("no number for {number}")), "{error}");
    }
    assert!(service.bodies().is_empty());
}
