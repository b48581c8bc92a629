//! What a schema asks a person for.

use serde_json::{Map, Value};

use crate::Table;

/// What the values of a schema are, as far as a flag has to know.
#[derive(Clone, Debug, Default)]
pub struct Shape<'a> {
    /// The kind of a value, or of an item if there are many.
    pub kind: Kind,
    /// Whether the value is a list.
    pub many: bool,
    /// The texts that it may be.
    pub choices: Vec<String>,
    /// The members of an object, and which are required.
    pub members: Vec<(&'a str, &'a Value, bool)>,
    /// What it is.
    pub description: Option<&'a str>,
    /// What it is if it is not given.
    pub default: Option<&'a Value>,
    /// Whether its value is a secret.
    pub sensitive: bool,
    /// Whether its value, or each item, is bytes.
    pub is_bytes: bool,
}

/// The kind of a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// JSON, or else a text.
    #[default]
    Any,
    /// JSON.
    Json,
    /// A text.
    Text,
    /// An integer.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A day.
    Date,
    /// A moment.
    Moment,
    /// The content of a file, of which the value is the path.
    File,
}

/// How often a schema may lead to another one.
const MOST_STEPS: usize = 16;

impl<'a> Shape<'a> {
    /// The shape of a schema.
    #[must_use]
    pub fn new(table: &'a Table, schema: &'a Value) -> Self {
        let mut shape = Self::default();
        shape.read(table, schema, MOST_STEPS);
        shape
    }

    fn read(&mut self, table: &'a Table, schema: &'a Value, steps: usize) {
        self.annotate(schema);
        let target = schema.get("$ref").and_then(Value::as_str);
        if let Some(target) = target.and_then(|to| table.definition(to)).filter(|_| steps > 0) {
            self.read(table, target, steps - 1);
        }
        let Value::Object(keywords) = schema else { return };
        self.read_type(table, keywords, steps);
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let parts = keywords.get(keyword).and_then(Value::as_array);
            let parts: Vec<_> = parts.into_iter().flatten().filter(|it| !is_null(it)).collect();
            match parts.as_slice() {
                _ if steps == 0 => {}
                [only] => self.read(table, only, steps - 1),
                parts if keyword == "allOf" => {
                    parts.iter().for_each(|part| self.read(table, part, steps - 1));
                }
                _ => {}
            }
        }
    }

    fn annotate(&mut self, schema: &'a Value) {
        let description = schema.get("description").and_then(Value::as_str);
        self.description = self.description.or(description);
        self.default = self.default.or_else(|| schema.get("default"));
        let is_password = schema.get("format").is_some_and(|format| format == "password");
        self.sensitive |= is_password || schema.get("x-sensitive") == Some(&Value::Bool(true));
    }

    fn read_type(&mut self, table: &'a Table, keywords: &'a Map<String, Value>, steps: usize) {
        let format = keywords.get("format").and_then(Value::as_str);
        match type_of(keywords) {
            Some("string") => {
                self.kind = match format {
                    Some("date") => Kind::Date,
                    Some("date-time") => Kind::Moment,
                    _ => Kind::Text,
                };
                self.choices = choices(keywords);
                self.is_bytes |= format == Some("binary") || is_content(keywords);
            }
            Some("integer") => self.kind = Kind::Integer,
            Some("number") => self.kind = Kind::Number,
            Some("boolean") => self.kind = Kind::Boolean,
            Some("array") if steps > 0 => self.read_items(table, keywords, steps),
            Some("object") => self.read_members(keywords),
            _ => {}
        }
    }

    fn read_items(&mut self, table: &'a Table, keywords: &'a Map<String, Value>, steps: usize) {
        let mut item = Shape::default();
        if let Some(items) = keywords.get("items") {
            item.read(table, items, steps - 1);
        }
        self.many = true;
        let is_flat = item.members.is_empty() && !item.many;
        self.kind = if is_flat { item.kind } else { Kind::Json };
        self.choices = item.choices;
        self.is_bytes = item.is_bytes;
    }

    fn read_members(&mut self, keywords: &'a Map<String, Value>) {
        self.kind = Kind::Json;
        let required = keywords.get("required").and_then(Value::as_array);
        let is_required =
            |name: &str| required.is_some_and(|names| names.iter().any(|it| it == name));
        let members = keywords.get("properties").and_then(Value::as_object);
        for (name, schema) in members.into_iter().flatten() {
            let is_read_only = schema.get("readOnly") == Some(&Value::Bool(true));
            if !is_read_only && !self.members.iter().any(|(known, ..)| known == name) {
                self.members.push((name, schema, is_required(name)));
            }
        }
    }
}

/// Whether a text of JSON Schema 2020-12 is bytes, as OpenAPI 3.1 describes files.
fn is_content(keywords: &Map<String, Value>) -> bool {
    let media_type = keywords.get("contentMediaType").and_then(Value::as_str);
    let is_text = |it: &str| it.starts_with("text/") || it.contains("json");
    media_type.is_some_and(|it| !is_text(it)) && !keywords.contains_key("contentEncoding")
}

/// The type of a schema, null apart; `None` if there are several.
fn type_of(keywords: &Map<String, Value>) -> Option<&str> {
    match keywords.get("type")? {
        Value::String(only) => Some(only),
        Value::Array(several) => {
            let mut types = several.iter().filter_map(Value::as_str).filter(|it| *it != "null");
            types.next().filter(|_| types.next().is_none())
        }
        _ => None,
    }
}

fn choices(keywords: &Map<String, Value>) -> Vec<String> {
    let values = keywords.get("enum").and_then(Value::as_array);
    values.into_iter().flatten().filter_map(|value| value.as_str().map(str::to_owned)).collect()
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|kind| kind == "null")
}
