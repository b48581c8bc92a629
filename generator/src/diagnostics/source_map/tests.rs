//! Pointers found again in texts.

use super::{Sources, looks_like_json};
use crate::Source;
use crate::diagnostics::{Location, SpanKind};
use crate::pointer::Pointer;

/// The text that a place means, and its line and column.
fn found(text: &str, pointer: &str, spot: SpanKind) -> (String, usize, usize) {
    let source = Source::new("a", text);
    let sources = Sources::new([source]);
    let pointer = Pointer::parse(pointer).expect("a pointer");
    let place = Location::new("a", pointer).spot(spot);
    let excerpt = sources.find(&place).expect("a place");
    let piece = text[excerpt.start..excerpt.end].to_owned();
    (piece, excerpt.from.line, excerpt.from.column)
}

fn value(text: &str, pointer: &str) -> (String, usize, usize) {
    found(text, pointer, SpanKind::Value)
}

fn at(piece: &str, line: usize, column: usize) -> (String, usize, usize) {
    (piece.to_owned(), line, column)
}

#[test]
fn yaml_values_and_keys_are_found() {
    let text = "\
openapi: 3.1.0   # comment
paths:
  /a~b/{id}:
    'get':
      tags: [one, \"two\"]
      summary: |
        several
        lines
      flags:
      - true
      -   x: plain text here
          y:
200: ok
";
    let rules = [
        ("/openapi", at("3.1.0", 1, 10)),
        ("/paths", at("paths", 2, 1)),
        ("/paths/~1a~0b~1{id}", at("/a~b/{id}", 3, 3)),
        ("/paths/~1a~0b~1{id}/get", at("'get'", 4, 5)),
        ("/paths/~1a~0b~1{id}/get/tags/0", at("one", 5, 14)),
        ("/paths/~1a~0b~1{id}/get/tags/1", at("\"two\"", 5, 19)),
        ("/paths/~1a~0b~1{id}/get/summary", at("summary", 6, 7)),
        ("/paths/~1a~0b~1{id}/get/flags/0", at("true", 10, 9)),
        ("/paths/~1a~0b~1{id}/get/flags/1/x", at("plain text here", 11, 14)),
        ("/paths/~1a~0b~1{id}/get/flags/1/y", at("y", 12, 11)),
        ("/200", at("ok", 13, 6)),
    ];
    for (pointer, expected) in rules {
        assert_eq!(value(text, pointer), expected, "{pointer}");
    }
}

/// Each text is read, though YAML 1.2 does not allow it.
#[test]
fn what_is_read_leniently_has_a_place() {
    let texts = [
        "a:\n  c: {\n    d: 1\n  }\nb: 1",
        "a:\n  c: {\n  d: {e: [\n  1,\n2\n]\n}\n  }\nb: 1",
        "a:\n  c: [\n  \"é\",\n  2\n  ]\nb: 1",
        "a:\r\n  c: {\r\n  d: 1\r\n  }\r\nb: 1",
        "a:\n  c: |\n    }\n    x\n  d: {\n  }\nb: 1",
        "a:\n- c\n- {\nd: 1\n}\nb: 1",
        "a:\n  c: 'x\n y'\nb: 1",
    ];
    for text in texts {
        let read: serde_json::Value = serde_yaml::from_str(text).expect(text);
        assert_eq!(read["b"], 1, "{text:?}");
        let (piece, line, column) = value(text, "/b");
        assert_eq!((piece.as_str(), line), ("1", text.matches('\n').count() + 1), "{text:?}");
        assert_eq!(column, 4, "{text:?}");
    }
    assert_eq!(value(texts[1], "/a/c/d/e/1"), at("2", 5, 1));
    assert_eq!(value(texts[2], "/a/c/0"), at("\"é\"", 3, 3));
}

#[test]
fn json_values_and_keys_are_found() {
    let text = "{\n  \"a\\u002fb\": {\"c\": [1, -2.5e3, {\"d\": \"x\\\"y\"}]},\n  \"e\": null\n}";
    assert!(looks_like_json(text));
    let rules = [
        ("/a~1b", at("\"a\\u002fb\"", 2, 3)),
        ("/a~1b/c", at("\"c\"", 2, 16)),
        ("/a~1b/c/1", at("-2.5e3", 2, 25)),
        ("/a~1b/c/2/d", at("\"x\\\"y\"", 2, 39)),
        ("/e", at("null", 3, 8)),
    ];
    for (pointer, expected) in rules {
        assert_eq!(value(text, pointer), expected, "{pointer}");
    }
}

#[test]
fn each_value_of_a_document_in_json_is_found() {
    let document = serde_json::json!({
        "": {"a/b": {"~": [1, [], [[2.5], {"]": "}{"}], {}]}, "c\\\"d": "e\\\"f", "g": null},
        "ü": [{"é": true}, "\n", -1e9, ""],
        "same": {"same": {"same": "same"}},
    });
    let texts = [document.to_string(), format!("\u{feff}\r\n {document:#} \n")];
    for text in texts {
        let mut open = vec![(Pointer::root(), &document)];
        let mut scalars = 0;
        while let Some((at, known)) = open.pop() {
            match known {
                serde_json::Value::Object(members) => {
                    open.extend(members.iter().map(|(key, value)| (at.at(key), value)));
                }
                serde_json::Value::Array(items) => {
                    open.extend(items.iter().enumerate().map(|(index, item)| (at.at(index), item)));
                }
                scalar => {
                    let (piece, ..) = value(&text, at.as_str());
                    assert_eq!(piece.parse::<serde_json::Value>().expect(&piece), *scalar, "{at}");
                    scalars += 1;
                }
            }
            let source = Source::new("a", text.as_str());
            let whole = Sources::new([source]).whole(&Location::new("a", at.clone()));
            let piece = &text[whole.expect("a place")];
            assert_eq!(piece.parse::<serde_json::Value>().expect(piece), *known, "{at}");
        }
        assert_eq!(scalars, 10);
    }
}

#[test]
fn what_is_not_there_is_found_at_the_nearest_place_around_it() {
    for text in ["a:\n  b:\n    c: 1\n", "{\"a\":\n {\"b\":\n {\"c\": 1}}}"] {
        let (piece, line, _) = value(text, "/a/b/x/y");
        assert_eq!((piece.trim_matches('"'), line), ("b", 2));
        assert_eq!(value(text, "/a/b/c/d").0, "1");
    }
    assert_eq!(value("a: 1", "/x"), at("a", 1, 1));
    assert_eq!(value("", "/x"), at("", 1, 1));
}

#[test]
fn aliases_and_merge_keys_lead_to_what_they_name() {
    let text = "a: &x\n  b: 1\n  c: {d: 2}\ne: *x\nf:\n  <<: *x\n  g: 3\nh:\n  <<: [*x]\n";
    let rules = [
        ("/e", at("e", 4, 1)),
        ("/e/b", at("1", 2, 6)),
        ("/e/c/d", at("2", 3, 10)),
        ("/f/b", at("1", 2, 6)),
        ("/f/g", at("3", 7, 6)),
        ("/h/c/d", at("2", 3, 10)),
    ];
    for (pointer, expected) in rules {
        assert_eq!(value(text, pointer), expected, "{pointer}");
    }
}

#[test]
fn a_key_that_stands_again_has_several_places() {
    for text in ["a:\n  b: 1\n  b: 2\n  b: 3\n", "{\"a\": {\n\"b\": 1,\n\"b\": 2,\n\"b\": 3}}"] {
        let line = |spot| found(text, "/a/b", spot).1;
        let lines = [line(SpanKind::Key), line(SpanKind::Again(1)), line(SpanKind::Again(2))];
        assert_eq!(lines, [2, 3, 4], "{text}");
    }
}

#[test]
fn columns_count_characters_and_a_byte_order_mark_is_none() {
    let rules = [
        ("\u{feff}é: {ü: x}", "/é/ü", at("x", 1, 8)),
        ("\u{feff}{\"é\": {\"ü\": 1}}", "/é/ü", at("1", 1, 13)),
        ("a: 1\r\nb: 2\rc: 3\r\n", "/c", at("3", 3, 4)),
        ("a: 😀 \nb: '😀'", "/b", at("'😀'", 2, 4)),
        ("a: 😀 \nb: '😀'", "/a", at("😀", 1, 4)),
    ];
    for (text, pointer, expected) in rules {
        assert_eq!(value(text, pointer), expected, "{text}");
    }
}

#[test]
fn a_byte_is_shown_as_a_character() {
    let rules = [(0, "a"), (3, "é"), (4, "é"), (5, ""), (6, "b"), (99, "")];
    for (byte, expected) in rules {
        assert_eq!(found("a: é\nb", "", SpanKind::Byte(byte)).0, expected, "{byte}");
    }
}

#[test]
fn several_places_of_one_line_are_found_one_after_the_other() {
    let text = "a: [é, {ü: 'ß'}, 'x y', {ü: z}]\nb: [ä]";
    let source = Source::new("a", text);
    let sources = Sources::new([source]);
    // Backwards, too: what is asked for first is not what stands first.
    let expected =
        [("/b/0", "ä"), ("/a/3/ü", "z"), ("/a/2", "'x y'"), ("/a/1/ü", "'ß'"), ("/a/0", "é")];
    for (pointer, piece) in expected {
        let pointer = Pointer::parse(pointer).expect("a pointer");
        let found = sources.find(&Location::new("a", pointer.clone())).expect("a place");
        assert_eq!(&text[found.start..found.end], piece, "{pointer}");
    }
}

#[test]
fn a_place_is_there_if_the_document_has_it() {
    let yaml = "a: {b: [1, {c/d: null}], '': 2}\nc: []\nd: &d {e: 1}\nf: *d\ng: {<<: *d}\n";
    let json = r#"{"a": {"b": [1, {"c/d": null}], "": 2}, "c": [], "d": {"e": 1}, "f": {"e": 1}}"#;
    let there = ["", "/a", "/a/b", "/a/b/0", "/a/b/1", "/a/b/1/c~1d", "/a/", "/c", "/d/e", "/f/e"];
    let elsewhere = ["/b", "/a/c", "/a/b/2", "/a/b/0/0", "/a/b/1/c", "/c/0", "/c/a", "//a", "/f/f"];
    for source in [Source::new("a", yaml), Source::new("a", json)] {
        let has = |place: &&str| source.has(&Pointer::parse(place).expect("a pointer"));
        assert_eq!(there.iter().find(|place| !has(place)), None);
        assert_eq!(elsewhere.iter().find(|place| has(place)), None);
    }
    assert!(Source::new("a", yaml).has(&Pointer::root().at("g").at("e")), "it is merged");
}

#[test]
fn copies_of_a_text_share_its_places() {
    let source = Source::new("a", "{\"a\": [1]}");
    source.text.prepare();
    let copy = source.clone();
    assert!(copy.has(&Pointer::root().at("a").at("0")));
    assert_eq!(copy, Source::new("a", "{\"a\": [1]}"), "they say nothing that the text does not");
}
