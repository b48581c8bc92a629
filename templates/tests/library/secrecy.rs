//! The id, the secret and the tokens go where they belong, and show nowhere else.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use templates::{Client, Error, ErrorKind};

use crate::alone::run_alone;
use crate::oauth::{list, refused};
use crate::office::{Answer, ID, Office, SECRET};
use crate::recorder::Recorder;

/// Neither the error nor what caused it shows what is secret.
pub fn assert_secret(error: &Error) {
    let mut shown =
        format!("{error} {error:?} {error:#?} {:?} {:?}", error.headers(), error.body());
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        shown += &format!("{cause} {cause:?}");
        source = cause.source();
    }
    assert_hidden(&shown);
}

pub fn assert_hidden(shown: &str) {
    let basic = BASE64_STANDARD.encode("canary+id%3A1:canary%2Fsecret%2B%C3%BC");
    assert!(!shown.contains("canary") && !shown.contains(&basic), "{shown}");
}

#[tokio::test(start_paused = true)]
async fn what_the_service_repeats_is_not_shown() {
    let basic = BASE64_STANDARD.encode("canary+id%3A1:canary%2Fsecret%2B%C3%BC");
    let said = format!("{ID} {SECRET} canary%2Fsecret%2B%C3%BC {basic}");
    for body in [
        format!(r#"{{"error": "{said}", "error_description": "{said}"}}"#),
        format!(r#"{{"error": "x", "error_description": "{}{said}"}}"#, "é".repeat(230)),
        format!(r#"{{"error": ["{said}"]}}"#),
        said.clone(),
    ] {
        let headers = vec![("location", format!("https://example.com/{basic}"))];
        let error = refused(Answer::Reply(400, headers, body)).await;
        assert_eq!(error.kind(), ErrorKind::SignIn);
        assert!(error.to_string().chars().count() < 700, "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_id_the_secret_and_the_token_show_nowhere() {
    let office = Office::open();
    let (builder, client) = (office.builder(), office.client());
    list(&client).await.expect("a reply");
    let call = client.books().list();
    let shown = format!("{builder:?} {client:?} {client:#?} {call:?} {:?}", client.books());
    assert!(shown.contains("[redacted]"), "{shown}");
    assert_hidden(&shown);
}

#[tokio::test(start_paused = true)]
async fn a_hook_cannot_take_the_place_of_a_token() {
    let office = Office::open();
    let builder = office.builder().before_attempt(|attempt| attempt.header("authorization", "x"));
    let error = list(&builder.build().expect("a client")).await.expect_err("a secret is there");
    assert_eq!((error.kind(), office.counts()), (ErrorKind::Request, (1, 0)));
    assert_secret(&error);
}

/// Interest in what is told is cached in a process, so this has one of its own.
#[test]
fn nobody_is_told_what_is_secret() {
    assert!(run_alone("secrecy::in_a_process_of_its_own", &[]));
}

#[tokio::test]
#[ignore = "run by nobody_is_told_what_is_secret"]
async fn in_a_process_of_its_own() {
    let (recorder, _guard) = Recorder::on_this_thread();
    log::set_boxed_logger(Box::new(recorder.clone())).expect("the first");
    log::set_max_level(log::LevelFilter::Trace);
    let office = Office::new(
        |number| match number {
            0 => Answer::says(503, format!(r#"{{"error": "{SECRET}"}}"#)),
            number => Answer::token(number, 3600),
        },
        |number, _| if number == 1 { Answer::says(401, "{}") } else { Answer::page() },
    );
    let builder = Client::builder().client_credentials(ID, SECRET);
    let client = builder.base_url(office.on_loopback().await).build().expect("a client");
    for _ in 0..2 {
        list(&client).await.expect("a reply");
    }
    assert_eq!(office.counts(), (3, 3), "a failure, a token, and another one after a 401");
    let all = format!("{:?}", recorder.all());
    assert!(all.contains("starting new connection"), "reqwest is heard: {all}");
    assert_hidden(&all);
}
