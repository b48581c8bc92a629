//! How a client is told to ask for tokens: by its builder, and by the environment.

use templates::{Client, ErrorKind};

use crate::alone::run_alone;
use crate::oauth::list;
use crate::office::{ID, Office, SECRET};
use crate::secrecy::assert_secret;

#[tokio::test(start_paused = true)]
async fn the_caller_can_ask_elsewhere_and_for_less() {
    let table = [
        ("https://login.example.com/token?tenant=1", "https://login.example.com/token?tenant=1"),
        ("token", "https://library.example.com/api/token"),
        ("/token", "https://library.example.com/token"),
        ("http://127.0.0.1:9/token", "http://127.0.0.1:9/token"),
    ];
    for (stated, url) in table {
        let office = Office::open();
        let builder = office.builder().token_url(stated).scopes(["books:read"]);
        list(&builder.build().expect("a client")).await.expect("a reply");
        let question = &office.seen()[0];
        assert_eq!(question.url, url);
        assert!(question.body.ends_with("&scope=books%3Aread"), "{}", question.body);
    }
    let office = Office::open();
    let client = office.builder().scopes([""; 0]).build().expect("a client");
    list(&client).await.expect("a reply");
    assert_eq!(office.seen()[0].body, "grant_type=client_credentials");
}

#[tokio::test(start_paused = true)]
async fn a_token_that_is_set_goes_before() {
    let office = Office::open();
    let client = office.builder().token("set").build().expect("a client");
    list(&client).await.expect("a reply");
    assert_eq!((office.counts(), &*office.seen()[0].authorization), ((0, 1), "Bearer set"));
}

#[test]
fn settings_that_cannot_work_are_refused() {
    let office = Office::open();
    let at = |url: &str| office.builder().token_url(url).build();
    for url in [
        "http://login.example.com/token",
        "ftp://login.example.com",
        "https://u:canary@login.example.com/token",
        "https://login.example.com/token#canary",
        "https://",
    ] {
        let error = at(url).expect_err(url);
        assert_eq!(error.kind(), ErrorKind::Configuration, "{url}");
        assert_secret(&error);
    }
    let plain = office.builder().allow_plain_http().token_url("http://login.example.com/token");
    assert!(plain.build().is_ok());
    for (id, secret) in [("", SECRET), (ID, "")] {
        let error = Client::builder().client_credentials(id, secret).build().expect_err("empty");
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert_secret(&error);
    }
}

/// The environment is read in a process of its own.
#[test]
fn the_environment_can_name_a_client() {
    let named = [
        ("TEMPLATES_CLIENT_ID", "id"),
        ("TEMPLATES_CLIENT_SECRET", "secret"),
        ("TEMPLATES_TOKEN_URL", "http://127.0.0.1:9/token"),
    ];
    let test = "sign_in::in_a_process_of_its_own";
    assert!(run_alone(test, &[named.as_slice(), &[("EXPECTED", "no token")]].concat()));
    let token = [("TEMPLATES_TOKEN", "token"), ("EXPECTED", "not sent")];
    assert!(run_alone(test, &[named.as_slice(), &token].concat()), "a token goes before");
    assert!(run_alone(test, &[named[0], ("EXPECTED", "secret is empty")]));
}

/// Nothing is at the place of the service, nor where tokens are asked for.
#[tokio::test]
#[ignore = "run by the_environment_can_name_a_client"]
async fn in_a_process_of_its_own() {
    let expected = std::env::var("EXPECTED").expect("what comes of it");
    let error = match Client::from_env() {
        Ok(client) => client.books().list().no_retry().await.expect_err("nothing is there"),
        Err(error) => error,
    };
    match &*expected {
        "not sent" => assert!(!error.to_string().contains("token"), "{error}"),
        expected => assert!(error.to_string().contains(expected), "{error}"),
    }
}
