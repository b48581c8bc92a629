//! The flags of an operation: its parameters and the fields of its body.

use std::collections::HashSet;

use lantern_operations::{Kind, Media, Operation, Shape, Table};
use serde_json::{Map, Value};

use crate::{batches, paging};

/// Nested fields have flags down to this depth; what is below is JSON.
const DEEPEST: usize = 4;

/// What flags of the program itself are called.
const RESERVED: &[&str] = &[
    "allow-plain-http",
    "base-url",
    "dry-run",
    "help",
    "json",
    "key-file",
    "output",
    "query",
    "timeout",
    "verbose",
    "version",
];

/// What flags of bulk runs are called.
const RESERVED_FOR_BULK: &[&str] =
    &["concurrency", "from", "ledger", "map", "max-credits", "out", "resume", "run"];

/// A flag of an operation.
#[derive(Clone, Debug)]
pub struct Field {
    /// The flag, without its hyphens: `options.format-json`.
    pub flag: String,
    /// Where its value is sent.
    pub place: Place,
    /// The kind of its value, or of an item.
    pub kind: Kind,
    /// Whether it can be given several times.
    pub many: bool,
    /// Whether nothing can be sent without it.
    pub required: bool,
    /// What it is.
    pub help: String,
    /// The values that it may have.
    pub choices: Vec<String>,
    /// Whether its value is a secret.
    pub sensitive: bool,
    /// Whether its value is bytes.
    pub is_bytes: bool,
}

/// Where a value is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The parameter of this name.
    Parameter(String),
    /// The member of the body at this path.
    Body(Vec<String>),
}

impl Field {
    /// Its value is the path of a file, whose content is sent.
    fn take_file(&mut self) {
        self.kind = Kind::File;
    }

    /// Its name in the description, by which `--map` can name it, too: `record_id`, `options.format_json`.
    pub fn name(&self) -> String {
        match &self.place {
            Place::Parameter(name) => name.clone(),
            Place::Body(path) => path.join("."),
        }
    }
}

/// The fields of an operation: parameters, then the body.
pub fn fields(table: &Table, operation: &Operation) -> Vec<Field> {
    let mut fields = Vec::new();
    for parameter in &operation.parameters {
        let shape = Shape::new(table, &parameter.schema);
        let help = parameter.description.as_deref();
        let mut field = field(&shape, &parameter.name, help, parameter.is_asked());
        field.place = Place::Parameter(parameter.name.clone());
        field.sensitive |= parameter.sensitive;
        fields.push(field);
    }
    if let Some(schema) = body(operation).and_then(|media| media.schema.as_ref()) {
        let is_required = operation.body.as_ref().is_some_and(|body| body.required);
        let shape = Shape::new(table, schema);
        let from = fields.len();
        add_members(table, &shape, &[], is_required, &mut fields);
        if body(operation).is_some_and(Media::is_multipart) {
            fields[from..].iter_mut().filter(|field| field.is_bytes).for_each(Field::take_file);
        }
    }
    with_own_flags(fields, operation)
}

/// The form of the body that flags can fill: JSON, or a form. Otherwise it is a file.
pub fn body(operation: &Operation) -> Option<&Media> {
    let content = &operation.body.as_ref()?.content;
    let filled = content.iter().find(|media| media.is_json() || media.is_form());
    filled.or_else(|| content.iter().find(|media| media.is_multipart())).or(content.first())
}

/// Whether the body is a file as it is.
pub fn is_raw(operation: &Operation) -> bool {
    let is_filled = |media: &Media| media.is_json() || media.is_form() || media.is_multipart();
    body(operation).is_some_and(|media| !is_filled(media))
}

fn add_members(
    table: &Table,
    shape: &Shape<'_>,
    path: &[String],
    is_required: bool,
    fields: &mut Vec<Field>,
) {
    for (name, schema, required) in &shape.members {
        let member = Shape::new(table, schema);
        let path: Vec<String> = path.iter().cloned().chain([(*name).to_owned()]).collect();
        let required = *required && is_required;
        let is_nested = !member.members.is_empty() && !member.many && path.len() < DEEPEST;
        // What is nested is required as a whole, which one of its fields makes it.
        let mut field = field(&member, &path.join("."), None, required && !is_nested);
        field.place = Place::Body(path.clone());
        fields.push(field);
        if is_nested {
            add_members(table, &member, &path, false, fields);
        }
    }
}

fn field(shape: &Shape<'_>, name: &str, help: Option<&str>, required: bool) -> Field {
    Field {
        flag: flag(name),
        place: Place::Parameter(String::new()),
        kind: shape.kind,
        many: shape.many,
        required,
        help: help_text(shape, help),
        choices: shape.choices.clone(),
        sensitive: shape.sensitive,
        is_bytes: shape.is_bytes,
    }
}

fn help_text(shape: &Shape<'_>, help: Option<&str>) -> String {
    let mut help = help.or(shape.description).unwrap_or_default().to_owned();
    let default = shape.default.filter(|default| !default.is_null());
    if let Some(default) = default {
        let shown = default.as_str().map_or_else(|| default.to_string(), str::to_owned);
        let space = if help.is_empty() { "" } else { " " };
        help = format!("{help}{space}[the service's default: {shown}]");
    }
    help
}

/// Flags that differ from each other and from those of the program.
fn with_own_flags(mut fields: Vec<Field>, operation: &Operation) -> Vec<Field> {
    let for_bulk = RESERVED_FOR_BULK.iter().filter(|_| operation.bulk);
    let for_batches = batches::FLAGS.iter().filter(|_| operation.batch.is_some());
    let for_files = ["body"].iter().filter(|_| is_raw(operation));
    let for_pages = paging::FLAGS.iter().filter(|_| operation.pagination.is_some());
    let reserved =
        RESERVED.iter().chain(for_bulk).chain(for_batches).chain(for_pages).chain(for_files);
    let mut taken: HashSet<String> = reserved.map(|flag| (*flag).to_owned()).collect();
    for field in &mut fields {
        let prefix = match field.place {
            Place::Parameter(_) => "param",
            Place::Body(_) => "body",
        };
        let own = field.flag.clone();
        let prefixed = || format!("{prefix}.{own}");
        let numbered = (2..).map(|number| format!("{prefix}.{own}-{number}"));
        let mut flags = [own.clone(), prefixed()].into_iter().chain(numbered);
        field.flag = flags.find(|flag| taken.insert(flag.clone())).unwrap_or_default();
    }
    fields
}

/// A name as a flag: `record_id` → `record-id`, `recordId` → `record-id`, `filter[a].b` → `filter-a.b`.
fn flag(name: &str) -> String {
    let mut flag = String::new();
    let mut was_small = false;
    for char in name.chars() {
        if char.is_uppercase() && was_small {
            flag.push('-');
        }
        was_small = char.is_lowercase() || char.is_numeric();
        match char {
            '.' => flag.push('.'),
            char if char.is_alphanumeric() => flag.extend(char.to_lowercase()),
            _ if flag.is_empty() || flag.ends_with(['-', '.']) => {}
            _ => flag.push('-'),
        }
    }
    let flag = flag.trim_matches(['-', '.']).to_owned();
    if flag.is_empty() { "value".to_owned() } else { flag }
}

/// Puts a value into a body, at the path of its field.
pub fn put(body: &mut Value, path: &[String], value: Value) {
    let Some((first, rest)) = path.split_first() else {
        *body = value;
        return;
    };
    if !body.is_object() {
        *body = Value::Object(Map::new());
    }
    if let Value::Object(members) = body {
        put(members.entry(first.clone()).or_insert(Value::Null), rest, value);
    }
}

#[cfg(test)]
mod tests {
    use super::{flag, put};
    use serde_json::{Value, json};

    #[test]
    fn names_become_flags() {
        let cases = [
            ("record_id", "record-id"),
            ("recordId", "record-id"),
            ("X-Trace", "x-trace"),
            ("filter[name]", "filter-name"),
            ("options.format_json", "options.format-json"),
            ("_", "value"),
            ("HTTPStatus", "httpstatus"),
        ];
        for (name, expected) in cases {
            assert_eq!(flag(name), expected);
        }
    }

    #[test]
    fn values_are_put_where_they_belong_and_keep_what_is_beside_them() {
        let mut body = json!({"a": {"b": 1}});
        put(&mut body, &["a".to_owned(), "c".to_owned()], json!(2));
        put(&mut body, &["d".to_owned()], Value::Null);
        assert_eq!(body, json!({"a": {"b": 1, "c": 2}, "d": null}));
    }
}
