//! Numbers of members that nobody described leave as they came.

use serde_json::{Value, json};

use super::{Event, Extra, Presence, Shape};
use crate::types;

const NUMBERS: [&str; 16] = [
    "123456789012345678901234567890",
    "-123456789012345678901234567890",
    "18446744073709551616",
    "-9223372036854775809",
    "0.1000000000000000055511151231257827",
    "1.10",
    "100.00",
    "-0",
    "-0.0",
    "1E400",
    "-1e+400",
    "1E-400",
    "1e2",
    "0",
    "18446744073709551615",
    "-9223372036854775808",
];

/// Texts with a number in each place that a value can have.
fn texts(number: &str) -> [String; 4] {
    [
        format!("{{\"required\":1,\"nullable\":null,\"new\":{number}}}"),
        format!("{{\"required\":1,\"nullable\":2,\"new\":{{\"a\":[{number},\"1.10\",{number}]}}}}"),
        format!("{{\"required\":1,\"nullable\":2,\"a\":\"\\\"1.10 \\\\\",\"b\":[[{number}]]}}"),
        format!("{{\"required\":1,\"nullable\":2,\"{number}\":{number},\"z\":true}}"),
    ]
}

#[test]
fn numbers_without_a_field_keep_every_digit() {
    for text in NUMBERS.iter().flat_map(|number| texts(number)) {
        let read: Presence = serde_json::from_str(&text).expect(&text);
        assert_eq!(serde_json::to_string(&read).expect("JSON"), text);
        let list: Vec<Presence> =
            serde_json::from_reader(format!("[{text}]").as_bytes()).expect(&text);
        assert_eq!(serde_json::to_string(&list).expect("JSON"), format!("[{text}]"));
        let copy = read.clone();
        assert_eq!((serde_json::to_string(&copy).expect("JSON"), copy), (text, read));
    }
}

#[test]
fn numbers_within_a_variant_keep_every_digit() {
    for text in NUMBERS.iter().flat_map(|number| texts(number)) {
        let read: Shape = serde_json::from_str(&text).expect(&text);
        assert!(matches!(read, Shape::Presence(_)), "{text}");
        assert_eq!(serde_json::to_string(&read).expect("JSON"), text);
        let text = text.replacen('{', "{\"kind\":\"closed\",", 1);
        let read: Event = serde_json::from_str(&text).expect(&text);
        assert_eq!(serde_json::to_string(&read).expect("JSON"), text);
        let list: Vec<Event> = serde_json::from_str(&format!("[{text}]")).expect(&text);
        assert_eq!(serde_json::to_string(&list).expect("JSON"), format!("[{text}]"));
    }
}

#[test]
fn what_is_set_anew_is_written_instead() {
    let text = r#"{"error":"no","sum":1.10,"big":123456789012345678901234567890,"far":1E400}"#;
    let mut read: types::Problem = serde_json::from_str(text).expect("a problem");
    assert_eq!(read.extra["sum"], 1.1);
    assert_eq!(read.extra["far"], f64::MAX);
    assert_eq!(read.extra.json_text("sum").as_deref(), Some("1.10"));
    assert_eq!(read.extra.json_text("far").as_deref(), Some("1E400"));
    assert_eq!(read.extra.json_text("new"), None);
    read.extra.insert("sum".to_owned(), json!(1.2));
    read.extra.insert("new".to_owned(), json!("x"));
    read.extra.remove("far");
    let expected = r#"{"error":"no","big":123456789012345678901234567890,"new":"x","sum":1.2}"#;
    assert_eq!(serde_json::to_value(&read).expect("JSON")["sum"], 1.2);
    let written = serde_json::to_string(&read).expect("JSON");
    let sorted = |text: &str| {
        let mut members: Vec<_> = text.trim_matches(['{', '}']).split(',').collect();
        members.sort_unstable();
        members.join(",")
    };
    assert_eq!(sorted(&written), sorted(expected));
    assert_eq!(read.extra.json_text("sum").as_deref(), Some("1.2"));
    // A value of its own takes the nearest that it can hold.
    let value: Value = serde_json::to_value(&read).expect("a value");
    assert_eq!(value["big"], 123_456_789_012_345_678_901_234_567_890_f64);
    assert_eq!(size_of::<Extra>(), size_of::<usize>());
}

#[test]
fn what_is_kept_as_text_is_written_on_one_line() {
    let text =
        "{\"required\": 1, \"nullable\": 2, \"new\": {\n  \"a b\" : [ 1.10,\t\"\\\" \\\\\" ]\r\n}}";
    let read: Presence = serde_json::from_str(text).expect("an object");
    let expected = r#"{"required":1,"nullable":2,"new":{"a b":[1.10,"\" \\"]}}"#;
    assert_eq!(serde_json::to_string(&read).expect("JSON"), expected);
    // The last of several with one name counts, for its digits, too.
    let twice = r#"{"required":1,"nullable":2,"new":1.10,"new":1.1}"#;
    let read: Presence = serde_json::from_str(twice).expect("an object");
    assert_eq!(read.extra.json_text("new").as_deref(), Some("1.1"));
}

#[test]
fn what_is_nested_too_deep_is_an_error() {
    let nested = |depth: usize| {
        let inner = format!("{}1.10{}", "[".repeat(depth), "]".repeat(depth));
        (format!("{{\"required\":1,\"nullable\":2,\"new\":{inner}}}"), inner)
    };
    assert!(serde_json::from_str::<Presence>(&nested(127).0).is_ok());
    assert!(serde_json::from_str::<Shape>(&nested(127).0).is_ok());
    for (text, inner) in [nested(129), nested(100_000)] {
        assert!(serde_json::from_str::<Presence>(&text).is_err());
        assert!(serde_json::from_str::<Shape>(&text).is_err());
        assert!(serde_json::from_str::<Event>(&text).is_err());
        assert!(serde_json::from_str::<types::BookPrice>(&inner).is_err());
    }
}
