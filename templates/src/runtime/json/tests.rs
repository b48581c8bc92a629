mod formats;
mod numbers;

use serde_json::{Value, json};

use super::*;
use crate::runtime::decode::from_slice;
use crate::runtime::{json_enum, json_integer_enum, json_object, json_union, json_value_enum};
use crate::types;

/// A field of each kind of presence, and a place for what has no field.
#[derive(Clone, Debug, PartialEq)]
struct Presence {
    required: i64,
    nullable: Option<i64>,
    optional: Option<i64>,
    extra: Extra,
}

json_object!(Presence { required, nullable: nullable, optional: optional, ..extra });

#[derive(Clone, Debug, PartialEq)]
enum Event {
    Opened(types::PriceRange),
    Closed(Presence),
    Unrecognized(Value),
}

json_union!(Event by "kind" {
    Opened = "opened",
    Closed = "closed",
});

#[derive(Clone, Debug, PartialEq)]
enum Priority {
    Low,
    High,
    Unrecognized(i64),
}

json_integer_enum!(Priority {
    Low = 0,
    High = 9,
});

#[derive(Clone, Debug, PartialEq)]
enum Size {
    Small,
    Unrecognized(String),
}

json_enum!(Size {
    Small = "small",
});

fn read<T: Json>(value: &Value) -> Result<T, String> {
    from_slice(value.to_string().as_bytes()).map_err(|error| error.to_string())
}

fn written(value: &impl Json) -> Value {
    serde_json::to_value(Ref(value)).expect("JSON")
}

#[test]
fn absent_and_null_mean_what_the_presence_says() {
    let table = [
        (json!({"required": 1}), (None, None), json!({"required": 1, "nullable": null})),
        (
            json!({"required": 1, "nullable": null, "optional": null}),
            (None, None),
            json!({"required": 1, "nullable": null}),
        ),
        (
            json!({"required": 1, "nullable": 2, "optional": 3}),
            (Some(2), Some(3)),
            json!({"required": 1, "nullable": 2, "optional": 3}),
        ),
    ];
    for (text, expected, again) in table {
        let found: Presence = read(&text).expect("an object");
        assert_eq!((found.nullable, found.optional), expected, "{text}");
        assert_eq!(written(&found), again, "{text}");
    }
    let missing = read::<Presence>(&json!({"nullable": 1})).expect_err("nothing is required");
    assert!(missing.contains("`required`"), "{missing}");
}

#[test]
fn members_without_a_field_survive() {
    let text = json!({"required": 1, "nullable": 2, "more": {"a": [1]}, "\"quoted\"": null});
    let found: Presence = read(&text).expect("an object");
    assert_eq!(found.extra.len(), 2);
    assert_eq!(written(&found), text);
}

#[test]
fn members_that_nobody_described_can_be_read_and_sent() {
    let text = json!({"error": "no", "hint": {"retry": true}});
    let mut found: types::Problem = read(&text).expect("an object");
    assert_eq!(found.extra["hint"]["retry"], true);
    assert_eq!(written(&found), text);
    found.extra.insert("more".to_owned(), json!(1));
    assert_eq!(written(&found)["more"], 1);

    assert_eq!(size_of::<Extra>(), size_of::<usize>());
    assert_eq!(Extra::new(), Extra::from(serde_json::Map::new()));
    assert_eq!(format!("{:?}", Extra::new()), "{}");
}

/// Two objects of which each takes the other's members too.
#[derive(Clone, Debug, PartialEq)]
enum Shape {
    Range(types::PriceRange),
    Presence(Presence),
    Unrecognized(Value),
}

json_union!(Shape {
    Range(Object),
    Presence(Object),
});

#[test]
fn a_union_takes_the_variant_that_names_the_most() {
    let range = json!({"from": 1.0, "to": 2.0});
    let with = |more: Value| {
        let mut value = range.clone();
        let members = value.as_object_mut().expect("an object");
        members.extend(more.as_object().expect("an object").clone());
        value
    };
    let table = [
        (range.clone(), true),
        (with(json!({"new": 1})), true),
        (with(json!({"required": 1})), true),
        (with(json!({"required": 1, "nullable": 2, "optional": 3})), false),
        (with(json!({"required": 1, "nullable": null, "optional": null})), true),
    ];
    for (value, is_range) in table {
        let found: Shape = read(&value).expect("a union");
        assert_eq!(matches!(found, Shape::Range(_)), is_range, "{value}");
        // What is read within an attempt counts for that attempt alone.
        let pair: Vec<Shape> = read(&json!([value, range])).expect("unions");
        assert!(matches!(pair.as_slice(), [_, Shape::Range(_)]), "{value}");
    }
}

#[test]
fn open_enums_keep_what_they_do_not_know() {
    assert_eq!(read::<Size>(&json!("small")), Ok(Size::Small));
    let found: Size = read(&json!("huge")).expect("a text");
    assert_eq!(found, Size::Unrecognized("huge".to_owned()));
    assert_eq!(written(&found), "huge");

    assert_eq!(read::<Priority>(&json!(9)), Ok(Priority::High));
    let found: Priority = read(&json!(5)).expect("an integer");
    assert_eq!(found, Priority::Unrecognized(5));
    assert_eq!(written(&found), 5);
    assert_eq!(written(&Priority::Low), 0);
}

#[test]
fn unions_find_their_variant_by_tag_or_kind() {
    let opened = json!({"kind": "opened", "from": 1.0, "to": 2.0});
    let found: Event = read(&opened).expect("a union");
    assert!(matches!(&found, Event::Opened(range) if range.to == 2.0));
    assert_eq!(
        written(&found),
        opened,
        "the tag is written though the variant has no field for it"
    );
    let closed = json!({"kind": "closed", "required": 1, "nullable": 2});
    let found: Event = read(&closed).expect("a union");
    assert_eq!(written(&found), closed);
    for unknown in [json!({"kind": "moved"}), json!({}), json!(7), json!(null)] {
        let found: Event = read(&unknown).expect("a union");
        assert_eq!(found, Event::Unrecognized(unknown.clone()));
        assert_eq!(written(&found), unknown);
    }
    // A known tag whose object is broken is an error, not an unknown value.
    assert!(read::<Event>(&json!({"kind": "opened", "from": 1.0})).is_err());

    let price = |value: Value| read::<types::BookPrice>(&value).expect("a union");
    assert_eq!(price(json!(3)), types::BookPrice::Number(3.0));
    assert!(matches!(price(json!({"from": 1.0, "to": 2.0})), types::BookPrice::PriceRange(_)));
    assert_eq!(price(json!("free")), types::BookPrice::Unrecognized(json!("free")));
}

/// Objects with the same members, told apart by their values.
#[derive(Clone, Debug, PartialEq)]
enum Outcome {
    Good(Presence),
    Bad(Presence),
    Ugly(Presence),
    Unrecognized(Value),
}

json_union!(Outcome {
    Good(Object, "optional" = 1),
    Bad(Object, "optional" = -2 | 3, "nullable" = 5 | 6),
    Ugly(Object, "optional" = -2 | 3, "nullable" = 7 | 8),
});

#[test]
fn members_tell_variants_apart_by_their_values() {
    let table = [
        (json!({"required": 1, "nullable": 5, "optional": 1}), 0),
        (json!({"required": 1, "nullable": 6, "optional": 3}), 1),
        (json!({"required": 1, "nullable": 8, "optional": -2}), 2),
        // An enum is open, and a constant is not.
        (json!({"required": 1, "nullable": 8, "optional": 4}), 2),
        (json!({"required": 1, "nullable": 9, "optional": 1.0}), 0),
        (json!({"required": 1, "nullable": 5}), 0),
        (json!({"optional": 1}), 3),
    ];
    for (value, expected) in table {
        let found: Outcome = read(&value).expect("a union");
        let position = match &found {
            Outcome::Good(_) => 0,
            Outcome::Bad(_) => 1,
            Outcome::Ugly(_) => 2,
            Outcome::Unrecognized(_) => 3,
        };
        assert_eq!(position, expected, "{value}");
        assert_eq!(
            written(&found),
            serde_json::from_str::<Value>(&value.to_string().replace("1.0", "1")).expect("JSON")
        );
    }
}

/// A union that a number or a truth value tells apart.
#[derive(Clone, Debug, PartialEq)]
enum Version {
    First(Presence),
    Second(Presence),
    Draft(Presence),
    Unrecognized(Value),
}

json_union!(Version by "version" {
    First = 1,
    Second = 2,
    Draft = false,
});

#[test]
fn a_tag_keeps_its_type() {
    for (tag, expected) in [(json!(1), 0), (json!(2), 1), (json!(false), 2), (json!("1"), 3)] {
        let value = json!({"version": tag, "required": 1, "nullable": null});
        let found: Version = read(&value).expect("a union");
        let position = match &found {
            Version::First(_) => 0,
            Version::Second(_) => 1,
            Version::Draft(_) => 2,
            Version::Unrecognized(_) => 3,
        };
        assert_eq!(position, expected, "{value}");
        assert_eq!(written(&found), value);
    }
}

/// A union whose tag may be absent.
#[derive(Clone, Debug, PartialEq)]
enum Entry {
    Range(types::PriceRange),
    First(Presence),
    Second(Presence),
    Unrecognized(Value),
}

json_union!(Entry by "sort" {
    Range = "range",
    First("optional" = 1) = "first",
    Second("optional" = 2) = "second",
});

#[test]
fn where_the_tag_is_absent_only_one_variant_may_fit_best() {
    let table = [
        (json!({"from": 1.0, "to": 2.0}), 0),
        (json!({"sort": null, "from": 1.0, "to": 2.0}), 0),
        (json!({"required": 1, "nullable": 2, "optional": 1}), 1),
        (json!({"required": 1, "nullable": 2, "optional": 2}), 2),
        // Both fit alike, one has another tag, and one has not what all require.
        (json!({"required": 1, "nullable": 2}), 3),
        (json!({"sort": "third", "from": 1.0, "to": 2.0}), 3),
        (json!({"nullable": 2}), 3),
        (json!("range"), 3),
    ];
    for (value, expected) in table {
        let found: Entry = read(&value).expect("a union");
        let (position, tag) = match &found {
            Entry::Range(_) => (0, "range"),
            Entry::First(_) => (1, "first"),
            Entry::Second(_) => (2, "second"),
            Entry::Unrecognized(_) => (3, ""),
        };
        assert_eq!(position, expected, "{value}");
        let mut expected = value;
        if position < 3 {
            expected["sort"] = tag.into();
        }
        assert_eq!(written(&found), expected);
    }
}

/// A union with a variant for all other tags.
#[derive(Clone, Debug, PartialEq)]
enum Shipment {
    Range(types::PriceRange),
    Other(Presence),
    Unrecognized(Value),
}

json_union!(Shipment by "sort" or Other { Range = "range" });

#[test]
fn one_variant_can_stand_for_all_other_tags() {
    let table = [
        (json!({"sort": "range", "from": 1.0, "to": 2.0}), 0),
        (json!({"sort": "third", "required": 1, "nullable": 2}), 1),
        (json!({"sort": null, "required": 1, "nullable": 2}), 1),
        (json!({"required": 1, "nullable": 2}), 1),
        (json!({"sort": "third"}), 2),
        (json!({"from": 1.0, "to": 2.0}), 2),
        (json!(7), 2),
    ];
    for (value, expected) in table {
        let found: Shipment = read(&value).expect("a union");
        let position = match &found {
            Shipment::Range(_) => 0,
            Shipment::Other(_) => 1,
            Shipment::Unrecognized(_) => 2,
        };
        assert_eq!(position, expected, "{value}");
        assert_eq!(written(&found), value, "written as it came");
    }
    read::<Shipment>(&json!({"sort": "range"})).expect_err("a known tag whose object is broken");
}

/// Unions in a union.
#[derive(Clone, Debug, PartialEq)]
enum Nested {
    Event(Box<Event>),
    Version(Version),
    Unrecognized(Value),
}

json_union!(Nested {
    Event(Any),
    Version(Any),
});

#[test]
fn a_union_in_a_union_matches_only_by_its_own_variants() {
    let version = json!({"version": 2, "required": 1, "nullable": null});
    let found: Nested = read(&version).expect("a union");
    assert!(matches!(found, Nested::Version(Version::Second(_))), "{found:?}");
    let event = json!({"kind": "opened", "from": 1.0, "to": 2.0});
    let found: Nested = read(&event).expect("a union");
    assert!(matches!(&found, Nested::Event(event) if matches!(**event, Event::Opened(_))));
    let neither = json!({"kind": "moved"});
    assert_eq!(read::<Nested>(&neither), Ok(Nested::Unrecognized(neither)));
}

#[test]
fn integers_may_be_written_as_floats() {
    for (text, expected) in [("3", 3), ("3.0", 3), ("-2e2", -200)] {
        assert_eq!(from_slice::<i64>(text.as_bytes()).ok(), Some(expected), "{text}");
    }
    for text in ["3.5", "1e300", "\"3\"", "true", "null", "9007199254740994.0"] {
        assert!(from_slice::<i64>(text.as_bytes()).is_err(), "{text}");
    }
    assert!(from_slice::<u8>(b"256").is_err());
    assert!(from_slice::<u32>(b"-1").is_err());
    assert_eq!(from_slice::<u64>(b"18446744073709551615").ok(), Some(u64::MAX));
}

#[test]
fn errors_name_the_place() {
    let book = json!({"id": 1, "title": 5, "binding": "hardcover", "added_at": "2024-01-01"});
    let page = json!({"items": [book], "next": null});
    let error = read::<types::BookPage>(&page).expect_err("a number is no title");
    assert!(error.starts_with("at `items[0].title`: "), "{error}");
    assert!(read::<types::BookPage>(&json!([])).is_err());
    assert!(from_slice::<i64>(b"1 2").is_err(), "trailing text");
    assert_eq!(from_slice::<i64>(b"\xEF\xBB\xBF1").ok(), Some(1), "a byte order mark");
}

#[test]
fn recursive_values_survive() {
    let first = json!({
        "id": 1, "title": "A", "binding": "paper-back", "added_at": "2024-01-01T00:00:00Z",
    });
    let mut second = first.clone();
    second["sequel_of"] = first;
    second["labels"] = json!({"shelf": "3"});
    let book: types::Book = read(&second).expect("a book");
    assert_eq!(book.sequel_of.as_ref().map(|first| first.id), Some(1));
    assert_eq!(written(&book), second);
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Limit {
    Auto,
    N1,
    Minus1,
    Half,
    False,
    Unrecognized(Value),
}

json_value_enum!(Limit {
    Auto = "auto",
    N1 = 1i64,
    Minus1 = -1i64,
    Half = 0.5f64,
    False = false,
});

#[test]
fn values_of_several_kinds_are_told_apart_and_survive() {
    let known = [Limit::Auto, Limit::N1, Limit::Minus1, Limit::Half, Limit::False];
    let values = [json!("auto"), json!(1), json!(-1), json!(0.5), json!(false)];
    for (value, expected) in values.iter().zip(known) {
        assert_eq!(Limit::from(value.clone()), expected);
        assert_eq!(expected.to_value(), *value);
    }
    for value in [json!("1"), json!(1.0), json!(true), json!(null), json!({"a": 1})] {
        let read: Limit = serde_json::from_value(value.clone()).expect("any value");
        assert_eq!(read, Limit::Unrecognized(value.clone()));
        assert_eq!(serde_json::to_value(&read).expect("JSON"), value);
    }
    assert_eq!((Limit::Auto.to_string(), Limit::Half.to_string()), ("auto".into(), "0.5".into()));
}
