//! Whether an example follows its own schema, as a validator of JSON Schema judges it.

use jsonschema::{Draft, Registry};
use lantern_generator::pipeline::model::SchemaExample;
use lantern_generator::pointer::Pointer;
use serde_json::{Map, Value, json};

/// The name under which the validator knows the description.
const DOCUMENT: &str = "https://example.com/description";

/// The samples that follow their own schema; where that cannot be told, one is said to.
pub fn fitting(mut description: Value, samples: &[SchemaExample]) -> Vec<&SchemaExample> {
    in_words_of_json_schema(&mut description);
    let registry = Registry::new().add(DOCUMENT, description).and_then(|builder| builder.prepare());
    match registry {
        Ok(registry) => samples.iter().filter(|sample| fits(sample, &registry)).collect(),
        Err(_) => samples.iter().collect(),
    }
}

fn fits(sample: &SchemaExample, registry: &Registry) -> bool {
    let place = json!({ "$ref": format!("{DOCUMENT}#{}", encoded(&sample.schema)) });
    let options = jsonschema::options().with_draft(Draft::Draft202012);
    let validator = options.should_validate_formats(true).with_registry(registry).build(&place);
    validator.is_ok_and(|validator| validator.is_valid(&sample.value))
}

/// A pointer as it stands in a URI (RFC 6901, 6).
fn encoded(at: &Pointer) -> String {
    at.as_str().replace('%', "%25").replace(' ', "%20").replace('{', "%7B").replace('}', "%7D")
}

/// `type: string, nullable: true` → `type: [string, null]`; `minimum: 0, exclusiveMinimum: true` → `exclusiveMinimum: 0`
fn in_words_of_json_schema(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(in_words_of_json_schema),
        Value::Object(members) => {
            members.values_mut().for_each(in_words_of_json_schema);
            bounds(members);
            if members.get("nullable") == Some(&Value::Bool(true)) {
                members.shift_remove("nullable");
                let schema = Value::Object(std::mem::take(members));
                *value = json!({ "anyOf": [schema, { "type": "null" }] });
            }
        }
        _ => {}
    }
}

fn bounds(members: &mut Map<String, Value>) {
    for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        let Some(Value::Bool(is_exclusive)) = members.get(exclusive).cloned() else { continue };
        members.shift_remove(exclusive);
        if is_exclusive && let Some(bound) = members.shift_remove(bound) {
            members.insert(exclusive.to_owned(), bound);
        }
    }
}
