//! Texts of flags and cells as values of JSON.

use jiff::Timestamp;
use lantern_operations::Kind;
use serde_json::{Number, Value};

use crate::dates;

/// Reads a text, or says why it is no value of this kind.
pub fn read(text: &str, kind: Kind) -> Result<Value, String> {
    let of = |wanted: &str| format!("{text:?} is not {wanted}");
    match kind {
        Kind::Text | Kind::File => Ok(text.into()),
        Kind::Integer => integer(text).ok_or_else(|| of("a whole number")),
        Kind::Number => number(text).ok_or_else(|| of("a number")),
        Kind::Boolean => boolean(text).ok_or_else(|| of("true or false")),
        Kind::Date => {
            let date = dates::date(text, Timestamp::now());
            date.map(Value::from).ok_or_else(|| of(&format!("a date ({})", dates::FORMS)))
        }
        Kind::Moment => {
            let moment = dates::moment(text, Timestamp::now());
            moment.map(Value::from).ok_or_else(|| of(&format!("a time ({})", dates::FORMS)))
        }
        Kind::Json => {
            serde_json::from_str(text).map_err(|why| format!("{text:?} is not JSON: {why}"))
        }
        Kind::Any => Ok(serde_json::from_str(text).unwrap_or_else(|_| text.into())),
    }
}

/// Reads a text that a service has written; what is no value of this kind stays a text.
pub fn stored(text: &str, kind: Kind) -> Value {
    let value = match kind {
        Kind::Integer => integer(text),
        Kind::Number => number(text),
        Kind::Boolean => boolean(text),
        Kind::Json | Kind::Any => serde_json::from_str(text)
            .ok()
            .filter(|value: &Value| kind == Kind::Json || value.is_array() || value.is_object()),
        Kind::Text | Kind::Date | Kind::Moment | Kind::File => None,
    };
    value.unwrap_or_else(|| text.into())
}

fn integer(text: &str) -> Option<Value> {
    let text = text.trim();
    let signed = text.parse::<i64>().ok().map(Value::from);
    signed.or_else(|| text.parse::<u64>().ok().map(Value::from))
}

fn number(text: &str) -> Option<Value> {
    let number: Number = serde_json::from_str(text.trim()).ok()?;
    Some(Value::Number(number))
}

fn boolean(text: &str) -> Option<Value> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" => Some(true.into()),
        "false" | "no" | "0" => Some(false.into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::read;
    use lantern_operations::Kind;

    #[test]
    fn texts_are_read_by_their_kind() {
        assert_eq!(read("5", Kind::Integer), Ok(json!(5)));
        assert_eq!(read("18446744073709551615", Kind::Integer), Ok(json!(u64::MAX)));
        assert_eq!(read("5.5", Kind::Number), Ok(json!(5.5)));
        assert_eq!(read("yes", Kind::Boolean), Ok(json!(true)));
        assert_eq!(read("[1]", Kind::Any), Ok(json!([1])));
        assert_eq!(read("a b", Kind::Any), Ok(json!("a b")));
        for (text, kind) in
            [("5.5", Kind::Integer), ("x", Kind::Boolean), ("{", Kind::Json), ("", Kind::Date)]
        {
            let why = read(text, kind).expect_err(text);
            assert!(why.contains(&format!("{text:?} is not")), "{why}");
        }
    }

    proptest! {
        #[test]
        fn a_text_is_sent_as_it_is(text in ".*") {
            prop_assert_eq!(read(&text, Kind::Text), Ok(Value::from(text)));
        }

        #[test]
        fn a_number_keeps_its_value(number: i64) {
            prop_assert_eq!(read(&number.to_string(), Kind::Integer), Ok(json!(number)));
        }
    }
}
