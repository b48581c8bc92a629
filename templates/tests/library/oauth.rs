//! A client that asks for its tokens itself (RFC 6749, 4.4).

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Waker};
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use templates::{Client, Error, ErrorKind, Phase, Retry};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::office::{Answer, ID, Office, SECRET, TOKEN};
use crate::secrecy::{assert_hidden, assert_secret};

pub async fn list(client: &Client) -> Result<(), Error> {
    client.books().list().await.map(drop)
}

/// Makes so many calls at once; all have to succeed.
async fn many(client: &Client, calls: usize) {
    let mut tasks = JoinSet::new();
    for _ in 0..calls {
        let client = client.clone();
        tasks.spawn(async move { list(&client).await });
    }
    while let Some(result) = tasks.join_next().await {
        result.expect("no panic").expect("a reply");
    }
}

/// How a call fails where questions for a token are answered like this.
pub async fn refused(answer: Answer) -> Error {
    let office = Office::new(move |_| answer.clone(), |_, _| Answer::page());
    let error = office.client().books().list().no_retry().await.expect_err("no token");
    assert_secret(&error);
    assert_eq!(office.counts().1, 0, "the call was not sent");
    error
}

#[tokio::test]
async fn a_hundred_calls_over_loopback_ask_for_one_token() {
    let office = Office::open();
    let builder = Client::builder().client_credentials(ID, SECRET).no_rate_limit("catalogue");
    let client = builder.base_url(office.on_loopback().await).build().expect("a client");
    many(&client, 100).await;
    assert_eq!(office.counts(), (1, 100));
    let seen = office.seen();
    let question = &seen[0];
    assert_eq!(question.url, "/oauth/token");
    let basic = question.authorization.strip_prefix("Basic ").expect("HTTP Basic");
    let basic = BASE64_STANDARD.decode(basic).expect("base64");
    assert_eq!(basic, b"canary+id%3A1:canary%2Fsecret%2B%C3%BC", "written as in a form");
    let body = "grant_type=client_credentials&scope=books%3Aread+books%3Awrite";
    assert_eq!(question.body, body);
    for call in &seen[1..] {
        assert_eq!(call.authorization, format!("Bearer {TOKEN}0"));
        assert_hidden(&call.url);
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_is_renewed_a_little_before_it_ends() {
    let office = Office::new(|number| Answer::token(number, 100), |_, _| Answer::page());
    let client = office.client();
    let began = Instant::now();
    list(&client).await.expect("a reply");
    while began.elapsed() < Duration::from_secs(89) {
        tokio::time::sleep(Duration::from_secs(1)).await;
        list(&client.clone()).await.expect("a reply");
    }
    assert_eq!(office.counts().0, 1);
    tokio::time::sleep(Duration::from_secs(2)).await;
    many(&client, 100).await;
    assert_eq!(office.counts().0, 2);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_ends_in_the_queue_is_renewed_after_it() {
    let taken = |_, _: &str| Answer::page();
    let office = Office::new(|number| Answer::token(number, 30), taken);
    let builder = office.builder().rate_limit("catalogue", 10, Duration::from_secs(60));
    many(&builder.build().expect("a client"), 25).await;
    assert_eq!(office.counts(), (3, 25), "a token for each minute, and no call twice");
}

#[tokio::test(start_paused = true)]
async fn a_token_without_an_end_or_with_an_odd_one_is_kept() {
    let ends = ["", r#", "expires_in": null"#, r#", "expires_in": -1"#, r#", "expires_in": "600""#];
    let odd = [r#", "expires_in": 1e300"#, r#", "expires_in": 0"#, r#", "expires_in": [1]"#];
    for end in ends.into_iter().chain(odd) {
        let body = format!(r#"{{"access_token": "t", "token_type": "bearer"{end}}}"#);
        let answer = Answer::says(200, body);
        let office = Office::new(move |_| answer.clone(), |_, _| Answer::page());
        let client = office.client();
        many(&client, 10).await;
        list(&client).await.expect("a reply");
        assert_eq!(office.counts().0, 1, "{end}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_401_on_a_kept_token_renews_it_once() {
    let taken = |_, token: &str| match token == format!("{TOKEN}0") {
        true => Answer::says(401, "{}"),
        false => Answer::page(),
    };
    let office = Office::new(
        |number| Answer::token(number, 3600),
        move |number, token| match number {
            0 => Answer::page(),
            number => taken(number, token),
        },
    );
    let client = office.client();
    list(&client).await.expect("a reply");
    many(&client, 50).await;
    assert_eq!(office.counts(), (2, 101), "all were refused, and one asked for all");
}

#[tokio::test(start_paused = true)]
async fn a_call_is_sent_no_more_than_twice_because_of_401() {
    let office = Office::new(|number| Answer::token(number, 3600), |_, _| Answer::says(401, "{}"));
    let client = office.client();
    let error = list(&client).await.expect_err("401");
    assert_eq!((error.kind(), office.counts()), (ErrorKind::Status, (1, 1)), "it was a new token");
    let error = list(&client).await.expect_err("401");
    assert_eq!((error.timing().attempts, office.counts()), (2, (2, 3)));
    client.books().list().no_retry().await.expect_err("401");
    assert_eq!(office.counts(), (2, 4), "once means once");
    list(&client).await.expect_err("401");
    assert_eq!(office.counts(), (3, 5), "and what was refused is dropped all the same");
}

#[tokio::test(start_paused = true)]
async fn refusals_say_what_the_service_said() {
    let body = r#"{"error": "invalid_client", "error_description": "No such\nclient"}"#;
    let error = refused(Answer::says(401, body)).await;
    assert_eq!(error.kind(), ErrorKind::SignIn);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    assert!(!error.is_retryable());
    let text = "GET /v1/books has no token: the token endpoint answered with 401 Unauthorized: \
                invalid_client: No such client";
    assert_eq!(error.to_string(), text);
}

#[tokio::test(start_paused = true)]
async fn what_is_no_token_is_refused() {
    let long = format!(r#"{{"access_token": "{TOKEN}", "x": "{}"}}"#, "x".repeat(70_000));
    for body in [
        "",
        "<html>",
        "[]",
        "{}",
        r#"{"access_token": "canary"}"#,
        r#"{"access_token": "canary", "token_type": "mac"}"#,
        r#"{"access_token": "", "token_type": "bearer"}"#,
        r#"{"access_token": "canary\r\nx-a: b", "token_type": "bearer"}"#,
        r#"{"access_token": ["canary"], "token_type": "bearer"}"#,
        &long,
    ] {
        let error = refused(Answer::says(200, body)).await;
        assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::SignIn, false), "{body}");
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let elsewhere = Office::open();
    let place = format!("{}/token", elsewhere.on_loopback().await);
    let office = Office::new(
        move |_| Answer::Reply(307, vec![("location", place.clone())], String::new()),
        |_, _| Answer::page(),
    );
    let builder = Client::builder().client_credentials(ID, SECRET);
    let client = builder.base_url(office.on_loopback().await).build().expect("a client");
    let error = list(&client).await.expect_err("no token");
    assert_eq!((error.kind(), office.counts()), (ErrorKind::SignIn, (1, 0)));
    assert!(elsewhere.seen().is_empty());
    assert_secret(&error);
}

#[tokio::test(start_paused = true)]
async fn what_may_pass_is_asked_again() {
    let retry_after = vec![("retry-after", "7".to_owned())];
    let passing = [
        Answer::Lost,
        Answer::NotSent,
        Answer::says(503, "{}"),
        Answer::Reply(429, retry_after, String::new()),
    ];
    for answer in passing {
        let first = answer.clone();
        let office = Office::new(
            move |number| if number == 0 { first.clone() } else { Answer::token(number, 3600) },
            |_, _| Answer::page(),
        );
        list(&office.client()).await.expect("a reply");
        assert_eq!(office.counts(), (2, 1));
        assert!(refused(answer).await.is_retryable());
    }
    let office = Office::new(|_| Answer::says(500, "{}"), |_, _| Answer::page());
    let client = office.builder().retry(Retry::times(2)).build().expect("a client");
    list(&client).await.expect_err("no token");
    assert_eq!(office.counts(), (3, 0));
}

#[tokio::test(start_paused = true)]
async fn a_failure_is_told_to_all_who_waited_for_it() {
    let office = Office::new(|_| Answer::says(400, "{}"), |_, _| Answer::page());
    let client = office.client();
    let mut tasks = JoinSet::new();
    for _ in 0..100 {
        let client = client.clone();
        tasks.spawn(async move { list(&client).await });
    }
    while let Some(result) = tasks.join_next().await {
        assert_eq!(result.expect("no panic").expect_err("no token").kind(), ErrorKind::SignIn);
    }
    assert_eq!(office.counts(), (1, 0));
    list(&client).await.expect_err("no token");
    assert_eq!(office.counts(), (2, 0), "but not to those who come later");
}

#[tokio::test(start_paused = true)]
async fn a_token_has_the_time_of_the_call() {
    let office = Office::new(|_| Answer::Silence, |_, _| Answer::page());
    let client = office.client();
    let call = || client.books().list();
    let seconds = Duration::from_secs;
    for (call, most) in
        [(call(), 60), (call().timeout(seconds(5)), 5), (call().deadline(seconds(3)), 3)]
    {
        let began = Instant::now();
        let error = call.await.expect_err("silence");
        assert_eq!((error.kind(), error.phase()), (ErrorKind::Timeout, Some(Phase::SignIn)));
        assert_eq!(began.elapsed().as_secs(), most);
        assert!(error.is_retryable() && error.timing().in_flight >= seconds(most));
    }
}

/// Polls a future so many times, letting time pass between, and drops it. Whether it had ended.
async fn dropped_after(polls: usize, future: impl Future) -> bool {
    let mut future = pin!(future);
    for _ in 0..polls {
        let mut context = Context::from_waker(Waker::noop());
        if future.as_mut().poll(&mut context).is_ready() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    false
}

#[tokio::test(start_paused = true)]
async fn a_call_dropped_anywhere_leaves_nothing_behind() {
    for polls in 0..1_000 {
        let office = Office::open();
        let client = office.client();
        let waiting = tokio::spawn({
            let client = client.clone();
            async move {
                tokio::time::sleep(Duration::from_millis(2)).await;
                list(&client).await
            }
        });
        let ended = dropped_after(polls, list(&client)).await;
        waiting.await.expect("no panic").expect("who waited goes on");
        many(&client, 10).await;
        assert!(office.counts().0 <= 2, "{polls}: {:?}", office.counts());
        if ended {
            return;
        }
    }
    panic!("the call never ended");
}

#[tokio::test(start_paused = true)]
async fn c25_a_call_that_asks_for_a_token_and_is_not_polled_stops_no_other() {
    let office = Office::open();
    let client = office.client();
    let mut kept = pin!(list(&client));
    assert!(tokio::time::timeout(Duration::ZERO, &mut kept).await.is_err(), "it asks");
    let began = Instant::now();
    many(&client, 10).await;
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    assert_eq!(office.counts().0, 1, "they share its question");
    kept.await.expect("a reply");
}

#[tokio::test(start_paused = true)]
async fn a_question_that_no_call_waits_for_any_more_is_asked_anew() {
    let office = Office::new(
        |number| if number == 0 { Answer::Silence } else { Answer::token(number, 3600) },
        |_, _| Answer::page(),
    );
    let client = office.client();
    let late = tokio::time::timeout(Duration::from_secs(1), list(&client)).await;
    assert!(late.is_err(), "no answer");
    list(&client).await.expect("a reply");
    assert_eq!(office.counts(), (2, 1));
}

/// A service may repeat a token, also one that it refused.
#[tokio::test(start_paused = true)]
async fn a_text_is_shown_without_the_token_that_is_in_it() {
    let office = Office::open();
    let client = office.client();
    let text = format!("the token {TOKEN}0 is wrong").into_bytes();
    assert_eq!(client.without_tokens(&text), text, "nothing was asked for yet");
    list(&client).await.expect("a reply");
    assert_eq!(client.without_tokens(&text), b"the token [redacted] is wrong");
    assert_eq!(client.without_tokens(&[255, 0]), [255, 0], "bytes stay as they are");
}
