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

/// A service that answers each request with the next of these, the last one for ever.
fn script(answers: &'static [(u16, &'static str)]) -> Service {
    Service::new(move |number, _, _| {
        let (status, body) = answers[number.min(answers.len() - 1)];
        Answer::Reply(status, vec![], body)
    })
}

async fn company(client: &Client, most: i64) -> Result<(), Error> {
    let request = types::CompanyEnrichmentRequest::new("acc-1").max_credits(most);
    client.enrichment().company(request).await.map(drop)
}

fn is_stopped(result: Result<(), Error>) -> bool {
    result.is_err_and(|error| {
        assert_eq!(error.kind(), ErrorKind::CreditsExhausted, "{error}");
        error.status().is_none()
    })
}

const TOO_EXPENSIVE: &str =
    r#"{"success": false, "error": "x", "credits_required": 50, "credits_remaining": 20}"#;
const TOO_EXPENSIVE_IN_DETAIL: &str =
    r#"{"detail": {"error": "x", "credits_required": 50, "credits_remaining": 20}}"#;
const CHEAP: &str = r#"{"success": true, "record_id": "a", "credits_consumed": 1}"#;

#[tokio::test(start_paused = true)]
async fn c27_a_402_for_one_expensive_request_stops_no_cheaper_one() {
    for refusal in [TOO_EXPENSIVE, TOO_EXPENSIVE_IN_DETAIL] {
        let service = Service::new(move |number, _, _| match number {
            1 => Answer::Reply(402, vec![], refusal),
            _ => Answer::Reply(200, vec![], r#"{"success": true, "credits_consumed": 1}"#),
        });
        let client = service.client();
        phone(&client).await.expect("it costs 1");
        company(&client, 50).await.expect_err("402");
        // Its operation was seen to cost 1.
        phone(&client).await.expect("cheaper");
        // The success told no balance, so all may be sent again.
        company(&client, 50).await.expect("a reply");
    }
}

#[tokio::test(start_paused = true)]
async fn c27_what_is_known_to_be_cheaper_than_a_402_is_told_by_the_request_or_by_earlier_replies() {
    const POOR: &str = r#"{"success": true, "credits_consumed": 1, "credits_remaining": 19}"#;
    for (most, stopped) in [(49, false), (50, true), (51, true)] {
        let service = script(&[(402, TOO_EXPENSIVE), (200, POOR)]);
        let client = service.client();
        company(&client, 50).await.expect_err("402");
        assert_eq!(is_stopped(company(&client, most).await), stopped, "{most}");
        // Nothing is known of what this one costs, and the balance does not suffice.
        assert!(is_stopped(phone(&client).await), "{most}");
    }
}

#[tokio::test(start_paused = true)]
async fn c27_the_least_of_two_402s_holds() {
    const FIVE: &str = r#"{"success": false, "error": "x", "credits_required": 5}"#;
    let service = script(&[(402, TOO_EXPENSIVE), (402, FIVE), (200, CHEAP)]);
    let client = service.client();
    company(&client, 50).await.expect_err("402");
    company(&client, 7).await.expect_err("402");
    assert!(is_stopped(company(&client, 5).await));
    company(&client, 4).await.expect("cheaper than both");
}

#[tokio::test(start_paused = true)]
async fn c27_a_402_without_figures_stops_all_that_spends() {
    let service = script(&[(402, r#"{"error": "no"}"#), (200, STILL)]);
    let client = service.client();
    phone(&client).await.expect_err("402");
    assert!(is_stopped(company(&client, 1).await));
    client.credits().remaining().await.expect("costs nothing");
    assert_eq!(service.times().len(), 2);
}

/// Balances that `remaining` tells after a 402, and whether a call is sent after each.
async fn assert_opens(before: Option<&'static str>, refusal: &'static str, told: &[(u32, bool)]) {
    let figures: Vec<u32> = told.iter().map(|(balance, _)| *balance).collect();
    let known = usize::from(before.is_some());
    let service = Service::new(move |number, _, body| {
        let is_balance = body.is_empty();
        let text = match number.checked_sub(known) {
            None => before.unwrap_or_default().to_owned(),
            Some(0) => return Answer::Reply(402, vec![], refusal),
            Some(index) if is_balance => {
                let left = figures[index - 1];
                format!(r#"{{"success": true, "tenant_id": 1, "remaining_credits": {left}}}"#)
            }
            Some(_) => r#"{"success": true, "record_id": "a"}"#.to_owned(),
        };
        Answer::Reply(200, vec![], text.leak())
    });
    let client = service.client();
    if before.is_some() {
        client.credits().remaining().await.expect("a balance");
    }
    phone(&client).await.expect_err("402");
    for (balance, opens) in told {
        client.credits().remaining().await.expect("a balance");
        assert_eq!(!is_stopped(phone(&client).await), *opens, "{refusal} {balance} in {told:?}");
        if *opens {
            break;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn c27_any_rise_of_the_balance_opens_the_gate() {
    const BEFORE: &str = r#"{"success": true, "tenant_id": 1, "remaining_credits": 1000}"#;
    const EMPTY: &str = r#"{"error": "no credits"}"#;
    assert_opens(Some(BEFORE), EMPTY, &[(0, false), (500, true)]).await;
    assert_opens(Some(BEFORE), EMPTY, &[(1000, false), (999, false), (1000, true)]).await;
    assert_opens(Some(BEFORE), EMPTY, &[(1001, true)]).await;
    assert_opens(None, EMPTY, &[(0, false), (0, false), (1, true)]).await;
    assert_opens(None, TOO_EXPENSIVE, &[(20, false), (19, false), (20, true)]).await;
    assert_opens(None, TOO_EXPENSIVE, &[(21, true)]).await;
}

#[tokio::test(start_paused = true)]
async fn c27_a_balance_that_suffices_opens_the_gate_though_it_did_not_rise() {
    const BEFORE: &str = r#"{"success": true, "tenant_id": 1, "remaining_credits": 1000}"#;
    const FIFTY: &str = r#"{"error": "no credits", "credits_required": 50}"#;
    assert_opens(Some(BEFORE), FIFTY, &[(49, false), (49, false), (50, true)]).await;
    assert_opens(Some(BEFORE), FIFTY, &[(50, true)]).await;
    assert_opens(Some(BEFORE), FIFTY, &[(1000, true)]).await;
}

#[tokio::test(start_paused = true)]
async fn c27_reset_credits_opens_the_gate_and_the_floor() {
    let service = script(&[(402, GONE), (200, FOUND)]);
    let client = service.client();
    phone(&client).await.expect_err("402");
    client.clone().reset_credits();
    assert_eq!(client.known_credits(), None);
    phone(&client).await.expect("it is sent");
    assert_eq!(client.known_credits(), Some(95.0));

    let service = script(&[(200, FOUND)]);
    let builder = Client::builder().api_key(crate::KEY).transport(service.clone());
    let client = builder.credit_floor(96.0).build().expect("a client");
    phone(&client).await.expect("nothing is known yet");
    assert!(is_stopped(phone(&client).await));
    client.reset_credits();
    phone(&client).await.expect("nothing is known any more");
}

#[tokio::test(start_paused = true)]
async fn c27_a_success_of_a_later_request_opens_the_gate() {
    for (told, opens) in [("", true), (r#", "credits_remaining": 0"#, false)] {
        let success = &*format!(r#"{{"success": true, "record_id": "a"{told}}}"#).leak();
        let service = Service::new(move |number, _, _| match number {
            0 => Answer::Reply(402, vec![], r#"{"error": "too expensive"}"#),
            _ => Answer::Reply(200, vec![], success),
        });
        let client = service.client();
        let refused = async { company(&client, 50).await.expect_err("402") };
        let later = async {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            phone(&client).await.expect("in flight");
        };
        tokio::join!(refused, later);
        assert_eq!(!is_stopped(phone(&client).await), opens, "{success}");
    }
}

#[tokio::test(start_paused = true)]
async fn c27_a_success_of_an_earlier_request_opens_nothing() {
    let service = Service::new(|_, _, body| match body.contains("max_credits") {
        true => Answer::Reply(402, vec![], r#"{"error": "no credits"}"#),
        false => Answer::Reply(200, vec![], CHEAP),
    });
    let client = service.client();
    let earlier = async { phone(&client).await.expect("in flight") };
    let refused = async {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        company(&client, 50).await.expect_err("402");
    };
    // The later one is answered first: it does not wait for the transport's delay.
    tokio::join!(earlier, refused);
    assert!(is_stopped(phone(&client).await));
}
