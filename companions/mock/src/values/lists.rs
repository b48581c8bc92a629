//! Lists.

use serde_json::Value;

use super::flat::Flat;
use super::maker::Making;

/// As often a further item is made until it differs from those before.
const TRIES: usize = 30;

/// A list of these schemas.
pub fn value<'a>(
    making: &mut Making<'a>,
    flat: &Flat<'a>,
    name: &str,
    depth: usize,
) -> Option<Value> {
    let count = count(making, flat, depth)?;
    let is_unique = flat.all("uniqueItems").any(|keyword| keyword == true);
    let name = name.strip_suffix('s').unwrap_or(name);
    let mut items: Vec<Value> = Vec::new();
    for number in 0..count {
        let schemas = item(flat, number);
        let is_new = |item: &Value, items: &[Value]| !is_unique || !items.contains(item);
        let tries = if is_unique { TRIES } else { 1 };
        let item = (0..tries).find_map(|_| {
            making.value(&schemas, name, depth + 1).filter(|item| is_new(item, &items))
        });
        match item {
            Some(item) => items.push(item),
            // More than asked for is not needed.
            None if number >= flat.most("minItems").unwrap_or_default() => break,
            None => return None,
        }
    }
    Some(items.into())
}

/// How many items it has. A list without an item says nothing of its items.
fn count(making: &Making<'_>, flat: &Flat<'_>, depth: usize) -> Option<usize> {
    let least = flat.most("minItems").unwrap_or_default();
    let contained = contained(flat).map(|(_, least)| least).sum();
    let prefix = prefixes(flat).map(<[Value]>::len).max().unwrap_or_default();
    let wanted = if making.is_full_at(depth) { prefix.max(1) } else { 0 };
    let most = flat.least("maxItems").unwrap_or(usize::MAX);
    let count = least.max(contained).max(wanted.min(most));
    (count <= most && count <= making.parts_left()).then_some(count)
}

/// What holds for the item of a number.
fn item<'a>(flat: &Flat<'a>, number: usize) -> Vec<&'a Value> {
    let mut schemas: Vec<&Value> = Vec::new();
    for members in &flat.schemas {
        let prefix = super::flat::list(members, "prefixItems");
        schemas.extend(prefix.get(number).or_else(|| members.get("items")));
    }
    let mut before = 0;
    for (schema, least) in contained(flat) {
        schemas.extend((before..before + least).contains(&number).then_some(schema));
        before += least;
    }
    schemas
}

fn prefixes<'a>(flat: &Flat<'a>) -> impl Iterator<Item = &'a [Value]> {
    flat.all("prefixItems").filter_map(Value::as_array).map(Vec::as_slice)
}

/// The schemas that some items have to fit, and how many.
fn contained<'a>(flat: &Flat<'a>) -> impl Iterator<Item = (&'a Value, usize)> {
    let least = |members: &serde_json::Map<String, Value>| {
        let stated = members.get("minContains").and_then(Value::as_u64).unwrap_or(1);
        usize::try_from(stated).unwrap_or(usize::MAX).min(1_000_000)
    };
    flat.schemas.iter().filter_map(move |members| Some((members.get("contains")?, least(members))))
}
