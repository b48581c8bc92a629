//! Objects.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::flat::Flat;
use super::maker::{Direction, Making};
use super::patterns;

/// As often a further name is made until it differs from those before.
const TRIES: usize = 30;

/// An object of these schemas.
pub fn value<'a>(making: &mut Making<'a>, flat: &Flat<'a>, depth: usize) -> Option<Value> {
    let properties = flat.properties();
    let required = required(flat);
    let most = flat.least("maxProperties").unwrap_or(usize::MAX);
    let mut members = Map::new();
    for name in &required {
        members.insert((*name).to_owned(), member(making, flat, &properties, name, depth)?);
    }
    if making.is_full_at(depth) {
        for (name, schemas) in &properties {
            if members.len() >= most || members.contains_key(*name) || is_hidden(making, schemas) {
                continue;
            }
            if let Some(value) = member(making, flat, &properties, name, depth) {
                members.insert((*name).to_owned(), value);
            }
        }
    }
    add_further(making, flat, &mut members, depth)?;
    let in_order = in_order(&properties, members);
    (in_order.len() <= most).then_some(in_order.into())
}

/// What has to be there, and what that depends on.
fn required<'a>(flat: &Flat<'a>) -> Vec<&'a str> {
    let mut names = flat.required();
    let mut at = 0;
    while let Some(name) = names.get(at).copied() {
        let dependents = flat.all("dependentRequired").filter_map(|keyword| keyword.get(name));
        for dependent in dependents.filter_map(Value::as_array).flatten().filter_map(Value::as_str)
        {
            if !names.contains(&dependent) {
                names.push(dependent);
            }
        }
        at += 1;
    }
    names
}

/// In the order of the description.
fn in_order(
    properties: &IndexMap<&str, Vec<&Value>>,
    mut members: Map<String, Value>,
) -> Map<String, Value> {
    let known = properties.keys().filter_map(|name| members.remove_entry(*name));
    let mut ordered: Map<String, Value> = known.collect();
    ordered.extend(members);
    ordered
}

/// Whether the other side writes it.
fn is_hidden(making: &Making<'_>, schemas: &[&Value]) -> bool {
    let keyword = match making.direction {
        Direction::Request => "readOnly",
        Direction::Response => "writeOnly",
    };
    schemas.iter().any(|schema| {
        let end = making.schemas.table().follow(schema);
        [*schema, end].iter().any(|it| it.get(keyword).is_some_and(|keyword| keyword == true))
    })
}

fn member<'a>(
    making: &mut Making<'a>,
    flat: &Flat<'a>,
    properties: &IndexMap<&'a str, Vec<&'a Value>>,
    name: &str,
    depth: usize,
) -> Option<Value> {
    let mut schemas = properties.get(name).cloned().unwrap_or_default();
    schemas.extend(others(flat, name));
    making.value(&schemas, name, depth + 1)
}

/// The schemas of patterns and of further properties that hold for a name.
fn others<'a>(flat: &Flat<'a>, name: &str) -> Vec<&'a Value> {
    let mut schemas = Vec::new();
    for members in &flat.schemas {
        let by_pattern: Vec<&Value> = by_pattern(members, name).collect();
        let is_named = members.get("properties").is_some_and(|all| all.get(name).is_some());
        if !is_named && by_pattern.is_empty() {
            schemas.extend(members.get("additionalProperties"));
        }
        schemas.extend(by_pattern);
    }
    schemas
}

fn by_pattern<'a>(members: &'a Map<String, Value>, name: &str) -> impl Iterator<Item = &'a Value> {
    let patterns = members.get("patternProperties").and_then(Value::as_object);
    patterns.into_iter().flatten().filter_map(move |(pattern, schema)| {
        let pattern = regex::Regex::new(pattern).ok()?;
        pattern.is_match(name).then_some(schema)
    })
}

/// Adds members that no property is about, if there have to be more, or if an object would say nothing without.
fn add_further<'a>(
    making: &mut Making<'a>,
    flat: &Flat<'a>,
    members: &mut Map<String, Value>,
    depth: usize,
) -> Option<()> {
    let least = flat.most("minProperties").unwrap_or_default();
    let is_map = flat.all("additionalProperties").any(Value::is_object);
    let wanted = usize::from(is_map && making.is_full_at(depth) && members.is_empty());
    if least > making.parts_left() {
        return None;
    }
    while members.len() < least.max(wanted) {
        let name = (0..TRIES).find_map(|_| further_name(making, flat, members, depth));
        let properties = IndexMap::new();
        let value = |name: &str| member(making, flat, &properties, name, depth);
        match name.as_deref().and_then(value).zip(name.clone()) {
            Some((value, name)) => drop(members.insert(name, value)),
            None if members.len() >= least => break,
            None => return None,
        }
    }
    Some(())
}

fn further_name<'a>(
    making: &mut Making<'a>,
    flat: &Flat<'a>,
    members: &Map<String, Value>,
    depth: usize,
) -> Option<String> {
    let rules: Vec<&Value> = flat.all("propertyNames").collect();
    let mut patterns = flat.all("patternProperties").filter_map(Value::as_object).flatten();
    let name = match (rules.is_empty(), patterns.next()) {
        (false, _) => making.value(&rules, "key", depth + 1)?.as_str()?.to_owned(),
        (true, Some((pattern, _))) => patterns::text(&mut making.rng, pattern, 0, usize::MAX)?,
        (true, None) => format!("key-{}", making.rng.u32(1..1_000_000)),
    };
    let is_property = flat.properties().contains_key(name.as_str());
    (!is_property && !members.contains_key(&name)).then_some(name)
}
