//! Tables judge as `jsonschema` does, and say where.

use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;
use serde_json::{Value, json};

use crate::runtime::json::{Ref, json_object, json_union};
use crate::{Validate, Violations};

/// A field for each limit, and for each way to a value.
#[derive(Clone, Debug, PartialEq)]
struct Sample {
    text: Option<String>,
    count: Option<i64>,
    large: Option<u64>,
    ratio: Option<f64>,
    step: Option<f64>,
    even: Option<i64>,
    tags: Option<Vec<String>>,
    ratios: Option<Vec<f64>>,
    labels: Option<BTreeMap<String, Vec<String>>>,
    pair: Option<(String, i64)>,
    next: Option<Box<Sample>>,
    choices: Option<Vec<Choice>>,
    by_name: Option<BTreeMap<String, Sample>>,
    rest: BTreeMap<String, String>,
}
json_object!(Sample {
    text: optional,
    count: optional,
    large: optional,
    ratio: optional,
    step: optional,
    even: optional,
    tags: optional,
    ratios: optional,
    labels: optional,
    pair: optional,
    next: optional,
    choices: optional,
    by_name: optional = "by name",
    ..rest
});
limits!(Sample {
    Self: [max_properties(4)], text: [min_length(2), max_length(4), pattern("^[a-zé]+\\d?$")],
    count: [minimum(-2), maximum(2)], large: [maximum(9223372036854775809)],
    ratio: [exclusive_minimum(-0.5), exclusive_maximum(1.5)], step: [multiple_of(0.1)],
    even: [multiple_of(2)], tags: [max_items(2), unique_items(), each([min_length(1)])],
    ratios: [min_items(1), unique_items()],
    labels: [min_properties(1), each([max_items(1), each([max_length(2)])])],
    pair: [item(0, [max_length(2)]), item(1, [minimum(0)])], next, choices: [min_items(1)], choices,
    by_name = "by name", rest = "": [each([max_length(3)])]
});

#[derive(Clone, Debug, PartialEq)]
enum Choice {
    Sample(Box<Sample>),
    String(String),
    Unrecognized(Value),
}
json_union!(Choice { Sample(Object), String(String) });
limits!(enum Choice { Sample, String: [max_length(3)] });

fn schema() -> Value {
    json!({
        "type": "object",
        "maxProperties": 4,
        "additionalProperties": {"type": "string", "maxLength": 3},
        "properties": {
            "text": {"type": "string", "minLength": 2, "maxLength": 4, "pattern": "^[a-zé]+\\d?$"},
            "count": {"type": "integer", "minimum": -2, "maximum": 2},
            "large": {"type": "integer", "maximum": 9_223_372_036_854_775_809_u64},
            "ratio": {"type": "number", "exclusiveMinimum": -0.5, "exclusiveMaximum": 1.5},
            "step": {"type": "number", "multipleOf": 0.1},
            "even": {"type": "integer", "multipleOf": 2},
            "tags": {"type": "array", "maxItems": 2, "uniqueItems": true, "items": {"minLength": 1}},
            "ratios": {"type": "array", "minItems": 1, "uniqueItems": true},
            "labels": {
                "type": "object", "minProperties": 1,
                "additionalProperties": {"maxItems": 1, "items": {"maxLength": 2}},
            },
            "pair": {"type": "array", "prefixItems": [{"maxLength": 2}, {"minimum": 0}]},
            "next": {"$ref": "#"},
            "choices": {
                "type": "array", "minItems": 1,
                "items": {"anyOf": [{"$ref": "#"}, {"type": "string", "maxLength": 3}]},
            },
            "by name": {"type": "object", "additionalProperties": {"$ref": "#"}},
        },
    })
}

/// A value of the right types, whose limits are kept about as often as not.
fn sample(random: &mut Rng, depth: usize) -> Value {
    let mut members = serde_json::Map::new();
    for _ in 0..random.usize(0..6) {
        let (key, value) = member(random, depth);
        members.insert(key.to_owned(), value);
    }
    members.into()
}

fn member(random: &mut Rng, depth: usize) -> (&'static str, Value) {
    let figures = [-0.5, -0.3, 0.0, 0.1, 0.25, 0.3, 0.7, 1.5, 2.0, 4.35, 1e15, 1e300];
    let deeper = if depth < 3 { 13 } else { 10 };
    match random.usize(0..=deeper) {
        0 => ("text", text(random)),
        1 => ("count", random.i64(-3..=3).into()),
        2 => ("large", random.u64(9_223_372_036_854_775_807..9_223_372_036_854_775_812).into()),
        3 => ("ratio", random.choice(figures).into()),
        4 => ("step", random.choice(figures).into()),
        5 => ("even", random.i64(..).into()),
        6 => ("tags", list(random, text)),
        7 => ("ratios", list(random, |random| random.choice(figures).into())),
        8 => ("labels", map(random, |random| list(random, text))),
        9 => ("pair", json!([text(random), random.i64(-1..1)])),
        10 => ("other", text(random)),
        11 => ("next", sample(random, depth + 1)),
        12 => ("by name", map(random, |random| sample(random, depth + 1))),
        _ => (
            "choices",
            list(random, |random| match random.bool() {
                true => text(random),
                false => sample(random, depth + 1),
            }),
        ),
    }
}

fn text(random: &mut Rng) -> Value {
    let letters = ['a', 'é', '😀', '7', '٣'];
    (0..random.usize(0..6)).filter_map(|_| random.choice(letters)).collect::<String>().into()
}

fn list(random: &mut Rng, mut item: impl FnMut(&mut Rng) -> Value) -> Value {
    (0..random.usize(0..4)).map(|_| item(random)).collect()
}

fn map(random: &mut Rng, mut value: impl FnMut(&mut Rng) -> Value) -> Value {
    let keys = ["a", "b", "c"].into_iter().take(random.usize(0..4));
    keys.map(|key| (key.to_owned(), value(random))).collect::<serde_json::Map<_, _>>().into()
}

fn places(found: &Violations) -> BTreeSet<String> {
    found.iter().map(|violation| violation.place.clone()).collect()
}

/// `/next/tags/0` → `next.tags[0]`
fn place(pointer: &str) -> String {
    let mut place = String::new();
    for step in pointer.split('/').skip(1) {
        match step.parse::<usize>() {
            Ok(index) => place += &format!("[{index}]"),
            Err(_) if place.is_empty() => place += step,
            Err(_) => place += &format!(".{step}"),
        }
    }
    place
}

#[test]
fn tables_judge_as_jsonschema_does() {
    let validator = jsonschema::validator_for(&schema()).expect("a schema");
    let mut random = Rng::with_seed(7);
    let (mut kept, mut broken) = (0, 0);
    for _ in 0..20_000 {
        let value = sample(&mut random, 0);
        let read: Sample = serde_json::from_value(value.clone()).expect("the right types");
        let verdict = read.validate();
        assert_eq!(verdict.is_ok(), validator.is_valid(&value), "{value}\n{verdict:?}");
        match verdict {
            Ok(()) => kept += 1,
            Err(_) => broken += 1,
        }
        // Of a union, `jsonschema` says only that no variant fits.
        if !value.to_string().contains("choices") {
            let found = read.validate().err().as_ref().map(places).unwrap_or_default();
            let errors = validator.iter_errors(&value);
            let expected = errors.map(|error| place(error.instance_path().as_str())).collect();
            assert_eq!(found, expected, "{value}");
        }
    }
    assert!(kept > 2_000 && broken > 2_000, "{kept} kept, {broken} broken");
}

#[test]
fn each_violation_says_where_and_what_would_be_right() {
    let value = json!({
        "text": "a", "count": 3, "ratio": 1.5, "step": 0.25, "tags": ["", "x", "x"],
        "by name": {"a b": {"pair": ["abc", -1]}}, "choices": ["long", {"ratios": []}],
    });
    let read: Sample = serde_json::from_value(value).expect("the right types");
    let found = read.validate().expect_err("violations");
    let told: Vec<_> = found.iter().map(ToString::to_string).collect();
    let expected = [
        "must have at most 4 members",
        "text: must have at least 2 characters",
        "count: must be at most 2",
        "ratio: must be less than 1.5",
        "step: must be a multiple of 0.1",
        "tags: must have at most 2 items",
        "tags: must have each item once",
        "tags[0]: must have at least 1 character",
        "choices[0]: must have at most 3 characters",
        "choices[1].ratios: must have at least 1 item",
        "by name.a b.pair[0]: must have at most 2 characters",
        "by name.a b.pair[1]: must be at least 0",
    ];
    assert_eq!(told, expected);
    assert_eq!(found.to_string(), expected.join("; "));
}

/// Members that are needed together, instead of each other, or not at all.
#[derive(Clone, Debug, PartialEq)]
struct Contact {
    name: Option<String>,
    company: Option<String>,
    email: Option<String>,
    phone: Option<Option<String>>,
    rest: BTreeMap<String, String>,
}
json_object!(Contact {
    name: optional,
    company: optional,
    email: optional,
    phone: optional_nullable,
    ..rest
});
limits!(Contact {
    Self: [
        any_of([required(&["email"]), required(&["name", "company"]), required(&["id"])]),
        one_of([required(&["phone"]), all_of([required(&["email"]), not(required(&["id"]))])]),
        not(required(&["name", "phone"])),
    ]
});

#[test]
fn rules_about_members_judge_as_jsonschema_does() {
    let required = |names: &[&str]| json!({"required": names});
    let schema = json!({"allOf": [
        {"anyOf": [required(&["email"]), required(&["name", "company"]), required(&["id"])]},
        {"oneOf": [required(&["phone"]), {"required": ["email"], "not": required(&["id"])}]},
        {"not": required(&["name", "phone"])},
    ]});
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let names = ["name", "company", "email", "phone", "id"];
    let mut kept = 0;
    for bits in 0..1 << names.len() {
        let there = names.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1);
        let member = |(_, name): (usize, &&str)| {
            // Null is there, where it says something else than nothing.
            let value = if *name == "phone" { Value::Null } else { "x".into() };
            ((*name).to_owned(), value)
        };
        let value = Value::Object(there.map(member).collect());
        let read: Contact = serde_json::from_value(value.clone()).expect("the right types");
        assert_eq!(serde_json::to_value(Ref(&read)).expect("JSON"), value);
        let found = read.validate().err();
        assert_eq!(found.is_none(), validator.is_valid(&value), "{value} {found:?}");
        let faults = found.iter().flat_map(|found| found.iter());
        assert_eq!(faults.count(), validator.iter_errors(&value).count(), "{value}");
        kept += usize::from(found.is_none());
    }
    assert!((5..25).contains(&kept), "{kept}");
}

#[test]
fn a_rule_about_members_says_what_would_be_right() {
    let read: Contact = serde_json::from_value(json!({"name": "A", "phone": "1"})).expect("it");
    let told = "must have at least one of: `email`; `name` and `company`; `id`; \
                must have not (`name` and `phone`)";
    assert_eq!(read.validate().expect_err("violations").to_string(), told);
    let read: Contact = serde_json::from_value(json!({"email": "a", "id": "1"})).expect("it");
    let told = "must have exactly one of: `phone`; `email`, and no `id`";
    assert_eq!(read.validate().expect_err("violations").to_string(), told);
}

/// A type without a limit of its own.
#[derive(Clone, Debug, PartialEq)]
struct Free {
    name: Option<String>,
}
json_object!(Free { name: optional });
limits!(Free {});

#[test]
fn whatever_can_be_sent_can_be_asked() {
    fn all_valid(values: &[&dyn Validate]) -> bool {
        values.iter().all(|value| value.validate().is_ok())
    }
    let free = Free { name: None };
    let listed = vec![free.clone(), free.clone()];
    let named = BTreeMap::from([("a".to_owned(), Box::new(free.clone()))]);
    assert_eq!(free.validate(), Ok(()));
    assert!(all_valid(&[&free, &listed, &named, &Some(free.clone()), &None::<Free>]));
    let contact: Contact = serde_json::from_value(json!({})).expect("a contact");
    assert_eq!(
        places(&vec![contact].validate().expect_err("no way")),
        BTreeSet::from(["[0]".to_owned()])
    );
}
