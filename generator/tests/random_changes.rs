//! What holds of any change of a description, however senseless: a hundred random ones of the shop.

use std::path::Path;

use lantern_generator::analysis::diff::{self, Detail, Effect};
use lantern_generator::analysis::lint::lint;
use lantern_generator::diagnostics::draw::Style;
use lantern_generator::pipeline::model::Api;
use lantern_generator::{Generator, Source};
use serde_json::{Value, json};

/// Numbers that are the same in each run (Marsaglia, "Xorshift RNGs").
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end.max(1) as u64).unwrap_or_default()
    }
}

fn shop() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/diff/shop.yaml");
    serde_yaml::from_str(&std::fs::read_to_string(path).expect("the shop")).expect("YAML")
}

fn source(file: &str, value: &Value) -> Source {
    Source::new(file, value.to_string())
}

fn model(description: &Value) -> Option<Api> {
    let api = Generator::new("shop-client").api(&source("shop.json", description));
    api.ok().map(|api| api.value)
}

/// Every place of a document, with the place around it and its key there.
fn places(value: &Value, at: &str, found: &mut Vec<(String, String)>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(key, item)| (key.clone(), item)).collect(),
        Value::Array(items) => {
            items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect()
        }
        _ => Vec::new(),
    };
    for (key, child) in children {
        found.push((at.to_owned(), key.clone()));
        places(child, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), found);
    }
}

/// Takes something out, calls it otherwise, puts something else in its place, or moves it.
fn change(document: &mut Value, numbers: &mut Numbers) {
    let mut all = Vec::new();
    places(document, "", &mut all);
    let (around, key) = all.swap_remove(numbers.below(all.len()));
    let (elsewhere, other) = all.swap_remove(numbers.below(all.len()));
    let donor = document.pointer(&elsewhere).and_then(|around| match around {
        Value::Array(items) => items.get(other.parse::<usize>().ok()?),
        around => around.get(&other),
    });
    let donor = donor.cloned().unwrap_or_default();
    let action = numbers.below(5);
    match document.pointer_mut(&around) {
        Some(Value::Object(members)) => {
            let old = members.shift_remove(&key).unwrap_or_default();
            match action {
                0 => {}
                1 => drop(members.insert(format!("{key}`<b>\u{202e}"), old)),
                2 => drop(members.insert(key, "`<script>`\n# x".into())),
                3 => drop(members.insert(key, donor)),
                _ => drop(members.insert(key, old)),
            }
        }
        Some(Value::Array(items)) => {
            let last = items.len() - 1;
            match action {
                0 => drop(items.remove(key.parse().unwrap_or_default())),
                1 => items.push(donor),
                _ => items.swap(0, last),
            }
        }
        _ => {}
    }
}

/// Changes that can still be read, one after the other.
fn changes() -> impl Iterator<Item = (Value, Option<Api>)> {
    let mut numbers = Numbers(0x5DEE_CE66_D315_7A2B);
    (0..100).map(move |_| {
        let mut document = shop();
        for _ in 0..=numbers.below(3) {
            change(&mut document, &mut numbers);
        }
        let api = model(&document);
        (document, api)
    })
}

#[test]
fn a_change_is_told_and_so_is_its_reverse() {
    let shop = model(&shop()).expect("the shop");
    let mut compared = 0;
    for (document, api) in changes() {
        let Some(api) = api else { continue };
        let (there, back) = (diff::diff(&shop, &api), diff::diff(&api, &shop));
        assert_eq!(diff::diff(&api, &api).iter().count(), 0, "{document}");
        assert_eq!(there.worst().is_none(), back.worst().is_none(), "{document}");
        // What is new on the way there is gone on the way back.
        let adds = there.of(Effect::Addition).next().is_some();
        assert!(!adds || back.worst() == Some(Effect::Breaking), "{document}");
        let reports = [Detail::All, Detail::Short].map(|detail| {
            diff::text(&there, detail, Style::Plain) + &diff::markdown(&there, detail)
        });
        for report in reports {
            assert!(!report.contains(['\u{202e}', '\r']), "{document}\n{report}");
        }
        compared += 1;
    }
    assert!(compared > 50, "{compared} of 100 can be generated");
}

#[test]
fn a_proposed_action_can_be_applied() {
    let mut applied = 0;
    for (document, _) in changes() {
        let description = source("shop.json", &document);
        let Ok(findings) = lint(&description, &[]) else { continue };
        let actions: Vec<Value> = findings
            .value
            .iter()
            .filter_map(|finding| finding.action.as_ref())
            .map(|action| action.value())
            .collect();
        let info = json!({ "title": "Put right", "version": "1.0.0" });
        for action in actions.into_iter().take(2) {
            let overlay = json!({ "overlay": "1.0.0", "info": info, "actions": [action] });
            if let Err(diagnostics) = lint(&description, &[source("overlay.json", &overlay)]) {
                let about_overlay = |file: &str| file == "overlay.json";
                let faults = diagnostics.iter().filter(|one| about_overlay(&one.place.file));
                assert_eq!(faults.count(), 0, "{overlay}\n{diagnostics}");
            }
            applied += 1;
        }
    }
    assert!(applied > 50, "{applied} actions");
}
