//! Documents of values, with an element for each member and item.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::names::{Name, is};
use crate::parts::Parts;

/// A document with this root, unless its schema has another name.
pub fn document(parts: &Parts<'_>, root: &str, value: &Value) -> String {
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    Element::new(parts, root).write(&mut text, parts, value);
    text
}

/// How an element begins.
struct Element {
    name: Name,
    attributes: String,
}

impl Element {
    /// An element with this name, unless the schema has another one.
    fn new(parts: &Parts<'_>, name: &str) -> Self {
        Self { name: Name::new(parts, name), attributes: String::new() }
    }

    fn write(mut self, text: &mut String, parts: &Parts<'_>, value: &Value) {
        match value {
            Value::Object(members) => {
                self.attributes = attributes(parts, members);
                self.write_around(text, |text| write_members(text, parts, members));
            }
            Value::Array(items) => self.write_around(text, |text| {
                let item = parts.item();
                items.iter().for_each(|value| Self::new(&item, "item").write(text, &item, value));
            }),
            scalar => self.write_around(text, |text| text.push_str(&escaped(&content(scalar)))),
        }
    }

    fn write_around(&self, text: &mut String, inner: impl FnOnce(&mut String)) {
        let (name, namespace) = (self.name.written(), self.namespace());
        let _ = write!(text, "<{name}{namespace}{}>", self.attributes);
        inner(text);
        let _ = write!(text, "</{name}>");
    }

    fn namespace(&self) -> String {
        let Some(namespace) = &self.name.namespace else { return String::new() };
        match &self.name.prefix {
            Some(prefix) => format!(" xmlns:{prefix}=\"{}\"", escaped(namespace)),
            None => format!(" xmlns=\"{}\"", escaped(namespace)),
        }
    }
}

fn write_members(text: &mut String, parts: &Parts<'_>, members: &Map<String, Value>) {
    for (name, value) in members {
        let member = parts.member(name);
        match value {
            _ if is(&member, "attribute") => {}
            // A list is a row of elements, with one around them only if that is said.
            Value::Array(items) if is(&member, "wrapped") => {
                let wrapper = Element::new(&member, name);
                let item = member.item();
                wrapper.write_around(text, |text| {
                    items.iter().for_each(|value| {
                        Element::new(&item, &wrapper.name.local).write(text, &item, value);
                    });
                });
            }
            Value::Array(items) => {
                let item = member.item();
                items.iter().for_each(|value| Element::new(&item, name).write(text, &item, value));
            }
            other => Element::new(&member, name).write(text, &member, other),
        }
    }
}

/// The members that are attributes: ` id="7"`.
fn attributes(parts: &Parts<'_>, members: &Map<String, Value>) -> String {
    let mut text = String::new();
    for (name, value) in members {
        let member = parts.member(name);
        if is(&member, "attribute") && !value.is_null() {
            let name = Name::new(&member, name).written();
            let _ = write!(text, " {name}=\"{}\"", escaped(&content(value)));
        }
    }
    text
}

/// The text of a scalar; nothing for null.
fn content(value: &Value) -> String {
    lantern_operations::cell(Some(value))
}

fn escaped(text: &str) -> String {
    let is_allowed = |it: &char| matches!(it, '\t' | '\n' | '\r') || *it >= ' ';
    let escape = |it: char| match it {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '"' => "&quot;".to_owned(),
        other => other.to_string(),
    };
    text.chars().filter(is_allowed).map(escape).collect()
}

#[cfg(test)]
mod tests {
    use lantern_operations::Table;
    use serde_json::json;

    use super::*;

    /// The examples of OpenAPI 3.1.1, 4.8.26.
    #[test]
    fn values_are_written_as_the_xml_object_says() {
        let text = json!({"type": "string"});
        let list = |list: Value, items: Value| json!({"type": "array", "items": {"type": "string", "xml": items}, "xml": list});
        let animals = json!({"animals": ["a", "b"]});
        let cases = [
            (text, json!({"animals": "<"}), "<animals>&lt;</animals>"),
            (
                list(json!({}), json!({})),
                animals.clone(),
                "<animals>a</animals><animals>b</animals>",
            ),
            (
                list(json!({"name": "aliens"}), json!({"name": "animal"})),
                animals.clone(),
                "<animal>a</animal><animal>b</animal>",
            ),
            (
                list(json!({"wrapped": true}), json!({})),
                animals.clone(),
                "<animals><animals>a</animals><animals>b</animals></animals>",
            ),
            (
                list(json!({"name": "aliens", "wrapped": true}), json!({"name": "animal"})),
                animals.clone(),
                "<aliens><animal>a</animal><animal>b</animal></aliens>",
            ),
            (
                list(json!({"name": "aliens", "wrapped": true}), json!({})),
                animals,
                "<aliens><aliens>a</aliens><aliens>b</aliens></aliens>",
            ),
            (
                json!({"type": "string", "xml": {"prefix": "x", "namespace": "https://x.example/\"", "name": "n"}}),
                json!({"animals": "a"}),
                "<x:n xmlns:x=\"https://x.example/&quot;\">a</x:n>",
            ),
        ];
        let table = Table::new("T", "1");
        for (schema, value, inner) in cases {
            let schema = json!({"type": "object", "properties": {"animals": schema}});
            let document = document(&Parts::new(&table, [&schema]), "root", &value);
            let (_, document) = document.split_once('\n').expect("a declaration");
            assert_eq!(document, format!("<root>{inner}</root>"));
        }
    }

    #[test]
    fn members_can_be_attributes_and_a_schema_names_its_root() {
        let mut table = Table::new("T", "1");
        let person = json!({"type": "object", "xml": {"name": "person"}, "properties": {
            "id": {"type": "integer", "xml": {"attribute": true}}, "name": {"type": "string"},
        }});
        table.definitions.insert("Person".to_owned(), person);
        let one = json!({"$ref": "#/$defs/Person"});
        let many = json!({"type": "array", "items": one, "xml": {"name": "people"}});
        let value = json!({"id": 7, "name": "A & B"});
        let element = "<person id=\"7\"><name>A &amp; B</name></person>";
        for (schema, value, expected) in [
            (one, value.clone(), element.to_owned()),
            (many, json!([value]), format!("<people>{element}</people>")),
        ] {
            let document = document(&Parts::new(&table, [&schema]), "Root", &value);
            assert!(document.ends_with(&format!("?>\n{expected}")), "{document}");
        }
    }
}
