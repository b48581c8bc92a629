//! What the stages after `normalize` give, item by item.

use std::fmt::Debug;

use lantern_operations::Table;
use serde::Serialize;
use serde_json::Value;

use crate::Crate;
use crate::analysis::diff::Surface;
use crate::diagnostics::suggest::closest;
use crate::pipeline::model::Api;
use crate::pipeline::resolve::Resolved;

use crate::cli::Failure;

/// A part of a stage's value, and the names by which it can be asked for.
struct NamedItem {
    names: Vec<String>,
    text: String,
}

impl NamedItem {
    fn new(names: &[&str], value: &impl Debug) -> Self {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        Self { names, text: format!("{value:#?}\n") }
    }
}

/// The operations by id, the schemas by name and pointer.
pub fn resolved(resolved: &Resolved, name: Option<&str>) -> Result<String, Failure> {
    let operations = resolved.operations.iter().map(|operation| {
        let id = operation.id.as_deref().unwrap_or_default();
        NamedItem::new(&[id, operation.at.as_str()], operation)
    });
    let schemas = resolved.schemas.values().map(|schema| {
        let at = schema.at.as_str();
        NamedItem::new(&[at.strip_prefix("/components/schemas/").unwrap_or(at), at], schema)
    });
    shown(operations.chain(schemas).collect(), name)
}

/// What callers can see of the operations and the types, as YAML: the operations by id and type, the types by name.
pub fn surface(api: &Api, name: Option<&str>) -> Result<String, Failure> {
    let surface = Surface::of(api);
    let calls = surface.groups.iter().flat_map(|group| &group.calls);
    let calls = calls.map(|call| NamedItem {
        names: [&call.id, &call.call, &call.name].map(String::clone).to_vec(),
        text: yaml(call),
    });
    let types = surface.types.iter().map(|definition| NamedItem {
        names: [&definition.name, &definition.at].map(String::clone).to_vec(),
        text: yaml(definition),
    });
    shown(calls.chain(types).collect(), name)
}

/// One item of a list, so that all of them are a list. Fingerprints of documentation say nothing to a reader.
fn yaml(item: &impl Serialize) -> String {
    let mut value = serde_json::to_value(item).unwrap_or_default();
    without_fingerprints(&mut value);
    serde_yaml::to_string(&[value]).unwrap_or_default()
}

fn without_fingerprints(value: &mut Value) {
    if let Value::Object(members) = value {
        members.shift_remove("docs");
        members.values_mut().for_each(without_fingerprints);
    } else if let Value::Array(items) = value {
        items.iter_mut().for_each(without_fingerprints);
    }
}

/// All that the model knows: the operations by id and type, the types by name.
pub fn modelled(api: &Api, name: Option<&str>) -> Result<String, Failure> {
    let operations = api.operations().map(|operation| {
        let names = [operation.id.as_str(), operation.type_name.rust(), operation.type_name.wire()];
        NamedItem::new(&names, operation)
    });
    let types = api.types.iter().map(|definition| {
        NamedItem::new(&[definition.name.rust(), definition.at.as_str()], definition)
    });
    shown(operations.chain(types).collect(), name)
}

/// The whole table, or an operation or a definition of it.
pub fn operations(table: &Table, name: Option<&str>) -> Result<String, Failure> {
    if name.is_none() {
        return Ok(table.to_json());
    }
    let operations = table.operations.iter().map(|operation| NamedItem {
        names: [&operation.id, &operation.path].map(String::clone).to_vec(),
        text: json(operation),
    });
    let definitions = table.definitions.iter();
    let definitions = definitions
        .map(|(name, schema)| NamedItem { names: vec![name.clone()], text: json(schema) });
    shown(operations.chain(definitions).collect(), name)
}

fn json(item: &impl Serialize) -> String {
    serde_json::to_string_pretty(item).map(|text| text + "\n").unwrap_or_default()
}

/// The files by path.
pub fn rendered(files: &Crate, name: Option<&str>) -> Result<String, Failure> {
    let items = files.files.iter().map(|file| {
        let text = match name {
            Some(_) => file.text.clone(),
            None => format!("==> {} <==\n{}\n", file.path, file.text),
        };
        NamedItem { names: vec![file.path.clone()], text }
    });
    shown(items.collect(), name)
}

fn shown(items: Vec<NamedItem>, name: Option<&str>) -> Result<String, Failure> {
    let Some(name) = name else {
        return Ok(items.into_iter().map(|item| item.text).collect());
    };
    let named = |item: &&NamedItem| item.names.iter().any(|known| known == name);
    let found: String = items.iter().filter(named).map(|item| item.text.as_str()).collect();
    match found.is_empty() {
        true => Err(unknown(&items, name)),
        false => Ok(found),
    }
}

fn unknown(items: &[NamedItem], name: &str) -> Failure {
    let names = items.iter().flat_map(|item| item.names.iter().map(String::as_str));
    let hint = match closest(name, names) {
        Some(like) => format!("did you mean `{like}`?"),
        None => "the stage has nothing of a like name".to_owned(),
    };
    Failure::Usage(format!("nothing is called `{name}`; {hint}"))
}
