//! Every request can be asked whether it keeps the limits, and the three ways to find a phone are one of them.

use lantern_client::{Validate, Violations, types};
use serde_json::{Map, Value, json};

fn verdict(request: &dyn Validate) -> Result<(), Violations> {
    request.validate()
}

#[test]
fn a_phone_request_names_one_of_three_ways() {
    let ways = json!({"anyOf": [
        {"required": ["linkedin_id"]},
        {"required": ["email"]},
        {"required": ["first_name", "last_name", "company"]},
    ]});
    let judge = jsonschema::validator_for(&ways).expect("a schema");
    type Setter = fn(types::PhoneEnrichmentRequest) -> types::PhoneEnrichmentRequest;
    let setters: [Setter; 6] = [
        |it| it.first_name("Ada"),
        |it| it.last_name("Lovelace"),
        |it| it.company("AE"),
        |it| it.domain("ae.example"),
        |it| it.email("ada@example.com"),
        |it| it.linkedin_id("ada"),
    ];
    for bits in 0..1 << setters.len() {
        let set = setters.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1);
        let request = types::PhoneEnrichmentRequest::new("crm-1");
        let request = set.fold(request, |request, (_, setter)| setter(request));
        let sent = serde_json::to_value(&request).expect("JSON");
        assert_eq!(request.validate().is_ok(), judge.is_valid(&sent), "{sent}");
    }
    let request = types::PhoneEnrichmentRequest::new("crm-1").domain("ae.example");
    let told = "must have at least one of: `email`; `linkedin_id`; `first_name`, `last_name` and `company`";
    assert_eq!(request.validate().expect_err("no way").to_string(), told);
}

#[test]
fn every_request_can_be_asked() {
    let ids = || vec!["00Q".to_owned()];
    let (object, event) = (types::SalesforceObject::Lead, types::TriggerEvent::AfterInsert);
    let requests: [&dyn Validate; 17] = [
        &types::PhoneEnrichmentRequest::new("1").email("ada@example.com"),
        &types::EmailEnrichmentRequest::new("1", "A", "L", "C"),
        &types::CompanyEnrichmentRequest::new("1"),
        &types::PersonEnrichmentRequest::new("1", "A", "L", "c.example"),
        &types::AiEnrichmentRequest::new("why?"),
        &types::AiEnrichmentOptions::default(),
        &types::DeepResearchRequest::new("why?"),
        &types::MatchRequest::new(types::MatchObject::Lead, vec![Map::new()]),
        &types::MatchRules::default(),
        &types::MatchRuleGroup::default(),
        &types::LeadConversionRequest::new("00Q"),
        &types::AssignmentRequest::new(types::AssignmentObject::Lead, "00Q", "emea"),
        &types::ResetRules::default(),
        &types::SalesforceTriggerRequest::new(object, ids(), event, "00D"),
        &types::BatchRequest::new(ids(), 5),
        &types::WorkflowTriggerRequest::new(Map::new()),
        &types::FormSubmissionRequest::default(),
    ];
    for (number, request) in requests.into_iter().enumerate() {
        assert_eq!(verdict(request), Ok(()), "{number}");
    }
    let none = types::BatchRequest::new(Vec::new(), 0);
    let told = "ids: must have at least 1 item; max_credits: must be more than 0";
    assert_eq!(verdict(&none).expect_err("limits").to_string(), told);
    assert_eq!(verdict(&vec![none]).expect_err("limits").len(), 2);
}

#[test]
fn members_beyond_the_fields_count() {
    let mut request = types::PhoneEnrichmentRequest::new("crm-1");
    request.extra.insert("email".to_owned(), Value::from("ada@example.com"));
    assert_eq!(request.validate(), Ok(()));
}
