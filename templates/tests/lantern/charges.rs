//! What a reply that is no success tells of credits, and when a call is refused.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use lantern_client::credits::GetRemainingCredits;
use lantern_client::dependencies::reqwest::Method;
use lantern_client::{Client, Error, ErrorKind, Retry, types};
use tokio::time::Instant;

use crate::virtual_time::{Answer, Service};

const BALANCE: &str = r#"{"success": true, "tenant_id": 1, "remaining_credits": 100}"#;
const REQUIRED: &str = r#"{"success": false, "credits_required": 50, "credits_remaining": 20}"#;

async fn company(client: &Client, most: impl Into<Option<i64>>) -> Result<(), Error> {
    let request = types::CompanyEnrichmentRequest::new("acc-1");
    let request = most.into().into_iter().fold(request, |request, most| request.max_credits(most));
    client.enrichment().company(request).no_retry().await.map(drop)
}

fn answering(answer: impl Fn(usize) -> Answer + Send + Sync + 'static) -> Service {
    Service::new(move |number, _, _| answer(number))
}

/// A client with a floor of 50 that knows of 100 credits, and gets this to its first call that spends.
async fn above_the_floor(answer: Answer) -> Client {
    let service = answering(move |number| match number {
        1 => answer.clone(),
        _ => Answer::Reply(200, vec![], BALANCE),
    });
    let builder = Client::builder().api_key(crate::KEY).transport(service);
    let client = builder.credit_floor(50.0).build().expect("a client");
    client.credits().remaining().await.expect("a balance");
    client
}

#[tokio::test(start_paused = true)]
async fn c26_a_call_that_fails_is_no_sign_that_spending_is_possible() {
    for status in [400, 404, 500] {
        let service = answering(move |number| match number {
            0 => Answer::Reply(402, vec![], REQUIRED),
            _ => Answer::Reply(status, vec![], "{}"),
        });
        let client = service.client();
        company(&client, None).await.expect_err("402");
        let failed = company(&client, 1).await.expect_err("it is cheaper, so it is sent");
        assert_eq!(failed.status().map(|status| status.as_u16()), Some(status));
        let stopped = company(&client, None).await.expect_err("it is not known to be cheaper");
        assert_eq!((stopped.kind(), stopped.status()), (ErrorKind::CreditsExhausted, None));
        assert_eq!(service.times().len(), 2, "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn c27_what_the_service_refused_cost_nothing_and_what_was_lost_may_have() {
    for (answer, most) in [
        (Answer::Reply(400, vec![], "{}"), 50),
        (Answer::Reply(500, vec![], "{}"), 20),
        (Answer::Never, 20),
        (Answer::NoEnd, 20),
        (Answer::Lost, 20),
        (Answer::NotSent, 50),
    ] {
        let told = match &answer {
            Answer::Reply(status, ..) => format!("a reply of {status}"),
            Answer::Never | Answer::NoEnd => "silence".to_owned(),
            Answer::Lost | Answer::NotSent => "no connection".to_owned(),
        };
        let client = above_the_floor(answer).await;
        company(&client, 30).await.expect_err(&told);
        let error = company(&client, most + 1).await.expect_err(&told);
        assert_eq!((error.kind(), error.status()), (ErrorKind::CreditsExhausted, None), "{told}");
        company(&client, most).await.expect(&told);
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_cannot_be_paid_is_refused_before_it_waits_for_its_turn() {
    let service = answering(|number| match number {
        0 => Answer::Reply(402, vec![], REQUIRED),
        _ => panic!("nothing more is sent"),
    });
    let builder = Client::builder().api_key(crate::KEY).transport(service.clone());
    let minute = Duration::from_secs(60);
    let client = builder.rate_limit("enrichment", 1, minute).build().expect("a client");
    company(&client, None).await.expect_err("402");
    let began = Instant::now();
    company(&client, None).await.expect_err("there are too few credits");
    assert_eq!(began.elapsed(), Duration::ZERO);
}

/// How many attempts may have been charged without a reply that says so, and whether the call may have acted.
#[tokio::test(start_paused = true)]
async fn an_error_tells_whether_any_attempt_may_have_been_charged() {
    let server_error = Answer::Reply(500, vec![], "{}");
    let put_off = Answer::Reply(503, vec![("retry-after", "1".to_owned())], "{}");
    let refusal = Answer::Reply(422, vec![], "{}");
    let failed = Answer::Reply(200, vec![], r#"{"success": false}"#);
    for (answers, uncertain, may_have_acted) in [
        (vec![Answer::NotSent], 0, false),
        (vec![refusal.clone()], 0, false),
        (vec![put_off], 0, false),
        (vec![failed], 0, true),
        (vec![server_error.clone()], 4, true),
        (vec![Answer::Never], 1, true),
        (vec![Answer::NoEnd], 1, true),
        // What came of the first attempt is not known, whatever the last one says.
        (vec![Answer::Lost, Answer::NotSent, refusal.clone()], 1, true),
        (vec![Answer::Lost, server_error, refusal], 2, true),
        (vec![Answer::Lost], 4, true),
    ] {
        let count = answers.len();
        let told = format!("{count} answers, {uncertain} uncertain");
        let service = answering(move |number| answers[number.min(count - 1)].clone());
        let request = types::CompanyEnrichmentRequest::new("acc-1");
        let call = service.client().enrichment().company(request);
        let error = call.retry(Retry::times(3)).await.expect_err(&told);
        assert_eq!(error.timing().uncertain, uncertain, "{told}");
        assert_eq!(error.may_have_acted(), may_have_acted, "{told}");
    }
}

/// A program that records what it sends is told of it after the call has waited for its turn, and can prevent it.
#[tokio::test(start_paused = true)]
async fn a_program_is_told_before_each_attempt_is_sent() {
    let service = answering(|number| match number {
        0 => Answer::NotSent,
        _ => Answer::Reply(200, vec![], BALANCE),
    });
    let builder = Client::builder().api_key(crate::KEY).transport(service.clone());
    let minute = Duration::from_secs(60);
    let client = builder.rate_limit("credits", 2, minute).build().expect("a client");
    let request = || {
        let call = client.request(Method::GET, "/v1/credits/remaining");
        call.treated_as::<GetRemainingCredits>()
    };
    let told = Arc::new(Mutex::new(Vec::new()));
    let before = |told: &Arc<Mutex<Vec<Instant>>>| {
        let told = told.clone();
        move || -> Result<(), String> {
            told.lock().expect("no panic").push(Instant::now());
            Ok(())
        }
    };
    let began = Instant::now();
    request().before_sending(before(&told)).await.expect("the second attempt");
    request().before_sending(before(&told)).await.expect("in the next minute");
    let waits: Vec<_> = told.lock().expect("no panic").iter().map(|at| *at - began).collect();
    assert_eq!(waits.len(), 3, "each attempt");
    assert!(waits[1] < minute && waits[2] >= minute, "not while it waits for its turn: {waits:?}");
    let full = || Err("the disk is full");
    let error = request().before_sending(full).await.expect_err("nothing is sent");
    assert_eq!((error.kind(), error.may_have_acted()), (ErrorKind::Request, false));
    assert!(error.to_string().contains("was not sent: the disk is full"), "{error}");
    assert_eq!(service.times().len(), 3);
}
