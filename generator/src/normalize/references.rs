//! References: spelled one way, following what was moved, and none out of the document.

use serde_json::{Map, Value};

use super::complaints::Complaints;
use super::grammar::{Object, walk};
use super::moves::Moves;
use crate::catalogue::Code;
use crate::pointer::Pointer;

/// Puts every `$ref` of the document right, and complains about those that lead out of it.
pub(super) fn correct(description: &mut Value, moves: &Moves, complaints: &mut Complaints) {
    walk(Object::Description, description, &Pointer::root(), &mut |object, value, at| {
        let Value::Object(members) = value else { return };
        if object == Object::Discriminator {
            correct_mapping(members, moves);
        }
        let Some(Value::String(reference)) = members.get_mut("$ref") else { return };
        match spelled(reference, moves) {
            Some(place) => *reference = place,
            None => refuse(reference, at, complaints),
        }
        warn_of_siblings(object, members, at, complaints);
    });
}

/// A reference as `#` and a JSON pointer (RFC 6901); `None` where it leads out of the document.
///
/// `#/paths/~1users~1%7Bid%7D` → `#/paths/~1users~1{id}`, `#user` → `#/components/schemas/User` by its `$anchor`
fn spelled(reference: &str, moves: &Moves) -> Option<String> {
    let place = match moves.place_of(reference) {
        Some(place) => place.clone(),
        None => Pointer::parse(&decoded(reference.strip_prefix('#')?))?,
    };
    Some(format!("#{}", moves.follow(&place).as_str()))
}

fn correct_mapping(discriminator: &mut Map<String, Value>, moves: &Moves) {
    let mapping = discriminator.get_mut("mapping").and_then(Value::as_object_mut);
    for value in mapping.into_iter().flat_map(Map::values_mut) {
        if let Some(place) = value.as_str().and_then(|reference| spelled(reference, moves)) {
            *value = place.into();
        }
    }
}

fn refuse(reference: &str, at: &Pointer, complaints: &mut Complaints) {
    let message = format!("`{reference}` leads out of this document");
    let help = "bundle the description into one file first";
    complaints.error_with_help(Code::ExternalReference, at, message, help);
}

/// A Reference Object may have a summary and a description and nothing else (OpenAPI 3.1.0, 4.8.23).
fn warn_of_siblings(
    object: Object,
    members: &Map<String, Value>,
    at: &Pointer,
    complaints: &mut Complaints,
) {
    let beside = |key: &&String| !["$ref", "summary", "description"].contains(&key.as_str());
    if object == Object::Schema {
        return;
    }
    for key in members.keys().filter(beside) {
        let message = format!("`{key}` says nothing beside a `$ref`");
        complaints.warn(Code::MisplacedKeyword, &at.at(key), message);
    }
}

/// Undoes percent-encoding (RFC 3986, 2.1) where it is valid.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%').and_then(hexadecimal);
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(digits).ok()?;
    u8::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))
}
