//! Schemas, each read separately: the normalized description has every schema once, and a
//! reference in every place of a schema.

use std::collections::HashSet;
use std::hash::Hash;

use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

use super::context::Context;
use super::{
    Access, Additional, Discriminator, EnumValueDocs, Extension, Extensions, Field, Kind, Object,
    Schema, StringContent, Union,
};
use crate::pipeline::normalize::{self, AdditionalProperties, JsonSchema, SchemaType};
use crate::pointer::Pointer;

mod constraints;
mod lists;

/// All schemas by their location, in the order of the description.
pub fn schemas(described: normalize::Schemas, context: &mut Context) -> IndexMap<Pointer, Schema> {
    lists::warn_of_open_tuples(&described, context);
    // With room for those that are made of others, so that not all of them are moved for one more.
    let mut schemas = IndexMap::with_capacity(described.len() + described.len() / 8 + 1);
    schemas
        .extend(described.into_iter().map(|(at, schema)| (at.clone(), self::schema(schema, at))));
    for at in dangling(&schemas, context) {
        schemas.insert(at.clone(), bare(Kind::Any, at));
    }
    schemas
}

pub(super) fn bare(kind: Kind, at: Pointer) -> Schema {
    Schema {
        at,
        title: None,
        description: None,
        nullable: false,
        default: None,
        example: None,
        deprecated: false,
        access: Access::Both,
        constraints: Vec::new(),
        value_docs: IndexMap::new(),
        discriminator: None,
        own_tags: Vec::new(),
        repeated_at: Vec::new(),
        kind,
        is_null: false,
        is_typeless: false,
        content: StringContent::default(),
        extensions: Extensions::default(),
    }
}

fn schema(stated: JsonSchema, at: Pointer) -> Schema {
    let kind = kind(&stated);
    Schema {
        nullable: stated.allows_null(),
        access: access(&stated),
        constraints: constraints::constraints(&stated),
        value_docs: value_docs(&kind, &stated.extensions),
        discriminator: stated.discriminator.as_ref().map(discriminator),
        is_null: stated.is_null(),
        is_typeless: stated.is_typeless,
        title: stated.title,
        description: stated.description,
        // Null is what an absent value means anyway.
        default: stated.default.filter(|default| !default.is_null()),
        example: stated.examples.into_iter().find(|example| !example.is_null()),
        deprecated: stated.deprecated,
        content: StringContent {
            media_type: stated.content_media_type,
            schema: stated.content_schema,
        },
        extensions: Extensions::new(&stated.extensions),
        ..bare(kind, at)
    }
}

fn access(stated: &JsonSchema) -> Access {
    match (stated.read_only, stated.write_only) {
        (true, false) => Access::ReadOnly,
        (false, true) => Access::WriteOnly,
        _ => Access::Both,
    }
}

/// The documentation and the names of the values of an enum.
///
/// `x-enumDescriptions: {a: …}` or `x-enum-descriptions: […]`, and `x-enum-varnames: […]`
fn value_docs(
    kind: &Kind,
    extensions: &IndexMap<String, Value>,
) -> IndexMap<String, EnumValueDocs> {
    let by_value = Extension::EnumDescriptionsByValue.find_in(extensions);
    let texts = by_value.or_else(|| Extension::EnumDescriptions.find_in(extensions));
    let words = Extension::EnumNames.find_in(extensions);
    let deprecated = Extension::EnumDeprecated.find_in(extensions).and_then(Value::as_array);
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let deprecated: Vec<String> = deprecated.into_iter().flatten().map(text).collect();
    let meaning = |(index, value): (usize, String)| {
        let of = |stated: Option<&Value>| {
            let stated = stated?;
            stated.get(&value).or_else(|| stated.get(index))?.as_str().map(str::to_owned)
        };
        let meaning = EnumValueDocs {
            word: of(words),
            text: of(texts),
            deprecated: deprecated.contains(&value),
        };
        (meaning != EnumValueDocs::default()).then_some((value, meaning))
    };
    kind.values().into_iter().enumerate().filter_map(meaning).collect()
}

fn kind(stated: &JsonSchema) -> Kind {
    match (&stated.reference, stated.only_type()) {
        // A component that is another one under a further name.
        (Some(to), _) => Kind::Alias(to.clone()),
        (None, Some(of_type)) => typed(of_type, stated),
        (None, None) if !stated.all_of.is_empty() => Kind::AllOf(stated.all_of.clone()),
        (None, None) if !stated.one_of.is_empty() => union(&stated.one_of, stated),
        (None, None) if !stated.any_of.is_empty() => union(&stated.any_of, stated),
        // Only a string has content (JSON Schema 2020-12, Validation, 8.2).
        (None, None) if stated.content_schema.is_some() => typed(SchemaType::String, stated),
        (None, None) => free(&stated.values),
    }
}

fn union(variants: &[Pointer], stated: &JsonSchema) -> Kind {
    let discriminator = stated.discriminator.as_ref().map(discriminator);
    Kind::Union(Union { variants: variants.to_vec(), discriminator })
}

fn typed(of_type: SchemaType, stated: &JsonSchema) -> Kind {
    match of_type {
        SchemaType::Null => Kind::Any,
        SchemaType::Boolean => Kind::Boolean(only(&stated.values)),
        SchemaType::Number => Kind::Number(stated.format.clone()),
        SchemaType::Integer if stated.values.is_empty() => Kind::Integer(stated.format.clone()),
        SchemaType::Integer => Kind::IntegerEnum(distinct(&stated.values, Value::as_i64)),
        SchemaType::String if stated.values.is_empty() => Kind::String(string_format(stated)),
        SchemaType::String => Kind::StringEnum(distinct(&stated.values, text)),
        SchemaType::Array => lists::list(stated),
        SchemaType::Object => Kind::Object(object(stated)),
    }
}

/// The format, or the one that says how bytes are written: `contentEncoding: base64` is the format `byte`.
///
/// (OpenAPI 3.1.0, 4.8.14.1)
fn string_format(stated: &JsonSchema) -> Option<String> {
    let encoding = stated.content_encoding.as_deref();
    let of_content = match (encoding, stated.content_media_type.as_deref()) {
        (Some("base64"), _) => Some("byte"),
        (Some("base64url"), _) => Some("base64url"),
        (None, Some("application/octet-stream")) => Some("binary"),
        _ => None,
    };
    let format = stated.format.as_deref().or(of_content);
    format.filter(|format| !format.is_empty()).map(str::to_owned)
}

/// A schema without a type: an enum of values of several types, or any value.
fn free(values: &[Value]) -> Kind {
    let values: Vec<&Value> = values.iter().filter(|value| !value.is_null()).collect();
    let texts: Option<Vec<_>> = values.iter().map(|value| text(value)).collect();
    let is_scalar = |value: &&Value| !value.is_array() && !value.is_object();
    match texts {
        _ if values.is_empty() || !values.iter().all(is_scalar) => Kind::Any,
        Some(texts) => Kind::StringEnum(texts),
        None => Kind::MixedEnum(values.into_iter().cloned().collect()),
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// The only truth value that is allowed.
fn only(values: &[Value]) -> Option<bool> {
    match distinct(values, Value::as_bool).as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// The values of a type, without repetitions.
fn distinct<T: Eq + Hash>(values: &[Value], read: fn(&Value) -> Option<T>) -> Vec<T> {
    values.iter().filter_map(read).collect::<IndexSet<_>>().into_iter().collect()
}

fn object(stated: &JsonSchema) -> Object {
    let required: HashSet<&str> = stated.required.iter().map(String::as_str).collect();
    let known = stated.properties.iter().map(|(name, schema)| Field {
        name: name.clone(),
        required: required.contains(name.as_str()),
        schema: Some(schema.clone()),
    });
    let unknown = stated.required.iter().filter(|name| !stated.properties.contains_key(*name));
    let unknown = unknown.map(|name| Field { name: name.clone(), required: true, schema: None });
    Object {
        fields: known.chain(unknown).collect(),
        additional: additional(stated.additional_properties.as_ref()),
    }
}

fn additional(stated: Option<&AdditionalProperties>) -> Additional {
    match stated {
        None => Additional::Unspecified,
        Some(AdditionalProperties::Allowed(false)) => Additional::Forbidden,
        Some(AdditionalProperties::Allowed(true)) => Additional::Any,
        Some(AdditionalProperties::Schema(place)) => Additional::Schema(place.clone()),
    }
}

fn discriminator(stated: &normalize::Discriminator) -> Discriminator {
    let pair = |(value, to): (&String, &String)| Some((value.clone(), mapped(to)?));
    Discriminator {
        property: stated.property_name.clone(),
        mapping: stated.mapping.iter().filter_map(pair).collect(),
        default: stated.default_mapping.as_deref().and_then(mapped),
    }
}

/// The values of a mapping are references or names of components (OpenAPI 3.1.0, 4.8.25.3).
fn mapped(to: &str) -> Option<Pointer> {
    if to.starts_with('#') {
        return Pointer::parse(to);
    }
    Some(Pointer::root().at("components").at("schemas").at(to))
}

/// The places that schemas refer to and that have no schema; any value is taken there.
fn dangling(schemas: &IndexMap<Pointer, Schema>, context: &mut Context) -> Vec<Pointer> {
    let mut dangling = Vec::new();
    for (at, schema) in schemas {
        for missing in schema.kind.pointers().filter(|to| !schemas.contains_key(*to)) {
            context.dangling(at, &format!("#{missing}"));
            dangling.push(missing.clone());
        }
    }
    dangling
}

impl Kind {
    /// The values of an enum of texts or integers, as texts.
    pub(super) fn values(&self) -> Vec<String> {
        match self {
            Self::StringEnum(texts) => texts.clone(),
            Self::IntegerEnum(integers) => integers.iter().map(i64::to_string).collect(),
            _ => Vec::new(),
        }
    }

    /// The only value that is allowed.
    pub(crate) fn only_value(&self) -> Option<Value> {
        match self {
            Self::StringEnum(texts) => match texts.as_slice() {
                [only] => Some(only.as_str().into()),
                _ => None,
            },
            Self::IntegerEnum(integers) => match integers.as_slice() {
                [only] => Some((*only).into()),
                _ => None,
            },
            Self::Boolean(only) => only.map(Value::from),
            _ => None,
        }
    }

    /// Whether its values are strings.
    pub(crate) fn is_string(&self) -> bool {
        matches!(self, Self::String(_) | Self::StringEnum(_))
    }

    /// The schemas that this one refers to.
    pub(crate) fn pointers(&self) -> impl Iterator<Item = &Pointer> {
        let (several, one): (&[Pointer], Option<&Pointer>) = match self {
            Self::Union(union) => (&union.variants, None),
            Self::AllOf(members) | Self::Tuple(members) => (members, None),
            Self::Alias(to) => (&[], Some(to)),
            Self::Array(items) => (&[], items.as_ref()),
            Self::Object(Object { additional: Additional::Schema(to), .. }) => (&[], Some(to)),
            _ => (&[], None),
        };
        let fields = match self {
            Self::Object(object) => object.fields.as_slice(),
            _ => &[],
        };
        let fields = fields.iter().filter_map(|field| field.schema.as_ref());
        fields.chain(several).chain(one)
    }
}
