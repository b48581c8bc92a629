//! A tag with the name of a crate does not hide the crate, and a type has one way in which it is written.

use client::types::Price;

#[test]
fn numbers_are_exact_and_texts_stay_texts() {
    let json = r#"{"amount":1.10,"kept":"1.10","day":"2024-03-01"}"#;
    let read: Price = serde_json::from_str(json).expect("a price");
    assert_eq!(serde_json::to_string(&read).expect("JSON"), json);
    assert_eq!(read.amount, rust_decimal::Decimal::new(110, 2));
    assert_eq!(read.day.map(time::Date::ordinal), Some(61));
    assert_eq!(read.kept, "1.10");
}
