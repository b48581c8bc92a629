//! What is added to a description renames nothing that was there: with types that operations share, in any order.

use lantern_generator::analysis::diff::{self, Effect};
use lantern_generator::analysis::release::History;
use lantern_generator::pipeline::model::Api;
use lantern_generator::{Generator, Source, write_crate};
use proptest::prelude::*;
use proptest::sample::{Index, subsequence};
use serde_json::{Map, Value, json};

const THINGS: [&str; 7] = ["animals", "boats", "cars", "categories", "houses", "loans", "boxes"];

/// An object that describes a thing: the same one in each place, and another one for each thing.
fn described(thing: &str) -> Value {
    let own = format!("{thing} number");
    json!({
        "type": "object",
        "required": ["id", "status"],
        "properties": {
            "id": {"type": "string"},
            own.clone(): {"type": "string"},
            "status": {"type": "string", "enum": ["open", own]},
            "createdAt": {"type": "string", "format": "date-time"},
        },
    })
}

fn replying(id: &str, tag: &str, schema: Value) -> Value {
    let content = json!({"application/json": {"schema": schema}});
    json!({"operationId": id, "tags": [tag], "responses": {"200": {"description": "x", "content": content}}})
}

/// The paths of a thing: one that lists it, and two that reply with one of it.
fn paths(thing: &str) -> Vec<(String, Value)> {
    let one = thing.trim_end_matches('s');
    let list = json!({"type": "array", "items": described(thing)});
    let mut paths =
        vec![(format!("/{thing}"), json!({"get": replying(&format!("list_{thing}"), one, list)}))];
    for verb in ["approve", "reject"] {
        let reply = replying(&format!("{verb}_{one}"), one, described(thing));
        paths.push((format!("/{thing}/{verb}"), json!({"post": reply})));
    }
    paths
}

fn description(paths: Vec<(String, Value)>, schemas: Value) -> Source {
    let paths: Map<String, Value> = paths.into_iter().collect();
    let description = json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "servers": [{"url": "https://a.example"}],
        "paths": paths,
        "components": {"schemas": schemas},
    });
    Source::new("things.json", description.to_string())
}

fn model(generator: &Generator, source: &Source) -> Api {
    generator.api(source).unwrap_or_else(|errors| panic!("{errors}")).value
}

fn breaking(old: &Api, new: &Api) -> Vec<String> {
    let changes = diff::diff(old, new);
    changes.of(Effect::Breaking).map(|change| change.text.clone()).collect()
}

fn names(api: &Api) -> Vec<&str> {
    api.types.iter().map(|found| found.name.rust()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn operations_that_are_added_rename_no_shared_type(
        order in Just(THINGS.to_vec()).prop_shuffle(),
        before in subsequence(THINGS.to_vec(), 1..5),
    ) {
        let of = |things: &[&str]| description(things.iter().flat_map(|it| paths(it)).collect(), json!({}));
        let kept: Vec<_> = order.iter().copied().filter(|thing| before.contains(thing)).collect();
        let generator = Generator::new("things");
        let (old, new) = (model(&generator, &of(&kept)), model(&generator, &of(&order)));
        prop_assert_eq!(breaking(&old, &new), Vec::<String>::new());
        prop_assert!(names(&new).iter().all(|name| !name.ends_with(char::is_numeric)), "{:?}", names(&new));
    }

    #[test]
    fn a_release_keeps_its_names_whatever_is_added(place in any::<Index>(), taken in any::<bool>()) {
        let generator = Generator::new("things");
        let mut all: Vec<_> = ["loans", "cars"].into_iter().flat_map(paths).collect();
        let old = model(&generator, &description(all.clone(), json!({})));
        let made = write_crate(&old).checked().expect("a crate").value;
        let history = History::default().released(&old, &made, None).expect("a release");
        // One that shares no word with the others that reply alike, and one that takes the name.
        let alike = json!({"get": replying("find_library", "library", described("loans"))});
        all.insert(place.index(all.len() + 1), ("/library".to_owned(), alike));
        let schemas = if taken { json!({"LoanResponse": {"type": "object", "properties": {"a": {"type": "string"}}}}) } else { json!({}) };
        let new = description(all, schemas);
        let renamed = model(&generator, &new);
        prop_assert!(!breaking(&old, &renamed).is_empty(), "nothing is to be kept");
        let kept = model(&generator.keep_names(history.names()), &new);
        prop_assert_eq!(breaking(&old, &kept), Vec::<String>::new());
    }
}

#[test]
fn shared_types_are_named_after_the_words_of_their_uses() {
    let all = ["loans", "cars"].into_iter().flat_map(paths).collect();
    let api = model(&Generator::new("things"), &description(all, json!({})));
    let expected = ["LoanResponse", "LoanResponseStatus", "CarResponse", "CarResponseStatus"];
    assert_eq!(names(&api), expected);
}
