//! What the stages after `normalize` give, item by item.

use std::fmt::Debug;

use crate::Crate;
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

/// The operations by id and type, the types by name.
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
