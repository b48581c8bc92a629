//! A description as YAML: whole, or only the part that has a name.

use crate::diagnostics::suggest::closest;
use serde::Serialize;
use serde_json::Value;

use crate::cli::Failure;

/// Where `normalize` keys the schemas that have names.
const SCHEMAS: &str = "/components/schemas/";

/// Prints a description, or what is called `name` in it: a schema, else an operation, else a JSON pointer's place.
pub fn yaml(description: &impl Serialize, name: Option<&str>) -> Result<String, Failure> {
    let unprintable =
        |why: &dyn std::fmt::Display| Failure::Usage(format!("cannot be shown as YAML: {why}"));
    let document = serde_json::to_value(description).map_err(|why| unprintable(&why))?;
    let shown = match name {
        Some(name) => find(&document, name).ok_or_else(|| unknown(&document, name))?,
        None => &document,
    };
    serde_yaml::to_string(shown).map_err(|why| unprintable(&why))
}

fn find<'a>(document: &'a Value, name: &str) -> Option<&'a Value> {
    let place = name.strip_prefix(SCHEMAS).unwrap_or(name);
    let schema = schemas(document).find(|(key, _)| *key == place).map(|(_, schema)| schema);
    let operation =
        || operations(document).find(|(id, _)| *id == name).map(|(_, operation)| operation);
    schema.or_else(operation).or_else(|| document.pointer(name))
}

/// The schemas with their names, also where `normalize` keyed them by their pointers.
fn schemas(document: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    schemas
        .into_iter()
        .flatten()
        .map(|(key, schema)| (key.strip_prefix(SCHEMAS).unwrap_or(key), schema))
}

/// The operations with their ids.
fn operations(document: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let paths = document.get("paths").and_then(Value::as_object);
    let members = paths.into_iter().flatten().filter_map(|(_, item)| item.as_object()).flatten();
    members.filter_map(|(_, operation)| Some((operation.get("operationId")?.as_str()?, operation)))
}

fn unknown(document: &Value, name: &str) -> Failure {
    let named = schemas(document).chain(operations(document));
    let hint = match closest(name, named.map(|(name, _)| name)) {
        Some(like) => format!("did you mean `{like}`?"),
        None => "give a schema's name, an operationId or a JSON pointer".to_owned(),
    };
    Failure::Usage(format!("nothing is called `{name}`; {hint}"))
}
