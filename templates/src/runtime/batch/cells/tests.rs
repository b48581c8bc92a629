use serde::de::value::MapDeserializer;

use super::super::Record;
use super::*;
use crate::runtime::json_object;

#[derive(Debug, PartialEq)]
struct Row {
    ok: bool,
}

json_object!(Row { ok });

fn read<'a, Row: Json>(cell: Cell<'a>) -> Result<Row, Error> {
    Row::read(MapDeserializer::new(std::iter::once(("ok", cell))))
}

#[test]
fn what_is_true_is_read_from_a_text_too() {
    for (texts, ok) in [(["true", "True", "TRUE"], true), (["false", "False", "FALSE"], false)] {
        for text in texts {
            assert_eq!(read(Cell::Text(text.into())), Ok(Row { ok }));
            assert_eq!(read(Cell::Json(&format!("\"{text}\""))), Ok(Row { ok }));
        }
        assert_eq!(read(Cell::Json(texts[0])), Ok(Row { ok }));
    }
    for text in ["1", "yes", ""] {
        assert!(read::<Row>(Cell::Text(text.into())).is_err(), "{text}");
        assert!(read::<Row>(Cell::Json(text)).is_err(), "{text}");
    }
}

#[test]
fn a_record_says_what_it_takes() {
    let error = |json: &str| {
        let mut json = serde_json::Deserializer::from_str(json);
        Record::read(&mut json).map(drop).expect_err("no record").to_string()
    };
    assert!(error("3").contains("expected a row of texts"), "{}", error("3"));
    assert!(error(r#"{"a": [1]}"#).contains("expected a text"), "{}", error(r#"{"a": [1]}"#));
}
