//! Kinds of JSON as schemas, in the words of the description's version.

use std::collections::BTreeSet;

use serde_json::{Value, json};

/// How a version says that a value may be null, or of several types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Swagger 2.0: `x-nullable`, and one type.
    Swagger,
    /// OpenAPI 3.0: `nullable`, and `anyOf`.
    OpenApi30,
    /// OpenAPI 3.1 and later: lists of types.
    JsonSchema,
}

impl Dialect {
    /// That of a document.
    pub fn of(document: &Value) -> Self {
        match document.get("openapi").and_then(Value::as_str) {
            None => Self::Swagger,
            Some(version) if version.starts_with("3.0") => Self::OpenApi30,
            Some(_) => Self::JsonSchema,
        }
    }
}

/// The schema of values of these kinds.
pub fn schema(kinds: &BTreeSet<&str>, dialect: Dialect) -> Value {
    let is_null = kinds.contains("null");
    let mut kinds = kinds.clone();
    kinds.remove("null");
    if kinds.contains("number") {
        kinds.remove("integer");
    }
    let is_list = kinds.len() > 1;
    let types: Vec<_> = kinds.iter().map(|kind| of_kind(kind)).collect();
    match (types.as_slice(), dialect) {
        // Of what is only ever null, nothing is known.
        ([], _) => json!({}),
        (_, Dialect::Swagger) if is_list => json!({}),
        ([only], Dialect::Swagger) if is_null => with(only, "x-nullable", true.into()),
        ([only], Dialect::OpenApi30) if is_null => with(only, "nullable", true.into()),
        ([only], _) if !is_null => only.clone(),
        (several, Dialect::JsonSchema) => {
            let null = is_null.then(|| of_kind("null"));
            json!({ "anyOf": several.iter().cloned().chain(null).collect::<Value>() })
        }
        (several, _) if is_null => json!({ "nullable": true, "anyOf": several }),
        (several, _) => json!({ "anyOf": several }),
    }
}

fn with(schema: &Value, keyword: &str, value: Value) -> Value {
    let mut members = schema.as_object().cloned().unwrap_or_default();
    members.insert(keyword.to_owned(), value);
    members.into()
}

fn of_kind(kind: &str) -> Value {
    match kind {
        "array" => json!({ "type": "array", "items": {} }),
        kind => json!({ "type": kind }),
    }
}

/// What is changed of a schema so that its values may also be of other kinds.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// These are added to the list of a keyword.
    Push(&'static str, Vec<Value>),
    /// Keywords are taken out, and these are put in.
    Keywords(Vec<&'static str>, Value),
    /// Another schema takes its place.
    Replace(Value),
}

/// The smallest change of a schema; `None` if the version has no words for it.
pub fn widen(schema: &Value, kinds: &BTreeSet<&str>, dialect: Dialect) -> Option<Edit> {
    let mut others = kinds.clone();
    let is_null = others.remove("null");
    if dialect == Dialect::Swagger {
        return others.is_empty().then(|| nullable_in_swagger(schema));
    }
    if schema.get("anyOf").is_some_and(Value::is_array)
        && (!is_null || dialect == Dialect::JsonSchema)
    {
        return Some(Edit::Push("anyOf", kinds.iter().map(|kind| of_kind(kind)).collect()));
    }
    if dialect == Dialect::OpenApi30 && others.is_empty() && schema.get("type").is_some() {
        return Some(nullable_in_3_0(schema));
    }
    if dialect == Dialect::JsonSchema && is_plain(schema) {
        return Some(of_plain(schema, kinds));
    }
    let variants = [schema.clone()].into_iter().chain(others.iter().map(|kind| of_kind(kind)));
    let variants: Vec<_> = variants.collect();
    let wider = if others.is_empty() { schema.clone() } else { json!({ "anyOf": variants }) };
    Some(Edit::Replace(if is_null { nullable(&wider, dialect) } else { wider }))
}

/// The change of a schema that says its type itself.
fn of_plain(schema: &Value, kinds: &BTreeSet<&str>) -> Edit {
    let mut types: Vec<&str> = match &schema["type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
        only => only.as_str().into_iter().collect(),
    };
    types.extend(
        kinds.iter().filter(|kind| !schema["type"].to_string().contains(&format!("\"{kind}\""))),
    );
    let mut old = vec!["type"];
    if types.contains(&"number") && types.contains(&"integer") {
        types.retain(|one| *one != "integer");
        old.extend(schema.get("format").map(|_| "format"));
    }
    let new = if types.len() == 1 { json!(types[0]) } else { json!(types) };
    Edit::Keywords(old, json!({ "type": new }))
}

/// A schema whose values may also be null.
fn nullable(schema: &Value, dialect: Dialect) -> Value {
    match dialect {
        Dialect::Swagger => json!({ "x-nullable": true, "allOf": [schema] }),
        Dialect::OpenApi30 => json!({ "nullable": true, "allOf": [schema] }),
        Dialect::JsonSchema => json!({ "anyOf": [schema, { "type": "null" }] }),
    }
}

/// The word stands beside `type`. An enum must list null, too (OpenAPI 3.0.3, "Proposal: Clarify Nullable").
fn nullable_in_3_0(schema: &Value) -> Edit {
    let listed = schema.get("enum").and_then(Value::as_array);
    let lacks_null = listed.is_some_and(|values| !values.contains(&Value::Null));
    let word = json!({ "nullable": true });
    let word = if lacks_null { with(&word, "enum", json!([null])) } else { word };
    Edit::Keywords(Vec::new(), word)
}

/// The word stands beside all others but a reference.
fn nullable_in_swagger(schema: &Value) -> Edit {
    match schema.get("$ref") {
        None => Edit::Keywords(Vec::new(), json!({ "x-nullable": true })),
        Some(_) => Edit::Replace(nullable(schema, Dialect::Swagger)),
    }
}

/// Whether a schema says its type itself, and has no other choice.
fn is_plain(schema: &Value) -> bool {
    let others = ["$ref", "allOf", "anyOf", "const", "enum", "oneOf"];
    schema.get("type").is_some() && others.iter().all(|keyword| schema.get(keyword).is_none())
}
