//! What the library sends of its own accord, as a receiver reads it.

use templates::webhooks::{ImportBooksOnProgress, LoanOverdue, Webhook};

const BODY: &[u8] = br#"{"member": "m-17", "attempt": 2, "loan": {"book":
    {"id": 7, "title": "Iliad", "binding": "hardcover", "added_at": "2024-01-01T00:00:00Z"}}}"#;

#[test]
fn a_payload_is_read_with_what_nobody_described() {
    let overdue = LoanOverdue::read(BODY).expect("a payload");
    assert_eq!((overdue.member.as_str(), overdue.loan.book.id), ("m-17", 7));
    assert_eq!(overdue.extra["attempt"], 2);
}

#[test]
fn a_faulty_payload_names_the_place_in_it() {
    let body = br#"{"member": "m-17", "loan": {"book": {"id": "seven"}}}"#;
    let fault = LoanOverdue::read(body).expect_err("no number").to_string();
    assert!(fault.contains("at `loan.book.id`"), "{fault}");
    assert!(LoanOverdue::read(b"{\"member\"").is_err());
}

#[test]
fn what_is_no_json_is_read_as_it_is() {
    assert_eq!(
        ImportBooksOnProgress::read("half of it is röd".as_bytes()).ok(),
        Some("half of it is röd".to_owned())
    );
    assert!(ImportBooksOnProgress::read(b"\xFF").is_err());
}

/// What a server does that has one address for all webhooks.
fn receive<W: Webhook>(name: &str, method: &str, body: &[u8]) -> Option<W::Payload> {
    (W::NAME == name && W::METHOD == method).then(|| W::read(body).ok()).flatten()
}

#[test]
fn a_webhook_is_known_by_its_name_and_its_method() {
    assert!(receive::<LoanOverdue>("loan.overdue", "POST", BODY).is_some());
    assert!(receive::<LoanOverdue>("loan.returned", "POST", BODY).is_none());
}
