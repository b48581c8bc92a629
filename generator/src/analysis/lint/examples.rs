//! Examples and defaults that do not fit their own schemas: one of the two is wrong.

use std::collections::HashMap;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, Registry, ValidationError, Validator};
use serde_json::{Map, Value, json};

use super::Action;
use super::{Finding, Subject};
use crate::analysis::action::{path, quoted};
use crate::diagnostics::code::DiagnosticCode;
use crate::pipeline::normalize::object_kind::ObjectKind;
use crate::pipeline::normalize::object_schema::walk;
use crate::pointer::Pointer;

/// What the description is called where its schemas refer to each other.
const DOCUMENT: &str = "urn:description";

/// An example, and the place of the schema that it should fit.
struct Example {
    at: Pointer,
    schema: Pointer,
    value: Value,
}

pub(super) fn find(subject: &Subject) -> Vec<Finding> {
    let mut document = subject.document.clone();
    let examples = examples(&mut document);
    say_objects(&mut document);
    let draft = draft(&subject.document);
    if draft == Draft::Draft4 {
        in_words_of_json_schema(&mut document);
    }
    let registry = Registry::new().draft(draft).add(DOCUMENT, &document);
    // A description that is no set of schemas at all has other diagnostics.
    let Ok(registry) = registry.and_then(|registry| registry.prepare()) else { return Vec::new() };
    let options = jsonschema::options().with_draft(draft).should_validate_formats(true);
    let options = options.with_registry(&registry);
    let mut validators: HashMap<Pointer, Option<Validator>> = HashMap::new();
    let mut findings = Vec::new();
    for example in &examples {
        let validator = validators.entry(example.schema.clone()).or_insert_with(|| {
            let reference = format!("{DOCUMENT}#{}", encoded(&example.schema));
            options.build(&json!({ "$ref": reference })).ok()
        });
        let error = validator.as_ref().and_then(|found| found.iter_errors(&example.value).next());
        findings.extend(error.map(|error| finding(example, &error, subject)));
    }
    findings
}

/// OpenAPI 3.0 has its schemas from a draft before JSON Schema's present ones (OpenAPI 3.0.3, 4.7.24).
fn draft(document: &Value) -> Draft {
    let version = document.get("openapi").and_then(Value::as_str).unwrap_or_default();
    if version.starts_with("3.0") { Draft::Draft4 } else { Draft::Draft202012 }
}

/// `{properties: …}` → `{type: object, properties: …}`
///
/// JSON Schema lets such a schema have values of all other types, too, but clients read objects there. So does whoever
/// wrote it, as a rule, and an example that is a list tells that one of both is wrong.
fn say_objects(document: &mut Value) {
    walk(ObjectKind::Description, document, &Pointer::root(), &mut |object, value, at| {
        let Value::Object(members) = value else { return };
        let says_more =
            ["$ref", "type", "allOf", "anyOf", "oneOf", "not", "if", "enum", "const", "items"];
        let has_fields = members.get("properties").and_then(Value::as_object);
        let is_object = has_fields.is_some_and(|fields| !fields.is_empty())
            && !says_more.iter().any(|word| members.contains_key(*word));
        if object == ObjectKind::Schema && is_object && !is_part(at) {
            members.insert("type".to_owned(), json!("object"));
        }
    });
}

/// Whether a schema is a part of another one, which may say more of its type, such as that it can be null.
fn is_part(at: &Pointer) -> bool {
    at.parent().and_then(|list| list.steps().next_back()).as_deref() == Some("allOf")
}

/// `{type: string, nullable: true}` → `{anyOf: [{type: string}, {enum: [null]}]}`
fn in_words_of_json_schema(document: &mut Value) {
    walk(ObjectKind::Description, document, &Pointer::root(), &mut |object, value, _| {
        let Value::Object(members) = value else { return };
        if object == ObjectKind::Schema && members.remove("nullable") == Some(Value::Bool(true)) {
            let schema = std::mem::take(members);
            members.insert("anyOf".to_owned(), json!([schema, { "enum": [null] }]));
        }
    });
}

/// A pointer as the fragment of a URI (RFC 6901, 6).
fn encoded(at: &Pointer) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@".contains(&byte);
    let bytes = at.as_str().bytes();
    bytes
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// All examples and defaults of a description.
fn examples(document: &mut Value) -> Vec<Example> {
    let mut found = Vec::new();
    walk(ObjectKind::Description, document, &Pointer::root(), &mut |object, value, at| {
        let Value::Object(members) = value else { return };
        match object {
            ObjectKind::Schema => found.extend(in_schema(members, at)),
            ObjectKind::MediaType | ObjectKind::Parameter | ObjectKind::Header
                if members.contains_key("schema") =>
            {
                found.extend(beside_schema(members, at));
            }
            _ => {}
        }
    });
    found
}

fn in_schema(members: &Map<String, Value>, at: &Pointer) -> Vec<Example> {
    let example = |at: Pointer, schema: &Pointer, value: &Value| Example {
        at,
        schema: schema.clone(),
        value: value.clone(),
    };
    let single = ["example", "default"].into_iter().filter_map(|key| {
        // `default: null` is FastAPI's way to say that there is none.
        let value = members.get(key).filter(|value| !value.is_null())?;
        Some(example(at.at(key), at, value))
    });
    let listed = members.get("examples").and_then(Value::as_array);
    let listed = listed.into_iter().flatten().enumerate();
    let listed = listed.map(|(index, value)| example(at.at("examples").at(index), at, value));
    single.chain(listed).collect()
}

fn beside_schema(members: &Map<String, Value>, at: &Pointer) -> Vec<Example> {
    let schema = at.at("schema");
    let single = members.get("example").map(|value| (at.at("example"), value));
    let named = members.get("examples").and_then(Value::as_object);
    let named = named.into_iter().flatten().filter_map(|(name, example)| {
        Some((at.at("examples").at(name).at("value"), example.get("value")?))
    });
    let all = single.into_iter().chain(named);
    all.map(|(at, value)| Example { at, schema: schema.clone(), value: value.clone() }).collect()
}

fn finding(example: &Example, error: &ValidationError<'_>, subject: &Subject) -> Finding {
    let what = match example.at.steps().next_back().as_deref() {
        Some("default") => "the default",
        _ => "the example",
    };
    let within = error.instance_path().as_str();
    let message = match (error.kind(), within) {
        (ValidationErrorKind::Required { property }, "") => {
            format!("{what} has no `{}`, which is required", text(property))
        }
        (ValidationErrorKind::Required { property }, within) => {
            format!("{what} has no `{}` at {within}, which is required", text(property))
        }
        (_, "") => format!("{what} does not fit its schema: {error}"),
        (_, within) => format!("{what} does not fit its schema at {within}: {error}"),
    };
    let action = required(example, error, subject).unwrap_or_else(|| {
        let why = "It does not fit its schema.";
        Action::remove(path(&example.at, &subject.document), why)
    });
    let finding =
        subject.finding(DiagnosticCode::ExampleMismatch, &example.at, shortened(&message));
    Finding { action: Some(action), ..finding }
}

/// What an example leaves out is, as a rule, not always there: the action takes it out of `required`.
fn required(example: &Example, error: &ValidationError<'_>, subject: &Subject) -> Option<Action> {
    let ValidationErrorKind::Required { property } = error.kind() else { return None };
    let within = Pointer::parse(error.instance_path().as_str())?;
    let schema = within.steps().try_fold(followed(&example.schema, subject)?, |at, step| {
        let below = match step.parse::<usize>() {
            Ok(_) => at.at("items"),
            Err(_) => at.at("properties").at(step),
        };
        followed(&below, subject)
    })?;
    let property = text(property);
    let at = schema.at("required");
    let stated = subject.at(&at)?.as_array()?;
    let target = format!("{}[?@ == {}]", path(&at, &subject.document), quoted(&property));
    let why = format!("An example has no {property}, so an answer without it must be accepted.");
    stated.iter().any(|name| name.as_str() == Some(&property)).then(|| Action::remove(target, why))
}

/// The place that a chain of references leads to; `None` where it is longer than any that means something.
fn followed(at: &Pointer, subject: &Subject) -> Option<Pointer> {
    const LONGEST: usize = 100;
    let mut at = at.clone();
    for _ in 0..LONGEST {
        let Some(reference) = subject.at(&at)?.get("$ref") else { return Some(at) };
        at = Pointer::parse(reference.as_str()?.strip_prefix('#')?)?;
    }
    None
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// An error shows the whole value, which may be long.
fn shortened(message: &str) -> String {
    const LONGEST: usize = 240;
    match message.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", message.get(..end).unwrap_or_default()),
        None => message.to_owned(),
    }
}
