//! Operations as tools.

use std::collections::HashSet;
use std::sync::Arc;

use lantern_operations::{Media, Operation, Retry, Shape, Table};
use rmcp::model::{Tool, ToolAnnotations};
use serde_json::{Map, Value, json};

use crate::files::Files;

/// Names have no more characters, as some clients take no more.
const LONGEST_NAME: usize = 64;

/// The argument that is the body.
pub const BODY: &str = "body";

/// The name of a tool for each operation: `enrichment_phone`.
pub fn names(operations: &[&Operation]) -> Vec<String> {
    let mut taken = HashSet::new();
    let unique = |operation: &&Operation| {
        let name = tidy(&format!("{}_{}", operation.group, operation.command));
        let numbered = (2..).map(|number| {
            let end = format!("_{number}");
            let start: String = name.chars().take(LONGEST_NAME - end.len()).collect();
            start + &end
        });
        let mut names = std::iter::once(name.clone()).chain(numbered);
        // There are more numbers than operations.
        names.find(|name| taken.insert(name.clone())).unwrap_or(name)
    };
    operations.iter().map(unique).collect()
}

fn tidy(name: &str) -> String {
    let allowed = |it: char| if it.is_ascii_alphanumeric() { it } else { '_' };
    name.chars().map(allowed).take(LONGEST_NAME).collect()
}

/// The tool of an operation.
pub fn tool(table: &Table, files: &Files, operation: &Operation, name: &str) -> Tool {
    let tool = Tool::new(
        name.to_owned(),
        description(table, operation),
        Arc::new(input(table, files, operation)),
    );
    let tool = tool.with_annotations(annotations(operation));
    match &operation.summary {
        Some(summary) => tool.with_title(summary.trim_end_matches('.')),
        None => tool,
    }
}

/// Whether an operation changes nothing.
pub fn reads_only(operation: &Operation) -> bool {
    let reads = matches!(operation.method.as_str(), "GET" | "HEAD" | "OPTIONS" | "QUERY" | "TRACE");
    reads && operation.policy.retry == Retry::Safe
}

fn annotations(operation: &Operation) -> ToolAnnotations {
    let reads_only = reads_only(operation);
    let is_repeatable = operation.policy.retry != Retry::Unsafe;
    let replaces = matches!(operation.method.as_str(), "DELETE" | "PATCH" | "PUT");
    ToolAnnotations::new()
        .read_only(reads_only)
        .destructive(!reads_only && (replaces || !is_repeatable))
        .idempotent(is_repeatable)
        .open_world(true)
}

fn description(table: &Table, operation: &Operation) -> String {
    let mut parts: Vec<String> =
        [&operation.summary, &operation.description].into_iter().flatten().cloned().collect();
    // A description often begins with the summary.
    if let [summary, description] = parts.as_slice()
        && description.starts_with(summary.as_str())
    {
        parts.remove(0);
    }
    parts.extend(cost(table, operation));
    let limit = table.rate_limit(operation).and_then(|limit| limit.requests.zip(limit.seconds));
    parts.extend(limit.map(|(requests, seconds)| {
        format!("Rate limit: {requests} requests within {seconds} seconds.")
    }));
    if operation.deprecated {
        parts.push("It is deprecated.".to_owned());
    }
    if parts.is_empty() {
        parts.push(format!("{} {}", operation.method, operation.path));
    }
    parts.join("\n\n")
}

fn cost(table: &Table, operation: &Operation) -> Option<String> {
    if !operation.policy.consumes_credits {
        return None;
    }
    let cost = match operation.policy.example_cost {
        Some(cost) => format!("Costs credits: {cost} in the documented example."),
        None => "Costs credits; how many is not documented.".to_owned(),
    };
    let cap = table.cap_field(operation).map(|name| match operation.parameter(name) {
        Some(_) => format!(" `{name}` caps them."),
        None => format!(" `{BODY}.{name}` caps them."),
    });
    let once = match &operation.policy.retry {
        Retry::ByKey(field) => {
            format!(" A repeated call with the same `{field}` is not charged again.")
        }
        _ => String::new(),
    };
    Some(format!("{cost}{}{once}", cap.unwrap_or_default()))
}

/// The form of the body that tools send: JSON if there is one, a form otherwise, and what is left last.
pub fn body(operation: &Operation) -> Option<&Media> {
    let content = &operation.body.as_ref()?.content;
    let is_text = |media: &&Media| media.media_type.starts_with("text/");
    let json = content.iter().find(|media| media.is_json());
    json.or_else(|| content.iter().find(|media| media.is_form()))
        .or_else(|| content.iter().find(|media| media.is_multipart()))
        .or_else(|| content.iter().find(is_text))
        .or(content.first())
}

/// The schema of the arguments: a property for each parameter, and one for the body.
fn input(table: &Table, files: &Files, operation: &Operation) -> Map<String, Value> {
    let mut properties = Map::new();
    let mut required: Vec<Value> = Vec::new();
    for parameter in &operation.parameters {
        let schema = described(&parameter.schema, parameter.description.as_deref());
        if properties.insert(parameter.name.clone(), schema).is_none() && parameter.is_asked() {
            required.push(parameter.name.as_str().into());
        }
    }
    if let (Some(body), Some(media)) = (&operation.body, body(operation)) {
        let schema = of_body(table, files, media);
        properties.insert(BODY.to_owned(), described(&schema, body.description.as_deref()));
        required.extend(body.required.then(|| BODY.into()));
    }
    let schema = json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    });
    match table.closed(&schema) {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}

/// What the argument of a body has to be. Bytes are files, which an argument is in other words than the description's.
fn of_body(table: &Table, files: &Files, media: &Media) -> Value {
    let schema = media.schema.clone().unwrap_or_else(|| json!({}));
    if media.is_multipart() {
        return of_form(table, files, &schema);
    }
    let is_text = media.media_type.starts_with("text/");
    match media.is_json() || media.is_form() || is_text && schema.is_object() {
        true => schema,
        false if is_text => json!({ "type": "string" }),
        false => json!({ "anyOf": [{ "type": "string" }, files.schema()] }),
    }
}

fn of_form(table: &Table, files: &Files, schema: &Value) -> Value {
    let shape = Shape::new(table, schema);
    let member = |(name, schema, _): &(&str, &Value, bool)| {
        let own = Shape::new(table, schema);
        let schema = match (own.is_bytes, own.many) {
            (false, _) => (*schema).clone(),
            (true, false) => described(&files.schema(), own.description),
            (true, true) => {
                described(&json!({ "type": "array", "items": files.schema() }), own.description)
            }
        };
        ((*name).to_owned(), schema)
    };
    let properties: Map<String, Value> = shape.members.iter().map(member).collect();
    let required = shape.members.iter().filter(|(_, _, required)| *required);
    let required: Vec<_> = required.map(|(name, ..)| *name).collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

/// A schema with the description of where it stands.
fn described(schema: &Value, description: Option<&str>) -> Value {
    match (schema, description) {
        (Value::Object(members), Some(description)) if !members.contains_key("description") => {
            let mut members = members.clone();
            members.insert("description".to_owned(), description.into());
            members.into()
        }
        (other, _) => other.clone(),
    }
}
