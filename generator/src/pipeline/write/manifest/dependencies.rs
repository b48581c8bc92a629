//! The crates that types of the description are of, which the overlay or the settings chose.

use serde_json::Value as Json;
use toml_edit::{Array, InlineTable, Item, Table, Value, value};

use super::tables::Kind;
use crate::pipeline::model::Api;

/// Adds them to the features or to the dependencies. What the runtime needs of one of them only for a feature, it has
/// always then.
pub fn add(table: &mut Table, kind: Kind, api: &Api) {
    for dependency in &api.dependencies {
        match kind {
            Kind::Features => make_required(&dependency.name, table),
            Kind::Dependencies => add_dependency(&dependency.name, &dependency.source, table),
            Kind::BrowserDependencies => no_longer_optional(&dependency.name, table),
        }
    }
}

fn no_longer_optional(name: &str, dependencies: &mut Table) {
    if let Some(known) = dependencies.get_mut(name).and_then(Item::as_table_like_mut) {
        known.remove("optional");
    }
}

/// Takes what turns a dependency on out of the features.
fn make_required(name: &str, features: &mut Table) {
    let (optional, weak) = (format!("dep:{name}"), format!("{name}?/"));
    for (_, item) in features.iter_mut() {
        let Some(list) = item.as_array_mut() else { continue };
        list.retain(|item| item.as_str() != Some(&optional));
        for item in list.iter_mut() {
            if let Some(feature) = item.as_str().and_then(|item| item.strip_prefix(&weak)) {
                let decor = item.decor().clone();
                *item = format!("{name}/{feature}").into();
                *item.decor_mut() = decor;
            }
        }
    }
}

fn add_dependency(name: &str, source: &Json, dependencies: &mut Table) {
    let mut stated = match source {
        Json::Object(_) => toml(source).as_inline_table().cloned().unwrap_or_default(),
        version => InlineTable::from_iter([("version", toml(version))]),
    };
    if let Some(known) = dependencies.get(name) {
        let features = known.as_table_like().and_then(|known| known.get("features")?.as_array());
        let list = stated.entry("features").or_insert(Array::new().into());
        if let (Some(list), Some(features)) = (list.as_array_mut(), features) {
            let has =
                |list: &Array, feature: &str| list.iter().any(|it| it.as_str() == Some(feature));
            for feature in features.iter().filter_map(Value::as_str) {
                if !has(list, feature) {
                    list.push(feature);
                }
            }
        }
        if stated.get("features").and_then(Value::as_array).is_some_and(Array::is_empty) {
            stated.remove("features");
        }
    }
    let only_version = stated.len() == 1 && stated.contains_key("version");
    let item = match stated.get("version").filter(|_| only_version) {
        Some(version) => value(version.clone()),
        None => value(stated),
    };
    dependencies.insert(name, item);
    if let Some(mut key) = dependencies.key_mut(name) {
        key.leaf_decor_mut().set_prefix("# A type of the description is of this crate.\n");
    }
}

fn toml(json: &Json) -> Value {
    match json {
        Json::Null => Value::from(""),
        Json::Bool(boolean) => Value::from(*boolean),
        Json::Number(number) => match number.as_i64() {
            Some(integer) => Value::from(integer),
            None => Value::from(number.as_f64().unwrap_or_default()),
        },
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(items) => Value::Array(items.iter().map(toml).collect()),
        Json::Object(members) => {
            let members = members.iter().map(|(key, value)| (key.as_str(), toml(value)));
            Value::InlineTable(members.collect())
        }
    }
}
