#![cfg(unix)]
//! What the environment and base URLs may say, and what is told where they cannot be used.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;

use lantern_client::{Client, ClientBuilder, ErrorKind};

use crate::alone::run_alone_with;

/// Not Unicode, and not to be shown.
fn strange() -> OsString {
    OsString::from_vec(b"canary-\xFF".to_vec())
}

/// The environment is read in a process of its own.
#[test]
fn a_variable_that_is_not_unicode_is_an_error_that_names_it() {
    let key = ("LANTERN_API_KEY", OsString::from("key"));
    let url = ("LANTERN_BASE_URL", OsString::from("https://example.com"));
    let test = "environment::in_a_process_of_its_own";
    for (variables, fault) in [
        ([key.clone(), ("LANTERN_BASE_URL", strange())], "LANTERN_BASE_URL is not Unicode"),
        ([("LANTERN_API_KEY", strange()), url.clone()], "LANTERN_API_KEY is not Unicode"),
        ([("LANTERN_API_KEY", "".into()), url.clone()], "LANTERN_API_KEY, is empty"),
        ([("LANTERN_API_KEY", " ".into()), url.clone()], "LANTERN_API_KEY, is empty"),
        ([key.clone(), ("LANTERN_BASE_URL", "".into())], "the base URL is empty"),
        ([key.clone(), ("LANTERN_BASE_URL", "127.0.0.1:8765".into())], "http://127.0.0.1:8765"),
        ([key, url], "none"),
    ] {
        let [first, second] = variables;
        let variables = [first, second, ("FAULT", fault.into())];
        assert!(run_alone_with(test, &variables), "{variables:?}");
    }
}

#[test]
#[ignore = "run by a_variable_that_is_not_unicode_is_an_error_that_names_it"]
fn in_a_process_of_its_own() {
    let fault = std::env::var("FAULT").expect("a fault");
    match Client::from_env() {
        Ok(_) => assert_eq!(fault, "none"),
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Configuration);
            let shown = format!("{error} {error:?}");
            assert!(shown.contains(&fault) && !shown.contains("canary"), "{shown}");
        }
    }
}

#[test]
fn settings_that_follow_replace_what_the_environment_has() {
    let test = "environment::in_a_process_of_its_own_with_other_settings";
    let url = ("LANTERN_BASE_URL", OsString::from("https://example.com"));
    let key = ("LANTERN_API_KEY", OsString::from("key"));
    assert!(run_alone_with(test, &[url.clone(), ("FAULT", "LANTERN_API_KEY".into())]));
    assert!(run_alone_with(test, &[url, key, ("FAULT", "none".into())]));
}

#[test]
#[ignore = "run by settings_that_follow_replace_what_the_environment_has"]
fn in_a_process_of_its_own_with_other_settings() {
    let fault = std::env::var("FAULT").expect("a fault");
    let timeout = std::time::Duration::from_secs(5);
    match ClientBuilder::from_env().timeout(timeout).build() {
        Ok(_) => assert_eq!(fault, "none"),
        Err(error) => assert!(error.to_string().contains(&fault), "{error}"),
    }
    assert!(
        ClientBuilder::from_env().api_key("own").build().is_ok(),
        "it replaces what is missing"
    );
    assert!(ClientBuilder::from_env().without_credentials().build().is_ok());
    let elsewhere = ClientBuilder::from_env().api_key("own").base_url("ftp://example.com").build();
    assert_eq!(elsewhere.expect_err("another URL").kind(), ErrorKind::Configuration);
}

fn refusal(url: &str) -> String {
    let built = Client::builder().api_key("key").base_url(url).build();
    let error = built.expect_err(url);
    assert_eq!(error.kind(), ErrorKind::Configuration, "{url}");
    error.to_string()
}

#[test]
fn c18_a_base_url_without_a_scheme_is_told_what_to_write() {
    for (url, written) in [
        ("127.0.0.1:8765", "`http://127.0.0.1:8765`"),
        ("127.0.0.1", "`http://127.0.0.1`"),
        ("[::1]:8000/v1", "`http://[::1]:8000/v1`"),
        ("localhost:8000", "`http://localhost:8000`"),
        ("localhost", "`http://localhost`"),
        ("api.example.com", "`https://api.example.com`"),
        ("api.example.com:443/v1", "`https://api.example.com:443/v1`"),
        ("//api.example.com", "`https://api.example.com`"),
        ("10.0.0.1:80", "`https://10.0.0.1:80`"),
    ] {
        let said = refusal(url);
        assert!(said.contains("no scheme") && said.contains(written), "{url}: {said}");
    }
}

#[test]
fn c18_other_faults_of_a_base_url_are_told_as_what_they_are() {
    for (url, fault) in [
        ("", "empty"),
        ("  ", "empty"),
        ("ftp://example.com", "neither http nor https"),
        ("mailto:ada@example.com", "neither http nor https"),
        ("javascript:alert(1)", "neither http nor https"),
        ("https://", "cannot be read"),
        ("https://u:p@example.com", "user or password"),
        ("http://example.com", "plain http"),
        ("https://example.com?a=1", "query"),
    ] {
        let said = refusal(url);
        assert!(said.contains(fault) && !said.contains("no scheme"), "{url}: {said}");
    }
}
