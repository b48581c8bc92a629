//! The words of types that are put together from those of other types.

use std::collections::HashMap;

use crate::pipeline::resolve::{Kind, Resolved};
use crate::pointer::Pointer;
use crate::rust::names;

/// Whether a schema is a component.
pub fn is_component_schema(at: &Pointer) -> bool {
    at.is_directly_in("/components/schemas")
}

/// Words with a suffix, unless they end with it: `create response` for a response stays so.
pub fn suffixed(words: &str, suffix: &str) -> String {
    match names::ends_with_word(words, suffix) {
        true => words.to_owned(),
        false => format!("{words} {suffix}"),
    }
}

/// `User` and `address` → `User address`; `BankAccount` and `account_type` → `BankAccount type`; `EnrichmentResponse` and
/// `response` → `EnrichmentResponse value`.
pub fn property_words(owner: &str, name: &str) -> String {
    let joined = names::joined(owner, name);
    if joined != owner {
        return joined;
    }
    let is_value = names::ends_with_word(owner, "value");
    format!("{owner} {}", if is_value { "content" } else { "value" })
}

/// Other words for a body whose own words are taken: `get station response` → `get station response xml` if that is
/// its media type, else `get station response body`.
pub fn body_words(at: &Pointer, words: &str) -> Option<String> {
    let media = at.parent().filter(|_| at.steps().next_back().as_deref() == Some("schema"))?;
    let content = media.parent()?.steps().next_back()?;
    let media_type = media.steps().next_back().filter(|_| content == "content")?;
    let subtype = media_type.split_once('/').map_or("", |(_, subtype)| subtype);
    Some(match subtype {
        "" | "json" | "*" => format!("{words} body"),
        subtype => format!("{words} {subtype}"),
    })
}

/// The fields that have a schema: their owners and names.
pub fn fields_with<'a>(
    at: &'a Pointer,
    resolved: &'a Resolved,
) -> impl Iterator<Item = (&'a Pointer, &'a str)> {
    resolved.schemas.values().flat_map(move |owner| {
        let fields = match &owner.kind {
            Kind::Object(object) => object.fields.as_slice(),
            _ => &[],
        };
        let fields = fields.iter().filter(move |field| field.schema.as_ref() == Some(at));
        fields.map(|field| (&owner.at, field.name.as_str()))
    })
}

/// The first operation of each id.
pub fn operations_by_id(resolved: &Resolved) -> HashMap<&str, &Pointer> {
    let mut operations = HashMap::new();
    for operation in &resolved.operations {
        if let Some(id) = operation.id.as_deref() {
            operations.entry(id).or_insert(&operation.at);
        }
    }
    operations
}

/// The names of parameters, by their places.
pub fn parameters_by_place(resolved: &Resolved) -> HashMap<&Pointer, &str> {
    let all = resolved.operations.iter().flat_map(|operation| &operation.parameters);
    all.map(|parameter| (&parameter.at, parameter.name.as_str())).collect()
}
