//! How a value finds its variant of a union: by a discriminator, by members that have other values in each variant,
//! else by trying the variants.

use serde_json::Value;

use telling::telling_members;

use crate::pipeline::model::tables::TypeTable;
use crate::pipeline::model::tables::type_words::is_component_schema;
use crate::pipeline::model::{Selector, TellingMember};
use crate::pipeline::resolve::{Discriminator, Kind, Schema, Union};
use crate::pointer::Pointer;

mod telling;

pub use telling::allowed;

/// How a value finds its variant, and what tells each variant apart.
pub struct Selection {
    pub selector: Selector,
    pub variants: Vec<Selected>,
}

/// A variant, and what tells it apart.
pub struct Selected {
    pub at: Pointer,
    /// The value of the tag.
    pub tag: Option<Value>,
    /// Whether all other tags stand for it, and none.
    pub is_default: bool,
    /// The members, but for the tag, that have other values in another variant.
    pub members: Vec<TellingMember>,
}

/// A tag of a union, and what its values stand for.
type Tagged = (String, Vec<(Value, Pointer)>);

/// How a value finds its variant of a union.
pub fn of(union: &Union, table: &TypeTable<'_>) -> Selection {
    let stated = union.discriminator.as_ref();
    let stated = stated.and_then(|discriminator| stated_tags(union, discriminator, table));
    match stated.or_else(|| shared_constant(union, table)) {
        Some((property, tagged)) => {
            let telling = telling_members(tagged.iter().map(|(_, at)| at), Some(&property), table);
            let selected =
                |((tag, at), members)| Selected { at, tag: Some(tag), is_default: false, members };
            let mut variants: Vec<_> = tagged.into_iter().zip(telling).map(selected).collect();
            if let Some(default) = default_variant(union, table) {
                take_default(&mut variants, default);
            }
            Selection { selector: Selector::Tag(property), variants }
        }
        None => by_trying(union, table),
    }
}

fn stated_tags(
    union: &Union,
    discriminator: &Discriminator,
    table: &TypeTable<'_>,
) -> Option<Tagged> {
    let property = &discriminator.property;
    let mut tagged = Vec::new();
    for variant in &union.variants {
        let target = object(variant, table)?;
        let stands_for = |to: &Pointer| to == variant || *to == target.at;
        let mapped = discriminator.mapping.iter().filter(|(_, to)| stands_for(to));
        let mapped = mapped.map(|(value, _)| typed(value, target, property, table));
        let mut values: Vec<Value> = mapped.collect();
        if values.is_empty() {
            values = implicit_tags(target, property, table)?;
        }
        tagged.extend(values.into_iter().map(|value| (value, variant.clone())));
    }
    // If one value stands for two variants, the tag cannot distinguish them.
    are_distinct(&tagged).then(|| (property.clone(), tagged))
}

/// The tags of a variant without a mapping: its name (OpenAPI 3.1.1, 4.8.25), unless the property lists others.
fn implicit_tags(target: &Schema, property: &str, table: &TypeTable<'_>) -> Option<Vec<Value>> {
    let listed = property_kind(target, property, table).and_then(listed);
    let name = is_component_schema(&target.at).then(|| target.at.steps().next_back()).flatten();
    let name = name.map(Value::from);
    match (listed, name) {
        (Some(listed), Some(name)) if listed.len() > 1 && listed.contains(&name) => {
            Some(vec![name])
        }
        (Some(listed), _) => Some(listed),
        (None, name) => Some(vec![name?]),
    }
}

/// A value of a mapping, which is always written as a text, as the property has it.
fn typed(value: &str, schema: &Schema, property: &str, table: &TypeTable<'_>) -> Value {
    let parsed = match property_kind(schema, property, table) {
        Some(Kind::Integer(_) | Kind::IntegerEnum(_) | Kind::Number(_)) => {
            value.parse().ok().map(|integer: i64| integer.into())
        }
        Some(Kind::Boolean(_)) => value.parse().ok().map(Value::Bool),
        Some(Kind::MixedEnum(values)) => values.iter().find(|it| text(it) == value).cloned(),
        _ => None,
    };
    parsed.unwrap_or_else(|| value.into())
}

/// A property that has a value of its own in each variant.
fn shared_constant(union: &Union, table: &TypeTable<'_>) -> Option<Tagged> {
    let Kind::Object(first) = &object(union.variants.first()?, table)?.kind else { return None };
    first.fields.iter().find_map(|field| {
        let tag =
            |at: &Pointer| Some((constant(object(at, table)?, &field.name, table)?, at.clone()));
        let tagged: Vec<_> = union.variants.iter().map(tag).collect::<Option<_>>()?;
        (tagged.len() > 1 && are_distinct(&tagged)).then(|| (field.name.clone(), tagged))
    })
}

/// The variant that all other tags stand for, and none.
pub fn default_variant<'u>(union: &'u Union, table: &TypeTable<'_>) -> Option<&'u Pointer> {
    let default = union.discriminator.as_ref()?.default.as_ref()?;
    let is_meant = |at: &&Pointer| {
        *at == default || table.follow_aliases(at).is_some_and(|end| end.at == *default)
    };
    union.variants.iter().find(is_meant)
}

/// It needs no tag of its own, and is the last variant.
fn take_default(variants: &mut Vec<Selected>, default: &Pointer) {
    variants.retain(|variant| variant.at != *default);
    let (at, tag, members) = (default.clone(), None, Vec::new());
    variants.push(Selected { at, tag, is_default: true, members });
}

fn are_distinct(tagged: &[(Value, Pointer)]) -> bool {
    let mut rest = tagged;
    while let [(value, _), others @ ..] = rest {
        if others.iter().any(|(other, _)| other == value) {
            return false;
        }
        rest = others;
    }
    true
}

fn by_trying(union: &Union, table: &TypeTable<'_>) -> Selection {
    let telling = telling_members(union.variants.iter(), None, table);
    let selected = |(at, members): (&Pointer, _)| Selected {
        at: at.clone(),
        tag: None,
        is_default: false,
        members,
    };
    let variants = union.variants.iter().zip(telling).map(selected).collect();
    Selection { selector: Selector::Kind, variants }
}

/// The object that a variant is.
fn object<'a>(at: &Pointer, table: &TypeTable<'a>) -> Option<&'a Schema> {
    table.follow_aliases(at).filter(|schema| matches!(schema.kind, Kind::Object(_)))
}

/// The only value that a property can have.
fn constant(schema: &Schema, property: &str, table: &TypeTable<'_>) -> Option<Value> {
    match listed(property_kind(schema, property, table)?)?.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

fn property_kind<'a>(schema: &Schema, property: &str, table: &TypeTable<'a>) -> Option<&'a Kind> {
    let Kind::Object(object) = &schema.kind else { return None };
    let field = object.fields.iter().find(|field| field.name == property)?;
    table.follow_aliases(field.schema.as_ref()?).map(|schema| &schema.kind)
}

/// The texts, integers and truth values that are all that a schema allows.
pub fn listed(kind: &Kind) -> Option<Vec<Value>> {
    let is_scalar = |value: &Value| value.is_string() || value.is_i64() || value.is_boolean();
    match kind {
        Kind::StringEnum(texts) => Some(texts.iter().map(|text| text.as_str().into()).collect()),
        Kind::IntegerEnum(integers) => Some(integers.iter().map(|it| (*it).into()).collect()),
        Kind::Boolean(Some(only)) => Some(vec![(*only).into()]),
        Kind::MixedEnum(values) if values.iter().all(is_scalar) => Some(values.clone()),
        _ => None,
    }
}

/// A value of a tag as text.
pub fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
