//! Descriptions that were good once, and then something happened to them.

use fastrand::Rng;
use serde_json::{Map, Value};

use super::grammar::{junk, payload};

/// A fixture after a few mutations of its text or of its tree.
pub fn description(seeds: &[String], rng: &mut Rng) -> String {
    let text = rng.choice(seeds).cloned().unwrap_or_default();
    let value = serde_yaml::from_str::<Value>(&text).ok().filter(|_| rng.u32(0..3) > 0);
    match value {
        Some(mut value) => {
            for _ in 0..rng.usize(1..6) {
                mutate(&mut value, rng);
            }
            serde_yaml::to_string(&value).unwrap_or_default()
        }
        None => garbled(text, rng),
    }
}

/// Changes something somewhere in a tree.
fn mutate(value: &mut Value, rng: &mut Rng) {
    let here = rng.u32(0..6) == 0;
    match value {
        Value::Object(members) if !members.is_empty() && !here => {
            let index = rng.usize(0..members.len());
            if let Some(member) = members.values_mut().nth(index) {
                mutate(member, rng);
            }
        }
        Value::Array(items) if !items.is_empty() && !here => {
            let index = rng.usize(0..items.len());
            mutate(&mut items[index], rng);
        }
        Value::Object(members) => mutate_members(members, rng),
        Value::Array(items) if rng.bool() => items.extend(items.clone()),
        Value::String(text) if rng.bool() => text.push_str(&payload(rng)),
        value => *value = if rng.bool() { payload(rng).into() } else { junk(rng) },
    }
}

fn mutate_members(members: &mut Map<String, Value>, rng: &mut Rng) {
    let names: Vec<String> = members.keys().cloned().collect();
    let Some(name) = rng.choice(&names) else { return };
    match rng.u32(0..4) {
        0 => drop(members.shift_remove(name)),
        1 => {
            let value = members.shift_remove(name).unwrap_or_default();
            members.insert(payload(rng), value);
        }
        2 => {
            let copy = members.get(name).cloned().unwrap_or_default();
            members.insert(format!("{name}{}", payload(rng)), copy);
        }
        _ => drop(members.insert(name.clone(), junk(rng))),
    }
}

/// Changes characters and lines of a text.
fn garbled(text: String, rng: &mut Rng) -> String {
    let mut text = text;
    for _ in 0..rng.usize(1..5) {
        let at = rng.usize(0..=text.len());
        let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        let (before, after) = text.split_at(at);
        let rest = after.chars().skip(rng.usize(0..4)).collect::<String>();
        text = match rng.u32(0..5) {
            0 => format!("{before}{rest}"),
            1 => format!("{before}{}{after}", payload(rng)),
            2 => before.to_owned(),
            3 => format!("{before}{}", after.lines().skip(1).collect::<Vec<_>>().join("\n")),
            _ => {
                let line = after.lines().nth(1).unwrap_or_default();
                format!("{before}{after}\n{line}")
            }
        };
    }
    text
}
