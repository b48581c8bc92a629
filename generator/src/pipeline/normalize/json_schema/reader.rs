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
    let mut keywords = Keywords { members, at, diagnostics };
    let mut read = JsonSchema::default();
    keywords.values(&mut read);
    keywords.numbers(&mut read);
    keywords.strings(&mut read);
    keywords.lists(&mut read);
    keywords.objects(&mut read);
    keywords.combinators(&mut read);
    keywords.annotations(&mut read);
    read.extensions = keywords.extensions();
    read
}

/// The keywords of a schema that have not been read.
struct Keywords<'a> {
    members: Map<String, Value>,
    at: &'a Pointer,
    diagnostics: &'a mut DiagnosticSink,
}

impl Keywords<'_> {
    fn values(&mut self, schema: &mut JsonSchema) {
        schema.types = self.take("type", types).unwrap_or_default();
        schema.values = self.list("enum", Some);
        schema.format = self.text("format");
        schema.or_null = self.mark(marks::OR_NULL) == Some(Value::Bool(true));
    }

    fn numbers(&mut self, schema: &mut JsonSchema) {
        schema.minimum = self.take("minimum", number);
        schema.exclusive_minimum = self.take("exclusiveMinimum", number);
        schema.maximum = self.take("maximum", number);
        schema.exclusive_maximum = self.take("exclusiveMaximum", number);
        schema.multiple_of = self.take("multipleOf", number);
    }

    fn strings(&mut self, schema: &mut JsonSchema) {
        schema.min_length = self.count("minLength");
        schema.max_length = self.count("maxLength");
        schema.pattern = self.text("pattern");
        schema.content_encoding = self.text("contentEncoding");
        schema.content_media_type = self.text("contentMediaType");
        schema.content_schema = self.schema("contentSchema");
    }

    fn lists(&mut self, schema: &mut JsonSchema) {
        schema.prefix_items = self.schemas("prefixItems");
        schema.items = self.schema("items");
        schema.min_items = self.count("minItems");
        schema.max_items = self.count("maxItems");
        schema.unique_items = self.flag("uniqueItems");
    }

    fn objects(&mut self, schema: &mut JsonSchema) {
        schema.properties = self.take("properties", properties).unwrap_or_default();
        schema.required = self.list("required", text);
        schema.additional_properties = self.take("additionalProperties", additional_properties);
        schema.min_properties = self.count("minProperties");
        schema.max_properties = self.count("maxProperties");
        let rules = self.mark(marks::MEMBER_RULES).unwrap_or_default();
        let rules = rules.as_array().into_iter().flatten();
        schema.member_rules = rules.filter_map(MemberRule::read).collect();
    }

    fn combinators(&mut self, schema: &mut JsonSchema) {
        schema.reference = self.take("$ref", |to| Pointer::parse(to.as_str()?));
        schema.all_of = self.schemas("allOf");
        schema.one_of = self.schemas("oneOf");
        schema.any_of = self.schemas("anyOf");
        schema.not = self.schema("not");
        schema.discriminator = self.take("discriminator", discriminator);
        schema.is_typeless = self.mark(marks::TYPELESS) == Some(Value::Bool(true));
    }

    fn annotations(&mut self, schema: &mut JsonSchema) {
        schema.title = self.text("title");
        schema.description = self.text("description");
        schema.default = self.take("default", Some);
        schema.examples = self.list("examples", Some);
        schema.deprecated = self.flag("deprecated");
        schema.read_only = self.flag("readOnly");
        schema.write_only = self.flag("writeOnly");
    }

    /// The rest, without keywords of which no code is made.
    fn extensions(self) -> IndexMap<String, Value> {
        self.members.into_iter().filter(|(keyword, _)| keyword.starts_with("x-")).collect()
    }

    /// A mark of the rewriting. A description that has such a word by chance means something else by it.
    fn mark(&mut self, word: &str) -> Option<Value> {
        self.members.shift_remove(word)
    }

    /// The value of a keyword. The rewriting has set aside what is of the wrong kind, so nothing is reported usually.
    fn take<T>(&mut self, keyword: &str, read: impl FnOnce(Value) -> Option<T>) -> Option<T> {
        let read = read(self.members.shift_remove(keyword)?);
        if read.is_none() {
            let message = format!("this cannot be read as the value of `{keyword}`");
            let code = DiagnosticCode::InvalidDescription;
            self.diagnostics.error(code, &self.at.at(keyword), message);
        }
        read
    }

    fn list<T>(&mut self, keyword: &str, read: fn(Value) -> Option<T>) -> Vec<T> {
        let list = |value| match value {
            Value::Array(items) => items.into_iter().map(read).collect(),
            _ => None,
        };
        self.take(keyword, list).unwrap_or_default()
    }

    fn text(&mut self, keyword: &str) -> Option<String> {
        self.take(keyword, text)
    }

    fn flag(&mut self, keyword: &str) -> bool {
        self.take(keyword, |value| value.as_bool()).unwrap_or_default()
    }

    fn count(&mut self, keyword: &str) -> Option<usize> {
        self.take(keyword, |value| usize::try_from(value.as_u64()?).ok())
    }

    fn schema(&mut self, keyword: &str) -> Option<Pointer> {
        self.take(keyword, |value| reference(&value))
    }

    fn schemas(&mut self, keyword: &str) -> Vec<Pointer> {
        self.list(keyword, |value| reference(&value))
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
