//! `Cargo.toml`: features and dependencies are those of `templates`, which compiles the same
//! runtime.

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value, value};

use crate::pipeline::model::{Api, Need, RuntimeNeeds};

mod dependencies;
mod enabled;
mod merge;
mod tables;

pub use enabled::{Enabled, NeededCrate};
pub use merge::merge;
use tables::{Kind, TABLES};

const TEMPLATE: &str = include_str!(env!("TEMPLATES_MANIFEST"));

/// What every client says of itself beyond its name.
const COMMON: &str = r#"
[package]
edition = "2024"
rust-version = "1.88"

[lints.rust]
unsafe_code = "forbid"
missing_docs = "warn"

# Names are the description's own.
[lints.clippy]
disallowed_names = "allow"

[package.metadata.docs.rs]
all-features = true
"#;

/// The manifest of a client.
///
/// Texts of the description go in as TOML strings only, whatever they hold.
pub fn manifest(api: &Api, needs: &RuntimeNeeds, banner: &str) -> String {
    format!("# {banner}\n\n{}", document(api, needs).to_string().trim_start())
}

/// The same, without its first line.
pub fn document(api: &Api, needs: &RuntimeNeeds) -> DocumentMut {
    let mut manifest: DocumentMut = COMMON.parse().unwrap_or_default();
    let mut package = Table::new();
    package.insert("name", value(&api.crate_name));
    package.insert("description", value(format!("A client of the {}", api.title)));
    package.insert("version", value(version(&api.version)));
    if let Some(common) = manifest.get("package").and_then(Item::as_table) {
        for (key, item) in common {
            package.insert(key, item.clone());
        }
    }
    manifest.insert("package", Item::Table(package));
    let template: DocumentMut = TEMPLATE.parse().unwrap_or_default();
    for (position, own) in (100..).zip(&TABLES) {
        let Some(table) = own.find(&template) else { continue };
        let mut table = copied(table, position);
        fit(&mut table, needs);
        dependencies::add(&mut table, own.kind, api);
        if own.kind == Kind::Features {
            add_tags(&mut table, api);
        }
        if let Some(place) = own.find_or_insert(&mut manifest) {
            *place = table;
        }
    }
    merge::mark(&mut manifest);
    manifest
}

/// A table of the template with the comments in it, but not the one above it.
fn copied(table: &Table, position: isize) -> Table {
    let mut table = table.clone();
    table.decor_mut().clear();
    table.decor_mut().set_prefix("\n");
    table.set_position(Some(position));
    table
}

/// Leaves out what the client has no need of.
fn fit(table: &mut Table, needs: &RuntimeNeeds) {
    for (name, _) in OPTIONAL.iter().filter(|(_, when)| !needs.include_any(when)) {
        without(name, table);
    }
    for (name, _) in OF_TYPES.iter().filter(|(_, when)| !needs.include_any(when)) {
        only_in_the_client(name, table);
    }
}

/// The features and dependencies that only some clients need, and what they are needed for.
const OPTIONAL: &[(&str, &[Need])] = &[
    ("hmac", &[Need::WebhookSignatures]),
    ("object_store", &[Need::Batches]),
    ("redis", &[Need::RateLimits]),
    ("regress", &[Need::Patterns]),
    ("s3", &[Need::Batches]),
    ("sha2", &[Need::WebhookSignatures]),
    ("uuid", &[Need::Uuid]),
    ("validate", &[Need::Limits]),
];

/// The dependencies that the feature `client` needs always, and types need for something.
const OF_TYPES: &[(&str, &[Need])] = &[("base64", &[Need::Base64, Need::WebhookSignatures])];

/// A feature for each tag, where each is one, and one for all of them.
fn add_tags(table: &mut Table, api: &Api) {
    let tags: Array = api.features().collect();
    if tags.is_empty() {
        return;
    }
    if let Some(default) = table.get_mut("default").and_then(Item::as_array_mut) {
        default.push("all-tags");
    }
    table.insert("all-tags", value(tags));
    if let Some(mut key) = table.key_mut("all-tags") {
        let why = "# All families of operations. Each brings its types; its calls need the client, too.\n";
        key.leaf_decor_mut().set_prefix(why);
    }
    for feature in api.features() {
        table.insert(feature, value(Array::new()));
    }
}

/// Removes a feature or a dependency, and what turns it on.
fn without(name: &str, table: &mut Table) {
    table.remove(name);
    let dependency = dependency(name);
    for (_, item) in table.iter_mut() {
        if let Some(list) = item.as_array_mut() {
            list.retain(|item| item.as_str() != Some(&dependency));
        }
    }
}

/// Makes a dependency one that the feature `client` turns on.
fn only_in_the_client(name: &str, table: &mut Table) {
    if let Some(version) = table.get_mut(name) {
        let mut optional = InlineTable::new();
        optional.extend(version.as_value().map(|version| ("version", version.clone())));
        optional.insert("optional", true.into());
        *version = value(optional);
    }
    if let Some(client) = table.get_mut("client").and_then(Item::as_array_mut) {
        if let Some(first) = client.get_mut(0) {
            first.decor_mut().set_prefix(" ");
        }
        client.insert_formatted(0, Value::from(dependency(name)).decorated("\n    ", ""));
    }
}

/// How a feature names an optional dependency.
fn dependency(name: &str) -> String {
    format!("dep:{name}")
}

/// The API's version where it is one that Cargo takes, else `0.1.0`.
///
/// `1.4.1` → `1.4.1`; `2.1` → `2.1.0`; `2024-10` → `0.1.0`.
fn version(text: &str) -> String {
    let parts: Vec<Option<u64>> = text.trim_start_matches('v').split('.').map(number).collect();
    match parts.as_slice() {
        [Some(major), Some(minor), Some(patch)] => format!("{major}.{minor}.{patch}"),
        [Some(major), Some(minor)] => format!("{major}.{minor}.0"),
        _ => "0.1.0".to_owned(),
    }
}

fn number(text: &str) -> Option<u64> {
    let plain = text.len() == 1 || !text.starts_with('0');
    (plain && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_those_that_cargo_takes() {
        let table = [
            ("1.4.1", "1.4.1"),
            ("v2.0.3", "2.0.3"),
            ("2.1", "2.1.0"),
            ("2024-10-01", "0.1.0"),
            ("01.2.3", "0.1.0"),
            ("", "0.1.0"),
            ("1.0.0\"\n[dependencies]\nevil = \"1", "0.1.0"),
            ("99999999999999999999.0.0", "0.1.0"),
        ];
        for (text, expected) in table {
            assert_eq!(version(text), expected, "{text:?}");
        }
    }
}
