//! Types of other crates are read and written as the description says, digit by digit.

use std::collections::HashSet;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use client::types::{Cash, Order, OrderState, Payment, Tag};
use rust_decimal::Decimal;

const ORDER: &str = r#"{"id":"67e55044-10b1-426f-9247-bb680e5fe0c8","total":123456789012345678.10,"placed":"2024-03-01T08:00:00Z","delivered":null,"discounts":[0.10,-1],"rates":{"a":1.000},"window":{"secs":2,"nanos":0},"paid":0.300,"state":"open","seconds":86400,"count":7,"tags":[{"name":"a","weight":1}]}"#;

fn order() -> Order {
    serde_json::from_str(ORDER).expect("an order")
}

#[test]
fn what_is_read_is_written_digit_by_digit() {
    let order = order();
    assert_eq!(serde_json::to_string(&order).expect("JSON"), ORDER.replace(r#""delivered":null,"#, ""));
    assert_eq!(order.total, "123456789012345678.10".parse::<Decimal>().expect("a number"));
    assert_eq!(order.placed, "2024-03-01T08:00:00Z".parse::<DateTime<Utc>>().expect("a moment"));
    assert_eq!(order.window, Some(Duration::from_secs(2)));
    assert_eq!(order.paid, Some(Payment::Decimal("0.300".parse().expect("a number"))));
    assert_eq!(order.seconds, Some(time::OffsetDateTime::UNIX_EPOCH + time::Duration::days(1)));
    assert_eq!(order.count, Some(7_u16));
}

#[test]
fn what_is_made_takes_the_types_as_they_are() {
    let order = Order::new(
        uuid::Uuid::nil(),
        Decimal::new(1250, 2),
        DateTime::UNIX_EPOCH,
        OrderState::Open,
    )
    .delivered(NaiveDate::from_ymd_opt(2024, 3, 1).expect("a day"))
    .discounts([Decimal::ONE])
    .paid(Payment::Cash(Cash::new(2)));
    let json = r#"{"id":"00000000-0000-0000-0000-000000000000","total":12.50,"placed":"1970-01-01T00:00:00Z","delivered":"2024-03-01","discounts":[1],"paid":{"coins":2},"state":"open"}"#;
    assert_eq!(serde_json::to_string(&order).expect("JSON"), json);
    assert_eq!(serde_json::from_value::<Order>(serde_json::to_value(&order).expect("JSON")).expect("an order"), order);
}

#[test]
fn variants_are_told_apart_by_what_their_types_read() {
    for (json, expected) in [
        ("1.50", "Decimal"),
        (r#""2024-03-01""#, "NaiveDate"),
        (r#"{"coins":1}"#, "Cash"),
        (r#""yesterday""#, "Unrecognized"),
    ] {
        let read: Payment = serde_json::from_str(json).expect(json);
        assert!(format!("{read:?}").starts_with(expected), "{read:?}");
        assert_eq!(serde_json::to_string(&read).expect("JSON"), json);
    }
}

#[test]
fn types_derive_what_the_overlay_asks_for() {
    let orders = HashSet::from([order(), order()]);
    assert_eq!(orders.len(), 1);
    let mut tags = [Tag::new("b", 1), Tag::new("a", 2)];
    tags.sort();
    assert_eq!(tags[0].name, "a");
}

#[test]
fn what_is_no_such_value_says_what_it_should_be() {
    let wrong = ORDER.replace("123456789012345678.10", "\"12.50\"");
    let why = serde_json::from_str::<Order>(&wrong).expect_err("a text").to_string();
    assert!(why.contains("is not a `rust_decimal::Decimal`"), "{why}");
}
