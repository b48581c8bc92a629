//! A new manifest in the place of the one that is there, in which the owner may have changed anything.
//!
//! The generator writes the features and dependencies that [`MARKS`] lists, the name, the edition and the lowest Rust
//! version. All else is written once, and belongs to the owner from then on.

use std::collections::HashSet;

use toml_edit::{Array, DocumentMut, Item, Table, TableLike, TomlError, Value, value};

use super::tables::TABLES;

/// Where a manifest lists the generator's own keys: `[package.metadata.lantern-generator]`.
const MARKS: [&str; 3] = ["package", "metadata", "lantern-generator"];

/// The keys of `[package]` that are always the generator's.
const PACKAGE: [&str; 3] = ["name", "edition", "rust-version"];

/// Lists the generator's own keys in a fresh manifest.
pub fn mark(manifest: &mut DocumentMut) {
    let mut marks = Table::new();
    for table in &TABLES {
        let keys = table.find(manifest).map(keys).unwrap_or_default();
        marks.insert(table.mark, value(Array::from_iter(keys)));
    }
    marks.decor_mut().set_prefix(
        "\n# The generator writes these features and dependencies, and the name, edition and rust-version of the package.\n\
         # All else in this file is yours.\n",
    );
    let metadata = manifest["package"]["metadata"].or_insert(toml_edit::table());
    if let Some(metadata) = metadata.as_table_mut() {
        metadata.set_implicit(true);
        metadata.insert(MARKS[2], Item::Table(marks));
    }
}

/// Brings a fresh manifest into the one that is there. `is_released` says whether the fresh one has the version of the
/// last release.
///
/// A manifest without marks is replaced: an earlier version of the generator wrote it.
///
/// # Errors
/// If one of them is not valid TOML.
pub fn merge(existing: &str, fresh: &str, is_released: bool) -> Result<String, TomlError> {
    let (mut manifest, fresh_manifest): (DocumentMut, DocumentMut) =
        (existing.parse()?, fresh.parse()?);
    if marks(&manifest).is_none() {
        return Ok(fresh.to_owned());
    }
    let gone: HashSet<String> = TABLES
        .iter()
        .flat_map(|table| {
            let fresh = table.find(&fresh_manifest);
            let is_gone = move |key: &String| fresh.is_none_or(|fresh| !fresh.contains_key(key));
            listed(&manifest, table.mark).into_iter().filter(is_gone)
        })
        .collect();
    for own in &TABLES {
        let (old, fresh) = (listed(&manifest, own.mark), own.find(&fresh_manifest));
        if old.is_empty() && fresh.is_none() {
            continue;
        }
        let Some(table) = own.find_or_insert(&mut manifest) else { continue };
        old.iter().filter(|key| gone.contains(*key)).for_each(|key| _ = table.remove(key));
        if let Some(fresh) = fresh {
            fresh.iter().for_each(|(key, _)| bring(key, fresh, table, &gone));
        }
    }
    bring_package(&fresh_manifest, &mut manifest, is_released);
    manifest[MARKS[0]][MARKS[1]][MARKS[2]] = fresh_manifest[MARKS[0]][MARKS[1]][MARKS[2]].clone();
    Ok(manifest.to_string())
}

fn marks(manifest: &DocumentMut) -> Option<&dyn TableLike> {
    let package = manifest.get(MARKS[0])?.as_table_like()?;
    let metadata = package.get(MARKS[1])?.as_table_like()?;
    metadata.get(MARKS[2])?.as_table_like()
}

/// The generator's own keys of a table.
fn listed(manifest: &DocumentMut, table: &str) -> Vec<String> {
    let list = marks(manifest).and_then(|marks| marks.get(table)?.as_array());
    list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn keys(table: &Table) -> Vec<String> {
    table.iter().map(|(key, _)| key.to_owned()).collect()
}

/// Brings a feature or a dependency to its table; what the owner added to its list stays.
fn bring(key: &str, fresh: &Table, table: &mut Table, gone: &HashSet<String>) {
    let Some((fresh_key, item)) = fresh.get_key_value(key) else { return };
    let mut item = item.clone();
    if let Some(existing) = table.get(key) {
        // Which features are on by themselves is the owner's choice after the first time.
        if key == "default" {
            return;
        }
        add(&mut item, existing, gone);
    }
    table.insert(key, item);
    if let Some(mut key) = table.key_mut(key) {
        *key.leaf_decor_mut() = fresh_key.leaf_decor().clone();
    }
}

/// Adds the features of an existing entry that a fresh one lacks, but none that is about something that is gone.
fn add(fresh: &mut Item, existing: &Item, gone: &HashSet<String>) {
    let is_gone = |name: &str| {
        let name = name.strip_prefix("dep:").unwrap_or(name);
        gone.contains(name.split(['/', '?']).next().unwrap_or(name))
    };
    let Some(existing) = features(existing) else { return };
    let known: HashSet<String> = features(fresh).map(texts).unwrap_or_default();
    let added: Vec<String> = texts(existing)
        .into_iter()
        .filter(|name| !known.contains(name) && !is_gone(name))
        .collect();
    if added.is_empty() {
        return;
    }
    if let Some(list) = features_mut(fresh) {
        let mut added = added;
        added.sort_unstable();
        added.into_iter().for_each(|name| list.push(name));
    }
}

fn texts(list: &Array) -> HashSet<String> {
    list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The list of a feature, or the `features` of a dependency.
fn features(item: &Item) -> Option<&Array> {
    item.as_array().or_else(|| item.as_table_like()?.get("features")?.as_array())
}

/// The same to change; `bytes = "1"` becomes a table.
fn features_mut(item: &mut Item) -> Option<&mut Array> {
    if item.is_array() {
        return item.as_array_mut();
    }
    if let Some(version) = item.as_str() {
        let mut table = toml_edit::InlineTable::new();
        table.insert("version", version.into());
        *item = value(table);
    }
    let table = item.as_table_like_mut()?;
    table.entry("features").or_insert(value(Array::new())).as_array_mut()
}

fn bring_package(fresh: &DocumentMut, manifest: &mut DocumentMut, is_released: bool) {
    let version = is_released.then_some("version");
    for key in PACKAGE.into_iter().chain(version) {
        let Some(item) = fresh.get("package").and_then(|package| package.get(key)) else {
            continue;
        };
        if manifest["package"].get(key).map(ToString::to_string) != Some(item.to_string()) {
            manifest["package"][key] = item.clone();
        }
    }
}

#[cfg(test)]
mod tests;
