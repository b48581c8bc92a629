//! The documented errors of an operation are told apart by a `match`.

use fixture::dependencies::http::StatusCode;
use fixture::orders::{AddOrder, AddOrderError2, AddOrderErrorError, ChangeOrderError, ReadOrderError, RemoveOrderError};
use fixture::{Call, Client, Error, ErrorKind, Operation, Retry};
use service::answer;

mod service;

fn client(url: &str) -> Client {
    Client::builder().base_url(url).retry(Retry::times(0)).build().expect("a client")
}

/// The error of a call that is answered so.
fn failed<Op: Operation>(status: &str, body: &str, call: impl FnOnce(Client) -> Call<Op>) -> Error {
    let json = ["Content-Type: application/json"];
    answer(status, &json, body, |url| call(client(url)).send_blocking().err().expect("an error")).1
}

fn add(status: &str, body: &str) -> Option<AddOrderError2> {
    failed::<AddOrder>(status, body, |client| client.orders().add()).documented()
}

#[test]
fn each_status_has_a_variant_with_its_body() {
    match add("402 Payment Required", r#"{"missing": 3}"#) {
        Some(AddOrderError2::PaymentRequired(shortage)) => assert_eq!(shortage.missing, 3),
        other => panic!("{other:?}"),
    }
    match add("422 Unprocessable Content", r#"{"title": "no"}"#) {
        Some(AddOrderError2::UnprocessableEntity(problem)) => assert_eq!(problem.title, "no"),
        other => panic!("{other:?}"),
    }
    assert_eq!(add("409 Conflict", "<p>anything"), Some(AddOrderError2::Conflict));
}

#[test]
fn what_is_not_described_is_told_by_its_status() {
    let undocumented = |status| Some(AddOrderError2::Undocumented(status));
    assert_eq!(add("418 Teapot", "{}"), undocumented(StatusCode::IM_A_TEAPOT));
    assert_eq!(add("402 Payment Required", "<html>"), undocumented(StatusCode::PAYMENT_REQUIRED));
    assert_eq!(add("422 Wrong", r#"{"title": 1}"#), undocumented(StatusCode::UNPROCESSABLE_ENTITY));
}

#[test]
fn a_status_comes_before_its_hundred_and_that_before_all_others() {
    let read = |status, body| failed(status, body, |client| client.orders().read(1)).documented();
    let title = |error: Option<ReadOrderError>| match error {
        Some(ReadOrderError::ClientError(problem)) => format!("4 {}", problem.title),
        Some(ReadOrderError::ServerError(problem)) => format!("5 {}", problem.title),
        Some(ReadOrderError::NotFound(words)) => format!("404 {}", words.concat()),
        Some(ReadOrderError::Other(shortage)) => format!("other {}", shortage.missing),
        other => format!("{other:?}"),
    };
    assert_eq!(title(read("404 Not Found", r#"["a", "b"]"#)), "404 ab");
    assert_eq!(title(read("499 Left", r#"{"title": "a"}"#)), "4 a");
    assert_eq!(title(read("599 Down", r#"{"title": "a"}"#)), "5 a");
    assert_eq!(title(read("300 Choices", r#"{"missing": 2}"#)), "other 2");
    assert_eq!(read("304 Not Modified", ""), Some(ReadOrderError::NotModified));
}

#[test]
fn operations_with_the_same_errors_have_one_enum() {
    let same: fn(AddOrderError2) -> ChangeOrderError = |error| error;
    let error = failed("402 Payment Required", r#"{"missing": 3}"#, |client| client.orders().change(1));
    let changed = error.documented::<ChangeOrderError>().expect("a reply");
    assert_eq!(same(changed.clone()), changed);
    let error = failed("402 Payment Required", r#"{"title": "a"}"#, |client| client.orders().remove(1));
    assert!(matches!(error.documented(), Some(RemoveOrderError::PaymentRequired(problem)) if problem.title == "a"));
    let error = failed("402 Payment Required", r#"{"missing": 1}"#, |client| client.orders().add_order_error());
    assert!(matches!(error.documented(), Some(AddOrderErrorError::PaymentRequired(_))));
}

#[test]
fn without_a_reply_there_is_no_documented_error() {
    let call = client("http://127.0.0.1:9").orders().add();
    let error = call.send_blocking().err().expect("no service");
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert_eq!(error.documented::<AddOrderError2>(), None);
}
