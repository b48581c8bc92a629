//! Each type of the table of replies leads back to the description: what clients would see there becomes actions, and
//! these change the type.

use std::path::Path;

use lantern_generator::analysis::drift;
use lantern_generator::pipeline::model::{Api, Shape};
use lantern_generator::{Crate, Source};
use serde_json::{Value, json};

use crate::fixture;

/// A name and a value that no fixture has.
const NEW: &str = "never described";

pub fn assert_leads_back(client: &Crate, path: &Path) {
    let table: Value =
        serde_json::from_str(fixture::text(client, "src/drift.json")).expect("a table");
    let types = table["types"].as_object().expect("types");
    for name in named(&table) {
        assert!(types.contains_key(&name), "{name} is not in the table");
    }
    let seen: Vec<_> = types.values().filter_map(event).collect();
    let lines: Vec<_> = seen.iter().map(Value::to_string).collect();
    let events = drift::read(&lines.join("\n")).expect("events");
    let report = drift::report(&fixture::source(path), &fixture::overlays(path), &events);
    let report = report.unwrap_or_else(|found| panic!("{found}")).value;
    let left: Vec<_> = report.left.iter().map(|left| &left.reason).collect();
    let overlay = Source::new("seen.yaml", report.overlay(None));
    let api = fixture::generator(path).overlay(overlay.clone()).api(&fixture::source(path));
    let api = api.unwrap_or_else(|found| panic!("{}\n{found}", overlay.text())).value;
    let unknown = seen.iter().filter(|seen| !is_known(&api, &seen["schema"])).count();
    assert_eq!(unknown, left.len(), "{left:?}\n{}", overlay.text());
}

/// What a client would see of a type: a further member, or a further value.
fn event(ty: &Value) -> Option<Value> {
    let common = json!({
        "operation": "", "request": "", "status": 200, "schema": ty["at"], "at": "", "within": "",
    });
    let own = match (ty.get("members"), ty.get("others"), ty.get("values")) {
        (Some(_), None, _) => {
            json!({"kind": "undescribed-member", "member": NEW, "seen": "string"})
        }
        (_, _, Some(values)) if values[0].is_string() => {
            json!({"kind": "unknown-value", "value": NEW, "seen": "string"})
        }
        _ => return None,
    };
    let both = [common, own];
    Some(
        both.iter()
            .filter_map(Value::as_object)
            .flatten()
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect(),
    )
}

/// Whether the type of a schema has the new name.
fn is_known(api: &Api, schema: &Value) -> bool {
    let mut types = api.types.iter().filter(|one| Some(one.at.as_str()) == schema.as_str());
    types.any(|one| match &one.shape {
        Shape::Struct(structure) => structure.fields.iter().any(|field| field.name.wire() == NEW),
        Shape::Enum(variants) => variants.iter().any(|variant| variant.name.wire() == NEW),
        Shape::ScalarEnum(variants) => variants.iter().any(|variant| variant.value == NEW),
        Shape::Union(_) | Shape::IntegerEnum(_) => false,
    })
}

/// The types that the table names: those whose names begin with a capital letter.
fn named(table: &Value) -> Vec<String> {
    match table {
        Value::String(ty) => {
            let name = ty.trim_start_matches(['!', '?', '[', '{']);
            Some(name)
                .filter(|name| name.starts_with(char::is_uppercase))
                .map(str::to_owned)
                .into_iter()
                .collect()
        }
        Value::Array(items) => items.iter().flat_map(named).collect(),
        Value::Object(members) => {
            let texts = ["@generated", "at", "id", "tag", "values"];
            let types = members.iter().filter(|(key, _)| !texts.contains(&key.as_str()));
            types.flat_map(|(_, value)| named(value)).collect()
        }
        _ => Vec::new(),
    }
}
