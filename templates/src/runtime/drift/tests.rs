//! What is compared, without a client.

use std::str::FromStr;

use serde_json::{Value, json};

use super::comparison::differences;
use super::described::Described;
use super::{Drift, DriftKind};

fn reply() -> Drift {
    Drift {
        kind: DriftKind::UndescribedStatus,
        operation: String::new(),
        request: "GET /".to_owned(),
        status: 200,
        media_type: String::new(),
        at: String::new(),
        schema: String::new(),
        within: String::new(),
        member: None,
        described: None,
        seen: None,
        value: None,
        count: 1,
    }
}

/// The second half of the circle: `described.json` is what the generator gives with an overlay of what was seen of the
/// same replies. The test of the first half is in `tests/library/drift.rs`.
#[test]
fn nothing_differs_from_a_description_that_was_brought_up_to_what_was_seen() {
    let described = Value::from_str(include_str!("../../../tests/drift/described.json"));
    let replies = Value::from_str(include_str!("../../../tests/drift/replies.json"));
    let (described, replies) = (described.expect("JSON"), replies.expect("JSON"));
    let mut left = Vec::new();
    for (request, replies) in replies.as_object().expect("operations") {
        let statuses = &described["operations"][request]["replies"];
        for reply in replies.as_array().expect("replies") {
            let status = reply["status"].as_u64().and_then(|status| status.try_into().ok());
            let ty = match Described::of(statuses, status.expect("a status"), "application/json") {
                Described::Json(ty) => ty,
                Described::NoStatus => panic!("{request} describes no {status:?}"),
                Described::NoMediaType | Described::Anything => continue,
            };
            let found = differences(&described["types"], ty, &reply["body"], self::reply());
            left.extend(found.sorted().into_iter().map(|drift| (drift.kind, drift.at)));
        }
    }
    // No action can say what a new variant holds.
    assert_eq!(left, [(DriftKind::UnknownValue, "/*/kind".to_owned())]);
}

#[test]
fn the_kinds_of_json_are_told_apart() {
    let types = json!({
        "Size": {"at": "/Size", "values": ["s", 1]},
        "Box": {"at": "/Box", "members": {"size": "?Size"}, "others": "i"},
        "Either": {"at": "/Either", "tag": null, "variants": [{"type": "Box"}, {"type": "[s"}]},
        "Tagged": {"at": "/Tagged", "tag": "size", "variants": [{"tag": 1, "type": "Box"}], "default": "o"},
    });
    let table = [
        ("*", json!({"a": 1}), ""),
        ("n", json!(1), ""),
        ("i", json!(1.0), ""),
        ("i", json!(1.5), "GET / 200: the root of the body is not integer but number (1 time)"),
        ("b", json!(null), "GET / 200: the root of the body is not boolean but null (1 time)"),
        ("?b", json!(null), ""),
        ("a", json!([1, "a"]), ""),
        ("[s", json!({}), "GET / 200: the root of the body is not array but object (1 time)"),
        ("{s", json!({"a": "b"}), ""),
        ("Size", json!(1), ""),
        ("Size", json!(2), "GET / 200: the enum at the root of the body has no value 2 (1 time)"),
        ("Size", json!([]), "GET / 200: the root of the body is not string but array (1 time)"),
        ("Box", json!({"size": null, "a/b": 1}), ""),
        ("Box", json!({"a/b": "c"}), "GET / 200: /* is not integer but string (1 time)"),
        ("Either", json!(["a"]), ""),
        (
            "Either",
            json!(1),
            "GET / 200: the root of the body is not one of several but integer (1 time)",
        ),
        (
            "Either",
            json!(null),
            "GET / 200: the root of the body is not one of several but null (1 time)",
        ),
        ("Tagged", json!({"size": 7, "a": "b"}), ""),
        ("Gone", json!(1), ""),
    ];
    for (ty, value, expected) in table {
        let found = differences(&types, ty, &value, reply());
        let told: Vec<_> = found.sorted().iter().map(ToString::to_string).collect();
        assert_eq!(told.join("\n"), expected, "{ty} {value}");
    }
}

#[test]
fn a_reply_of_many_values_is_looked_at_in_part() {
    let many: Value = (0..200_000).collect();
    let found = differences(&json!({}), "[s", &many, reply());
    let counts: Vec<_> = found.sorted().iter().map(|drift| drift.count).collect();
    assert_eq!(counts, [100_000 - 1], "one difference");
}

#[test]
fn a_type_that_is_one_of_itself_ends() {
    let types = json!({
        "Loop": {"at": "/Loop", "tag": null, "variants": [{"type": "Loop"}, {"type": "Other"}]},
        "Other": {"at": "/Other", "tag": null, "variants": [{"type": "Loop"}, {"type": "s"}]},
    });
    assert_eq!(differences(&types, "Loop", &json!("a"), reply()).len(), 0);
    assert_eq!(differences(&types, "Loop", &json!(1), reply()).len(), 1);
}

#[test]
fn keys_that_are_data_are_no_names() {
    let names = ["a", "_id", "@type", "$ref", "größe", "sha-256", "x509.cert", "xs:date", "名前"];
    let data = [
        "",
        "@",
        "ada@example.com",
        "Ada Lovelace",
        "+4930123456",
        "17",
        "order-123456789",
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    ];
    let types = json!({"Box": {"at": "/Box", "members": {}}});
    for (keys, kept) in [(&names[..], true), (&data[..], false)] {
        for key in keys {
            let found = differences(&types, "Box", &json!({*key: 1}), reply()).sorted();
            let member = found[0].member.as_deref();
            assert_eq!(member, Some(if kept { key } else { "*" }), "{key}");
        }
    }
}

#[test]
fn what_is_kept_of_many_differences_does_not_depend_on_chance() {
    let types = json!({"Box": {"at": "/Box", "members": {}}});
    let members: Value = (0..50).map(|number| (format!("name_{number}"), json!(1))).collect();
    let found = || differences(&types, "Box", &members, reply()).sorted();
    let first = found();
    assert_eq!(first.len(), 32 + 1);
    assert_eq!(first.iter().map(|drift| drift.count).sum::<u64>(), 50);
    (0..10).for_each(|_| assert_eq!(found(), first));
}

#[test]
fn a_status_of_its_own_comes_before_those_of_a_hundred_and_all_others() {
    let replies = json!({
        "200": {"application/json": "A", "text/*": null}, "2XX": {"*/*": "B"}, "default": {},
    });
    let table = [
        (200, "application/json; charset=utf-8", "A"),
        (200, "", "A"),
        (200, "text/csv", "any"),
        (200, "image/png", "no media type"),
        (201, "a/b", "B"),
        (404, "", "any"),
        (404, "a/b", "no media type"),
    ];
    for (status, media_type, expected) in table {
        let told = match Described::of(&replies, status, media_type) {
            Described::NoStatus => "no status",
            Described::NoMediaType => "no media type",
            Described::Json(ty) => ty,
            Described::Anything => "any",
        };
        assert_eq!(told, expected, "{status} {media_type}");
    }
    assert!(matches!(Described::of(&json!({"200": {}}), 404, ""), Described::NoStatus));
}
