//! XML, with an element for each member and item.

use serde_json::Value;

/// A document with this root.
pub fn document(root: &str, value: &Value) -> String {
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    write(&mut text, &name(root), value);
    text
}

fn write(text: &mut String, tag: &str, value: &Value) {
    text.push_str(&format!("<{tag}>"));
    match value {
        Value::Object(members) => members.iter().for_each(|(member, value)| match value {
            // A list is a row of elements of its name (OpenAPI 3.1.1, 4.8.26).
            Value::Array(items) => items.iter().for_each(|item| write(text, &name(member), item)),
            other => write(text, &name(member), other),
        }),
        Value::Array(items) => items.iter().for_each(|item| write(text, "item", item)),
        Value::Null => {}
        Value::String(content) => text.push_str(&escaped(content)),
        other => text.push_str(&other.to_string()),
    }
    text.push_str(&format!("</{tag}>"));
}

/// A name as an element can have it.
fn name(name: &str) -> String {
    let is_allowed = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | '.');
    let tidy: String = name.chars().map(|it| if is_allowed(it) { it } else { '_' }).collect();
    let starts = tidy.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    if starts { tidy } else { format!("_{tidy}") }
}

fn escaped(text: &str) -> String {
    let is_allowed = |it: &char| matches!(it, '\t' | '\n' | '\r') || *it >= ' ';
    let escape = |it: char| match it {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        other => other.to_string(),
    };
    text.chars().filter(is_allowed).map(escape).collect()
}
