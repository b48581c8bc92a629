//! Schemas that the rewriting has put right, keyword by keyword, so that a diagnostic has an exact place.

use indexmap::IndexMap;
use serde_json::{Map, Number, Value};

use super::{AdditionalProperties, Discriminator, JsonSchema, SchemaType, marks};
use crate::diagnostics::code::DiagnosticCode;
use crate::member_rule::MemberRule;
use crate::pipeline::normalize::diagnostic_sink::DiagnosticSink;
use crate::pointer::Pointer;

/// Reads a schema in whose parts references stand; a keyword that cannot be read is reported and left out.
pub(in crate::pipeline::normalize) fn read(
    schema: Value,
    at: &Pointer,
    diagnostics: &mut DiagnosticSink,
) -> JsonSchema {
    let Value::Object(members) = schema else { return JsonSchema::default() };
    let mut read = JsonSchema::default();
    for (keyword, value) in members {
        let mut stated = Stated { keyword: &keyword, value: Some(value), at, diagnostics };
        let is_known = stated.annotations(&mut read)
            || stated.values(&mut read)
            || stated.objects(&mut read)
            || stated.lists(&mut read)
            || stated.strings(&mut read)
            || stated.numbers(&mut read)
            || stated.combinators(&mut read);
        // Of the rest, what is no extension is a keyword of which no code is made.
        let rest = stated.value.take().filter(|_| !is_known && keyword.starts_with("x-"));
        read.extensions.extend(rest.map(|value| (keyword, value)));
    }
    read
}

/// A keyword of a schema and its value, until that is read.
struct Stated<'a> {
    keyword: &'a str,
    value: Option<Value>,
    at: &'a Pointer,
    diagnostics: &'a mut DiagnosticSink,
}

/// Each of these reads a keyword if it is one of its own.
impl Stated<'_> {
    fn values(&mut self, schema: &mut JsonSchema) -> bool {
        match self.keyword {
            "type" => schema.types = self.read(types).unwrap_or_default(),
            "enum" => schema.values = self.list(Some),
            "format" => schema.format = self.text(),
            marks::OR_NULL => schema.or_null = self.is_marked(),
            _ => return false,
        }
        true
    }

    fn numbers(&mut self, schema: &mut JsonSchema) -> bool {
        match self.keyword {
            "minimum" => schema.minimum = self.read(number),
            "exclusiveMinimum" => schema.exclusive_minimum = self.read(number),
            "maximum" => schema.maximum = self.read(number),
            "exclusiveMaximum" => schema.exclusive_maximum = self.read(number),
            "multipleOf" => schema.multiple_of = self.read(number),
            _ => return false,
        }
        true
    }

    fn strings(&mut self, schema: &mut JsonSchema) -> bool {
        match self.keyword {
            "minLength" => schema.min_length = self.count(),
            "maxLength" => schema.max_length = self.count(),
            "pattern" => schema.pattern = self.text(),
            "contentEncoding" => schema.content_encoding = self.text(),
            "contentMediaType" => schema.content_media_type = self.text(),
            "contentSchema" => schema.content_schema = self.schema(),
            _ => return false,
        }
        true
    }

    fn lists(&mut self, schema: &mut JsonSchema) -> bool {
        match self.keyword {
            "prefixItems" => schema.prefix_items = self.schemas(),
            "items" => schema.items = self.schema(),
            "minItems" => schema.min_items = self.count(),
            "maxItems" => schema.max_items = self.count(),
            "uniqueItems" => schema.unique_items = self.flag(),
            _ => return false,
        }
        true
    }

    fn objects(&mut self, schema: &mut JsonSchema) -> bool {
        match self.keyword {
            "properties" => schema.properties = self.read(properties).unwrap_or_default(),
            "required" => schema.required = self.list(text),
            "additionalProperties" => {
                schema.additional_properties = self.read(additional_properties);
            }
            "minProperties" => schema.min_properties = self.count(),
            "maxProperties" => schema.max_properties = self.count(),
            marks::MEMBER_RULES => {
                let rules = self.value.take().unwrap_or_default();
                let rules = rules.as_array().into_iter().flatten();
                schema.member_rules = rules.filter_map(MemberRule::read).collect();
            }
            _ => return false,
        }
        true
    }

    fn combinators(&mut self, schema: &mut JsonSchema) -> bool {
        match self.keyword {
            "$ref" => schema.reference = self.read(|to| Pointer::parse(to.as_str()?)),
            "allOf" => schema.all_of = self.schemas(),
            "oneOf" => schema.one_of = self.schemas(),
            "anyOf" => schema.any_of = self.schemas(),
            "not" => schema.not = self.schema(),
            "discriminator" => schema.discriminator = self.read(discriminator),
            marks::TYPELESS => schema.is_typeless = self.is_marked(),
            _ => return false,
        }
        true
    }

    fn annotations(&mut self, schema: &mut JsonSchema) -> bool {
        match self.keyword {
            "title" => schema.title = self.text(),
            "description" => schema.description = self.text(),
            "default" => schema.default = self.value.take(),
            "examples" => schema.examples = self.list(Some),
            "deprecated" => schema.deprecated = self.flag(),
            "readOnly" => schema.read_only = self.flag(),
            "writeOnly" => schema.write_only = self.flag(),
            "xml" => schema.xml = self.value.take(),
            _ => return false,
        }
        true
    }

    /// Whether a mark of the rewriting is set. A description that has such a word by chance means something else by it.
    fn is_marked(&mut self) -> bool {
        self.value.take() == Some(Value::Bool(true))
    }

    /// The value. The rewriting has set aside what is of the wrong kind, so nothing is reported usually.
    fn read<T>(&mut self, read: impl FnOnce(Value) -> Option<T>) -> Option<T> {
        let read = read(self.value.take()?);
        if read.is_none() {
            let message = format!("this cannot be read as the value of `{}`", self.keyword);
            let code = DiagnosticCode::InvalidDescription;
            self.diagnostics.error(code, &self.at.at(self.keyword), message);
        }
        read
    }

    fn list<T>(&mut self, read: fn(Value) -> Option<T>) -> Vec<T> {
        let list = |value| match value {
            Value::Array(items) => items.into_iter().map(read).collect(),
            _ => None,
        };
        self.read(list).unwrap_or_default()
    }

    fn text(&mut self) -> Option<String> {
        self.read(text)
    }

    fn flag(&mut self) -> bool {
        self.read(|value| value.as_bool()).unwrap_or_default()
    }

    fn count(&mut self) -> Option<usize> {
        self.read(|value| usize::try_from(value.as_u64()?).ok())
    }

    fn schema(&mut self) -> Option<Pointer> {
        self.read(|value| reference(&value))
    }

    fn schemas(&mut self) -> Vec<Pointer> {
        self.list(|value| reference(&value))
    }
}

fn types(value: Value) -> Option<Vec<SchemaType>> {
    match value {
        Value::Array(words) => words.iter().map(schema_type).collect(),
        word => schema_type(&word).map(|only| vec![only]),
    }
}

fn schema_type(word: &Value) -> Option<SchemaType> {
    Some(match word.as_str()? {
        "null" => SchemaType::Null,
        "boolean" => SchemaType::Boolean,
        "integer" => SchemaType::Integer,
        "number" => SchemaType::Number,
        "string" => SchemaType::String,
        "array" => SchemaType::Array,
        "object" => SchemaType::Object,
        _ => return None,
    })
}

fn number(value: Value) -> Option<Number> {
    match value {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

/// The place of the schema that a reference stands for.
fn reference(value: &Value) -> Option<Pointer> {
    Pointer::parse(value.get("$ref")?.as_str()?)
}

fn properties(value: Value) -> Option<IndexMap<String, Pointer>> {
    let Value::Object(members) = value else { return None };
    members.into_iter().map(|(name, schema)| Some((name, reference(&schema)?))).collect()
}

fn additional_properties(value: Value) -> Option<AdditionalProperties> {
    match value {
        Value::Bool(allowed) => Some(AdditionalProperties::Allowed(allowed)),
        schema => reference(&schema).map(AdditionalProperties::Schema),
    }
}

fn discriminator(value: Value) -> Option<Discriminator> {
    let Value::Object(mut members) = value else { return None };
    let mapping = match members.shift_remove("mapping") {
        Some(Value::Object(mapping)) => mapping,
        _ => Map::new(),
    };
    let mapping = mapping.into_iter().map(|(name, to)| Some((name, text(to)?)));
    Some(Discriminator {
        property_name: members.shift_remove("propertyName").and_then(text)?,
        mapping: mapping.collect::<Option<_>>()?,
        default_mapping: members.shift_remove("defaultMapping").and_then(text),
    })
}
