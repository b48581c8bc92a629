//! What is written above types and variants.

use super::{Docs, code, constraints, deprecated, paragraphs};
use crate::pipeline::model::{
    Format, IntegerVariant, ReplyCase, ScalarVariant, Shape, Ty, TypeDef, UnionVariant, Variant,
    When,
};
use crate::rust::names::Name;
use crate::rust::rustdoc;

/// What a type stands for, and which members it has to have. The type that it is a property of may be out of scope where
/// it is defined.
pub fn definition(definition: &TypeDef, is_owner_in_scope: bool) -> Docs {
    let TypeDef { name, docs: text, shape, .. } = definition;
    let description = match (&text.description, &text.owner) {
        (Some(description), _) => rustdoc::prose(description),
        (None, Some(owner)) => {
            let ty = owner.ty.rust();
            let path = if is_owner_in_scope { String::new() } else { format!("(super::{ty})") };
            vec![format!("The {} of [`{ty}`]{path}.", code(&owner.property))]
        }
        (None, None) => vec![code(word(name))],
    };
    paragraphs([description, rules(shape)])
}

/// Below a body or a reply the last step is `schema` or the like, which tells nothing.
fn word(name: &Name) -> &str {
    match name.wire() {
        "schema" | "itemSchema" | "contentSchema" => name.rust(),
        word => word,
    }
}

fn rules(shape: &Shape) -> Docs {
    let rules = match shape {
        Shape::Struct(object) => object.rules.as_slice(),
        _ => &[],
    };
    rules.iter().map(constraints::rule).flat_map(|text| rustdoc::lines(&text)).collect()
}

/// What a text of an enum stands for.
pub fn variant(variant: &Variant) -> Docs {
    let description = variant.description.as_deref().map(rustdoc::prose);
    let description = description.unwrap_or_else(|| string(variant.name.wire()));
    paragraphs([description, deprecated(variant.deprecated)])
}

/// What an integer of an enum stands for: itself, and what is said of it.
///
/// `200` → `` `200` ``, with a meaning → `` `200`: All is well. ``
pub fn integer(variant: &IntegerVariant) -> Docs {
    let integer = variant.value;
    let mut lines =
        variant.description.as_deref().map(rustdoc::prose).unwrap_or_default().into_iter();
    let first = match lines.next() {
        Some(first) => format!("`{integer}`: {first}"),
        None => format!("`{integer}`"),
    };
    paragraphs([[first].into_iter().chain(lines).collect(), deprecated(variant.deprecated)])
}

/// What a value of an enum of several types stands for.
pub fn scalar(variant: &ScalarVariant) -> Docs {
    string(&variant.value.to_string())
}

/// What a text stands for that nothing is said of: itself.
pub fn string(text: &str) -> Docs {
    vec![match text.trim() {
        "" => format!("The string {}.", code(&format!("{text:?}"))),
        _ => code(text),
    }]
}

/// What a variant of a union stands for.
pub fn union_variant(variant: &UnionVariant) -> Docs {
    let description = variant.description.as_deref().map(rustdoc::prose);
    let mut docs = description.unwrap_or_else(|| vec![kind(&variant.ty)]);
    if variant.is_default {
        docs.extend([String::new(), "Values without a known tag are read as this.".to_owned()]);
    }
    docs
}

fn kind(ty: &Ty) -> String {
    match ty {
        Ty::Named(name) | Ty::Boxed(name) => format!("[`{}`]", name.rust()),
        Ty::Bool => "A boolean.".to_owned(),
        Ty::Integer(_) => "An integer.".to_owned(),
        Ty::Float => "A number.".to_owned(),
        Ty::String => "A string.".to_owned(),
        Ty::Formatted(format) => formatted(*format).to_owned(),
        Ty::Own(own) => format!("A {}.", code(own.path.as_str())),
        Ty::File => "A file.".to_owned(),
        Ty::Json | Ty::Nullable(_) => "Any value.".to_owned(),
        Ty::JsonObject | Ty::Map(_) => "An object.".to_owned(),
        Ty::List(_) => "A list.".to_owned(),
        Ty::Tuple(items) => format!("A list of {} items.", items.len()),
    }
}

fn formatted(format: Format) -> &'static str {
    match format {
        Format::DateTime => "A date and time.",
        Format::Date => "A date.",
        Format::Uuid => "A UUID.",
        Format::Base64 => "Bytes.",
        Format::Ipv4 => "An IPv4 address.",
        Format::Ipv6 => "An IPv6 address.",
        Format::Ip => "An IP address.",
    }
}

/// How one of several replies is known.
pub fn reply_case(case: &ReplyCase) -> Docs {
    vec![match &case.when {
        When::Status(status) => format!("`{status}`"),
        When::Media(media) => any_of(media),
        When::Both(status, media) => format!("`{status}` with {}", any_of(media)),
        When::AnyOther => "Any other status.".to_owned(),
    }]
}

fn any_of(media: &[String]) -> String {
    media.iter().map(|media| code(media)).collect::<Vec<_>>().join(" or ")
}
