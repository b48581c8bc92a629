//! Callers ask whether a request keeps the limits; sending does not.

use std::error::Error;

use templates::types::{Filter, ImportRequest, NewBook, NewCover, PriceRange};

use crate::client;
use crate::desk::Desk;

fn places(verdict: Result<(), templates::Violations>) -> Vec<String> {
    verdict.err().into_iter().flatten().map(|violation| violation.place).collect()
}

#[test]
fn what_keeps_all_limits_is_valid() {
    assert_eq!(NewBook::new("9780140449136", "ä".repeat(200)).validate(), Ok(()));
    assert_eq!(NewBook::new("043942089X", "").validate(), Ok(()));
    assert_eq!(Filter::default().validate(), Ok(()));
    assert_eq!(ImportRequest::new(vec!["9780140449136".to_owned(); 500]).validate(), Ok(()));
}

#[test]
fn all_that_does_not_is_told() {
    let book = NewBook::new("978-0140449136", "ä".repeat(201));
    let found: Box<dyn Error> = book.validate().expect_err("limits that are not kept").into();
    let told = "isbn: must have at most 13 characters; isbn: must match `^[0-9]+[0-9X]$`; \
                title: must have at most 200 characters";
    assert_eq!(found.to_string(), told);
}

#[test]
fn places_lead_through_lists_and_objects() {
    let mut isbns = vec![String::new(); 501];
    isbns[3] = "9".repeat(14);
    assert_eq!(places(ImportRequest::new(isbns).validate()), ["isbns", "isbns[3]"]);
    let cover = NewCover::new(Vec::new(), "").price(PriceRange::new(-0.5, 1.0));
    assert_eq!(places(cover.validate()), ["price.from"]);
    let twice = Filter::default().labels(vec!["a".to_owned(), "a".to_owned()]);
    assert_eq!(places(twice.validate()), ["labels"]);
}

#[tokio::test]
async fn sending_asks_nobody() {
    let desk = Desk::answering(&[(200, "application/json", b"[]")]).await;
    let twice = Filter::default().labels(vec!["a".to_owned(), "a".to_owned()]);
    assert!(twice.validate().is_err());
    client(&desk).desk().search_shelves(vec![1]).filter(twice).await.expect("items");
    assert_eq!(desk.seen().len(), 1);
}
