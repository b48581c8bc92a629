//! What a variant of a union that has no name is called.

use crate::pipeline::resolve::{Discriminator, Field, Kind, Object, Resolved, Schema, Union};
use crate::pointer::Pointer;

/// The word of the variant at `index` of a list such as `oneOf`: its title, the value that tells it apart, the
/// member that it has to have or that only it has, its shape, and else its place.
///
/// `oneOf: [{properties: {type: {const: volume}}}]` → `volume`; `oneOf: [{required: [AddPath], …}]` → `AddPath`
pub fn word(resolved: &Resolved, list: &Pointer, index: &str) -> String {
    let at = list.at(index);
    let schema = resolved.schemas.get(&at);
    let union = list.parent().and_then(|at| resolved.schemas.get(&at));
    let union = union.and_then(|schema| match &schema.kind {
        Kind::Union(union) => Some(union),
        _ => None,
    });
    // The variants of one without a name are variants of the union around it.
    let is_union = schema.is_some_and(|schema| matches!(schema.kind, Kind::Union(_)));
    if is_union && union.is_some_and(|union| !union.variants.contains(&at)) {
        return String::new();
    }
    let telling = || by_union(&at, union?, resolved);
    let title = schema.and_then(|schema| schema.title.clone());
    let word = title.or_else(telling).or_else(|| shape(&schema?.kind).map(str::to_owned));
    word.unwrap_or_else(|| format!("variant {index}"))
}

fn by_union(at: &Pointer, union: &Union, resolved: &Resolved) -> Option<String> {
    let others: Vec<&Pointer> = union.variants.iter().filter(|other| *other != at).collect();
    let mapped = union.discriminator.as_ref().and_then(|stated| mapped(at, stated));
    let object = object(at, resolved)?;
    // Beside texts and lists, the only object is told apart by its shape.
    if others.iter().all(|other| self::object(other, resolved).is_none()) && object.fields.len() > 1
    {
        return mapped.or_else(|| own_constant(object, &[], resolved));
    }
    mapped
        .or_else(|| own_constant(object, &others, resolved))
        .or_else(|| own_constants(object, &others, resolved))
        .or_else(|| only_member(object))
        .or_else(|| own_member(object, &others, resolved))
}

/// The value of a mapping that stands for a variant.
fn mapped(at: &Pointer, discriminator: &Discriminator) -> Option<String> {
    discriminator.mapping.iter().find(|(_, to)| to == at).map(|(value, _)| value.clone())
}

/// The value of a property that has another one, or none, in all other variants; a truth value says nothing without
/// its property.
fn own_constant(object: &Object, others: &[&Pointer], resolved: &Resolved) -> Option<String> {
    object.fields.iter().find_map(|field| {
        let value = constant(field, resolved)?;
        let is_same = |other: &&Field| {
            other.name == field.name && constant(other, resolved).as_ref() == Some(&value)
        };
        let is_shared = others.iter().any(|at| fields(at, resolved).iter().find(is_same).is_some());
        (!is_shared).then_some(value)
    })
}

/// The values of several properties that no other variant has together: `a: {const: 1}, b: {const: x}` → `a 1 x`
fn own_constants(object: &Object, others: &[&Pointer], resolved: &Resolved) -> Option<String> {
    let all = |fields: &[Field]| {
        let named = |field: &Field| Some((field.name.clone(), constant(field, resolved)?));
        fields.iter().filter_map(named).collect::<Vec<_>>()
    };
    let own = all(&object.fields);
    let has_all = |other: &[(String, String)]| own.iter().all(|one| other.contains(one));
    let is_shared = others.iter().any(|at| has_all(&all(fields(at, resolved))));
    let words: Vec<String> = own.iter().map(|(_, word)| word.clone()).collect();
    (own.len() > 1 && !is_shared).then(|| words.join(" "))
}

fn constant(field: &Field, resolved: &Resolved) -> Option<String> {
    match &end(field.schema.as_ref()?, resolved)?.kind {
        Kind::StringEnum(texts) => match texts.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        },
        Kind::IntegerEnum(integers) => match integers.as_slice() {
            [only] => Some(format!("{} {only}", field.name)),
            _ => None,
        },
        Kind::Boolean(Some(true)) => Some(field.name.clone()),
        Kind::Boolean(Some(false)) => Some(format!("not {}", field.name)),
        _ => None,
    }
}

/// The only member that a value has to have.
fn only_member(object: &Object) -> Option<String> {
    let mut required = object.fields.iter().filter(|field| field.required);
    match (required.next(), required.next()) {
        (Some(only), None) => Some(only.name.clone()),
        _ => None,
    }
}

/// The first member that no other variant has.
fn own_member(object: &Object, others: &[&Pointer], resolved: &Resolved) -> Option<String> {
    let is_own = |field: &&Field| {
        others.iter().all(|at| fields(at, resolved).iter().all(|other| other.name != field.name))
    };
    object.fields.iter().find(is_own).map(|field| field.name.clone())
}

fn fields<'a>(at: &Pointer, resolved: &'a Resolved) -> &'a [Field] {
    object(at, resolved).map_or(&[], |object| object.fields.as_slice())
}

fn object<'a>(at: &Pointer, resolved: &'a Resolved) -> Option<&'a Object> {
    match &end(at, resolved)?.kind {
        Kind::Object(object) => Some(object),
        _ => None,
    }
}

fn end<'a>(at: &Pointer, resolved: &'a Resolved) -> Option<&'a Schema> {
    resolved.follow_aliases(at)
}

fn shape(kind: &Kind) -> Option<&'static str> {
    match kind {
        Kind::Object(_) => Some("object"),
        Kind::StringEnum(_) => Some("string"),
        Kind::IntegerEnum(_) => Some("integer"),
        Kind::MixedEnum(_) => Some("scalar"),
        // A list and a map are called by their items and values, and have no type themselves.
        Kind::Array(_) => Some("item"),
        Kind::Union(_) => Some("choice"),
        _ => None,
    }
}
