//! Schemas, each read separately: the normalized description has every schema once, and a
//! reference in every place of a schema.

use std::collections::HashSet;
use std::hash::Hash;

use indexmap::{IndexMap, IndexSet};
use openapiv3::{AdditionalProperties, AnySchema, ObjectType, OpenAPI, ReferenceOr};
use openapiv3::{SchemaData, SchemaKind, Type};
use serde::Serialize;
use serde_json::Value;

use super::context::{Context, target};
use super::{
    Access, Additional, Discriminator, EnumValueDocs, Extension, Extensions, Field, Kind, Object,
    Schema, Union,
};
use crate::pointer::Pointer;

mod constraints;
mod lists;

/// All schemas by their location, in the order of the description.
pub fn schemas(openapi: &OpenAPI, context: &mut Context) -> IndexMap<Pointer, Schema> {
    let components = openapi.components.iter();
    let places = components.flat_map(|components| &components.schemas);
    let mut schemas = IndexMap::new();
    for (key, place) in places {
        let Some(at) = Pointer::parse(key) else { continue };
        schemas.insert(at.clone(), schema(place, at));
    }
    lists::warn_of_open_tuples(&schemas, context);
    for at in dangling(&schemas, context) {
        schemas.insert(at.clone(), bare(Kind::Any, at));
    }
    schemas
}

fn schema(place: &ReferenceOr<openapiv3::Schema>, at: Pointer) -> Schema {
    match place {
        ReferenceOr::Item(schema) => described(&schema.schema_data, &schema.schema_kind, at),
        // A component that is another one under a further name.
        ReferenceOr::Reference { .. } => {
            let kind = target(place).map_or(Kind::Any, Kind::Alias);
            bare(kind, at)
        }
    }
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
        extensions: Extensions::default(),
    }
}

fn described(data: &SchemaData, kind: &SchemaKind, at: Pointer) -> Schema {
    let schema = bare(self::kind(kind, data), at);
    Schema {
        title: data.title.clone(),
        description: data.description.clone(),
        nullable: data.nullable || holds_null(kind),
        default: data.default.clone(),
        example: example(data),
        deprecated: data.deprecated,
        access: access(data),
        constraints: constraints::constraints(kind, &data.extensions),
        value_docs: value_docs(&schema.kind, &data.extensions),
        discriminator: data.discriminator.as_ref().map(discriminator),
        extensions: Extensions::new(&data.extensions),
        ..schema
    }
}

fn access(data: &SchemaData) -> Access {
    match (data.read_only, data.write_only) {
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
    let meaning = |(index, value): (usize, String)| {
        let of = |stated: Option<&Value>| {
            let stated = stated?;
            stated.get(&value).or_else(|| stated.get(index))?.as_str().map(str::to_owned)
        };
        let meaning = EnumValueDocs { word: of(words), text: of(texts) };
        (meaning != EnumValueDocs::default()).then_some((value, meaning))
    };
    kind.values().into_iter().enumerate().filter_map(meaning).collect()
}

/// The example, or the first one of the `examples` that normalization carries.
fn example(data: &SchemaData) -> Option<Value> {
    let carried = || Extension::Examples.find_in(&data.extensions)?.get(0).cloned();
    data.example.clone().or_else(carried)
}

fn kind(kind: &SchemaKind, data: &SchemaData) -> Kind {
    match kind {
        SchemaKind::Type(of_type) => typed(of_type, data),
        SchemaKind::OneOf { one_of: variants } | SchemaKind::AnyOf { any_of: variants } => {
            let discriminator = data.discriminator.as_ref().map(discriminator);
            Kind::Union(Union { variants: targets(variants), discriminator })
        }
        SchemaKind::AllOf { all_of } => Kind::AllOf(targets(all_of)),
        SchemaKind::Not { .. } => Kind::Any,
        SchemaKind::Any(any) => free(any),
    }
}

fn targets(places: &[ReferenceOr<openapiv3::Schema>]) -> Vec<Pointer> {
    places.iter().filter_map(target).collect()
}

fn typed(of_type: &Type, data: &SchemaData) -> Kind {
    match of_type {
        Type::String(string) if string.enumeration.is_empty() => {
            Kind::String(format_name(&string.format))
        }
        Type::String(string) => Kind::StringEnum(distinct(&string.enumeration)),
        Type::Number(number) => Kind::Number(format_name(&number.format)),
        Type::Integer(integer) if integer.enumeration.is_empty() => {
            Kind::Integer(format_name(&integer.format))
        }
        Type::Integer(integer) => Kind::IntegerEnum(distinct(&integer.enumeration)),
        Type::Object(object) => Kind::Object(self::object(object)),
        Type::Array(array) => lists::list(array, data),
        Type::Boolean(boolean) => Kind::Boolean(only(&boolean.enumeration)),
    }
}

/// A schema without a type: an enum of values of several types, or any value.
fn free(any: &AnySchema) -> Kind {
    let values: Vec<&Value> = any.enumeration.iter().filter(|value| !value.is_null()).collect();
    let texts: Option<Vec<_>> =
        values.iter().map(|value| value.as_str().map(str::to_owned)).collect();
    let is_scalar = |value: &&&Value| !value.is_array() && !value.is_object();
    match texts {
        _ if values.is_empty() || !values.iter().all(|value| is_scalar(&value)) => Kind::Any,
        Some(texts) => Kind::StringEnum(texts),
        None => Kind::MixedEnum(values.into_iter().cloned().collect()),
    }
}

/// The only truth value that is allowed.
fn only(values: &[Option<bool>]) -> Option<bool> {
    match distinct(values).as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// Without null and without repetitions.
fn distinct<T: Clone + Eq + Hash>(values: &[Option<T>]) -> Vec<T> {
    values.iter().flatten().cloned().collect::<IndexSet<_>>().into_iter().collect()
}

fn holds_null(kind: &SchemaKind) -> bool {
    match kind {
        SchemaKind::Type(Type::String(string)) => string.enumeration.contains(&None),
        SchemaKind::Type(Type::Integer(integer)) => integer.enumeration.contains(&None),
        SchemaKind::Any(any) => any.enumeration.contains(&Value::Null),
        _ => false,
    }
}

fn object(object: &ObjectType) -> Object {
    let required: HashSet<&str> = object.required.iter().map(String::as_str).collect();
    let field = |(name, place): (&String, &ReferenceOr<Box<openapiv3::Schema>>)| Field {
        name: name.clone(),
        required: required.contains(name.as_str()),
        schema: target(place),
    };
    let known = object.properties.iter().map(field);
    let unknown = object.required.iter().filter(|name| !object.properties.contains_key(*name));
    let unknown = unknown.map(|name| Field { name: name.clone(), required: true, schema: None });
    Object {
        fields: known.chain(unknown).collect(),
        additional: additional(object.additional_properties.as_ref()),
    }
}

fn additional(stated: Option<&AdditionalProperties>) -> Additional {
    match stated {
        None => Additional::Unspecified,
        Some(AdditionalProperties::Any(false)) => Additional::Forbidden,
        Some(AdditionalProperties::Any(true)) => Additional::Any,
        Some(AdditionalProperties::Schema(place)) => {
            target(place).map_or(Additional::Any, Additional::Schema)
        }
    }
}

fn discriminator(stated: &openapiv3::Discriminator) -> Discriminator {
    let pair = |(value, to): (&String, &String)| Some((value.clone(), mapped(to)?));
    Discriminator {
        property: stated.property_name.clone(),
        mapping: stated.mapping.iter().filter_map(pair).collect(),
    }
}

/// The values of a mapping are references or names of components (OpenAPI 3.1.0, 4.8.25.3).
fn mapped(to: &str) -> Option<Pointer> {
    if to.starts_with('#') {
        return Pointer::parse(to);
    }
    Some(Pointer::root().at("components").at("schemas").at(to))
}

/// The name of a format; `openapiv3` has variants for those that it knows.
fn format_name(format: &impl Serialize) -> Option<String> {
    let name = serde_json::to_value(format).ok()?;
    name.as_str().filter(|name| !name.is_empty()).map(str::to_owned)
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
