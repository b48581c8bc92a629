//! Schemas as JSON Schema 2020-12, for validators and for people: what is inline stands where it is used, and what has a
//! name, or is used in several places, is a definition.

use std::collections::HashSet;

use indexmap::IndexMap;
use lantern_operations::{Definitions, Schema};
use serde_json::{Map, Value, json};

use super::plain_text;
use crate::member_rule::MemberRule;
use crate::pipeline::normalize::{AdditionalProperties, JsonSchema, SchemaType, Schemas};
use crate::pipeline::resolve::Extension;
use crate::pointer::Pointer;

/// Writes schemas, and gathers the definitions that they refer to.
pub struct SchemaWriter<'a> {
    schemas: &'a Schemas,
    /// The names of definitions by the places of their schemas.
    names: IndexMap<Pointer, String>,
    taken: HashSet<String>,
    /// Definitions that are named and not written yet.
    open: Vec<Pointer>,
}

impl<'a> SchemaWriter<'a> {
    pub fn new(schemas: &'a Schemas) -> Self {
        Self { schemas, names: IndexMap::new(), taken: HashSet::new(), open: Vec::new() }
    }

    /// A schema of an operation.
    pub fn root(&mut self, at: &Pointer) -> Schema {
        if is_named(at) { self.definition(at) } else { self.inline(at) }
    }

    /// All definitions, in the order of the description.
    pub fn definitions(mut self) -> Definitions {
        let mut written = Vec::new();
        while let Some(at) = self.open.pop() {
            let schema = self.inline(&at);
            written.push((at, schema));
        }
        written.sort_by_key(|(at, _)| self.schemas.get_index_of(at));
        let named = |(at, schema)| (self.names.swap_remove(&at).unwrap_or_default(), schema);
        written.into_iter().map(named).collect()
    }

    /// A schema within another one. Only what is written right there is inline.
    fn child(&mut self, at: &Pointer, parent: &Pointer) -> Schema {
        let below = at.as_str().strip_prefix(parent.as_str());
        let is_own = below.is_some_and(|rest| rest.starts_with('/'));
        if is_own && !is_named(at) { self.inline(at) } else { self.definition(at) }
    }

    /// `{"$ref": "#/$defs/Book"}`
    fn definition(&mut self, at: &Pointer) -> Schema {
        if !self.schemas.contains_key(at) {
            return json!({});
        }
        if !self.names.contains_key(at) {
            let name = self.free_name(at);
            self.names.insert(at.clone(), name);
            self.open.push(at.clone());
        }
        json!({ "$ref": format!("#/$defs/{}", self.names[at]) })
    }

    /// The last steps of a place, in letters that need no escape in a reference.
    fn free_name(&mut self, at: &Pointer) -> String {
        let steps: Vec<_> = at.steps().collect();
        let from = if is_named(at) { steps.len().saturating_sub(1) } else { 0 };
        let safe = |char: char| match char {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '_' | '-' => char,
            _ => '_',
        };
        let word: String = steps[from..].join(".").chars().map(safe).collect();
        let numbered = |number: usize| match number {
            1 => word.clone(),
            number => format!("{word}_{number}"),
        };
        let free = (1..).map(numbered).find(|name| self.taken.insert(name.clone()));
        free.unwrap_or(word)
    }

    /// A schema as it is, without being a definition.
    fn inline(&mut self, at: &Pointer) -> Schema {
        let schemas = self.schemas;
        let Some(schema) = schemas.get(at) else { return json!({}) };
        let mut keywords = annotations(schema);
        let core = self.core(schema, at);
        if schema.or_null {
            keywords.insert("anyOf".to_owned(), or_null(core));
        } else {
            keywords.extend(core);
        }
        Value::Object(keywords)
    }

    /// What a schema says of values.
    fn core(&mut self, schema: &JsonSchema, at: &Pointer) -> Map<String, Value> {
        let mut keywords = Keywords::default();
        if let Some(to) = &schema.reference {
            let reference = self.child(to, at);
            keywords.0.extend(reference.as_object().cloned().unwrap_or_default());
        }
        if !schema.is_typeless {
            keywords.add_list("type", types(&schema.types));
        }
        keywords.add_list("enum", list(&schema.values));
        keywords.add("format", &schema.format);
        numbers_and_strings(schema, &mut keywords);
        self.add_lists(schema, at, &mut keywords);
        self.add_objects(schema, at, &mut keywords);
        self.add_combinators(schema, at, &mut keywords);
        keywords.0
    }

    fn add_lists(&mut self, schema: &JsonSchema, at: &Pointer, keywords: &mut Keywords) {
        keywords.add_list("prefixItems", self.children(&schema.prefix_items, at));
        keywords.add_schema("items", schema.items.as_ref().map(|to| self.child(to, at)));
        keywords.add("minItems", &schema.min_items);
        keywords.add("maxItems", &schema.max_items);
        keywords.add("uniqueItems", &schema.unique_items.then_some(true));
        let content = schema.content_schema.as_ref().map(|to| self.child(to, at));
        keywords.add_schema("contentSchema", content);
    }

    fn add_objects(&mut self, schema: &JsonSchema, at: &Pointer, keywords: &mut Keywords) {
        let properties: Map<_, _> =
            schema.properties.iter().map(|(name, to)| (name.clone(), self.child(to, at))).collect();
        keywords.add_schema("properties", (!properties.is_empty()).then_some(properties.into()));
        keywords.add_list("required", unique(&schema.required));
        let others = schema.additional_properties.as_ref().map(|others| match others {
            AdditionalProperties::Allowed(allowed) => Value::Bool(*allowed),
            AdditionalProperties::Schema(to) => self.child(to, at),
        });
        keywords.add_schema("additionalProperties", others);
        keywords.add("minProperties", &schema.min_properties);
        keywords.add("maxProperties", &schema.max_properties);
    }

    fn add_combinators(&mut self, schema: &JsonSchema, at: &Pointer, keywords: &mut Keywords) {
        let mut all_of = self.children(&schema.all_of, at);
        all_of.extend(schema.member_rules.iter().map(rule));
        keywords.add_list("allOf", all_of);
        keywords.add_list("oneOf", self.children(&schema.one_of, at));
        keywords.add_list("anyOf", self.children(&schema.any_of, at));
        keywords.add_schema("not", schema.not.as_ref().map(|to| self.child(to, at)));
    }

    fn children(&mut self, all: &[Pointer], at: &Pointer) -> Vec<Value> {
        all.iter().map(|to| self.child(to, at)).collect()
    }
}

/// The keywords of a schema, in order.
#[derive(Default)]
struct Keywords(Map<String, Value>);

impl Keywords {
    fn add<T: Clone + Into<Value>>(&mut self, keyword: &str, value: &Option<T>) {
        self.add_schema(keyword, value.clone().map(Into::into));
    }

    fn add_schema(&mut self, keyword: &str, value: Option<Value>) {
        self.0.extend(value.map(|value| (keyword.to_owned(), value)));
    }

    /// A list that is not empty; a single type is no list.
    fn add_list(&mut self, keyword: &str, mut items: Vec<Value>) {
        let value = match items.len() {
            0 => return,
            1 if keyword == "type" => items.remove(0),
            _ => Value::Array(items),
        };
        self.add_schema(keyword, Some(value));
    }
}

/// Whether a schema has a name in the description: a component, or a definition.
fn is_named(at: &Pointer) -> bool {
    let steps: Vec<String> = at.steps().collect();
    match steps.as_slice() {
        [components, schemas, _] if components == "components" => schemas == "schemas",
        [.., definitions, _] => definitions == "$defs" || definitions == "definitions",
        _ => false,
    }
}

/// What a schema says to people.
fn annotations(schema: &JsonSchema) -> Map<String, Value> {
    let mut keywords = Keywords::default();
    keywords.add("title", &plain_text::line(schema.title.as_deref()));
    keywords.add("description", &plain_text::paragraphs(schema.description.as_deref()));
    keywords.add_schema("default", schema.default.clone());
    keywords.add_list("examples", schema.examples.clone());
    keywords.add("deprecated", &schema.deprecated.then_some(true));
    keywords.add("readOnly", &schema.read_only.then_some(true));
    keywords.add("writeOnly", &schema.write_only.then_some(true));
    keywords.add_schema("xml", schema.xml.clone());
    let sensitive = schema.extensions.get(Extension::Sensitive.word());
    let sensitive = sensitive.filter(|stated| **stated == Value::Bool(true)).cloned();
    keywords.add_schema(Extension::Sensitive.word(), sensitive);
    keywords.0
}

fn numbers_and_strings(schema: &JsonSchema, keywords: &mut Keywords) {
    let numbers = [
        ("minimum", &schema.minimum),
        ("exclusiveMinimum", &schema.exclusive_minimum),
        ("maximum", &schema.maximum),
        ("exclusiveMaximum", &schema.exclusive_maximum),
        ("multipleOf", &schema.multiple_of),
    ];
    for (keyword, number) in numbers {
        keywords.add_schema(keyword, number.clone().map(Value::Number));
    }
    keywords.add("minLength", &schema.min_length);
    keywords.add("maxLength", &schema.max_length);
    keywords.add("pattern", &schema.pattern);
    keywords.add("contentEncoding", &schema.content_encoding);
    keywords.add("contentMediaType", &schema.content_media_type);
}

/// The alternatives of values, with null as one of them.
fn or_null(mut core: Map<String, Value>) -> Value {
    let nothing = json!({ "type": "null" });
    let only = |core: &Map<String, Value>, keyword| core.len() == 1 && core.contains_key(keyword);
    let single = |list: &Value| list.as_array().is_some_and(|list| list.len() == 1);
    if only(&core, "anyOf") || only(&core, "allOf") && core.get("allOf").is_some_and(single) {
        let keyword = if core.contains_key("anyOf") { "anyOf" } else { "allOf" };
        if let Some(Value::Array(mut alternatives)) = core.shift_remove(keyword) {
            alternatives.push(nothing);
            return alternatives.into();
        }
    }
    json!([core, nothing])
}

fn types(types: &[SchemaType]) -> Vec<Value> {
    let word = |one: &SchemaType| match one {
        SchemaType::Null => "null",
        SchemaType::Boolean => "boolean",
        SchemaType::Integer => "integer",
        SchemaType::Number => "number",
        SchemaType::String => "string",
        SchemaType::Array => "array",
        SchemaType::Object => "object",
    };
    types.iter().map(|one| word(one).into()).collect()
}

/// Values that differ, as `enum` has them.
fn list(values: &[Value]) -> Vec<Value> {
    let mut differing: Vec<Value> = Vec::with_capacity(values.len());
    let mut seen = HashSet::new();
    differing.extend(values.iter().filter(|value| seen.insert(value.to_string())).cloned());
    differing
}

fn unique(names: &[String]) -> Vec<Value> {
    let mut seen = HashSet::new();
    names.iter().filter(|name| seen.insert(*name)).map(|name| Value::from(name.clone())).collect()
}

/// A rule about members as a schema.
fn rule(stated: &MemberRule) -> Value {
    let all = |rules: &[MemberRule]| rules.iter().map(rule).collect::<Vec<_>>();
    match stated {
        MemberRule::Required(names) if names.is_empty() => json!({}),
        MemberRule::Required(names) => json!({ "required": unique(names) }),
        MemberRule::AllOf(rules) if rules.is_empty() => json!({}),
        MemberRule::AllOf(rules) => json!({ "allOf": all(rules) }),
        MemberRule::AnyOf(rules) => json!({ "anyOf": all(rules) }),
        MemberRule::OneOf(rules) => json!({ "oneOf": all(rules) }),
        MemberRule::Not(stated) => json!({ "not": rule(stated) }),
    }
}
