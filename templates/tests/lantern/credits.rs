//! Credits: what stops a call before it is sent, and what lets it go again.

use lantern_client::{Client, Error, ErrorKind, types};

use crate::virtual_time::{Answer, Service};

async fn phone(client: &Client) -> Result<(), Error> {
    client.enrichment().phone(types::PhoneEnrichmentRequest::new("crm-1")).await.map(drop)
}

const GONE: &str =
    r#"{"success": false, "error": "no credits", "credits_required": 5, "credits_remaining": 2}"#;
const STILL: &str = r#"{"success": true, "tenant_id": 1, "remaining_credits": 2}"#;
const MORE: &str = r#"{"success": true, "tenant_id": 1, "remaining_credits": 100}"#;
const FOUND: &str = r#"{"success": true, "record_id": "crm-1", "credits_remaining": 95}"#;

#[tokio::test(start_paused = true)]
async fn c08_a_402_stops_the_next_callers_until_the_balance_changes() {
    let answers = [(402, GONE), (200, STILL), (200, MORE), (200, FOUND)];
    let service = Service::new(move |number, _, _| {
        let (status, body) = answers[number];
        Answer::Reply(status, vec![], body)
    });
    let client = service.client();
    let error = phone(&client).await.expect_err("402");
    assert_eq!(error.kind(), ErrorKind::CreditsExhausted);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(402));
    let typed: types::EnrichmentErrorResponse = error.json().expect("the documented body");
    assert_eq!(typed.credits_required, Some(5.0));

    let stopped = phone(&client.clone()).await.expect_err("stopped");
    assert_eq!((stopped.kind(), stopped.status()), (ErrorKind::CreditsExhausted, None));
    assert_eq!(service.times().len(), 1, "402 is not retried, and the next call not sent");

    client.credits().remaining().await.expect("costs nothing, so it is sent");
    phone(&client).await.expect_err("the balance is what it was");
    assert_eq!(service.times().len(), 2);

    client.credits().remaining().await.expect("a balance");
    assert_eq!(client.known_credits(), Some(100.0));
    phone(&client).await.expect("there are credits again");
    assert_eq!(client.known_credits(), Some(95.0));
}

#[tokio::test(start_paused = true)]
async fn below_the_floor_nothing_is_spent() {
    let service = Service::new(|_, _, _| Answer::Reply(200, vec![], FOUND));
    let builder = Client::builder().api_key(crate::KEY).transport(service.clone());
    let client = builder.credit_floor(96.0).build().expect("a client");
    phone(&client).await.expect("nothing is known yet");
    let error = phone(&client).await.expect_err("95 are left");
    assert_eq!(error.kind(), ErrorKind::CreditsExhausted);
    assert!(error.to_string().contains("95 credits are left"), "{error}");
    assert_eq!(service.times().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn who_waits_in_the_queue_is_stopped_too() {
    let service = Service::new(|number, _, _| match number {
        50 => Answer::Reply(402, vec![], GONE),
        _ => Answer::Reply(200, vec![], FOUND),
    });
    let client = service.client();
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..120 {
        let client = client.clone();
        calls.spawn(async move { phone(&client).await });
    }
    while calls.join_next().await.is_some() {}
    let sent = service.times().len();
    assert!(sent <= 100, "{sent} were sent");
}

#[tokio::test(start_paused = true)]
async fn c11_a_success_that_says_it_failed_is_an_error() {
    let service = Service::new(|_, _, _| {
        Answer::Reply(
            200,
            vec![],
            r#"{"success": false, "error": "no such record", "request_id": "r-1"}"#,
        )
    });
    let error = phone(&service.client()).await.expect_err("success: false");
    assert_eq!(error.kind(), ErrorKind::Unsuccessful);
    assert_eq!(error.request_id().as_deref(), Some("r-1"));
    assert_eq!(error.message().as_deref(), Some("no such record"));
    assert!(!error.is_retryable());
    assert_eq!(service.times().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn c23_a_balance_below_nothing_is_no_balance() {
    let service = Service::new(|_, _, _| {
        let headers = vec![("x-credits-remaining", "-1".to_owned())];
        Answer::Reply(200, headers, r#"{"success": true, "record_id": "crm-1"}"#)
    });
    let client = service.client();
    phone(&client).await.expect("a reply");
    assert_eq!(client.known_credits(), None);
}
