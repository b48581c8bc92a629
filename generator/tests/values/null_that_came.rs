//! A null that came is written as null, and what is absent stays absent.

use client::types::Note;

fn written(json: &str) -> String {
    let read: Note = serde_json::from_str(json).expect(json);
    serde_json::to_string(&read).expect("JSON")
}

#[test]
fn null_and_absent_come_back_as_they_came() {
    let jsons = [
        r#"{"title":"a"}"#,
        r#"{"title":"a","text":null}"#,
        r#"{"title":"a","author":null,"more":null}"#,
        r#"{"title":"a","text":"b","author":{"home":null}}"#,
        r#"{"title":"a","author":{"name":null,"home":"b"},"more":1.50}"#,
        r#"{"title":"a","place":null}"#,
        r#"{"title":"a","place":{"town":"b"},"places":[null,1,{"town":"c"}]}"#,
        r#"{"title":"a","mood":null}"#,
        r#"{"title":"a","inner":null}"#,
        r#"{"title":"a","again":null}"#,
        r#"{"title":"a","anything":null}"#,
        r#"{"title":"a","only":null}"#,
    ];
    for json in jsons {
        assert_eq!(written(json), json);
    }
}

#[test]
fn a_null_that_is_not_described_is_left_out() {
    assert_eq!(written(r#"{"title":"a","pages":null}"#), r#"{"title":"a"}"#);
    // A type that allows no further members has no place for it.
    assert_eq!(written(r#"{"title":"a","seal":{"mark":null}}"#), r#"{"title":"a","seal":{}}"#);
}

#[test]
fn a_null_is_one_while_the_field_has_no_value() {
    let read: Note = serde_json::from_str(r#"{"title":"a","text":null}"#).expect("a note");
    assert_eq!(read, Note::new("a"));
    assert_eq!(serde_json::to_string(&read.clone().text("b")).expect("JSON"), r#"{"title":"a","text":"b"}"#);
    assert_eq!(serde_json::to_string(&Note::new("a")).expect("JSON"), r#"{"title":"a"}"#);
    assert!(read.extra.is_empty());
}
